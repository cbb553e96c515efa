"""One table in the storage account, long as one: single requests, each within its time-out.

Transactions and the making of a table go through the library; what every turn asks, one row or a
page of them, goes straight over the wire, at a fifth of the processor's time (decision 0041).
"""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, TypeVar
from urllib.parse import quote

from azure.core import MatchConditions
from azure.core.exceptions import HttpResponseError
from azure.data.tables import UpdateMode
from azure.data.tables.aio import TableClient

from records.store.azure.connections import Connections
from records.store.azure.entities import (
    ETAG,
    Entity,
    address_of,
    decoded,
    decoded_page,
    encoded,
    for_library,
)
from records.store.azure.refusals import refusal, translated
from records.store.azure.wire import Answer, Wire
from records.store.contract import Create, Delete, StoreError, Unavailable, Update
from records.store.key_range import Range
from records.store.row_rules import TOKEN
from records.store.unsure_writes import Etags, RefusalKind, StorageRefusal, Write, twice

PAGE: Final = 1_000
"""Rows the storage gives at most at once. Source: Azure Table Storage, "Query entities"."""
NEXT: Final = ("NextPartitionKey", "NextRowKey")
"""Where the next page begins, as the headers and the query of the one after it have it. Source:
Azure Table Storage, "Query timeout and pagination"."""
_UNCHANGED: Final = MatchConditions.IfNotModified
_ABSENT: Final = (RefusalKind.MISSING, RefusalKind.NO_TABLE)
_T = TypeVar("_T")


