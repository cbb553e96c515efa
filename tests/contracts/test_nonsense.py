"""What stands in the storage's place and answers nonsense: every outcome is one of the contract's.

A server of sockets answers each request with the same bytes, whatever was asked.
"""

import asyncio
import json
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from time import monotonic

import pytest

from records.store.azure import TableStore
from records.store.contract import Create, Row, StoreError, Unavailable

SIGNATURE, SAID, KEPT, KEY = "sig-of-the-account", "said-by-whom", "kept-words", "key-of-somebody"
ENTITY = {"odata.etag": "W/1", "PartitionKey": KEY, "RowKey": "k", "token": "t"}
TIMEOUT = 0.15
GIVES_UP = 30.0
"""Seconds after which it waits for ever: a busy machine may stand still for some."""
NEXT = "x-ms-continuation-NextPartitionKey: a\r\nx-ms-continuation-NextRowKey: b\r\n"


def http(status: int, body: bytes = b"", headers: str = "") -> bytes:
    head = f"HTTP/1.1 {status} Is\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
    return head.encode() + body


def entity(**more: object) -> bytes:
    return http(200, json.dumps(ENTITY | more).encode())


def page(*rows: dict[str, object], headers: str = "") -> bytes:
    return http(200, json.dumps({"value": rows}).encode(), headers)


class Stranger:
    """What was asked of it, and where it is."""

    def __init__(self, port: int) -> None:
        self.port, self.asked = port, list[bytes]()

    def store(self, timeout: float = TIMEOUT) -> TableStore:
        where = f"TableEndpoint=http://127.0.0.1:{self.port}/account;"
        address = f"{where}SharedAccessSignature=sv=1&sig={SIGNATURE}"
        return TableStore(address, clock=lambda: datetime.now(UTC), timeout=timeout)


@asynccontextmanager
async def stranger(says: bytes, *, then_closes: bool = False) -> AsyncIterator[Stranger]:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                lines = head.lower().split(b"\r\n")
                sizes = [int(one[15:]) for one in lines if one.startswith(b"content-length:")]
                here.asked.append(head + await reader.readexactly(sum(sizes)))
                writer.write(says)
                await writer.drain()
                if then_closes:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    here = Stranger(server.sockets[0].getsockname()[1])
    try:
        yield here
    finally:
        server.close()


async def rows(store: TableStore, **options: object) -> list[Row]:
    return [one async for one in store.query("things", partition=KEY, **options)]  # type: ignore[arg-type]


ROW = Row(KEY, "k", {"story": KEPT}, "W/1")
Asked = Callable[[TableStore], Awaitable[object]]
READS: dict[str, Asked] = {
    "get": lambda store: store.get("things", KEY, "k"),
    "query": rows,
    "select": lambda store: rows(store, select=["at"]),
}
WRITES: dict[str, Asked] = {
    "create": lambda store: store.create("things", ROW),
    "update": lambda store: store.update("things", ROW),
    "put": lambda store: store.put("things", ROW),
    "delete": lambda store: store.delete("things", KEY, "k"),
    "delete one": lambda store: store.delete("things", KEY, "k", etag="W/1"),
    "commit": lambda store: store.commit("things", [Create(ROW), Create(Row(KEY, "l"))]),
}
EVERY = {**READS, **WRITES, "check": lambda store: store.check()}

