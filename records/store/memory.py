"""The store in memory: the same contract and the same refusals as the real one, for tests."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from itertools import count
from types import MappingProxyType

from records.store.contract import AlreadyThere, Changed, Create, Delete, Operation, Row, Store
from records.store.key_range import Range
from records.store.row_rules import check_read, check_table, storable, storable_operations

_Partition = dict[str, Row]


class MemoryStore(Store):
    """A `Store` that forgets at exit. Etags count up from 1, so that a run can be repeated.

    Every call lets other tasks run first, as a call over the network would; what follows
    happens in one go, as it would in the storage.
    """

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, _Partition]] = {}
        self._etags = count(1)

    async def get(self, table: str, partition: str, key: str) -> Row | None:
        """The row, or None."""
        return (await self._partitions(table)).get(partition, {}).get(key)

    async def query(
        self,
        table: str,
        *,
        partition: str | None = None,
        partition_to: str | None = None,
        key_from: str = "",
        key_to: str | None = None,
        select: Sequence[str] | None = None,
        most: int | None = None,
    ) -> AsyncIterator[Row]:
        """Rows in key order, as they were when the first one was asked for.

        Selected rows carry no etag, so that they cannot be written back.
        """
        partitions = await self._partitions(table)
        wanted = Range(partition, partition_to, key_from, key_to)
        rows = [
            row
            for name in sorted(filter(wanted.has_partition, partitions))
            for key, row in sorted(partitions[name].items())
            if wanted.has_key(key)
        ]
        for row in rows[:most]:
            yield row if select is None else _selected(row, select)

    async def create(self, table: str, row: Row) -> Row:
        """Insert; the row with its etag. Raises AlreadyThere, TooLarge, NotStorable."""
        return (await self.commit(table, [Create(row)]))[0]

    async def update(self, table: str, row: Row) -> Row:
        """Replace if unchanged since `row.etag`. Raises Changed, TooLarge, NotStorable."""
        check_read(row)
        kept = storable(row)
        partitions = await self._partitions(table)
        self._check_same(table, partitions[row.partition], row)
        return self._write(partitions, kept)

    async def put(self, table: str, row: Row) -> Row:
        """Insert or replace whatever is there. Raises TooLarge, NotStorable."""
        kept = storable(row)
        return self._write(await self._partitions(table), kept)

    async def delete(
        self, table: str, partition: str, key: str, *, etag: str | None = None
    ) -> None:
        """Remove; with an etag only if unchanged (Changed)."""
        rows = (await self._partitions(table))[partition]
        if etag is not None:
            known = Row(partition, key, etag=etag)
            check_read(known)
            self._check_same(table, rows, known)
        rows.pop(key, None)

    async def commit(self, table: str, operations: Sequence[Operation]) -> Sequence[Row]:
        """All or nothing. Raises AlreadyThere, Changed, TooLarge, NotStorable."""
        kept = storable_operations(operations)
        partitions = await self._partitions(table)
        for operation in kept:
            self._check(table, partitions[operation.row.partition], operation)
        return [self._apply(partitions, operation) for operation in kept]

    async def check(self) -> float:
        """Nought: memory has no clock of its own."""
        return 0.0

    async def close(self) -> None:
        """Nothing to release."""

    async def _partitions(self, table: str) -> dict[str, _Partition]:
        check_table(table)
        await asyncio.sleep(0)
        return self._tables.setdefault(table, defaultdict(dict))

    def _check(self, table: str, rows: _Partition, operation: Operation) -> None:
        row = operation.row
        if not isinstance(operation, Create):
            self._check_same(table, rows, row)
        elif row.key in rows:
            raise AlreadyThere(table, row.partition, row.key)

    def _check_same(self, table: str, rows: _Partition, row: Row) -> None:
        there = rows.get(row.key)
        if there is None or there.etag != row.etag:
            raise Changed(table, row.partition, row.key)

    def _apply(self, partitions: dict[str, _Partition], operation: Operation) -> Row:
        if isinstance(operation, Delete):
            del partitions[operation.row.partition][operation.row.key]
            return operation.row
        return self._write(partitions, operation.row)

    def _write(self, partitions: dict[str, _Partition], row: Row) -> Row:
        written = replace(row, etag=f'W/"{next(self._etags)}"')
        partitions[row.partition][row.key] = written
        return written


def _selected(row: Row, select: Sequence[str]) -> Row:
    values = {name: row.values[name] for name in select if name in row.values}
    return Row(row.partition, row.key, MappingProxyType(values))
