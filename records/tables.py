"""The store in Azure Table Storage, or Azurite. The only module here that knows `azure.*`.

The library's own retries are off (it retries ten times, and reports a conflict on its own
success). A request is asked twice here, and between the two a write looks whether it won.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from http.client import HTTPException
from types import MappingProxyType
from typing import Any, Final, TypeVar
from uuid import uuid4

from azure.core import MatchConditions
from azure.core.credentials_async import AsyncTokenCredential
from azure.core.exceptions import AzureError, HttpResponseError
from azure.data.tables import EdmType, EntityProperty, TableEntity, UpdateMode
from azure.data.tables.aio import TableClient, TableServiceClient

from records.entities import (
    CHUNKED,
    TOKEN,
    check_read,
    check_table,
    chunk_counts,
    is_key,
    join,
    split,
    storable,
    storable_operations,
    well_formed,
)
from records.store import (
    AlreadyThere,
    Changed,
    Create,
    Delete,
    Operation,
    Row,
    Store,
    StoreError,
    TooLarge,
    Unavailable,
    Update,
    Value,
)

TIMEOUT: Final = 2.0
"""Seconds one request may take. A read or write as a whole may take twice that."""
_TRIES: Final = 2
_PAUSE: Final = 0.1
# The etag of a row that was ours and has been replaced since: no row has it, so it never matches.
_SUPERSEDED: Final = "W/\"datetime'1601-01-01T00%3A00%3A00.0000000Z'\""
_UNCHANGED: Final = MatchConditions.IfNotModified
_PREFIX: Final = re.compile(r"([A-Za-z][A-Za-z0-9]{0,19})?", re.ASCII)
_T = TypeVar("_T")


class _Kind(Enum):
    NO_TABLE = auto()
    MISSING = auto()
    EXISTS = auto()
    CHANGED = auto()


class _Refused(StoreError):
    """The storage's own answer, before it is said in the contract's words."""

    def __init__(self, kind: _Kind, index: int | None) -> None:
        super().__init__(kind.name)
        self.kind, self.index = kind, index


@dataclass(frozen=True)
class _Put:
    row: Row


_Write = Operation | _Put


class TableStore(Store):
    """A `Store` in one storage account; tables are made when they are first written to.

    `address` is a connection string, or the endpoint where a credential is given (the caller
    closes the credential). `clock` is the system clock that `check` compares. `timeout` is in
    seconds for one request; whatever is asked is answered, or is `Unavailable`, within twice
    that. `prefix` sets several deployments in one account apart.
    """

    def __init__(
        self,
        address: str,
        *,
        clock: Callable[[], datetime],
        credential: AsyncTokenCredential | None = None,
        prefix: str = "",
        timeout: float = TIMEOUT,
    ) -> None:
        if _PREFIX.fullmatch(prefix) is None:
            raise ValueError(f"{prefix!r} cannot start a table's name: a letter, then alphanumeric")
        # Its policies log every request's address and headers, which name people's keys.
        logging.getLogger("azure").setLevel(logging.WARNING)
        # Options of the service reach its table clients; a list of `policies=` would not.
        options: dict[str, Any] = {
            "retry_total": 0,
            "connection_timeout": timeout,
            "read_timeout": timeout,
        }
        self._service = (
            TableServiceClient.from_connection_string(address, **options)
            if credential is None
            else TableServiceClient(address, credential=credential, **options)
        )
        self._clock, self._prefix, self._timeout = clock, prefix, timeout
        self._clients: dict[str, TableClient] = {}

    async def get(self, table: str, partition: str, key: str) -> Row | None:
        """The row, or None. Raises Unavailable."""
        client = self._client(table)
        if not (is_key(partition) and is_key(key)):
            return None
        try:
            return _row(await self._twice(lambda: client.get_entity(partition, key)))
        except _Refused:
            return None

    async def query(
        self,
        table: str,
        *,
        partition: str | None = None,
        partition_to: str | None = None,
        key_from: str = "",
        key_to: str | None = None,
        select: Sequence[str] | None = None,
    ) -> AsyncIterator[Row]:
        """Rows in key order, a page of 1,000 at a time. Raises Unavailable.

        Selected rows carry no etag, so that they cannot be written back.
        """
        bounds = _bounds(partition, partition_to, key_from, key_to)
        async for entity in self._entities(self._client(table), bounds, select):
            row = _row(entity)
            if select is None:
                yield row
                continue
            # A string in chunks was fetched in part only: fetch that row whole.
            if not chunk_counts(entity.get(CHUNKED, "")).keys().isdisjoint(select):
                whole = await self.get(table, row.partition, row.key)
                if whole is None:
                    continue
                row = whole
            yield _selected(row, select)

    async def create(self, table: str, row: Row) -> Row:
        """Insert. Raises AlreadyThere, TooLarge, NotStorable, Unavailable."""
        return (await self._write(table, [Create(storable(row))]))[0]

    async def update(self, table: str, row: Row) -> Row:
        """Replace if unchanged since `row.etag`. Raises Changed, TooLarge, Unavailable."""
        check_read(row)
        return (await self._write(table, [Update(storable(row))]))[0]

    async def put(self, table: str, row: Row) -> Row:
        """Insert or replace. Raises TooLarge, NotStorable, Unavailable."""
        return (await self._write(table, [_Put(storable(row))]))[0]

    async def delete(
        self, table: str, partition: str, key: str, *, etag: str | None = None
    ) -> None:
        """Remove; with an etag only if unchanged (Changed). Raises Unavailable."""
        client = self._client(table)
        if etag is not None:
            row = Row(partition, key, etag=etag)
            check_read(row)
            if not (is_key(partition) and is_key(key)):
                raise Changed(table, partition, key)
            await self._write(table, [Delete(row)])
        elif is_key(partition) and is_key(key):
            await self._twice(lambda: client.delete_entity(partition, key))

    async def commit(self, table: str, operations: Sequence[Operation]) -> Sequence[Row]:
        """One entity group transaction. Raises AlreadyThere, Changed, TooLarge, Unavailable."""
        kept = storable_operations(operations)
        return await self._write(table, kept) if kept else []

    async def check(self) -> float:
        """Seconds by which the storage's `Date` is ahead of our clock. Raises Unavailable."""
        dates: list[str] = []

        def note(response: Any) -> None:
            dates.append(response.http_response.headers.get("Date") or "")

        client = self._client("clock")
        before = self._clock()
        # Such a row is never there; the answer's header is all that is wanted.
        with suppress(_Refused):
            await self._ask(lambda: client.get_entity("clock", "clock", raw_response_hook=note))
        ours = before + (self._clock() - before) / 2
        try:
            # The header is cut off to whole seconds.
            theirs = parsedate_to_datetime(dates[-1]) + timedelta(seconds=0.5)
        except (ValueError, IndexError) as error:
            raise Unavailable("the storage's answer carries no date") from error
        return (theirs - ours).total_seconds()

    async def close(self) -> None:
        """Release connections."""
        await self._service.close()

    def _client(self, table: str) -> TableClient:
        client = self._clients.get(table)
        if client is None:
            check_table(table)
            client = self._clients[table] = self._service.get_table_client(self._prefix + table)
        return client

    async def _ask(self, request: Callable[[], Awaitable[_T]]) -> _T:
        try:
            async with asyncio.timeout(self._timeout):
                return await request()
        except HttpResponseError as error:
            raise _translated(error) from error
        except (AzureError, OSError, TimeoutError, HTTPException, ValueError) as error:
            raise Unavailable(f"no answer from the storage: {type(error).__name__}") from error

    async def _twice(self, request: Callable[[], Awaitable[_T]]) -> _T:
        try:
            return await self._ask(request)
        except Unavailable:
            await asyncio.sleep(_PAUSE)
            return await self._ask(request)

    async def _entities(
        self, client: TableClient, bounds: dict[str, str], select: Iterable[str] | None
    ) -> AsyncIterator[TableEntity]:
        clauses = " and ".join(f"{_CLAUSES[name]} @{name}" for name in bounds)
        names = None if select is None else ["PartitionKey", "RowKey", CHUNKED, *select]
        pages = client.query_entities(clauses, parameters=bounds, select=names).by_page()
        try:
            while (page := await self._twice(lambda: anext(pages, None))) is not None:
                async for entity in page:
                    yield entity
        except _Refused:
            return  # The table was never written to.

    async def _write(self, table: str, operations: Sequence[_Write]) -> list[Row]:
        try:
            async with asyncio.timeout(self._timeout * _TRIES):
                etags = await self._settle(table, operations, uuid4().hex)
        except TimeoutError as error:
            raise Unavailable("the storage did not answer in time") from error
        return [replace(op.row, etag=etags.get(op.row.key, op.row.etag)) for op in operations]

    async def _settle(self, table: str, operations: Sequence[_Write], token: str) -> dict[str, str]:
        client = self._client(table)
        doubt: Unavailable | None = None
        for _ in range(_TRIES):
            try:
                return await self._ask(lambda: _send(client, operations, token))
            except _Refused as answer:
                if answer.kind is _Kind.NO_TABLE:
                    await self._make(client)
                    continue
                won = await self._look(client, operations, token, unsure=doubt is not None)
                if won is None:
                    raise _conflict(answer, table, operations) from answer
                return won
            except Unavailable as error:
                doubt = error
                won = await self._look(client, operations, token, unsure=True)
                if won is not None:
                    return won
                await asyncio.sleep(_PAUSE)
        raise doubt or Unavailable(f"the table {table} comes and goes")

    async def _make(self, client: TableClient) -> None:
        with suppress(_Refused):  # Somebody else may have made it in the meantime.
            await self._ask(client.create_table)

    async def _look(
        self, client: TableClient, operations: Sequence[_Write], token: str, *, unsure: bool
    ) -> dict[str, str] | None:
        """The etags of what this write has left in the storage, or None if it did not happen.

        A row that somebody changed after us gets an etag that never matches. Where only deletes
        were asked, a row that is gone speaks for us, but only if an answer went missing before.
        """
        written = [op.row.key for op in operations if not isinstance(op, Delete)]
        keys = sorted(written or [operations[0].row.key])
        # No key contains the character "!", and all that keys contain comes after it.
        bounds = _bounds(operations[0].row.partition, None, keys[0], keys[-1] + "!")
        there = {
            entity["RowKey"]: entity async for entity in self._entities(client, bounds, [TOKEN])
        }
        if not written:
            return {} if unsure and not there else None
        own = {key: _etag(entity) for key, entity in there.items() if entity.get(TOKEN) == token}
        return {key: own.get(key, _SUPERSEDED) for key in written} if own else None


