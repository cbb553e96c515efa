"""What an older version kept, brought into the form of now: once, by the leader, at its start.

Everybody in a conversation whom the directory knows for certain is bound to who they are, open ones
first; what is kept under a former key comes under the one of now. Each step may be done twice, and
ends before the next begins. So a process that dies in between leaves nothing lost or doubled:
whoever leads next begins again. Ids of people in a conversation and of messages never change.

Former keys are read as aliases all the same, before it is done and after.
"""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from enum import StrEnum
from typing import Final, TypeVar

from records import rekeying, shown_cards
from records.conversation.snapshot import ASSISTANT, RECORD, TABLE, read_record
from records.directory import Directory
from records.former_keys import move_drafts, move_list
from records.outbox.parked import Parked, Waiting, shelf
from records.people import Person, PersonKey
from records.register.register import Deed, Register
from records.register.repair import EVERY_PARTITION
from records.stages import CLOSED, Act
from records.store.codec import Unreadable, tell
from records.store.contract import Changed, Row, StoreError, Value, each
from scheduler import leader
from scheduler.delivery.outbox import Outbox
from scheduler.delivery.settings import Clocks
from scheduler.sweep import Lead, always
from scheduler.upkeep.binding import bind_certain

VERSION: Final = "1"
"""Raised where a later version has more to bring forward: then all of it is looked at once more."""
PARTITION: Final = "migration"
EVERY: Final = 400
"""People or conversations between two words on how far it has come."""
log = logging.getLogger(__name__)
_T = TypeVar("_T")
Told = Callable[[int], object]
"""Hears of so many more people or conversations that were looked at."""


def _nobody(_: int) -> None:
    """For a run that nobody watches."""


class Count(StrEnum):
    """What is counted on the way; `LEFT` is what could not be read, and stays as it is."""

    PEOPLE = "people"
    CONVERSATIONS = "conversations"
    BOUND = "bound"
    MOVED = "moved"
    LEFT = "left"


class NotLeading(Exception):
    """Another copy leads now, or this one is to stop."""


