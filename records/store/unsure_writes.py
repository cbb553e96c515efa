"""Whether a write won, also when its answer went missing.

Every write carries a fresh token. After a time-out, a reset or a 5xx, and after a conflict too
(a connection may repeat a request on its own), the rows are looked up: the token says whether
it was us. Only an answer that nobody can give is `Unavailable`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final, Protocol, TypeVar
from uuid import uuid4

from records.store.contract import (
    AlreadyThere,
    Changed,
    Delete,
    Operation,
    Row,
    StoreError,
    Unavailable,
)
from records.store.key_range import Range

TRIES: Final = 2
_PAUSE: Final = 0.1
# The etag of a row that was ours and has been replaced since: no row has it, so it never matches.
_SUPERSEDED: Final = "W/\"datetime'1601-01-01T00%3A00%3A00.0000000Z'\""
_T = TypeVar("_T")


@dataclass(frozen=True)
class Put:
    """Insert or replace, whatever is there."""

    row: Row


Write = Operation | Put
Etags = dict[str, str]
"""Etags by row key."""


class RefusalKind(Enum):
    """Why the storage refused."""

    NO_TABLE = auto()
    MISSING = auto()
    EXISTS = auto()
    CHANGED = auto()


class StorageRefusal(StoreError):
    """The storage's answer, before it is said in the contract's words. Stays within the stores.

    `index` is the place of the operation that it is about, where the storage told.
    """

    def __init__(self, kind: RefusalKind, index: int | None = None) -> None:
        super().__init__(kind.name)
        self.kind, self.index = kind, index


class UnsureTable(Protocol):
    """One table of a storage whose answers can go missing."""

    name: str

    async def send(self, writes: Sequence[Write], token: str) -> Etags:
        """Write all or nothing, marked with the token. Raises Refused, TooLarge, Unavailable."""
        ...

    async def marks(self, rows: Range) -> dict[str, tuple[str, str]]:
        """Token and etag of what is there, by row key. Raises Unavailable."""
        ...

    async def make(self) -> None:
        """Create the table if it is not there. Raises Unavailable."""
        ...


async def twice(request: Callable[[], Awaitable[_T]]) -> _T:
    """Ask, and ask once more if there was no answer. For what may safely happen twice."""
    try:
        return await request()
    except Unavailable:
        await asyncio.sleep(_PAUSE)
        return await request()


async def settle(table: UnsureTable, writes: Sequence[Write]) -> list[Row]:
    """Write, and find out. The rows with their etags. Raises AlreadyThere, Changed, Unavailable.

    A row of ours that somebody changed right after us gets an etag that never matches. If that
    happened to a single row whose answer also went missing, it looks like a conflict, and is
    reported as one: the caller reads again, and finds what it wrote in what it reads.
    """
    token, doubt = uuid4().hex, None
    for _ in range(TRIES):
        try:
            return _written(writes, await table.send(writes, token))
        except StorageRefusal as answer:
            if answer.kind is RefusalKind.NO_TABLE:
                await table.make()
                continue
            if (won := await _look(table, writes, token, unsure=doubt is not None)) is None:
                raise _conflict(answer, table.name, writes) from answer
            return won
        except Unavailable as error:
            doubt = error
            if (won := await _look(table, writes, token, unsure=True)) is not None:
                return won
            await asyncio.sleep(_PAUSE)
    raise doubt or Unavailable(f"the table {table.name} was removed while it was written to")


async def _look(
    table: UnsureTable, writes: Sequence[Write], token: str, *, unsure: bool
) -> list[Row] | None:
    """The rows, if this write has left its mark on one; a transaction is all or nothing."""
    marked = [write.row.key for write in writes if not isinstance(write, Delete)]
    keys = sorted(marked or [writes[0].row.key])
    # No key contains "!", and all that keys contain sorts after it: this ends behind the last key.
    rows = Range(partition=writes[0].row.partition, key_from=keys[0], key_to=keys[-1] + "!")
    there = await table.marks(rows)
    if not marked:
        # A delete leaves no mark. A row that is gone speaks for us once an answer went missing.
        return _written(writes, {}) if unsure and keys[0] not in there else None
    own = {key: etag for key, (mark, etag) in there.items() if mark == token}
    return _written(writes, {key: own.get(key, _SUPERSEDED) for key in marked}) if own else None


def _written(writes: Sequence[Write], etags: Etags) -> list[Row]:
    return [replace(write.row, etag=etags.get(write.row.key, write.row.etag)) for write in writes]


def _conflict(
    answer: StorageRefusal, table: str, writes: Sequence[Write]
) -> AlreadyThere | Changed:
    index = 0 if len(writes) == 1 else answer.index
    key = None if index is None or index >= len(writes) else writes[index].row.key
    kind = AlreadyThere if answer.kind is RefusalKind.EXISTS else Changed
    return kind(table, writes[0].row.partition, key)