_CLAUSES: Final = {
    "partition": "PartitionKey eq",
    "lowest": "PartitionKey ge",
    "partition_to": "PartitionKey le",
    "key_from": "RowKey ge",
    "key_to": "RowKey lt",
}


def _bounds(
    partition: str | None, partition_to: str | None, key_from: str, key_to: str | None
) -> dict[str, str]:
    bounds = {"partition": partition, "partition_to": partition_to, "key_from": key_from or None}
    given = {name: well_formed(bound) for name, bound in bounds.items() if bound is not None}
    if key_to is not None:
        given["key_to"] = well_formed(key_to)
    return given or {"lowest": ""}


async def _send(client: TableClient, operations: Sequence[_Write], token: str) -> dict[str, str]:
    """The etags by row key."""
    first = operations[0]
    if len(operations) > 1 or isinstance(first, Delete):
        # A single delete too: the library hides that the row was missing.
        answers = await client.submit_transaction([_step(op, token) for op in operations])
        return {
            op.row.key: answer["etag"]
            for op, answer in zip(operations, answers, strict=True)
            if not isinstance(op, Delete)
        }
    entity = _entity(first.row, token)
    match first:
        case Create():
            answer = await client.create_entity(entity, response_preference="return-no-content")
        case Update():
            answer = await client.update_entity(
                entity, UpdateMode.REPLACE, etag=first.row.etag, match_condition=_UNCHANGED
            )
        case _:
            answer = await client.upsert_entity(entity, UpdateMode.REPLACE)
    return {first.row.key: answer["etag"]}


