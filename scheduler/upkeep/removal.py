"""Every night: what has been kept long enough goes, long as one look is; and what is silent is
asked about, and ends.

Nothing goes without a notice of days before (`records.retention.notices`), which an operator sees
in the log and by `python -m bot retention --dry-run`. Then the cards about it close, its record
says that the part is gone, and what other tables have of it follows; last of all the notice goes. A
copy that is killed in between leaves the notice, so the next night does the rest, and each step may
be done twice. What is held (`records.retention.holds`) stays, and is told anew once it is let go.
"""

import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from cards.changes.silent import kept_no_longer, kept_no_longer_title
from cards.practice import marked
from records.changes import going_on
from records.conversation.binding import everybody
from records.conversation.conversation import Conversation, Layer
from records.conversation.dates import Dates
from records.conversation.snapshot import ASSISTANT, RECORD, TABLE, read_file, read_record
from records.drafts import Drafts
from records.evaluation.closed import closing_times
from records.people import Participant, Person, PersonKey, mail_key
from records.people_rows import PEOPLE
from records.register.register import Deed, Register
from records.register.repair import EVERY_PARTITION
from records.rekeying import PERSON
from records.retention import notices, people
from records.retention.holds import Holds, holds
from records.retention.notices import Notice
from records.retention.periods import ends, silent_from, silent_until
from records.retention.removing import remove_among_others, remove_own
from records.retention.scrubbing import ACT, without
from records.rights import releases
from records.stages import CLOSED, Act, WrongStage
from records.store.codec import Unreadable, read_or_pass, tell
from records.store.contract import AlreadyThere, Changed
from scheduler.delivery.courier import Parcel
from scheduler.delivery.settings import Clocks
from scheduler.upkeep.closing import Closing

LONGEST: Final = timedelta(days=7)
"""So long it is tried to close cards that Teams does not take; then all is removed anyway."""
A_PERSON: Final = "person"
"""What a notice about somebody's own row is of; one about a conversation names a layer."""
TOGETHER: Final = 1_000
"""Conversations, or people, after which the tables in which their rows stand among others' are gone
through: no more are in memory at a time, however many go in a night."""
Forgotten = Callable[[Iterable[PersonKey]], object]
log = logging.getLogger(__name__)


@dataclass
class Receipt:
    """What one look has done: parts told of, removed, held, and put off as their cards stand."""

    looked_at: int = 0
    told: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    waits: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    ended: int = 0


@dataclass(frozen=True)
class Planned:
    """A part (`what`) of a conversation, or a person, that is to go, or is told of; by `--dry-run`.
    `which` is a reference, or a person's key."""

    which: str
    what: str
    due: datetime
    told: datetime | None
    held: bool


def nobody_keeps_them(_: Iterable[PersonKey]) -> None:
    """For callers with whom nobody is at hand."""


