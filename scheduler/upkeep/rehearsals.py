"""Every hour: rehearsals whose time is up are removed, with all that was kept of them.

First the record says that it is over: from then on nothing is owed, nobody may do anything in it,
and the repair lists it nowhere. Then its messages become a word that it is over, and what other
tables have of it goes, then its own rows; last of all its row on the board, by which it is found.
So a process that dies in between leaves what the next look begins again with,
and each step may be done twice. A row of the board without a record, as a slow writer of lists may
leave one, is found as well.
"""

import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Final

from cards.practice import marked, over
from cards.wording import wording
from records.board.board import REFERENCES, forget, practices
from records.board.list_entry import ListEntry
from records.conversation.conversation import Conversation
from records.conversation.snapshot import ASSISTANT, TABLE, Snapshot, read_file
from records.drafts import Drafts
from records.learning import word_file_store
from records.outbox import due
from records.people import Reference
from records.register.projections import BY_MAIL, BY_PERSON
from records.register.register import Deed, Register
from records.shown_cards import TABLE as SHOWN
from records.shown_cards import ShownCards
from records.stages import Act
from records.store.codec import Unreadable, tell
from records.store.contract import Row, Store
from scheduler.delivery import parked
from scheduler.delivery.courier import Ambiguous, Courier, Moved, NotAccepted, Parcel, Refused
from scheduler.delivery.reach import Reach
from scheduler.delivery.settings import Clocks

LONGEST: Final = timedelta(days=7)
"""So long it is tried to close messages that Teams does not take; then all is removed anyway."""
BY_KEY: Final = (BY_PERSON, BY_MAIL, parked.TABLE)
"""Tables in which a row's key is, or begins with, the conversation's id."""
BY_PARTITION: Final = (SHOWN, word_file_store.TABLE)
"""Tables with a partition for each conversation."""
log = logging.getLogger(__name__)


class Rehearsals:
    """The errand."""

    def __init__(
        self, register: Register, reach: Reach, courier: Courier, clocks: Clocks, drafts: Drafts
    ) -> None:
        self._register, self._store = register, register.store
        self._reach, self._courier, self._clocks = reach, courier, clocks
        self._drafts, self._shown = drafts, ShownCards(register.store)

    async def look(self) -> int:
        """Remove what is old enough; how many. One that cannot be read stops no other. Raises
        StoreError."""
        removed = 0
        for one in [entry async for entry in practices(self._store)]:
            try:
                removed += await self._one(one)
            except Unreadable as error:
                tell(error)
        return removed

    async def _one(self, entry: ListEntry) -> bool:
        """Whether it was removed now."""
        now, kept = self._clocks.now(), self._register.timetable.timings.practice_kept_days
        key, begun = entry.conversation, entry.created or entry.since
        file = await read_file(self._store, key)
        if file is not None:
            until = file.conversation.created + timedelta(days=kept)
            if now < until:
                return False
            it = await self._over(file.conversation, now)
            file = await read_file(self._store, key) or file
            if not await self._closed(it, file) and now < until + LONGEST:
                return False
        elif now < begun + timedelta(days=kept):
            return False  # Its record may be just being written.
        await remove(self._store, self._drafts, entry)
        log.info("rehearsal removed", extra={"action": "rehearsal_removed", "conversation": key})
        return True

    async def _over(self, it: Conversation, now: datetime) -> Conversation:
        if it.practice_over is not None:
            return it
        deed = Deed(Act.PRACTICE_OVER, ASSISTANT, now)
        return await self._register.change(
            it.id, deed, lambda was: was.with_(practice_over=was.practice_over or now)
        )

    async def _closed(self, it: Conversation, file: Snapshot) -> bool:
        """Whether every message about it says that it is over, or can never say so."""
        card, title = marked(over(it), wording.PRACTICE_ENDED.format(reference=it.reference))
        parcel, done = Parcel(card, title), True
        async for place, message in self._messages(it, file):
            done &= await self._replaced(place, message, parcel)
        return done

    async def _messages(
        self, it: Conversation, file: Snapshot
    ) -> AsyncIterator[tuple[Reference, str]]:
        for prompt, _ in file.prompts.values():
            if prompt.message_id:
                place, _ = await self._reach.known(prompt.to, it.person(prompt.to))
                if place is not None:
                    yield place, prompt.message_id
        for shown in await self._shown.of(it.id):
            yield shown.place, shown.message

    async def _replaced(self, place: Reference, message: str, parcel: Parcel) -> bool:
        """False where it is worth another try."""
        try:
            try:
                await self._courier.replace(place, message, parcel)
            except Moved as moved:
                await self._courier.replace(moved.to, message, parcel)
        except (NotAccepted, Ambiguous):
            return False
        except Refused:
            return True  # It is there no more, or Teams will never take it.
        return True


async def remove(store: Store, drafts: Drafts, entry: ListEntry) -> None:
    """All that is kept of a rehearsal, and last of all the row by which it is found. Raises
    StoreError."""
    key = entry.conversation
    for opened in [one async for one in drafts.everybodys() if one.draft.conversation == key]:
        await drafts.discard(opened.draft)
    for table in BY_KEY:
        await _delete(store, table, store.query(table, key_from=key, key_to=f"{key}~"))
    for table in BY_PARTITION:
        await _delete(store, table, store.query(table, partition=key))
    await due.forget(store, key)
    await store.delete(REFERENCES, entry.reference, "reference")
    await _delete(store, TABLE, store.query(TABLE, partition=key))
    await forget(store, key)


async def _delete(store: Store, table: str, rows: AsyncIterator[Row]) -> None:
    for row in [one async for one in rows]:
        await store.delete(table, row.partition, row.key)
