"""Nothing stays open in chat: a card with a story becomes a receipt. Long, as one round.

Done with means: its draft was sent or put away, its stage is past, its reader has no part in it
any more, or it has stood for 30 days. The edge tells where such cards stand (`saw`), after the
reply has gone out; a card that cannot be changed now is tried again, ever more seldom. An
invitation tells no story; it becomes a receipt about its day, once that is off or another one.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from cards.booking.moving import about_the_day, is_over
from cards.kit.elements import Card
from cards.kit.story import Onward, closed, invited, is_of_an_invitation, story
from cards.practice import marked
from cards.preparation import family
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.snapshot import Snapshot
from records.directory import Directory
from records.drafts import Drafts
from records.outbox.prompt import Prompt
from records.people import Part, Participant, Person, PersonKey, Reference
from records.register.register import Register
from records.shown_cards import Shown, ShownCards
from records.stages import CLOSED, Stage
from records.store.codec import Unreadable, tell
from scheduler.delivery.courier import (
    Ambiguous,
    Courier,
    JustTapped,
    MessageGone,
    Moved,
    NotAccepted,
    Parcel,
    Refused,
)
from scheduler.delivery.reach import owed_now
from scheduler.delivery.settings import Clocks

FIRST_WAIT: Final = timedelta(minutes=5)
"""Until a card that could not be closed is tried again; each time twice as long."""
LONGEST_WAIT: Final = timedelta(days=1)
DOUBLINGS: Final = 10
KNOWN: Final = 10 * 60.0
"""Seconds for which a card noted by this process is not noted again."""
MAX_KNOWN: Final = 5_000
MAX_WAITING: Final = 10_000
ALL: Final = frozenset(Stage)
TOGETHER: Final = frozenset({Stage.BOOKED, Stage.HELD, Stage.COMPLETE})
"""Stages in which everybody who comes, the manager too, has words of their own to read."""

STORY_OPEN: Final[Mapping[Part, frozenset[Stage]]] = MappingProxyType(
    {
        # Who brings it reads the manager's "not this route" when that stage has closed, and may
        # still have learning to record when it is complete.
        Part.REQUESTER: ALL - {Stage.WITHDRAWN, Stage.ENDED},
        Part.MANAGER: frozenset({Stage.REQUESTED}),
        Part.FACILITATOR: ALL - CLOSED,
    }
)
"""While somebody may need a story on the screen that is no card of a flow; others 30 days."""

SEE: Final[Mapping[Part, str]] = MappingProxyType(
    {
        Part.REQUESTER: "request.see",
        Part.MANAGER: "manager.see",
        Part.FACILITATOR: "pickup.see",
    }
)
"""Where each sees how things stand."""

log = logging.getLogger(__name__)


class Shows(Enum):
    """Where the card that somebody was shown stands now."""

    POSTED = auto()
    """In a message that is new: no other stood there before."""
    HELD = auto()
    """In its message, in place of what stood there."""
    TAPPED = auto()
    """On the client that tapped alone; the message holds another one."""


@dataclass(frozen=True)
class CardSeen:
    """A card that now stands in a chat.

    `before` is the conversation of the card it replaced, `prompt` the message it came with.
    """

    person: PersonKey
    place: Reference
    message: str
    card: Card
    before: str = ""
    prompt: str = ""
    shows: Shows = Shows.HELD


class Tidier:
    """Knows where cards with a story stand, and closes those that are done with."""

    def __init__(
        self,
        register: Register,
        directory: Directory,
        courier: Courier,
        clocks: Clocks,
        drafts: Drafts | None = None,
    ) -> None:
        self._register, store = register, register.store
        self._shown, self._drafts = ShownCards(store), drafts or Drafts(store)
        self._directory, self._courier, self._clocks = directory, courier, clocks
        self._queue: asyncio.Queue[CardSeen] = asyncio.Queue(MAX_WAITING)
        self._known: dict[tuple[str, str], tuple[str, float]] = {}
        self._to_tidy: set[str] = set()

    def saw(self, seen: CardSeen) -> None:
        """Somebody was shown this. Never waits and never fails: the turn is over already."""
        try:
            self._queue.put_nowait(seen)
        except asyncio.QueueFull:
            self._to_tidy.discard(seen.before)
            log.warning("card not noted", extra={"action": "shown_full"})

    def came(
        self, prompt: Prompt, person: Person, place: Reference, message: str, parcel: Parcel
    ) -> None:
        """A prompt has arrived: the same, told by delivery. Of those that came together in one
        conversation, and tell no story, one is enough to have it tidied."""
        key = prompt.conversation
        if story(parcel.card) is None and invited(parcel.card) is None:
            if key in self._to_tidy:
                return
            self._to_tidy.add(key)
        about = (key, prompt.id, Shows.POSTED)
        self.saw(CardSeen(person.key, place, message, parcel.card, *about))

    async def take(self) -> CardSeen:
        """The next card that was shown; waits for one."""
        return await self._queue.get()

    async def quiet(self) -> None:
        """Everything seen so far, worked off: for tests and for the demo's leaps in time."""
        while not self._queue.empty():
            await self.keep(self._queue.get_nowait())

    async def keep(self, seen: CardSeen) -> None:
        """Note a card with a story; after one without, close what is done with. Raises StoreError.

        A receipt is drawn in place of the card that was answered, so that card is forgotten first:
        once its message holds the receipt, and no earlier. Until then the hourly round has it.
        """
        told = story(seen.card)
        shown = Shown(
            person=seen.person,
            place=seen.place,
            message=seen.message,
            conversation=told.conversation if told else seen.before,
            flow=told.flow if told else "",
            prompt=seen.prompt,
            since=self._clocks.now(),
        )
        if told is not None:
            if seen.shows is not Shows.POSTED and seen.before != told.conversation:
                # The card of another conversation stood in this message: that row leads here now.
                before = shown.model_copy(update={"conversation": seen.before})
                await self._shown.forget(before)
            await self._note(shown)
            return
        day = invited(seen.card)
        if seen.shows is Shows.POSTED:
            self._to_tidy.discard(seen.before)
        if day is not None and seen.shows is not Shows.TAPPED:
            about = {"conversation": day.conversation, "prompt": ""}
            await self._note(
                shown.model_copy(update={**about, "day": day.start, "cycle": day.cycle})
            )
        elif seen.shows is Shows.HELD and not await self._of_an_invitation(seen, shown):
            self._known = {known: at for known, at in self._known.items() if known[0] != shown.key}
            await self._shown.forget(shown)
        if shown.conversation:
            await self.tidy(shown.conversation, but=shown.key)

    async def _of_an_invitation(self, seen: CardSeen, shown: Shown) -> bool:
        """Whether this is another view of an invitation that stood in its message before."""
        if not is_of_an_invitation(seen.card):
            return False
        there = await self._shown.of(shown.conversation)
        return any(one.key == shown.key and one.day is not None for one in there)

    async def tidy(self, key: str, but: str = "") -> int:
        """Close the cards of one conversation that are done with, `but` one under somebody's
        finger; how many. Raises StoreError."""
        cards = [one for one in await self._shown.of(key) if one.key != but]
        file = await self._register.file(key) if cards and key else None
        return sum([await self._one(one, file) for one in cards])

    async def tidy_all(self) -> int:
        """The same for every conversation: the hourly round. Raises StoreError."""
        waiting = {one.conversation: None async for one in self._shown.everywhere()}
        return sum([await self._tidy_readable(conversation) for conversation in waiting])

    async def _tidy_readable(self, key: str) -> int:
        """A conversation that cannot be read keeps nobody else's cards open."""
        try:
            return await self.tidy(key)
        except Unreadable as error:
            tell(error)
            return 0

    async def _note(self, shown: Shown) -> None:
        known, now = (shown.key, shown.conversation), self._clocks.monotonic()
        about = shown.flow or str(shown.cycle or "")
        before, at = self._known.get(known, ("", -KNOWN))
        if about == before and now - at < KNOWN:
            return
        await self._shown.note(shown)
        if len(self._known) >= MAX_KNOWN:
            self._known.clear()
        self._known[known] = about, now

    async def _one(self, shown: Shown, file: Snapshot | None) -> bool:
        """Whether this card was closed now."""
        now = self._clocks.now()
        if shown.again is not None and shown.again > now:
            return False
        if shown.day is not None:
            return await self._invitation(shown, shown.day, file.conversation if file else None)
        age = now - shown.since
        it = file.conversation if file else None
        stands = self._register.timetable.timings.cards_stand
        drafted, mine = await self._drafted(shown), await self._parts(shown, it)
        if age < stands and (
            drafted or self._asked(shown, file, mine) or (not shown.flow and _needed(mine, it))
        ):
            return False
        card = closed(
            old=age >= stands,
            reference=it.reference if it else "",
            onward=_onward(shown, mine, drafted=drafted),
            stays=family.later(it, who) if it and (who := _invited(it, mine)) else (),
        )
        return await self._closed(shown, Parcel(*marked(card, wording.CLOSED_SUMMARY)))

    async def _invitation(self, shown: Shown, day: datetime, it: Conversation | None) -> bool:
        """Whether an invitation has become a receipt now: its day is off, or is not theirs."""
        mine = [one.id for one in await self._parts(shown, it)]
        zone = self._register.timetable.office.zone
        if it is None or is_over(it, shown.cycle):
            await self._shown.forget(shown)
            return False
        warns = family.later(it, mine[0]) if mine else ()
        said = about_the_day(it, mine, shown.cycle, day, zone, warns)
        if said is None:
            return False
        return await self._closed(shown, Parcel(*marked(*said)))

    async def _closed(self, shown: Shown, parcel: Parcel) -> bool:
        """Whether this stands in the message now, and the card is forgotten."""
        try:
            why = await self._unless_replaced(shown, parcel)
        except JustTapped:
            # Its row is about to be forgotten, or stays for the next round.
            return False
        if why:
            await self._later(shown, why)
            return False
        await self._shown.forget(shown)
        ids = {"conversation": shown.conversation, "person": self._directory.mark(shown.person)}
        log.info("card closed", extra={"action": "card_closed", **ids})
        return True

    async def _unless_replaced(self, shown: Shown, parcel: Parcel) -> str:
        """Empty once the story is off the chat, replaced or there no more; else why it is not."""
        try:
            try:
                await self._courier.replace(shown.place, shown.message, parcel)
            except Moved as moved:
                await self._courier.replace(moved.to, shown.message, parcel)
        except MessageGone:
            return ""
        except JustTapped:
            raise
        except (NotAccepted, Refused, Ambiguous) as failure:
            return failure.reason
        return ""

    async def _later(self, shown: Shown, why: str) -> None:
        """It is tried again, ever more seldom, for as long as it stands there."""
        wait = min(FIRST_WAIT * 2 ** min(shown.tries, DOUBLINGS), LONGEST_WAIT)
        update = {"tries": shown.tries + 1, "again": self._clocks.now() + wait, "why": why}
        await self._shown.note(shown.model_copy(update=update))
        ids = {"conversation": shown.conversation, "person": self._directory.mark(shown.person)}
        log.warning("card not closed", extra={"action": "card_not_closed", "reason": why, **ids})

    def _asked(self, shown: Shown, file: Snapshot | None, mine: tuple[Participant, ...]) -> bool:
        """Whether the message it came with is still owed, and to its reader."""
        if not shown.prompt:
            return False
        owed = owed_now(self._register.timetable, file, shown.prompt)
        return owed is not None and any(one.id == owed.to for one in mine)

    async def _drafted(self, shown: Shown) -> bool:
        if not shown.flow:
            return False
        # It may have been noted under a key they had before.
        person = await self._directory.find(shown.person)
        owner = person.key if person is not None else shown.person
        opened = await self._drafts.find(owner, shown.flow, shown.conversation)
        return opened is not None and opened.draft.conversation == shown.conversation

    async def _parts(self, shown: Shown, it: Conversation | None) -> tuple[Participant, ...]:
        """What the reader is in this conversation now; nothing where they were replaced."""
        person = await self._directory.find(shown.person) if it is not None else None
        if it is None or person is None:
            return ()
        # Who has left the team needs none of it any more, and may need it again if they are back.
        away = it.facilitator if it.changes.facilitator_left is not None else ""
        there = (one for one in it.people if one.left is None and one.id != away)
        return tuple(one for one in there if one.is_person(person))


