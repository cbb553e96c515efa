"""Ten thousand conversations in one night: no more are in memory than those that are done together.

`make faults-retention` has that night over Azurite, `make test` one of a few with small pages.
"""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from bot.stores import EVERY_TABLE
from records.evaluation.facts import ASKED
from tests.azurite import running
from tests.retention.many import fill
from tests.retention.trial import nights, tables

AT: Final = datetime(2033, 1, 10, 2, 30, tzinfo=UTC)
"""Everything that they have is over: the trail of 2026 goes after six years."""
PARTS: Final = ("answers", "learning", "words", "people")


async def one_night(folder: Path, count: int, whole: int, alone: int, **how: Any) -> dict[str, Any]:
    """What the night says that removes all of so many conversations, and of the people."""
    with running(None) as azurite:
        async with tables(azurite) as (store, prefix), nights(folder) as has:
            await fill(store, count, whole, alone)
            told = await has.have(azurite, prefix, AT, **how)
            began = time.monotonic()
            ended = await has.have(azurite, prefix, AT + timedelta(days=7), **how)
            seconds = time.monotonic() - began
            left = {
                (table, row.partition)
                for table in EVERY_TABLE
                async for row in store.query(table, select=["schema"])
            }
    assert (told.code, ended.code) == (0, 0)
    went = {**dict.fromkeys(PARTS, whole), "trail": count, "person": whole + alone}
    assert ended.said["removed"] == went
    assert ended.said["looked_at"] == count
    assert left == {("board", ASKED)}
    print(
        f"conversations={count} people={whole + alone} parts={sum(went.values())} left=0"
        f" rss_before={told.said['before']}kB rss_most={ended.said['most']}kB"
        f" traced={ended.said['traced']} seconds={seconds:.0f}"
    )
    return ended.said


async def test_a_night_holds_no_more_of_many_than_of_few(tmp_path: Path) -> None:
    few, many = [
        (await one_night(tmp_path, count, 1, count - 1, together=8, page=16, traced=True))["traced"]
        for count in (20, 80)
    ]
    assert many < 1.05 * few


@pytest.mark.retention
async def test_ten_thousand_take_as_much_memory_as_a_thousand(tmp_path: Path) -> None:
    # As many people as are done together, or nearly: else it is they that are more.
    few, many = [
        (await one_night(tmp_path, count, count // 100, people))["most"]
        for count, people in ((1_000, 990), (10_000, 2_000))
    ]
    # What is held would be many times as much; what the allocator keeps for itself is not.
    assert many < 1.2 * few