class Migration:
    """The steps, over the store of a register; `at_once` are done at the same time."""

    def __init__(
        self, register: Register, directory: Directory, clocks: Clocks, *, at_once: int = 8
    ) -> None:
        self._register, self._directory, self._clocks = register, directory, clocks
        self._store, self._at_once, self._done = register.store, at_once, False
        self._outbox, self._parked = Outbox(self._store), Parked(self._store)
        self._former: dict[PersonKey, PersonKey] = {}
        self._counts = Counter[Count]()
        self._lead: Lead = always
        self._told: Told = _nobody

    async def once(self, lead: Lead = always) -> None:
        """For the leader: all of it, unless it was done before. Raises StoreError."""
        self._done = self._done or await self.is_done()
        if self._done:
            return
        try:
            await self.run(lead)
        except NotLeading:
            log.info("migration left", extra={"action": "migration_left"})

    async def is_done(self) -> bool:
        """Whether it has come to its end in these tables. Raises StoreError."""
        row = await self._store.get(leader.TABLE, PARTITION, VERSION)
        return row is not None and "done" in row.values

    async def total(self) -> int:
        """People and conversations there are now: what `told` hears of. Raises StoreError."""
        people = [1 async for _ in rekeying.everybody(self._store)]
        return len(people) + len(await self._conversations())

    async def run(self, lead: Lead = always, told: Told = _nobody) -> Counter[Count]:
        """All of it, also where it was done before. Raises NotLeading, StoreError."""
        self._counts, self._former, self._lead, self._told = Counter(), {}, lead, told
        await self._note("people")
        people = [one async for one in rekeying.everybody(self._store)]
        await self._over(people, self._person, Count.PEOPLE)
        # Whoever's row cannot be read may be the other one who has an address.
        complete = not self._counts[Count.LEFT]
        if complete:
            await self._single_rows(ambiguous=True)
        await self._note("conversations")
        await self._over(await self._conversations(), self._conversation, Count.CONVERSATIONS)
        await self._note("kept")
        await self._over([one async for one in self._parked.all()], self._shelf)
        await self._over(await self._shown(), self._show)
        await self._over(tuple(self._former), self._kept)
        if complete:
            # Last: until everybody is bound, an older copy that still runs goes by them.
            await self._single_rows(ambiguous=False)
        await self._note("done", done=True)
        self._done = True
        return self._counts

    # The steps ----------------------------------------------------------------------------------

    async def _person(self, person: Person | None) -> Counter[Count]:
        """Under the key of now, with a row for each address."""
        if person is None:
            return Counter({Count.LEFT: 1})
        now = await rekeying.bring_forward(self._store, person)
        self._former |= dict.fromkeys(now.former, now.key)
        await rekeying.note_addresses(self._store, self._directory, now, self._clocks.now())
        return Counter()

    async def _single_rows(self, *, ambiguous: bool) -> None:
        removed = await rekeying.drop_single_rows(self._store, ambiguous=ambiguous)
        self._counts[Count.MOVED] += removed

    async def _conversations(self) -> list[str]:
        """Every conversation there is, open ones first."""
        rows = self._store.query(
            TABLE,
            partition_to=EVERY_PARTITION,
            key_from=RECORD,
            key_to=f"{RECORD}~",
            select=["stage"],
        )
        found = [(row.values.get("stage") in CLOSED, row.partition) async for row in rows]
        return [key for _, key in sorted(found)]

    async def _conversation(self, key: str) -> Counter[Count]:
        deed = Deed(Act.BOUND, ASSISTANT, self._clocks.now())
        changed = await bind_certain(self._register, self._directory, key, deed, self._former)
        return Counter({Count.BOUND: int(changed)})

    async def _shelf(self, waiting: Waiting) -> Counter[Count]:
        """A message that waits for somebody, where it would be put today."""
        found = await read_record(self._store, waiting.conversation)
        entry = await self._outbox.read(waiting.conversation, waiting.prompt)
        named = found[0].person(entry.prompt.to) if found and entry else None
        partition = PersonKey(waiting.partition)
        place = shelf(named) if named else self._former.get(partition, partition)
        if place in ("", partition):
            return Counter()
        await self._parked.note(replace(waiting, partition=place))
        await self._parked.forget(waiting)
        return Counter({Count.MOVED: 1})

    async def _shown(self) -> list[Row]:
        """Cards with a story that stand in the chat of somebody under a former key."""
        if not self._former:
            return []
        rows = self._store.query(shown_cards.TABLE)
        return [row async for row in rows if row.values.get("person") in self._former]

    async def _show(self, row: Row) -> Counter[Count]:
        person = self._former[PersonKey(str(row.values["person"]))]
        fresh: dict[str, Value] = {**row.values, "person": person}
        try:
            await self._store.update(shown_cards.TABLE, replace(row, values=fresh))
        except Changed:
            return Counter()  # It is closed, or another card stands there.
        return Counter({Count.MOVED: 1})

    async def _kept(self, before: PersonKey) -> Counter[Count]:
        """Their own list, drafts that an older copy has begun meanwhile; and last their row."""
        keys = before, self._former[before]
        moved = await move_drafts(self._store, *keys) + await move_list(self._store, *keys)
        await rekeying.leave_alias(self._store, before)
        return Counter({Count.MOVED: moved})

    # How it goes --------------------------------------------------------------------------------

    async def _over(
        self,
        items: Collection[_T],
        step: Callable[[_T], Awaitable[Counter[Count]]],
        counted: Count | None = None,
    ) -> None:
        """The step for each of them, a few at a time, for as long as we lead."""
        every = list(items)
        for start in range(0, len(every), self._at_once):
            if not await self._lead():
                raise NotLeading
            some = every[start : start + self._at_once]
            for found in await each(lambda one: self._one(step, one), some):
                self._counts.update(found)
            if counted is None:
                continue
            self._counts[counted] += len(some)
            self._told(len(some))
            if self._counts[counted] % EVERY < len(some):
                await self._note(counted)

    async def _one(
        self, step: Callable[[_T], Awaitable[Counter[Count]]], item: _T
    ) -> Counter[Count]:
        """What cannot be read, or makes no sense, holds up nothing else."""
        try:
            return await step(item)
        except Unreadable as error:
            tell(error)
        except StoreError:
            raise
        except Exception as error:
            # The seam: whatever is wrong with this one, the others are still to do. No texts in
            # logs: the name of the error alone.
            extra = {"action": "not_migrated", "error": type(error).__name__}
            log.error("left as it is", extra=extra)
        return Counter({Count.LEFT: 1})

    async def _note(self, step: str, *, done: bool = False) -> None:
        """Where it has come to: a line in the log, and a row that whoever asks can read."""
        now = self._clocks.now()
        counts = {one.value: self._counts[one] for one in Count}
        values: dict[str, Value] = {"step": step, "at": now, **counts}
        if done:
            values["done"] = now
        await self._store.put(leader.TABLE, Row(PARTITION, VERSION, values))
        log.info("migration", extra={"action": "migration", "step": step, **counts})
