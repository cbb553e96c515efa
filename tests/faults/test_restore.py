"""Backup and restore over a real table storage, with every entity compared."""

import stat
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from bot.commands.export import export
from bot.commands.restore import bring_back
from bot.stores import EVERY_TABLE, PATIENCE
from records.store.azure import TableStore
from tests.azurite import running
from tests.faults.kept import all_of, filled

SELDOM = {"erasures", "releases"}
"""Tables in which there is something only once somebody asked to be erased, or to see."""


@pytest.fixture
def in_memory() -> Iterator[str]:
    """A storage that keeps nothing: with 600,000 rows the other one only writes its file."""
    with running(None) as azurite:
        yield azurite


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.restore)])
async def test_what_is_restored_is_what_was_there(
    in_memory: str, tmp_path: Path, count: int
) -> None:
    there = await filled(count)
    expected = await all_of(there.store)
    assert {table for table, *_ in expected} == set(EVERY_TABLE) - SELDOM
    async with AsyncExitStack() as closing:
        first, second = (_tables(in_memory, closing) for _ in range(2))
        began = time.monotonic()
        await export(there.store, tmp_path / "memory", there.moment)
        await bring_back(first, tmp_path / "memory")
        written = await export(first, tmp_path / "tables", there.moment)
        restored = await bring_back(second, tmp_path / "tables")
        assert await all_of(second) == expected
    assert written == restored
    assert written.conversations == count
    assert written.counts == Counter(table for table, *_ in expected)
    assert stat.S_IMODE((tmp_path / "tables").stat().st_mode) == 0o600
    print(
        f"conversations={count} rows={len(expected)} different=0"
        f" bytes={(tmp_path / 'tables').stat().st_size}"
        f" seconds={time.monotonic() - began:.0f}"
    )


async def test_memory_does_not_grow_with_what_is_kept(tmp_path: Path) -> None:
    most = []
    for count in (20, 80):
        world = await filled(count)
        tracemalloc.start()
        await export(world.store, tmp_path / f"{count}", world.moment)
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert most[1] < 1.5 * most[0]


def _tables(azurite: str, closing: AsyncExitStack) -> TableStore:
    prefix = f"t{uuid4().hex[:12]}"
    store = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix=prefix, timeout=PATIENCE)
    closing.push_async_callback(store.close)
    return store
