"""What one look at what is due reads, with little and with much in the future: rows, never time.

`python -m tests.bench.sweep` prints the figure: rows read with 100,000 pointers in the future (nine
tenths of them later today) as a multiple of those read with 1,000. `--tables` counts over the real
tables instead, with 20,000: Azurite takes ever longer for each row as a table grows, and had not
taken 100,000 after seven minutes.
"""

import asyncio
import sys
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Final

from records.outbox import due
from records.outbox.due import TABLE, Pointer
from records.store.azure import TableStore
from records.store.contract import Create, Row, Store, Value, each
from records.store.memory import MemoryStore
from tests.azurite import running
from tests.trips import Counting

NOW: Final = datetime(2026, 11, 3, 10, tzinfo=UTC)
DUE, FEW, MANY = 100, 1_000, 100_000
TOGETHER: Final = 100
"""Rows of one transaction."""


def pointers(now: datetime, due: int, future: int) -> list[Pointer]:
    """`due` of them owed in the last two days; of `future` nine tenths later on the same day."""
    midnight = datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=1)
    rest = midnight - now - timedelta(seconds=1)
    found = [
        Pointer(now - timedelta(days=2) * (n / max(due, 1)), f"{n:032x}", "p") for n in range(due)
    ]
    for n in range(future):
        today = timedelta(seconds=1) + rest * (n / future)
        later = today if n % 10 else timedelta(days=1 + n % 60)
        found.append(Pointer(now + later, f"{n:032x}", "q"))
    return found


async def fill(store: Store, now: datetime, *, due: int, future: int) -> None:
    """Write them as the product does, in transactions instead of one by one."""
    days: dict[str, list[Row]] = defaultdict(list)
    for one in pointers(now, due, future):
        values: dict[str, Value] = {"conversation": one.conversation, "prompt": one.prompt}
        days[one.partition].append(Row(one.partition, one.key, {**values, "at": one.at}))
    batches = [
        [Create(row) for row in rows[start : start + TOGETHER]]
        for rows in days.values()
        for start in range(0, len(rows), TOGETHER)
    ]

    async def write(batch: list[Create]) -> None:
        await store.commit(TABLE, batch)

    if batches:
        await write(batches.pop())  # which makes the table
    await each(write, batches, at_once=2)


async def looked_at(store: Counting, now: datetime) -> int:
    """Rows that one look reads."""
    before = store.rows
    async for _ in due.due(store, now):
        pass
    return store.rows - before


async def sweep_growth(
    address: str | None, *, due: int = DUE, few: int = FEW, many: int = MANY
) -> float:
    """Rows read with `many` in the future as a multiple of those with `few`.

    `address` is the connection string of a table storage that has no tables yet; None is the store
    in memory.
    """
    found: list[int] = []
    for name, future in (("few", few), ("many", many)):
        store: Store = MemoryStore()
        if address is not None:
            store = TableStore(address, clock=lambda: datetime.now(UTC), prefix=name, timeout=120)
        try:
            await fill(store, NOW, due=due, future=future)
            counting = Counting(store)
            found.append(await looked_at(counting, NOW))
            print(f"{future} in the future: {found[-1]} rows, {counting.line()}", file=sys.stderr)
        finally:
            await store.close()
    return found[1] / found[0]


def main() -> None:
    if "--tables" not in sys.argv:
        print(f"sweep_growth {asyncio.run(sweep_growth(None)):.3g}")
        return
    with running(None) as address:
        print(f"sweep_growth {asyncio.run(sweep_growth(address, many=MANY // 5)):.3g}")


if __name__ == "__main__":
    main()