def _step(operation: _Write, token: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    condition = {"etag": operation.row.etag, "match_condition": _UNCHANGED}
    match operation:
        case Delete():
            keys = {"PartitionKey": operation.row.partition, "RowKey": operation.row.key}
            return ("delete", keys, condition)
        case Update():
            options = {"mode": UpdateMode.REPLACE, **condition}
            return ("update", _entity(operation.row, token), options)
        case _:
            return ("create", _entity(operation.row, token), {})


def _entity(row: Row, token: str) -> dict[str, Any]:
    entity: dict[str, Any] = {"PartitionKey": row.partition, "RowKey": row.key, TOKEN: token}
    for name, value in split(row.values).items():
        wide = type(value) is int and not -(2**31) <= value < 2**31
        entity[name] = (value, EdmType.INT64) if wide else value
    return entity


def _row(entity: TableEntity) -> Row:
    properties = {
        name: _value(value)
        for name, value in entity.items()
        if name not in ("PartitionKey", "RowKey", TOKEN)
    }
    values = MappingProxyType(join(properties))
    return Row(entity["PartitionKey"], entity["RowKey"], values, _etag(entity))


def _value(value: Any) -> Value:
    # The library's own kinds of integer and time stay below this floor.
    if isinstance(value, EntityProperty):
        return int(value.value)
    if isinstance(value, datetime):
        return datetime.combine(value.date(), value.time(), UTC)
    kept: Value = value
    return kept


def _selected(row: Row, select: Sequence[str]) -> Row:
    values = {name: row.values[name] for name in select if name in row.values}
    return Row(row.partition, row.key, MappingProxyType(values))


def _etag(entity: TableEntity) -> str:
    return str(entity.metadata["etag"])


def _conflict(answer: _Refused, table: str, operations: Sequence[_Write]) -> StoreError:
    index = 0 if len(operations) == 1 else answer.index
    key = None if index is None or index >= len(operations) else operations[index].row.key
    kind = AlreadyThere if answer.kind is _Kind.EXISTS else Changed
    return kind(table, operations[0].row.partition, key)


def _translated(error: HttpResponseError) -> StoreError:
    """What the storage's answer means. Source: Table service error codes."""
    code = _code(error)
    index = re.match(r"(\d+):", error.message or "")
    place = int(index[1]) if index else None
    match error.status_code, code:
        case 404, "TableNotFound":
            return _Refused(_Kind.NO_TABLE, place)
        case 404, "ResourceNotFound" | "EntityNotFound":
            return _Refused(_Kind.MISSING, place)
        case 409, "EntityAlreadyExists" | "TableAlreadyExists":
            return _Refused(_Kind.EXISTS, place)
        case 412, _:
            return _Refused(_Kind.CHANGED, place)
        case 413, _:
            return TooLarge(f"the storage refused this as too large ({code})")
        case 400, _:
            return StoreError(f"the storage refused this ({code})")
    return Unavailable(f"the storage answered {error.status_code} ({code or 'no reason'})")


def _code(error: HttpResponseError) -> str:
    known = getattr(error, "error_code", None)
    if known is None and error.response is not None:
        # The library leaves the answer to a refused insert unread.
        found = re.search(r'"code"\s*:\s*"(\w+)"', error.response.text())
        return found[1] if found else ""
    return str(getattr(known, "value", known) or "")
