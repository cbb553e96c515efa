"""Every five minutes: whose facilitator has left the team, so that somebody else can take over.

The team is asked, and the team lead. Nothing is sent to the one who left. Who is back before
anybody took it keeps it.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from records.board.board import all_of
from records.board.list_entry import ListEntry
from records.board.places import RESTRICTED, of_stage
from records.changes.facilitator_left import has_left, is_back, still_needs_one
from records.changes.second import has_left as second_has_left
from records.conversation.conversation import Conversation
from records.conversation.snapshot import ASSISTANT, read_record
from records.directory import Directory
from records.facilitation import Facilitators
from records.facilitation import has_left as left_the_team
from records.people import Participant, Person, PersonKey, person_key
from records.register.register import Deed, Register
from records.stages import Act, Stage, WrongStage
from records.store.codec import Unreadable, tell
from scheduler.delivery.settings import Clocks

OPEN: Final = (Stage.PICKED_UP, Stage.BOOKED, Stage.HELD)
AFTERWARDS: Final = timedelta(days=183)
"""So long after the outcome came the document and the review are looked at."""
log = logging.getLogger(__name__)

Tidy = Callable[[str], Awaitable[object]]


class LeftTeam:
    """The errand. `lead` is the team lead of the settings; `tidy` closes cards of a conversation
    that their reader has no part in any more."""

    def __init__(
        self,
        register: Register,
        directory: Directory,
        facilitators: Facilitators,
        lead: Participant | None,
        clocks: Clocks,
        tidy: Tidy,
    ) -> None:
        self._register, self._store = register, register.store
        self._directory, self._facilitators, self._lead = directory, facilitators, lead
        self._clocks, self._tidy = clocks, tidy

    async def look(self) -> int:
        """Note it of each conversation whose facilitator has left, or is back; how many. One that
        cannot be read stops no other. Raises StoreError."""
        gone: dict[PersonKey, bool] = {}
        changed = 0
        async for one in self._facilitated():
            try:
                if one.facilitator not in gone:
                    gone[one.facilitator] = await self._has_left(one.facilitator)
                changed += await self._note(one, left=gone[one.facilitator])
            except Unreadable as error:
                tell(error)
        return changed

    async def _facilitated(self) -> AsyncIterator[ListEntry]:
        for place in (*map(of_stage, OPEN), RESTRICTED):
            async for one in all_of(self._store, place):
                if one.facilitator:
                    yield one
        since = self._clocks.now() - AFTERWARDS
        async for one in all_of(self._store, of_stage(Stage.COMPLETE)):
            if one.since < since:
                return  # The latest stand first.
            if one.facilitator:
                yield one

    async def _has_left(self, key: PersonKey) -> bool:
        known = await self._directory.find(key)
        if known is None:
            return True
        person = await self._directory.current(await self._as_now(known), self._clocks.now())
        return await left_the_team(self._facilitators, self._directory, self._lead, person)

    async def _as_now(self, known: Person) -> Person:
        """Them under the key they have today, where this row is of an earlier version."""
        key = person_key(known.tenant, known.object_id)
        if key == known.key:
            return known
        former = (*known.former, known.key)
        renamed = known.model_copy(update={"key": key, "former": former})
        return await self._directory.find(key) or renamed

    async def _note(self, one: ListEntry, *, left: bool) -> bool:
        """Whether anything was to note. Nothing is written where it is noted already."""
        found = await read_record(self._store, one.conversation)
        if found is None:
            return False
        it = found[0]
        ended = await self._note_second(it)
        known = it.changes.facilitator_left is not None
        if known == left or (left and not still_needs_one(it)):
            return ended
        at = self._clocks.now()
        if left:
            act, tell_them = Act.OFFER, await self._facilitators.members()
            change = partial(_left, at=at, tell=tell_them, lead=self._lead, who=one.facilitator)
        else:
            act, change = Act.KEEP, partial(is_back, at=at, who=one.facilitator)
        try:
            await self._register.change(it.id, Deed(act, ASSISTANT, at), change)
        except WrongStage:
            return ended  # It was withdrawn or ended meanwhile.
        action = "facilitator_left" if left else "facilitator_back"
        log.info(action.replace("_", " "), extra={"action": action, "conversation": it.id})
        await self._tidy(it.id)
        return True

    async def _note_second(self, it: Conversation) -> bool:
        """Whoever facilitates as well, or is asked to, and has left the team does so no more."""
        second = it.changes.second or it.changes.asked_second
        one = it.person(second.asked.id) if second is not None else None
        known = await self._directory.named(one) if one is not None else None
        if one is None or known is None or not await self._has_left(known.key):
            return False
        act = Act.SECOND_ENDED if it.changes.second else Act.SECOND_DECLINED
        at = self._clocks.now()
        try:
            change = partial(second_has_left, at=at, one=one)
            await self._register.change(it.id, Deed(act, ASSISTANT, at), change)
        except WrongStage:
            return False  # It was withdrawn or ended meanwhile.
        log.info("second left", extra={"action": "second_left", "conversation": it.id})
        await self._tidy(it.id)
        return True


def _left(
    it: Conversation,
    *,
    at: datetime,
    tell: tuple[Participant, ...],
    lead: Participant | None,
    who: PersonKey,
) -> Conversation:
    """As it is now, if it is still theirs."""
    mine = it.person(it.facilitator)
    return has_left(it, at, tell, lead) if mine is not None and mine.key == who else it
