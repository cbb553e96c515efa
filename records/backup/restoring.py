"""A backup written back, into empty tables only: what is there is never mixed with what was."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from records.backup.form import BackupRow, Line, Trailer, Unfit
from records.store.contract import (
    MAX_OPERATIONS,
    Create,
    Operation,
    Store,
    StoreError,
    together,
)

AT_ONCE: Final = 8
"""Transactions under way at the same time."""
MOST_BYTES: Final = 524_288
"""Bytes of lines in one transaction. It takes 4 MiB; escapes make up to three of one byte."""


class NotEmpty(StoreError):
    """There is a row in this table already."""

    def __init__(self, table: str) -> None:
        super().__init__(f"{table} is not empty")
        self.table = table


def whole(lines: Iterable[Line], tables: Sequence[str]) -> Trailer:
    """Read to the end, and see that all of it is ours. Raises Unfit."""
    for line in lines:
        if isinstance(line, BackupRow) and line.table not in tables:
            raise Unfit("it holds a table that this version does not know")
        if isinstance(line, Trailer):
            return line
    raise Unfit("it has no end: it was cut off")


async def check_empty(store: Store, tables: Iterable[str]) -> None:
    """Raises NotEmpty, Unavailable."""
    for table in tables:
        async for _ in store.query(table, most=1):
            raise NotEmpty(table)


async def restore(store: Store, lines: Iterable[Line], wrote: Callable[[int], None]) -> None:
    """Write every row; `wrote` hears of how many at a time. Raises StoreError, Unfit.

    A transaction begins as soon as one has ended. After the first that fails none begins, and those
    under way have ended before that is raised: nothing is written any more.
    """
    every = batches(line for line in lines if isinstance(line, BackupRow))
    stopped = False

    async def work() -> None:
        nonlocal stopped
        while not stopped and (batch := next(every, None)) is not None:
            try:
                await store.commit(*batch)
            except BaseException:
                stopped = True
                raise
            wrote(len(batch[1]))

    await together(*(work() for _ in range(AT_ONCE)))


def batches(rows: Iterable[BackupRow]) -> Iterator[tuple[str, list[Operation]]]:
    """Rows that follow one another in a partition, as many as one transaction takes."""
    where, batch, size = ("", ""), list[Operation](), 0
    for one in rows:
        here = (one.table, one.row.partition)
        full = len(batch) == MAX_OPERATIONS or size + one.size > MOST_BYTES
        if batch and (here != where or full):
            yield where[0], batch
            batch, size = [], 0
        where = here
        batch.append(Create(one.row))
        size += one.size
    if batch:
        yield where[0], batch
