"""A store that counts the trips to it: what was asked, of which table, with which keys."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from records.store.contract import Operation, Row, Store

PAGE = 1_000
"""Rows that one answer of the storage holds. Source: Azure Table Storage."""


class Trip(NamedTuple):
    """One trip: `get`, `query` (a page), `create`, `update`, `put`, `delete` or `commit`.

    `keys` are row keys, of a query the partition and the range that was asked for.
    """

    operation: str
    table: str
    keys: tuple[str, ...]


READS = frozenset({"get", "query"})


@dataclass
class Counting(Store):
    """Passes everything on. `trips` has them in the order in which they began; `rows` are those
    that queries gave."""

    store: Store
    trips: list[Trip] = field(default_factory=list)
    rows: int = 0

    @property
    def reads(self) -> list[Trip]:
        """Rows and pages that were asked for."""
        return [one for one in self.trips if one.operation in READS]

    @property
    def transactions(self) -> list[Trip]:
        """Writes of several rows, all or nothing."""
        return [one for one in self.trips if one.operation == "commit"]

    @property
    def writes(self) -> list[Trip]:
        """Writes of one row."""
        others = READS | {"commit"}
        return [one for one in self.trips if one.operation not in others]

    def of(self, table: str) -> list[Trip]:
        """Those that were to one table."""
        return [one for one in self.trips if one.table == table]

    def taken(self) -> list[Trip]:
        """What was counted so far; counting begins anew."""
        found, self.trips[:] = list(self.trips), []
        return found

    def line(self) -> str:
        """For a report: reads, writes, transactions."""
        return (
            f"{len(self.reads)} reads, {len(self.writes)} writes, "
            f"{len(self.transactions)} transactions"
        )

    async def get(self, table: str, partition: str, key: str) -> Row | None:
        self._count("get", table, partition, key)
        return await self.store.get(table, partition, key)

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
        where = partition if partition is not None else f"..{partition_to or ''}"
        found = self.store.query(
            table,
            partition=partition,
            partition_to=partition_to,
            key_from=key_from,
            key_to=key_to,
            select=select,
            most=most,
        )
        self._count("query", table, where, key_from, key_to or "")
        rows = count()
        async for row in found:
            self.rows += 1
            if (read := next(rows)) and read % PAGE == 0:
                self._count("query", table, where, row.key, key_to or "")
            yield row

    async def create(self, table: str, row: Row) -> Row:
        self._count("create", table, row.partition, row.key)
        return await self.store.create(table, row)

    async def update(self, table: str, row: Row) -> Row:
        self._count("update", table, row.partition, row.key)
        return await self.store.update(table, row)

    async def put(self, table: str, row: Row) -> Row:
        self._count("put", table, row.partition, row.key)
        return await self.store.put(table, row)

    async def delete(
        self, table: str, partition: str, key: str, *, etag: str | None = None
    ) -> None:
        self._count("delete", table, partition, key)
        await self.store.delete(table, partition, key, etag=etag)

    async def commit(self, table: str, operations: Sequence[Operation]) -> Sequence[Row]:
        self._count("commit", table, *(one.row.key for one in operations))
        return await self.store.commit(table, operations)

    async def check(self) -> float:
        return await self.store.check()

    async def close(self) -> None:
        await self.store.close()

    def _count(self, operation: str, table: str, *keys: str) -> None:
        self.trips.append(Trip(operation, table, keys))
