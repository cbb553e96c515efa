"""A backup written back: so many transactions at a time, and none after one that failed."""

import asyncio
from collections.abc import Sequence

import pytest

from records.backup.form import BackupRow
from records.backup.restoring import AT_ONCE, restore
from records.store.contract import MAX_OPERATIONS, Operation, Row, Unavailable
from records.store.memory import MemoryStore

LINES = [
    BackupRow("people", Row(f"p{number:02}", f"k{place:03}", {"n": place}))
    for number in range(20)
    for place in range(150)
]


class Slow(MemoryStore):
    """Its first transaction waits until it is let go; the one numbered `fails` is refused."""

    def __init__(self, fails: int = 0) -> None:
        super().__init__()
        self.fails, self.begun, self.ended, self.most = fails, 0, 0, 0
        self.go = asyncio.Event()

    async def commit(self, table: str, operations: Sequence[Operation]) -> Sequence[Row]:
        assert len({one.row.partition for one in operations}) == 1
        assert len(operations) <= MAX_OPERATIONS
        self.begun += 1
        self.most = max(self.most, self.begun - self.ended)
        number = self.begun
        try:
            if number == 1:
                await self.go.wait()
            if number == self.fails:
                raise Unavailable("away")
            return await super().commit(table, operations)
        finally:
            self.ended += 1


async def idle() -> None:
    for _ in range(500):
        await asyncio.sleep(0)


async def test_a_slow_transaction_holds_no_other_up() -> None:
    store, wrote = Slow(), list[int]()
    running = asyncio.create_task(restore(store, LINES, wrote.append))
    await idle()
    assert (store.begun, store.ended) == (40, 39)  # two for each partition: 100 rows, and 50
    store.go.set()
    await running
    assert store.most == AT_ONCE
    assert sum(wrote) == len(LINES) == len([row async for row in store.query("people")])


async def test_after_one_that_failed_none_begins_and_those_under_way_end() -> None:
    store = Slow(fails=12)
    running = asyncio.create_task(restore(store, LINES, lambda _: None))
    await idle()
    assert not running.done()
    begun = store.begun
    assert begun < 12 + AT_ONCE
    store.go.set()
    with pytest.raises(Unavailable):
        await running
    assert store.begun == store.ended == begun
