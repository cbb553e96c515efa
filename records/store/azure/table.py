"""One table in the storage account: single requests, each within its time-out."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from http.client import HTTPException
from typing import Any, Final, TypeVar

from azure.core import MatchConditions
from azure.core.exceptions import AzureError, HttpResponseError
from azure.data.tables import TableEntity, UpdateMode
from azure.data.tables.aio import TableClient

from records.store.azure.rows import etag_of, keep_xml_unread, to_entity, translated
from records.store.contract import Create, Delete, Unavailable, Update
from records.store.key_range import Range
from records.store.row_rules import TOKEN
from records.store.unsure_writes import Etags, StorageRefusal, Write, twice

PAGE: Final = 1_000
"""Rows the storage gives at most at once. Source: Azure Table Storage, "Query entities"."""
_UNCHANGED: Final = MatchConditions.IfNotModified
_T = TypeVar("_T")


class AzureTable:
    """Asks the library, within `timeout` seconds a request; none of its errors gets out."""

    def __init__(self, name: str, client: TableClient, timeout: float) -> None:
        self.name = name
        self._client, self._timeout = client, timeout

    async def find(self, partition: str, key: str) -> TableEntity | None:
        """The entity, or None where there is no row or no table. Raises Unavailable."""
        with suppress(StorageRefusal):
            return await self._twice(lambda: self._client.get_entity(partition, key))
        return None

    async def entities(
        self, rows: Range, select: Sequence[str] | None, most: int | None = None
    ) -> AsyncIterator[TableEntity]:
        """What lies in the range, in key order; nothing without a table. Raises Unavailable.

        The storage gives at most 1,000 rows a page; `most` asks for fewer, and stops after them.
        """
        names = None if select is None else ["PartitionKey", "RowKey", *select]
        text, parameters = rows.filter()
        left = most if most is not None else -1
        pages = self._client.query_entities(
            text,
            parameters=parameters,
            select=names,
            results_per_page=most if most is not None and most < PAGE else None,
        ).by_page()
        while left != 0 and (page := await self._page(pages)) is not None:
            async for entity in page:
                yield entity
                left -= 1
                if left == 0:
                    break

    async def marks(self, rows: Range) -> dict[str, tuple[str, str]]:
        """Token and etag by row key. Raises Unavailable."""
        found = self.entities(rows, [TOKEN])
        return {each["RowKey"]: (each.get(TOKEN, ""), etag_of(each)) async for each in found}

    async def remove(self, partition: str, key: str) -> None:
        """Delete whatever is there; nothing is fine. Raises Unavailable."""
        await self._twice(lambda: self._client.delete_entity(partition, key))

    async def make(self) -> None:
        """Create the table, unless somebody else just did. Raises Unavailable."""
        with suppress(StorageRefusal):
            await self._ask(self._client.create_table)

    async def send(self, writes: Sequence[Write], token: str) -> Etags:
        """Write all or nothing, once. Raises Refused, TooLarge, Unavailable."""
        # A single delete goes as a transaction too: alone, the library hides a missing row.
        if len(writes) > 1 or isinstance(writes[0], Delete):
            steps = [_step(write, token) for write in writes]
            answers = await self._ask(lambda: self._client.submit_transaction(steps))
        else:
            answers = [await self._ask(lambda: self._send_one(writes[0], token))]
        pairs = zip(writes, answers, strict=True)
        return {w.row.key: _new_etag(answer) for w, answer in pairs if not isinstance(w, Delete)}

    async def date(self) -> str:
        """The `Date` header of an answer, empty if there is none. Raises Unavailable."""
        dates = [""]

        def note(response: Any) -> None:
            keep_xml_unread(response)  # a request's own hook takes the place of the client's
            dates.append(response.http_response.headers.get("Date") or "")

        # No such row is ever there; only the answer's header is wanted.
        with suppress(StorageRefusal):
            await self._ask(lambda: self._client.get_entity("-", "-", raw_response_hook=note))
        return dates[-1]

    async def _send_one(self, write: Write, token: str) -> Any:
        entity = to_entity(write.row, token)
        match write:
            case Create():
                return await self._client.create_entity(
                    entity, response_preference="return-no-content"
                )
            case Update():
                return await self._client.update_entity(
                    entity, UpdateMode.REPLACE, etag=write.row.etag, match_condition=_UNCHANGED
                )
        return await self._client.upsert_entity(entity, UpdateMode.REPLACE)

    async def _page(self, pages: AsyncIterator[Any]) -> AsyncIterator[TableEntity] | None:
        with suppress(StorageRefusal):
            return await self._twice(lambda: anext(pages, None))
        return None

    async def _twice(self, request: Callable[[], Awaitable[_T]]) -> _T:
        return await twice(lambda: self._ask(request))

    async def _ask(self, request: Callable[[], Awaitable[_T]]) -> _T:
        try:
            async with asyncio.timeout(self._timeout):
                return await request()
        except HttpResponseError as error:
            raise translated(error) from error
        # Beside its own errors the library lets those of the socket and of parsing through.
        except (AzureError, OSError, TimeoutError, HTTPException, ValueError) as error:
            raise Unavailable(f"no answer from the storage: {type(error).__name__}") from error


def _step(write: Write, token: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    condition = {"etag": write.row.etag, "match_condition": _UNCHANGED}
    match write:
        case Delete():
            keys = {"PartitionKey": write.row.partition, "RowKey": write.row.key}
            return "delete", keys, condition
        case Update():
            return "update", to_entity(write.row, token), {"mode": UpdateMode.REPLACE, **condition}
    return "create", to_entity(write.row, token), {}


def _new_etag(answer: Mapping[str, Any]) -> str:
    etag = answer.get("etag")
    if not etag:
        # A page from something in between can carry a status that means success.
        raise Unavailable("an answer without an etag is not the storage's")
    return str(etag)
