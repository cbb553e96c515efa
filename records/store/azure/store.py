"""`TableStore`: the contract of `records.store.contract` over the tables of one storage account.

The library's own retries are off: it tries ten times, and reports a conflict on its own success.
What is asked is asked twice here, and in between a write looks whether it won
(`records.store.unsure_writes`).
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Any, Final

from azure.core.credentials_async import AsyncTokenCredential
from azure.data.tables.aio import TableServiceClient

from records.store.azure.connections import Connections, SameConnections
from records.store.azure.entities import Entity, to_row
from records.store.azure.refusals import keep_xml_unread
from records.store.azure.signing import signed_as
from records.store.azure.table import AzureTable
from records.store.azure.wire import Wire
from records.store.contract import (
    Changed,
    Create,
    Delete,
    Operation,
    Row,
    Store,
    Unavailable,
    Update,
)
from records.store.key_range import Range
from records.store.long_strings import CHUNKED, chunk_counts
from records.store.row_rules import check_read, check_table, is_key, storable, storable_operations
from records.store.unsure_writes import TRIES, Put, Write, settle

TIMEOUT: Final = 2.0
"""Seconds one request may take. A read or a write as a whole may take twice that."""
_PREFIX: Final = re.compile(r"([A-Za-z][A-Za-z0-9]{0,19})?", re.ASCII)


class BadAddress(ValueError):
    """A connection string or an endpoint that cannot be read. It is not repeated."""


class TableStore(Store):
    """A `Store` in one storage account; a table is made when it is first written to.

    `address` is a connection string, or the endpoint where a credential is given (which the
    caller closes). `clock` is the system clock that `check` compares. `timeout` is the seconds
    one request may take: a read or write is done, or `Unavailable`, within twice that. `prefix`
    keeps several deployments in one account apart. With `proxied` the environment's proxy settings
    hold (`HTTPS_PROXY`, `NO_PROXY`, `~/.netrc`), which are then looked up at every request. Raises
    BadAddress.
    """

    def __init__(
        self,
        address: str,
        *,
        clock: Callable[[], datetime],
        credential: AsyncTokenCredential | None = None,
        prefix: str = "",
        timeout: float = TIMEOUT,
        proxied: bool = False,
    ) -> None:
        if _PREFIX.fullmatch(prefix) is None:
            raise ValueError(f"{prefix!r} cannot start a table's name: a letter, then alphanumeric")
        # The library would log the address of every request, and with it people's keys.
        logging.getLogger("azure").setLevel(logging.WARNING)
        self._kept = Connections(proxied=proxied)
        # Options of the service reach its table clients; a list of `policies=` would not.
        options: dict[str, Any] = {
            "retry_total": 0,
            "connection_timeout": timeout,
            "raw_response_hook": keep_xml_unread,
            # It would carry a transaction, with all that is in it, to any host an answer names.
            "permit_redirects": False,
            "transport": SameConnections(self._kept, timeout),
        }
        try:
            self._service = (
                TableServiceClient.from_connection_string(address, **options)
                if credential is None
                else TableServiceClient(address, credential=credential, **options)
            )
            address, signer = signed_as(self._service, credential, clock)
        except ValueError:
            # Not chained: its text may have the address, with a signature in it.
            raise BadAddress("this is no address of a table storage") from None
        self._wire = Wire(address, signer, clock, self._kept)
        self._clock, self._prefix, self._timeout = clock, prefix, timeout
        self._tables: dict[str, AzureTable] = {}

    async def get(self, table: str, partition: str, key: str) -> Row | None:
        """The row, or None. Raises Unavailable."""
        there = self._table(table)
        if not (is_key(partition) and is_key(key)):
            return None
        entity = await there.find(partition, key)
        return None if entity is None else _row(entity)

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
        """Rows in key order, a page of 1,000 at a time. Raises Unavailable.

        Selected rows carry no etag, so that they cannot be written back.
        """
        wanted = Range(partition, partition_to, key_from, key_to)
        there = self._table(table)
        names = None if select is None else [CHUNKED, *select]
        async for entity in there.entities(wanted, names, most):
            if select is None:
                yield _row(entity)
                continue
            whole: Entity | None = entity
            # Of a string in pieces only the first was selected: fetch that row whole.
            if not chunk_counts(entity.get(CHUNKED, "")).keys().isdisjoint(select):
                whole = await there.find(entity["PartitionKey"], entity["RowKey"])
            if whole is not None:
                yield _selected(_row(whole), select)

    async def create(self, table: str, row: Row) -> Row:
        """Insert. Raises AlreadyThere, TooLarge, NotStorable, Unavailable."""
        return (await self._write(table, [Create(storable(row))]))[0]

    async def update(self, table: str, row: Row) -> Row:
        """Replace if unchanged since `row.etag`. Raises Changed, TooLarge, Unavailable."""
        check_read(row)
        return (await self._write(table, [Update(storable(row))]))[0]

    async def put(self, table: str, row: Row) -> Row:
        """Insert or replace. Raises TooLarge, NotStorable, Unavailable."""
        return (await self._write(table, [Put(storable(row))]))[0]

    async def delete(
        self, table: str, partition: str, key: str, *, etag: str | None = None
    ) -> None:
        """Remove; with an etag only if unchanged (Changed). Raises Unavailable."""
        there, possible = self._table(table), is_key(partition) and is_key(key)
        if etag is None:
            if possible:
                await there.remove(partition, key)
            return
        row = Row(partition, key, etag=etag)
        check_read(row)
        if not possible:
            raise Changed(table, partition, key)
        await self._write(table, [Delete(row)])

    async def commit(self, table: str, operations: Sequence[Operation]) -> Sequence[Row]:
        """One entity group transaction. Raises AlreadyThere, Changed, TooLarge, Unavailable."""
        kept = storable_operations(operations)
        return await self._write(table, kept) if kept else []

    async def check(self) -> float:
        """Seconds by which the storage's `Date` is ahead of our clock. Raises Unavailable."""
        before = self._clock()
        date = await self._table("clock").date()
        ours = before + (self._clock() - before) / 2
        try:
            # The header is cut off to whole seconds.
            theirs = parsedate_to_datetime(date) + timedelta(seconds=0.5)
            return (theirs - ours).total_seconds()
        except (ValueError, TypeError, OverflowError):
            raise Unavailable("the storage's answer carries no date") from None

    async def close(self) -> None:
        """Release connections."""
        await self._service.close()
        await self._kept.close()

    def _table(self, name: str) -> AzureTable:
        table = self._tables.get(name)
        if table is None:
            check_table(name)
            full = self._prefix + name
            client = self._service.get_table_client(full)
            ways = self._wire, client, self._kept
            table = self._tables[name] = AzureTable(name, full, *ways, timeout=self._timeout)
        return table

    async def _write(self, table: str, writes: Sequence[Write]) -> list[Row]:
        there = self._table(table)
        try:
            async with asyncio.timeout(self._timeout * TRIES):
                return await settle(there, writes)
        except TimeoutError as error:
            raise Unavailable("the storage did not answer in time") from error


def _row(entity: Entity) -> Row:
    """The row in an answer. Raises Unavailable where it is none that a store has written."""
    try:
        return to_row(entity)
    except ValueError as error:
        raise Unavailable(f"an answer that is not the storage's: {error}") from None


def _selected(row: Row, select: Sequence[str]) -> Row:
    values = {name: row.values[name] for name in select if name in row.values}
    return Row(row.partition, row.key, MappingProxyType(values))
