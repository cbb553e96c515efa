"""The store's contract: rows, conditional writes and transactions, and the errors they raise.

Two stores keep it: `records.store.memory.MemoryStore` and `records.store.azure.TableStore` (Azure
Table Storage). One suite, `tests/contracts`, runs over both. Everything above speaks only to
`Store`.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, Protocol, TypeVar

Value = str | int | bool | float | datetime
"""A stored value. Datetimes are aware; integers fit in 64 bits."""

MAX_OPERATIONS: Final = 100
"""Operations in one transaction. Source: Azure Table Storage, entity group transactions."""
MAX_STRING_UNITS: Final = 32_768
"""UTF-16 units in one stored string; a store splits longer ones into chunks on its own."""
MAX_ENTITY_BYTES: Final = 1_048_576
MAX_TRANSACTION_BYTES: Final = 4 * 1_048_576
AT_ONCE: Final = 16
"""Reads of one turn that are under way at the same time."""
_T = TypeVar("_T")
_U = TypeVar("_U")


class StoreError(Exception):
    """The store did not do what was asked."""


class Unavailable(StoreError):
    """The store cannot be reached, or did not answer in time. What was asked may be asked again."""


class AlreadyThere(StoreError):
    """A row with this key exists. `row` is its row key, where the store knows it."""

    def __init__(self, table: str, partition: str, row: str | None) -> None:
        super().__init__(f"{table}/{partition}/{row or '?'} exists")
        self.table, self.partition, self.row = table, partition, row


class Changed(StoreError):
    """The row was changed or removed since it was read; read it again and decide again."""

    def __init__(self, table: str, partition: str, row: str | None) -> None:
        super().__init__(f"{table}/{partition}/{row or '?'} changed since it was read")
        self.table, self.partition, self.row = table, partition, row


class TooLarge(StoreError):
    """A row or a transaction is over the storage's limits. Nothing was written."""


@dataclass(frozen=True)
class Row:
    """One entity. `etag` is empty until the store has written it."""

    partition: str
    key: str
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    etag: str = ""


@dataclass(frozen=True)
class Create:
    """Insert; the row must not exist (`AlreadyThere`)."""

    row: Row


@dataclass(frozen=True)
class Update:
    """Replace the whole row, only if it still has `row.etag` (`Changed`)."""

    row: Row


@dataclass(frozen=True)
class Delete:
    """Remove the row, only if it still has `row.etag` (`Changed`)."""

    row: Row


Operation = Create | Update | Delete


class Store(Protocol):
    """Rows in named tables, addressed by partition and row key.

    Every write either happened, or raised. A store that is unsure whether its own write won
    (a reset after the commit, a 409 or 412 on a retried request) reads again and compares the
    random token it put into the row, so callers never see that doubt. `Unavailable` is the only
    error after which a write may or may not have happened.
    """

    async def get(self, table: str, partition: str, key: str) -> Row | None:
        """The row, or None."""
        ...

    def query(
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
        """Rows in key order, streamed by pages.

        `partition` names one partition; `partition_to` instead means every partition up to and
        including it. `key_from` is inclusive, `key_to` exclusive, both within each partition.
        `select` limits the values that are fetched; such a row may not be written back.
        `most` is how many rows are wanted at most: no more are fetched.
        """
        ...

    async def create(self, table: str, row: Row) -> Row:
        """Insert; the row with its etag. Raises AlreadyThere, TooLarge, Unavailable."""
        ...

    async def update(self, table: str, row: Row) -> Row:
        """Replace if unchanged since `row.etag`; the row with its new etag. Raises Changed."""
        ...

    async def put(self, table: str, row: Row) -> Row:
        """Insert or replace whatever is there: only for rows that can be rebuilt (pointers)."""
        ...

    async def delete(
        self, table: str, partition: str, key: str, *, etag: str | None = None
    ) -> None:
        """Remove. With an etag only if unchanged (Changed); without, a missing row is fine."""
        ...

    async def commit(self, table: str, operations: Sequence[Operation]) -> Sequence[Row]:
        """All or nothing, in one partition, at most 100 operations.

        Gives the written rows with their etags, in order; for a Delete, the row that was given.
        Raises AlreadyThere, Changed, TooLarge, Unavailable.
        """
        ...

    async def check(self) -> float:
        """Seconds by which the storage's clock is ahead of ours. Raises Unavailable."""
        ...

    async def close(self) -> None:
        """Release connections."""
        ...


async def together(*calls: Awaitable[object]) -> None:
    """Wait for every one of them, and only then raise what the first that failed raised."""
    for done in await asyncio.gather(*calls, return_exceptions=True):
        if isinstance(done, BaseException):
            raise done


async def each(
    read: Callable[[_T], Awaitable[_U]], of: Iterable[_T], *, at_once: int = AT_ONCE
) -> list[_U]:
    """What `read` gives for each, in order, so many at a time."""
    free = asyncio.Semaphore(at_once)

    async def one(item: _T) -> _U:
        async with free:
            return await read(item)

    return await asyncio.gather(*map(one, of))
