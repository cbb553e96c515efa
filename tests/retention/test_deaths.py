"""Nights that are killed again and again until they are done: real processes, a real SIGKILL, real
tables. What is kept then is what nights without a kill leave, row by row in every table.

`make faults-retention` kills 60 times, `make test` a few. `SEED` draws other kills.
"""

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from records.conversation.conversation import Layer
from records.store.azure import TableStore
from records.store.memory import MemoryStore
from tests.records.audit_chain import first_break
from tests.retention.deaths import Deaths, Fell, on_the_way
from tests.retention.many import Kept, every_row, numbered, of_it, put, swapped
from tests.retention.nights import ended, values
from tests.retention.test_nights import DATES
from tests.retention.test_nights import nights as nights_of
from tests.retention.trial import Nights, nights, tables
from tests.security.cast import Copy, Marked
from tests.security.states import State

COPIES: Final = 3
"""Conversations that end with A: copies of it."""
SIGKILL: Final = 9
FEW: Final = 24
"""A process dies at its first writes, no later than at this one."""
Everything = Mapping[tuple[str, str, str], Mapping[str, Any]]


async def beginning() -> tuple[Copy, State, list[Kept]]:
    """A house in which A and copies of it have come to an end, and all that is kept there."""
    house, state = await ended()
    assert isinstance(house.store, MemoryStore)
    reference = (await house.record(state.a)).reference
    rows = every_row(house.store)
    mine = of_it(rows, state.a, reference)
    for number in range(COPIES):
        key, other = numbered(number)
        rows += swapped(mine, {state.a: key, reference: other})
    return house.copy(), state, rows


async def scanned(store: TableStore, names: set[str], house: Copy, at: datetime) -> Marked:
    """A house with all that stands in the tables by now, after the sweep that does what a copy
    left behind."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for table in names:
        async for row in store.query(table):
            found.setdefault(table, {}).setdefault(row.partition, {})[row.key] = row
    there = Marked(Copy(found, at + timedelta(minutes=1), house.chats, house.listed))
    await there.sweep.run()
    return there


@dataclass
class Course:
    """How it went: what is kept after each night, how many writes that took, how many processes
    were killed or came to their end, and which messages were closed."""

    left: list[Everything] = field(default_factory=list)
    writes: list[int] = field(default_factory=list)
    went: Counter[str] = field(default_factory=Counter)
    closed: set[str] = field(default_factory=set)


async def all_nights(
    has: Nights, deaths: Deaths, addresses: tuple[str, str], last: Layer, kills: list[int]
) -> Course:
    """Every night up to that on which a part goes, with so many kills in each, if it is as long:
    by its last process it is done. `addresses` are the storage's own, and the one of `deaths`."""
    house, state, rows = await beginning()
    course, dates = Course(), nights_of(last)
    names = {table for table, _ in rows} | {"retention", "due", "access", "byperson", "bymail"}
    has.closed.unlink(missing_ok=True)
    async with tables(addresses[0]) as (store, prefix):
        await put(store, rows)
        for number, (day, more) in enumerate(zip(dates, kills, strict=True)):
            at, killed, writes = Marked(house).local(f"{day}T02:30"), True, 0
            for left in range(more, -1, -1) if more else (0,):
                deaths.where = list(Fell)[(number + left) % len(Fell)]
                deaths.at = deaths.chance.randint(1, FEW) if left else 0
                one = await has.have(addresses[1], prefix, at, deaths.next, together=2)
                killed, writes = one.signal == SIGKILL, writes + deaths.writes
                course.went["killed" if killed else "done"] += 1
                assert one.signal in (0, SIGKILL)
                assert bool(one.said) == (not killed)
                if not killed:
                    break
            assert not killed
            there = await scanned(store, names, house, at)
            if day < DATES[Layer.TRAIL][1]:
                await _chains_hold(there, state.a, *(numbered(one)[0] for one in range(COPIES)))
            course.left.append(await values(there))
            course.writes.append(writes)
    course.closed = set(has.closed.read_text().splitlines())
    return course


async def _chains_hold(house: Marked, *keys: str) -> None:
    for key in keys:
        file = await house.file(key)
        assert first_break(list(file.audit), file.conversation.audit_head) is None


async def a_trial(azurite: str, folder: Path, last: Layer, kills: int) -> int:
    """Nights without a kill and with about so many, the longer the night the more; how many there
    were."""
    seed = int(os.environ.get("SEED") or 1)
    async with nights(folder) as has, on_the_way(azurite, seed) as (deaths, address):
        both, none = (azurite, address), [0] * len(nights_of(last))
        whole = await all_nights(has, deaths, both, last, none)
        assert (whole.went["killed"], deaths.fell.total()) == (0, 0)
        most = sum(whole.writes)
        shared = [round(kills * one / most) for one in whole.writes]
        course = await all_nights(has, deaths, both, last, shared)
    different = sum(
        there.get(key) != should.get(key)
        for there, should in zip(course.left, whole.left, strict=True)
        for key in there.keys() | should.keys()
    )
    print(
        f"nights={len(shared)} kills={course.went['killed']}"
        f" came_to_their_end={course.went['done']} writes={sum(course.writes)}"
        f" without_a_kill={most} rows={sum(map(len, whole.left))} different={different}"
        f" closed={len(course.closed)} where={ {str(one): n for one, n in deaths.fell.items()} }"
    )
    assert different == 0
    assert course.closed == whole.closed
    assert bool(whole.closed) == (last is Layer.TRAIL)  # all its cards, before its names go
    assert deaths.fell.total() >= course.went["killed"]
    return course.went["killed"]


async def test_a_night_that_is_killed_is_done_by_the_next(azurite: str, tmp_path: Path) -> None:
    assert await a_trial(azurite, tmp_path, Layer.ANSWERS, 6) >= 4


@pytest.mark.retention
async def test_sixty_kills_leave_what_none_leave(azurite: str, tmp_path: Path) -> None:
    assert await a_trial(azurite, tmp_path, Layer.TRAIL, 80) >= 60