NONSENSE = {
    "a page for people": http(200, f"<html>{SAID}</html>".encode()),
    "nothing": http(200),
    "a list": http(200, b"[]"),
    "a deep list": http(200, b"[" * 100_000),
    "a deep object": http(200, b'{"a":' * 100_000),
    "an etag alone": http(200, b'{"odata.etag": "W/1"}'),
    "no time": entity(at=SAID, **{"at@odata.type": "Edm.DateTime"}),
    "no number": entity(at=SAID, **{"at@odata.type": "Edm.Int64"}),
    "endless": entity(n=float("inf"), **{"n@odata.type": "Edm.Int64"}),
    "an object": entity(at={"said": SAID}),
    "no etag": entity(**{"odata.etag": ""}),
    "somebody else's": entity(PartitionKey="other"),
    "a page of other things": page({"a": 1}),
    "a page with no time": page({**ENTITY, "at": SAID, "at@odata.type": "Edm.DateTime"}),
    "a page without etags": page({"PartitionKey": KEY, "RowKey": "k"}),
    "a page that leads to itself": page(headers=NEXT),
    "cut off": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"" + SAID.encode(),
    "another protocol": b"HTTQ/9 " + SAID.encode() + b"\r\n\r\n",
    "no length": b"HTTP/1.1 200 OK\r\nContent-Length: " + SAID.encode() + b"\r\n\r\n",
    "no chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZ%b\r\n" % SAID.encode(),
    "not packed": http(200, SAID.encode(), "Content-Encoding: gzip\r\n"),
    "long headers": b"HTTP/1.1 200 OK\r\nX: " + SAID.encode() * 10_000 + b"\r\n\r\n",
    "a change elsewhere": http(412, b"<html>"),
    "to another host": http(302, b"", "Location: http://elsewhere.example/\r\n"),
    "a refusal in words": http(503, json.dumps({"code": f"{SAID}_1".replace("-", "_")}).encode()),
    "hung up": b"",
}  # fmt: skip


@pytest.mark.parametrize("says", NONSENSE)
async def test_nonsense_is_no_answer_of_the_storage_and_is_quoted_nowhere(says: str) -> None:
    closes = says in ("cut off", "hung up", "another protocol")
    async with stranger(NONSENSE[says], then_closes=closes) as here:
        for name, ask in EVERY.items():
            store, began = here.store(), monotonic()
            harmless = name == "check"
            try:
                found = await ask(store)
            except StoreError as error:
                text = "".join(traceback.format_exception(error))
                told = [one for one in text.splitlines() if not one.startswith("    ")]
                quoted = (SIGNATURE, SAID, SAID.replace("-", "_"), KEPT)
                assert not [one for one in quoted if one in "\n".join(told)], name
                if isinstance(error, Unavailable):
                    assert KEY not in "\n".join(told), name
            else:
                assert harmless, (name, found)
            assert monotonic() - began < GIVES_UP, name
            await store.close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_what_is_written_follows_nobody_to_another_host(status: int) -> None:
    async with stranger(http(400)) as elsewhere:
        to = f"Location: http://localhost:{elsewhere.port}/there\r\n"
        async with stranger(http(status, b"", to)) as here:
            for ask in EVERY.values():
                store = here.store()
                with suppress(Unavailable):
                    await ask(store)
                await store.close()
    assert elsewhere.asked == []


async def test_a_kind_that_is_none_of_ours_stays_as_its_text_and_stops_no_other() -> None:
    strange = {**ENTITY, "by": "3d7b", "by@odata.type": "Edm.Guid", "chunked": "story,x=0,y=-1"}
    async with stranger(page(strange, {**ENTITY, "RowKey": "l", "n": 1})) as here:
        store = here.store()
        first, second = await rows(store)
        await store.close()
    assert (first.values, second.values) == ({"by": "3d7b"}, {"n": 1})


async def test_a_store_that_is_closed_asks_nothing_more_and_ends_what_is_under_way() -> None:
    async with stranger(b"HTTP/1.1 200 OK\r\n") as here:
        store = here.store(5.0)
        under_way = [asyncio.create_task(ask(store)) for ask in EVERY.values()]
        while len(here.asked) < len(EVERY):
            await asyncio.sleep(0.01)
        began = monotonic()
        later = [asyncio.create_task(store.get("things", KEY, "k")) for _ in range(5)]
        await store.close()
        ends = await asyncio.gather(*under_way, *later, return_exceptions=True)
        assert {type(one) for one in ends} == {Unavailable}
        assert monotonic() - began < 5
        asked = len(here.asked)
        for ask in EVERY.values():
            with pytest.raises(Unavailable):
                await ask(store)
        assert len(here.asked) == asked