class Removal:
    """The nightly errand. `lead` is the team lead of the settings, who is asked where there is no
    facilitator; `forgotten` hears who is gone, and has them at hand no more."""

    def __init__(
        self,
        register: Register,
        clocks: Clocks,
        drafts: Drafts,
        closing: Closing,
        lead: Participant | None = None,
        forgotten: Forgotten = nobody_keeps_them,
    ) -> None:
        self._register, self._store, self._clocks = register, register.store, clocks
        self._drafts, self._closing, self._lead = drafts, closing, lead
        self._dates: Dates = register.timetable
        self._forgotten = forgotten
        self._evaluated: Mapping[str, datetime] = {}

    async def look(self) -> Receipt:
        """One night. One that cannot be read stops no other. Raises StoreError."""
        receipt, held = Receipt(), await holds(self._store)
        self._evaluated = await closing_times(self._store)
        gone: dict[str, frozenset[Layer]] = {}
        for key, layers in (await self._begun()).items():
            await self._go_on(key, layers, held, gone)
            if len(gone) >= TOGETHER:
                await self._finish(gone)
        async for it in self._conversations():
            receipt.looked_at += 1
            try:
                await self._silent(it, receipt)
                await self._one(it, held, gone, receipt)
            except Unreadable as error:
                tell(error)
            except (Changed, AlreadyThere, WrongStage):
                continue  # Somebody has just come to it, or another copy has.
            if len(gone) >= TOGETHER:
                await self._finish(gone)
        await self._finish(gone)
        await self._people(held, receipt)
        office, kept = self._dates.office, self._dates.partnership.kept
        before = office.add_months(self._clocks.now(), -kept.names_months)
        await releases.end(self._store, before, held.conversations | held.people)
        self._say(receipt)
        return receipt

    async def plan(self) -> AsyncIterator[Planned]:
        """What is told of, or will be at the next look. Writes nothing. Raises StoreError."""
        held, now = await holds(self._store), self._clocks.now()
        self._evaluated = await closing_times(self._store)
        needed = set[str]()
        async for it in self._conversations():
            needed.update(_needed(it, held))
            for layer, due in self._ends(it).items():
                if due - self._warned <= now:
                    found = await notices.noted(self._store, it.id, layer)
                    told = found[0].told if found else None
                    yield Planned(it.reference, layer, due, told, held.stops(it))
        async for person in people.known(self._store):
            due = self._person_due(person)
            if due - self._warned > now or await self._is_needed(person, held, needed):
                continue
            found = await notices.noted(self._store, person.key, A_PERSON)
            stays = any(key in held.people for key in person.keys)
            yield Planned(person.key, A_PERSON, due, found[0].told if found else None, stays)

    @property
    def _warned(self) -> timedelta:
        return timedelta(days=self._dates.partnership.kept.warned_days)

    def _ends(self, it: Conversation) -> Mapping[Layer, datetime]:
        return ends(it, self._dates, self._evaluated)

    async def _conversations(self) -> AsyncIterator[Conversation]:
        """Every record, as one stream."""
        rows = self._store.query(
            TABLE, partition_to=EVERY_PARTITION, key_from=RECORD, key_to=f"{RECORD}~"
        )
        async for row in rows:
            if (it := read_or_pass(Conversation, row)) is not None:
                yield it

    # ----------------------------------------------------------------------------------------------

    async def _one(
        self, it: Conversation, held: Holds, gone: dict[str, frozenset[Layer]], receipt: Receipt
    ) -> None:
        """Tell of what is to go soon, and remove what was told of and is due."""
        now = self._clocks.now()
        soon = {layer: at for layer, at in self._ends(it).items() if at - self._warned <= now}
        if not soon:
            return
        stays = held.stops(it)
        for layer, due in soon.items():
            found = await notices.noted(self._store, it.id, layer)
            if stays:
                receipt.held[layer] += 1
                if found is not None:
                    await notices.take_back(self._store, found[0])
            elif found is None:
                fresh = Notice(of=it.id, what=layer, due=due, told=now)
                await notices.note(self._store, fresh)
                receipt.told[layer] += 1
            elif now >= max(due, found[0].told + self._warned):
                it = await self._remove(it, layer, found, gone, receipt)

    async def _remove(
        self,
        it: Conversation,
        layer: Layer,
        found: tuple[Notice, str],
        gone: dict[str, frozenset[Layer]],
        receipt: Receipt,
    ) -> Conversation:
        now, (notice, etag) = self._clocks.now(), found
        latest = max(notice.due, notice.told + self._warned) + LONGEST
        if not await self._closed(it, layer) and now < latest:
            receipt.waits[layer] += 1
            return it
        if notice.begun is None:
            await notices.note(self._store, notice.model_copy(update={"begun": now}), etag)
        it = await self._marked(it, layer)
        await remove_own(self._store, self._dates, it, layer)
        gone[it.id] = gone.get(it.id, frozenset()) | {layer}
        receipt.removed[layer] += 1
        return it

    async def _marked(self, it: Conversation, layer: Layer) -> Conversation:
        """The record says so, in one line without content."""
        if layer not in ACT or it.lacks(layer):
            return it
        deed = Deed(ACT[layer], ASSISTANT, self._clocks.now())
        return await self._register.change(it.id, deed, lambda was: without(was, layer, deed.at))

    async def _closed(self, it: Conversation, layer: Layer) -> bool:
        if layer is Layer.TRAIL:
            return True
        file = await read_file(self._store, it.id, whole=False)
        if file is None:
            return True
        card, title = kept_no_longer(it.reference), kept_no_longer_title(it.reference)
        parcel = Parcel(*marked(card, title))
        return await self._closing.closed(file, parcel, every=layer is Layer.PEOPLE)

    async def _begun(self) -> dict[str, list[Layer]]:
        """What an earlier night began and did not finish."""
        found: dict[str, list[Layer]] = {}
        async for notice, _ in notices.notices(self._store):
            if notice.what == A_PERSON:
                if await self._store.get(PEOPLE, notice.of, PERSON) is None:
                    await notices.take_back(self._store, notice)
            elif notice.begun is not None and notice.what in set(Layer):
                found.setdefault(notice.of, []).append(Layer(notice.what))
        return found

    async def _go_on(
        self, key: str, layers: list[Layer], held: Holds, gone: dict[str, frozenset[Layer]]
    ) -> None:
        """What the record says is gone goes to the end; where it does not say so yet, and it has
        been held since, nothing does."""
        for layer in layers:
            record = await read_record(self._store, key)
            if record is not None:
                it = record[0]
                if held.stops(it) and not it.lacks(layer):
                    continue  # The look at this conversation takes its notice back.
                it = await self._marked(it, layer)
                await remove_own(self._store, self._dates, it, layer)
            gone[key] = gone.get(key, frozenset()) | {layer}

    async def _finish(self, gone: dict[str, frozenset[Layer]]) -> None:
        """What stands among others' rows, and then the notices."""
        await remove_among_others(self._store, self._drafts, gone)
        for key, layers in gone.items():
            for layer in layers:
                await self._store.delete(notices.TABLE, key, layer)
        gone.clear()

    # ----------------------------------------------------------------------------------------------

    async def _people(self, held: Holds, receipt: Receipt) -> None:
        """Whoever was not seen for long, and has nothing open; so many at a time."""
        some = list[Person]()
        async for person in people.known(self._store):
            if self._is_soon(person):
                some.append(person)
            if len(some) >= TOGETHER:
                await self._these(some, held, receipt)
                some.clear()
        await self._these(some, held, receipt)

    async def _these(self, some: list[Person], held: Holds, receipt: Receipt) -> None:
        if not some:
            return
        needed = await self._named_in_open(some, held)
        due = [one for one in some if await self._goes(one, held, needed, receipt)]
        # Whoever has come in the meantime stays: to look at everybody takes a while.
        gone = [one for one in due if await self._is_as_seen(one)]
        await people.forget(self._store, self._drafts, gone)
        self._forgotten(key for person in gone for key in person.keys)
        for person in gone:
            await self._store.delete(notices.TABLE, person.key, A_PERSON)
        receipt.removed[A_PERSON] += len(gone)

    async def _named_in_open(self, some: list[Person], held: Holds) -> Set[str]:
        """Which of these people's keys and addresses a conversation names, in whatever part, that
        is under way or held: one pass over all of them."""
        asked = {key for one in some for key in (*one.keys, *map(mail_key, one.mails))}
        found = set[str]()
        async for it in self._conversations():
            found.update(asked.intersection(_needed(it, held)))
        return found

    def _is_soon(self, person: Person) -> bool:
        return self._person_due(person) - self._warned <= self._clocks.now()

    async def _goes(self, person: Person, held: Holds, needed: Set[str], receipt: Receipt) -> bool:
        now, due = self._clocks.now(), self._person_due(person)
        found = await notices.noted(self._store, person.key, A_PERSON)
        stays = any(key in held.people for key in person.keys)
        if stays or await self._is_needed(person, held, needed):
            receipt.held[A_PERSON] += stays
            if found is not None:
                await notices.take_back(self._store, found[0])
            return False
        if found is None:
            fresh = Notice(of=person.key, what=A_PERSON, due=due, told=now)
            await notices.note(self._store, fresh)
            receipt.told[A_PERSON] += 1
            return False
        return now >= max(due, found[0].told + self._warned)

    async def _is_as_seen(self, person: Person) -> bool:
        row = await self._store.get(PEOPLE, person.key, PERSON)
        there = read_or_pass(Person, row) if row else None
        return there is not None and people.last_seen(there) == people.last_seen(person)

    def _person_due(self, person: Person) -> datetime:
        """When their time is up; now, where nobody knows when they were last here."""
        seen, kept = people.last_seen(person), self._dates.partnership.kept
        return (
            self._dates.office.add_months(seen, kept.people_months) if seen else self._clocks.now()
        )

    async def _is_needed(self, person: Person, held: Holds, needed: Set[str]) -> bool:
        named = not needed.isdisjoint({*person.keys, *map(mail_key, person.mails)})
        return named or await people.is_needed(self._store, person, held)

    # ----------------------------------------------------------------------------------------------

    async def _silent(self, it: Conversation, receipt: Receipt) -> None:
        """Ask, end, or begin the wait anew, where nobody has done anything for long."""
        now = self._clocks.now()
        first = silent_from(it, self._dates, it.silent_asked or it.stage_since)
        if first is None or (first > now and it.silent_asked is None):
            return
        file = await read_file(self._store, it.id)
        if file is None:
            return
        last = going_on.last_act(it, file.audit, ASSISTANT)
        due = silent_from(it, self._dates, last)
        if it.silent_asked is None:
            if due is not None and due <= now:
                await self._change(it, Act.SILENT_ASKED, now)
                receipt.asked += 1
        elif last > it.silent_asked:
            await self._change(it, Act.GOES_ON, now)
        elif (until := silent_until(it, self._dates)) is not None and until <= now:
            await self._change(it, Act.SILENT, now)
            receipt.ended += 1

    async def _change(self, it: Conversation, act: Act, now: datetime) -> None:
        def change(was: Conversation) -> Conversation:
            if was.silent_asked != it.silent_asked:
                return was
            if act is Act.SILENT_ASKED:
                return going_on.ask(was, now, self._lead)
            return going_on.end(was, now) if act is Act.SILENT else going_on.stop_asking(was)

        await self._register.change(it.id, Deed(act, ASSISTANT, now), change)
        log.info("silent", extra={"action": act.replace("-", "_"), "conversation": it.id})

    def _say(self, receipt: Receipt) -> None:
        """To an operator: counts alone; which ones stands in the plan."""
        for what in ("told", "removed", "held", "waits"):
            counted: Counter[str] = getattr(receipt, what)
            for layer, times in sorted(counted.items()):
                told = {"action": f"retention_{what}", "part": str(layer), "count": times}
                log.warning("retention", extra=told)


def _needed(it: Conversation, held: Holds) -> Iterator[str]:
    """The keys and addresses of whom a conversation names that is under way or held."""
    if it.stage not in CLOSED or held.stops(it):
        yield from (one.key or mail_key(one.mail) for one in everybody(it))
