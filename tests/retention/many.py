"""Conversations by the thousand: copies of one that was walked, each with ids of its own."""

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Final
from uuid import UUID

from bot.commands.parts import over
from bot.commands.retention import removal_over
from bot.settings import Settings
from records.board.board import REFERENCES
from records.drafts import Draft, Drafts, Open
from records.people import person_key
from records.people_rows import PEOPLE
from records.shown_cards import Shown, ShownCards
from records.stages import Act
from records.store.contract import AlreadyThere, Create, Row, Store, Unavailable
from records.store.memory import MemoryStore
from tests.retention.night import At, Nobody
from tests.scheduler.conftest import World

AT_ONCE: Final = 32
Kept = tuple[str, Row]
"""A row, and the table it stands in."""
MODEL: Final = "5a5a5a5a" * 4
REFERENCE: Final = "LC-7K3QX"
"""Of the one that is copied."""


def every_row(store: MemoryStore) -> list[Kept]:
    """All that is in it."""
    return [
        (table, row)
        for table, partitions in store._tables.items()
        for rows in partitions.values()
        for row in rows.values()
    ]


def swapped(rows: Iterable[Kept], swap: Mapping[str, str]) -> Iterator[Kept]:
    """The rows with other ids in place of these, wherever one stands."""
    found = re.compile("|".join(map(re.escape, sorted(swap, key=len, reverse=True))))

    def put(text: str) -> str:
        return found.sub(lambda one: swap[one[0]], text)

    for table, row in rows:
        values = {
            name: put(value) if isinstance(value, str) else value
            for name, value in row.values.items()
        }
        yield table, Row(put(row.partition), put(row.key), values)


def of_it(rows: Iterable[Kept], *ids: str) -> list[Kept]:
    """Those in which one of these stands, in whatever part."""
    return [
        (table, row)
        for table, row in rows
        if any(one in f"{row.partition} {row.key} {dict(row.values)}" for one in ids)
    ]


def numbered(number: int) -> tuple[str, str]:
    """An id and a reference for a conversation with this number, as new as any."""
    return UUID(int=(number + 1) << 96 | number).hex, f"LC-{number:05d}"


async def put(store: Store, rows: Iterable[Kept]) -> None:
    """Write them, so many partitions at once."""
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(table: str, some: list[Row]) -> None:
        async with slots:
            for begin in range(0, len(some), 90):
                await _written(store, table, some[begin : begin + 90])

    def where(kept: Kept) -> tuple[str, str]:
        return kept[0], kept[1].partition

    together = sorted(rows, key=where)
    async with asyncio.TaskGroup() as tasks:
        for (table, _), some in groupby(together, where):
            tasks.create_task(one(table, [row for _, row in some]))


async def _written(store: Store, table: str, rows: list[Row]) -> None:
    """In spite of a storage that does not answer at once, being asked for all it can."""
    for wait in (1, 2, 4, 8):
        try:
            await store.commit(table, [Create(row) for row in rows])
        except Unavailable:
            await asyncio.sleep(wait)
        except AlreadyThere:
            return
        else:
            return
    raise Unavailable(table)


async def models() -> tuple[list[Kept], list[Kept], list[Kept]]:
    """A request that was withdrawn, with all that stands about it and whoever asked; and what is
    left of it when nothing but its trail is kept, of which two lines are copied; and a person."""
    world = World()
    await world.install("r")
    me = world.key("r")
    await world.request(MODEL)
    await world.store.create(REFERENCES, Row(REFERENCE, "reference", {"conversation": MODEL}))
    await world.sweep.run()
    await world.act(Act.WITHDRAW, lambda it: it.withdraw(world.moment), MODEL)
    await world.sweep.run()
    draft = Draft(
        owner=me, flow="request", conversation=MODEL, version=1, step="worry",
        answers={"worry": "because " * 20}, begun=world.moment, touched=world.moment,
    )  # fmt: skip
    await Drafts(world.store).save(Open(draft, ""))
    person = await world.directory.find(me)
    assert person is not None
    assert person.reference is not None
    shown = Shown(
        person=me, place=person.reference, message="m", conversation=MODEL, since=world.moment
    )
    await ShownCards(world.store).note(shown)
    whole = every_row(world.store)
    person = [one for one in whole if one[0] == PEOPLE]
    settings = Settings(demo=True)
    for day in (1, 8):
        at = At(datetime(2027, 12, day, 2, 30, tzinfo=UTC).isoformat())
        await removal_over(over(world.store, settings, at), settings, Nobody()).look()
    trail = [
        one
        for one in every_row(world.store)
        if one[1].key < "audit-00000003" or (not one[1].key.startswith("audit-"))
    ]
    return whole, trail, person


def copies(model: list[Kept], numbers: Iterable[int]) -> Iterator[Kept]:
    """So many of it, each of somebody else."""
    was = person_key("t", "r")
    for number in numbers:
        key, reference = numbered(number)
        swap = {MODEL: key, REFERENCE: reference, was: person_key("t", f"r{number}")}
        for table, row in swapped(model, swap):
            if row.values.get("object_id") == "r":
                row = replace(row, values={**row.values, "object_id": f"r{number}"})
            yield table, row


async def fill(store: Store, count: int, whole: int, alone: int) -> None:
    """So many conversations of which something is to go: of so many of them all that ever stood
    about one is there, of the others their trail. And so many people who are in none."""
    every, trail, person = await models()
    for begin in range(0, count, 250):
        some = range(begin, min(count, begin + 250))
        await put(store, copies(every, (one for one in some if one < whole)))
        await put(store, copies(trail, (one for one in some if one >= whole)))
        await put(store, copies(person, (one for one in some if whole <= one < whole + alone)))