def _needed(mine: tuple[Participant, ...], it: Conversation | None) -> bool:
    """Whether a card that is no flow's may still be needed by its reader."""
    if it is None:
        return True
    return any(_open_to(one, it) for one in mine)


def _open_to(one: Participant, it: Conversation) -> bool:
    came = it.held.came if it.held else ()
    if one.id in (*came, *(it.booking.coming if it.booking else ())) and it.stage in TOGETHER:
        return True
    if one.part is Part.MANAGER and len(it.talks) >= it.asks:
        return False
    return it.stage in STORY_OPEN.get(one.part, ALL)


def _invited(it: Conversation, mine: tuple[Participant, ...]) -> str:
    """As whom they are warned about the family: those who come or came, and the facilitator."""
    coming, came = it.booking, it.held
    invited = {*(coming.coming if coming else ()), *(came.came if came else ()), it.facilitator}
    here = [one.id for one in mine if one.id in invited]
    return it.lead if it.lead in here else next(iter(here), "")


def _onward(shown: Shown, mine: tuple[Participant, ...], *, drafted: bool) -> Onward | None:
    data = {"conversation": shown.conversation}
    if shown.flow and (drafted or mine):
        return Onward("flow.open", data | {"flow": shown.flow}, drafted)
    verb = next((SEE[one.part] for one in mine if one.part in SEE), "")
    return Onward(verb, data) if verb else None
