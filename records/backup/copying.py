"""Everything that is kept, read while the bot goes on: each conversation as it stood at one moment.

A change writes the record, its answers and its audit line in one transaction, but reading a whole
partition is no transaction. So a conversation is read again where its record changed meanwhile. Its
files are read with it: the record names them. Only a few conversations are in memory at a time.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Final

from records.backup.form import BackupRow, Head
from records.conversation.snapshot import RECORD, TABLE
from records.learning import word_file_store
from records.store.contract import Changed, Row, Store

AT_ONCE: Final = 8
"""Conversations read at the same time."""
TRIES: Final = 40
PAUSE: Final = 0.05
"""Seconds to wait where somebody is just changing a conversation, times the number of the try."""
SEQUENCE: Final = "audit_sequence"
HEAD: Final = "audit_head"


async def counts(store: Store, tables: Iterable[str]) -> dict[str, int]:
    """Rows of each table now. Raises Unavailable."""
    found = {}
    for table in tables:
        rows = store.query(table, select=[SEQUENCE])
        found[table] = sum([1 async for _ in rows])
    return found


async def everything(store: Store, tables: Sequence[str]) -> AsyncIterator[BackupRow | Head]:
    """Every row of these tables, conversations first, and after each conversation its head.

    What is only an index is read after what it points to. Raises Unavailable, and Changed where a
    conversation never stands still.
    """
    waiting: list[tuple[str, int | None]] = []
    async for found in _partitions(store, TABLE):
        waiting.append(found)
        if len(waiting) == AT_ONCE:
            for line in await _together(store, waiting):
                yield line
            waiting.clear()
    for line in await _together(store, waiting):
        yield line
    async for line in _loose_files(store):
        yield line
    for table in tables:
        if table not in (TABLE, word_file_store.TABLE):
            async for row in store.query(table):
                yield BackupRow(table, row)


async def conversation(store: Store, key: str, before: int | None) -> list[BackupRow | Head]:
    """One conversation and its files as they stood together, and its head.

    `before` is the sequence its record had before this was called. Raises Changed, Unavailable.
    """
    for turn in range(TRIES):
        rows = [
            BackupRow(table, row)
            for table in (TABLE, word_file_store.TABLE)
            async for row in store.query(table, partition=key)
        ]
        read = next((one.row for one in rows if (one.table, one.row.key) == (TABLE, RECORD)), None)
        now = await store.get(TABLE, key, RECORD)
        if before == _sequence(now) and _etag(read) == _etag(now):
            return [*rows, *_head(now)]
        before = _sequence(now)
        await asyncio.sleep(PAUSE * turn)
    raise Changed(TABLE, key, RECORD)


async def _together(store: Store, some: Sequence[tuple[str, int | None]]) -> list[BackupRow | Head]:
    found = await asyncio.gather(*(conversation(store, key, before) for key, before in some))
    return [line for lines in found for line in lines]


async def _partitions(store: Store, table: str) -> AsyncIterator[tuple[str, int | None]]:
    """Each partition, with the sequence of its record, where there is one."""
    partition, sequence = "", None
    async for row in store.query(table, select=[SEQUENCE]):
        if row.partition != partition:
            if partition:
                yield partition, sequence
            partition, sequence = row.partition, None
        if row.key == RECORD:
            sequence = _sequence(row)
    if partition:
        yield partition, sequence


async def _loose_files(store: Store) -> AsyncIterator[BackupRow]:
    """Files whose conversation has no record; all others were read with theirs."""
    async for partition, _ in _partitions(store, word_file_store.TABLE):
        if await store.get(TABLE, partition, RECORD) is None:
            async for row in store.query(word_file_store.TABLE, partition=partition):
                yield BackupRow(word_file_store.TABLE, row)


def _sequence(row: Row | None) -> int | None:
    return None if row is None else int(str(row.values.get(SEQUENCE, 0)))


def _etag(row: Row | None) -> str:
    return "" if row is None else row.etag


def _head(record: Row | None) -> list[Head]:
    if record is None:
        return []
    return [Head(record.partition, _sequence(record) or 0, str(record.values.get(HEAD, "")))]