class AzureTable:
    """Asks the storage, within `timeout` seconds a request; no error but the contract's gets out.

    `full_name` is what the table is called in the account, `name` in this product.
    """

    def __init__(
        self,
        name: str,
        full_name: str,
        wire: Wire,
        client: TableClient,
        kept: Connections,
        *,
        timeout: float,
    ) -> None:
        self.name = name
        self._full, self._wire, self._client = full_name, wire, client
        self._kept, self._timeout = kept, timeout

    async def find(self, partition: str, key: str) -> Entity | None:
        """The entity, or None where there is no row or no table. Raises Unavailable."""
        where = address_of(self._full, partition, key)
        try:
            found = await self._twice(lambda: self._entity(where))
        except StorageRefusal as answer:
            _check_gone(answer)
            return None
        if (found["PartitionKey"], found["RowKey"]) != (partition, key):
            raise Unavailable("the answer to another question")
        return found

    async def entities(
        self, rows: Range, select: Sequence[str] | None, most: int | None = None
    ) -> AsyncIterator[Entity]:
        """What lies in the range, in key order; nothing without a table. Raises Unavailable.

        The storage gives at most 1,000 rows a page; `most` asks for fewer, and stops after them.
        """
        asked = _asked(rows, select, most)
        left, begin, begun = most, dict[str, str](), set[tuple[str, ...]]()
        while left is None or left > 0:
            page = await self._page({**asked, **begin})
            if page is None:
                return
            found, begin = page
            for entity in found if left is None else found[:left]:
                yield entity
            if not begin:
                return
            if (place := tuple(begin.values())) in begun:
                raise Unavailable("a page of the storage led back to one before")
            begun.add(place)
            left = None if left is None else left - len(found)

    async def marks(self, rows: Range) -> dict[str, tuple[str, str]]:
        """Token and etag by row key. Raises Unavailable."""
        found = self.entities(rows, [TOKEN])
        return {each["RowKey"]: (each.get(TOKEN) or "", str(each[ETAG])) async for each in found}

    async def remove(self, partition: str, key: str) -> None:
        """Delete whatever is there; nothing is fine. Raises Unavailable."""
        where = address_of(self._full, partition, key)
        try:
            await self._twice(lambda: self._done("DELETE", where, {"If-Match": "*"}))
        except StorageRefusal as answer:
            _check_gone(answer)

    async def make(self) -> None:
        """Create the table, unless somebody else just did. Raises Unavailable."""
        with suppress(StorageRefusal):
            await self._twice(self._client.create_table)

    async def send(self, writes: Sequence[Write], token: str) -> Etags:
        """Write all or nothing, once. Raises Refused, TooLarge, Unavailable."""
        # A conditional delete goes as a transaction too: alone, aiohttp sends it again by itself
        # where a connection breaks, and a row that is gone does not say who removed it.
        if len(writes) > 1 or isinstance(writes[0], Delete):
            steps = [_step(write, token) for write in writes]
            answers = await self._ask(lambda: self._client.submit_transaction(steps))
            etags = [answer.get("etag") for answer in answers]
        else:
            etags = [await self._ask(lambda: self._send_one(writes[0], token))]
        pairs = zip(writes, etags, strict=True)
        return {w.row.key: _sure(etag) for w, etag in pairs if not isinstance(w, Delete)}

    async def date(self) -> str:
        """The `Date` header of an answer, empty if there is none. Raises Unavailable."""

        async def asked() -> Answer:
            # No such row is ever there; only the answer's header is wanted.
            return await self._wire.ask("GET", address_of(self._full, "-", "-"))

        answer = await self._ask(asked)
        if answer.status != 200:
            with suppress(StorageRefusal):
                raise refusal(answer)
        return answer.headers.get("Date") or ""

    async def _send_one(self, write: Write, token: str) -> str | None:
        where = address_of(self._full, write.row.partition, write.row.key)
        unchanged = {"If-Match": write.row.etag}
        match write:
            case Create():
                quiet = {"Prefer": "return-no-content"}
                return await self._done("POST", self._full, quiet, encoded(write.row, token))
            case Update():
                return await self._done("PUT", where, unchanged, encoded(write.row, token))
        return await self._done("PUT", where, {}, encoded(write.row, token))

    async def _done(
        self, verb: str, path: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> str | None:
        """The new etag of a write that succeeded. Each is answered with 204: any other success is a
        page from something in between."""
        answer = await self._wire.ask(verb, path, headers=headers, body=body)
        if answer.status != 204:
            raise refusal(answer)
        return answer.headers.get("ETag")

    async def _entity(self, where: str) -> Entity:
        answer = await self._wire.ask("GET", where)
        if answer.status != 200:
            raise refusal(answer)
        return decoded(answer.body)

    async def _page(
        self, asked: Mapping[str, str]
    ) -> tuple[Sequence[Entity], dict[str, str]] | None:
        """A page, and where the next one begins."""
        query = "&".join(f"{name}={quote(value, '')}" for name, value in asked.items())

        async def page() -> tuple[Sequence[Entity], dict[str, str]]:
            answer = await self._wire.ask("GET", f"{self._full}()", query=query)
            if answer.status != 200:
                raise refusal(answer)
            marks = {name: answer.headers.get(f"x-ms-continuation-{name}") for name in NEXT}
            return decoded_page(answer.body), {name: at for name, at in marks.items() if at}

        try:
            return await self._twice(page)
        except StorageRefusal as answer:
            _check_gone(answer)
            return None

    async def _twice(self, request: Callable[[], Awaitable[_T]]) -> _T:
        return await twice(lambda: self._ask(request))

    async def _ask(self, request: Callable[[], Awaitable[_T]]) -> _T:
        try:
            async with asyncio.timeout(self._timeout):
                return await request()
        except StoreError:
            raise
        except HttpResponseError as error:
            raise translated(error) from None
        except ValueError:
            # Not chained: it may quote what stood there.
            raise Unavailable("an answer that is not the storage's") from None
        except Exception as error:
            # Whatever is met in an answer is no answer: the library lets errors of the socket, of
            # parsing and of unpacking through. Not chained: their texts quote address and answer.
            self._kept.broke()
            raise Unavailable(f"no answer from the storage: {type(error).__name__}") from None


def _asked(rows: Range, select: Sequence[str] | None, most: int | None) -> dict[str, str]:
    """The query's options."""
    text, bounds = rows.filter()
    asked = dict[str, str]()
    if text:
        # All at once, so that no value can name another bound.
        asked["$filter"] = re.sub(r"@(\w+)", lambda name: _literal(bounds[name[1]]), text)
    if select is not None:
        asked["$select"] = ",".join(("PartitionKey", "RowKey", *select))
    if most is not None and most < PAGE:
        asked["$top"] = str(most)
    return asked


def _literal(text: str) -> str:
    """A string in a filter. Source: Azure Table Storage, "Querying tables and entities"."""
    return "'" + text.replace("'", "''") + "'"


def _step(write: Write, token: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    condition = {"etag": write.row.etag, "match_condition": _UNCHANGED}
    match write:
        case Delete():
            keys = {"PartitionKey": write.row.partition, "RowKey": write.row.key}
            return "delete", keys, condition
        case Update():
            entity = for_library(write.row, token)
            return "update", entity, {"mode": UpdateMode.REPLACE, **condition}
    return "create", for_library(write.row, token), {}


def _check_gone(answer: StorageRefusal) -> None:
    """Refuse whatever the storage says but that there is no such row or table: nothing else answers
    what was asked. Raises Unavailable."""
    if answer.kind not in _ABSENT:
        raise Unavailable(f"the storage refused what it cannot refuse so ({answer})") from None


def _sure(etag: str | None) -> str:
    if not etag:
        # A page from something in between can carry a status that means success.
        raise Unavailable("an answer without an etag is not the storage's")
    return etag
