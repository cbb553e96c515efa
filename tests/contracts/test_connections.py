"""Connections that are kept between requests, and what becomes of a request where they are gone.

A firewall or a storage that restarts ends all of them at once, and nobody hears of it before a
request is on its way.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from yarl import URL

from records.store.azure import TableStore
from records.store.contract import Create, Row, Store

MANY = 12
"""Connections that are kept: more than any request is tried."""


class Cable:
    """Passes bytes on, until it is cut: what comes on a connection from before then ends it."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port, self.opened, self._cut = host, port, 0, 0

    def cut(self) -> None:
        self._cut = self.opened

    async def connected(self, near: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        self.opened += 1
        number = self.opened
        far, to = await asyncio.open_connection(self._host, self._port)
        back = asyncio.create_task(self._pass(far, out))
        while (some := await near.read(65_536)) and number > self._cut:
            to.write(some)
        out.transport.abort()
        to.transport.abort()
        with suppress(ConnectionError):
            await back

    async def _pass(self, far: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        while some := await far.read(65_536):
            out.write(some)


@pytest.fixture
async def cable(azurite: str) -> AsyncIterator[tuple[Cable, str]]:
    account, _, address = azurite.partition("TableEndpoint=")
    endpoint = URL(address.rstrip(";"))
    cable = Cable(endpoint.host or "", endpoint.port or 0)
    server = await asyncio.start_server(cable.connected, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield cable, f"{account}TableEndpoint={endpoint.with_port(port)};"
    server.close()


@pytest.fixture
async def store(cable: tuple[Cable, str]) -> AsyncIterator[TableStore]:
    prefix = f"t{uuid4().hex[:12]}"
    store = TableStore(cable[1], clock=lambda: datetime.now(UTC), prefix=prefix)
    yield store
    await store.close()


async def keys(store: Store) -> list[str]:
    return [row.key async for row in store.query("kept", partition="p")]


@pytest.mark.parametrize("what", ["get", "query", "create", "update", "put", "delete", "commit"])
async def test_a_request_succeeds_where_every_kept_connection_is_gone(
    store: TableStore, cable: tuple[Cable, str], what: str
) -> None:
    row = await store.create("kept", Row("p", "k", {"n": 1}))
    await asyncio.gather(*(store.get("kept", "p", "k") for _ in range(MANY)))
    assert cable[0].opened >= MANY
    cable[0].cut()
    match what:
        case "get":
            assert await store.get("kept", "p", "k") == row
        case "query":
            assert await keys(store) == ["k"]
        case "create":
            await store.create("kept", Row("p", "l"))
        case "update":
            await store.update("kept", Row("p", "k", {"n": 2}, row.etag))
        case "put":
            await store.put("kept", Row("p", "l"))
        case "delete":
            await store.delete("kept", "p", "k")
        case "commit":
            await store.commit("kept", [Create(Row("p", "l")), Create(Row("p", "m"))])
    there = {"delete": [], "commit": ["k", "l", "m"], "create": ["k", "l"], "put": ["k", "l"]}
    assert await keys(store) == there.get(what, ["k"])


async def test_connections_are_kept_again_a_while_after_they_were_gone(
    store: TableStore, cable: tuple[Cable, str]
) -> None:
    await store.create("kept", Row("p", "k"))
    cable[0].cut()
    await store.get("kept", "p", "k")
    await asyncio.sleep(1.1)
    await store.get("kept", "p", "k")
    opened = cable[0].opened
    for _ in range(5):
        await store.get("kept", "p", "k")
    assert cable[0].opened == opened
