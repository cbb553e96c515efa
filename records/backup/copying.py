"""Everything that is kept, read while the bot goes on: each conversation as it stood at one moment.

A change writes the record, its answers and its audit line in one transaction, and counts the
record's sequence up, but reading is no transaction. So all rows are read as one stream, which waits
on the disk, and every record is looked at before the stream and after it: where sequence and audit
head are the same before, in the stream and after, nothing of that conversation changed while any of
it was read. Any other is read again by itself. Its files are read in between as well, since the
record names them. Only one conversation is in memory at a time.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from records import drafts
from records.access import lines as access
from records.backup.form import BackupRow, Head
from records.backup.spool import Spool, side_by_side
from records.conversation.snapshot import RECORD, TABLE
from records.learning import word_file_store
from records.rights import erasures
from records.store.contract import Changed, Row, Store

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


async def everything(
    store: Store, tables: Sequence[str], folder: Path, read: Callable[[], None]
) -> AsyncIterator[BackupRow | Head]:
    """Every row of these tables, what was erased and drafts first, then conversations, after each
    of them its head.

    `folder` is where rows wait that may not be given yet; `read` hears of each row of the stream.
    What is only an index is read after what it points to, and a draft before what it is sent to,
    which is there before its draft goes: what is sent meanwhile is one of both in the copy. That an
    erasure is done is read before all that it takes away, so that a copy never says so too early. A
    conversation that begins or ends meanwhile is given whole, or not at all. Raises Unavailable,
    OSError, and Changed where a conversation never stands still.
    """
    first = (erasures.TABLE, drafts.TABLE)
    before = [one for one in first if one in tables]
    apart = (*first, TABLE, word_file_store.TABLE, access.TABLE)
    after = [one for one in tables if one not in apart]
    async for row in _rows(store, before, read):
        yield row
    async for line in _conversations(store, folder, read):
        yield line
    async for row in _rows(store, after, read):
        yield row
    if access.TABLE in tables:
        async for line in _reads(store, read):
            yield line


async def _reads(store: Store, read: Callable[[], None]) -> AsyncIterator[BackupRow | Head]:
    """Who opened what: each chain as it stood at one moment, and its head."""
    chain = list[Row]()
    async for row in store.query(access.TABLE):
        if chain and row.partition != chain[0].partition:
            for line in await _chain(store, chain):
                yield line
            chain = []
        read()
        if row.partition.startswith(access.OF):
            yield BackupRow(access.TABLE, row)
        else:
            chain.append(row)
    for line in await _chain(store, chain) if chain else ():
        yield line


async def _chain(store: Store, rows: Sequence[Row]) -> list[BackupRow | Head]:
    """One chain, read again where it was written meanwhile: lines that are ahead of its head."""
    for turn in range(TRIES):
        if (own := _head_of(rows)) is None or _last(rows) <= own.sequence:
            break
        await asyncio.sleep(PAUSE * turn)
        partition = rows[0].partition
        rows = [row async for row in store.query(access.TABLE, partition=partition)]
    own = _head_of(rows)
    return [*(BackupRow(access.TABLE, one) for one in rows), *([own] if own else [])]


def _head_of(rows: Sequence[Row]) -> Head | None:
    for one in rows:
        if one.key == access.HEAD:
            sequence = int(str(one.values.get("sequence", 0)))
            return Head(one.partition, sequence, str(one.values.get("hash", "")), access.TABLE)
    return None


def _last(rows: Sequence[Row]) -> int:
    lines = (one.key for one in rows if one.key.startswith(access.LINES))
    return max((int(one.removeprefix(access.LINES)) for one in lines), default=0)


async def _rows(
    store: Store, tables: Sequence[str], read: Callable[[], None]
) -> AsyncIterator[BackupRow]:
    """Every row of these tables, one after another."""
    for table in tables:
        async for row in store.query(table):
            yield BackupRow(table, row)
            read()


async def _conversations(
    store: Store, folder: Path, read: Callable[[], None]
) -> AsyncIterator[BackupRow | Head]:
    """Each with its files and its head."""
    with ExitStack() as closing:
        before, rows, files, after = (closing.enter_context(Spool(folder)) for _ in range(4))
        await _keep_records(store, before)
        for table, spool in ((TABLE, rows), (word_file_store.TABLE, files)):
            async for row in store.query(table):
                spool.keep(BackupRow(table, row))
                read()
        await _keep_records(store, after)
        for key, (was, found, named, is_now) in side_by_side(before, rows, files, after):
            record, now = _record(found), _record(is_now)
            if _mark(_record(was)) == _mark(record) == _mark(now):
                lines: list[BackupRow | Head] = [*found, *named, *_head(record)]
            else:
                lines = await conversation(store, key, _sequence(now))
            for line in lines:
                yield line


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
        read = _record(rows)
        now = await store.get(TABLE, key, RECORD)
        if before == _sequence(now) and _etag(read) == _etag(now):
            return [*rows, *_head(now)]
        before = _sequence(now)
        await asyncio.sleep(PAUSE * turn)
    raise Changed(TABLE, key, RECORD)


async def _keep_records(store: Store, spool: Spool) -> None:
    """The sequence and the audit head of every record, as they are now."""
    async for row in store.query(
        TABLE, key_from=RECORD, key_to=f"{RECORD}~", select=[SEQUENCE, HEAD]
    ):
        spool.keep(BackupRow(TABLE, row))


def _record(rows: Iterable[BackupRow]) -> Row | None:
    return next((one.row for one in rows if (one.table, one.row.key) == (TABLE, RECORD)), None)


def _mark(record: Row | None) -> tuple[int, str] | None:
    """What no change leaves as it was."""
    return None if record is None else (_sequence(record) or 0, str(record.values.get(HEAD, "")))


def _sequence(row: Row | None) -> int | None:
    return None if row is None else int(str(row.values.get(SEQUENCE, 0)))


def _etag(row: Row | None) -> str:
    return "" if row is None else row.etag


def _head(record: Row | None) -> list[Head]:
    if record is None:
        return []
    return [Head(record.partition, _sequence(record) or 0, str(record.values.get(HEAD, "")))]
