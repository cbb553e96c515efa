"""Nights that are killed again and again until they are done: real processes, a real SIGKILL, real
tables. What is kept then is what nights without a kill leave, row by row in every table.

`make faults-retention` kills 60 times, `make test` a few. `SEED` draws other kills.
"""

import os
from collections import Counter
from collections.abc import Mapping
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


async def all_nights(
    has: Nights, deaths: Deaths, address: str, azurite: str, last: Layer, kills: int
) -> tuple[list[Everything], Counter[str], int]:
    """What is kept after each night, what became of the processes, and how many messages closed;
    `kills` are shared out among the nights."""
    house, state, rows = await beginning()
    left, went = list[Everything](), Counter[str]()
    names = {table for table, _ in rows} | {"retention", "due", "access", "byperson", "bymail"}
    has.closed.unlink(missing_ok=True)
    async with tables(azurite) as (store, prefix):
        await put(store, rows)
        dates = nights_of(last)
        for number, day in enumerate(dates):
            at = Marked(house).local(f"{day}T02:30")
            for turn in range(kills // len(dates) + (number < kills % len(dates))):
                deaths.where = list(Fell)[(number + turn) % len(Fell)]
                # Nights in which things are told have few writes, those in which they go many.
                deaths.at = deaths.chance.randint(1, 4 if number % 2 == 0 else 60)
                one = await has.have(address, prefix, at, deaths.next, together=2)
                went["killed" if one.signal == SIGKILL else "done"] += 1
                assert one.signal in (0, SIGKILL)
                assert bool(one.said) == (one.signal == 0)
            deaths.at = 0
            one = await has.have(address, prefix, at, deaths.next, together=2)
            assert (one.signal, one.code) == (0, 0)
            there = await scanned(store, names, house, at)
            for key in (state.a, *(numbered(one)[0] for one in range(COPIES))):
                file = await there.file(key) if day < DATES[Layer.TRAIL][1] else None
                if file is not None:
                    assert first_break(list(file.audit), file.conversation.audit_head) is None
            left.append(await values(there))
    closed = set(has.closed.read_text().splitlines())
    return left, went, len(closed)


async def a_trial(azurite: str, folder: Path, last: Layer, kills: int) -> Counter[str]:
    """Nights without a kill and with so many; what became of the processes of the second."""
    seed = int(os.environ.get("SEED") or 1)
    async with nights(folder) as has, on_the_way(azurite, seed) as (deaths, address):
        wanted, whole, closed = await all_nights(has, deaths, address, azurite, last, 0)
        assert (whole["killed"], deaths.fell.total()) == (0, 0)
        left, went, also = await all_nights(has, deaths, address, azurite, last, kills)
    for there, should in zip(left, wanted, strict=True):
        assert there.keys() == should.keys()
        assert there == should
    assert also == closed
    print(
        f"kills={went['killed']} came_to_their_end={went['done']} closed={closed}"
        f" different=0 where={dict(deaths.fell)}"
    )
    assert deaths.fell.total() >= went["killed"]
    assert bool(closed) == (last is Layer.TRAIL)  # its cards close before its names go
    return went


async def test_a_night_that_is_killed_is_done_by_the_next(azurite: str, tmp_path: Path) -> None:
    went = await a_trial(azurite, tmp_path, Layer.ANSWERS, 6)
    assert went["killed"] >= 4


@pytest.mark.retention
async def test_sixty_kills_leave_what_none_leave(azurite: str, tmp_path: Path) -> None:
    went = await a_trial(azurite, tmp_path, Layer.TRAIL, 80)
    assert went["killed"] >= 60
