"""A proxy that loses answers, between the store and Azurite, on real connections."""

import asyncio
import socket
import struct
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import Enum, auto

import aiohttp
from aiohttp import web
from yarl import URL

_HOPS = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Fault(Enum):
    """What happens to one request."""

    NONE = auto()
    COMMIT_THEN_500 = auto()
    COMMIT_THEN_RESET = auto()
    COMMIT_THEN_HANG = auto()
    COMMIT_THEN_GARBAGE = auto()
    REFUSE_503 = auto()
    STRANGE_404 = auto()
    RESET = auto()
    HANG = auto()


@asynccontextmanager
async def proxied(connection: str) -> AsyncIterator[tuple["Proxy", str]]:
    """A proxy in front of the storage, and the connection string that leads through it."""
    account, _, address = connection.partition("TableEndpoint=")
    endpoint = URL(address.rstrip(";"))
    proxy = Proxy(endpoint.origin())
    app = web.Application(client_max_size=10 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", proxy.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    yield proxy, f"{account}TableEndpoint={endpoint.with_port(port)};"
    await runner.cleanup()


class Proxy:
    """`writes` and `reads` say what happens to the next ones; after that, all goes well."""

    def __init__(self, target: URL) -> None:
        self._target = target
        self.writes: deque[Fault] = deque()
        self.reads: deque[Fault] = deque()
        self.seen: list[str] = []
        self.after_commit: Callable[[], Awaitable[object]] | None = None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        fault = self._next_fault(request)
        if fault is Fault.HANG:
            await asyncio.sleep(30)
        if fault is Fault.REFUSE_503:
            return web.Response(status=503, text="busy")
        if fault is Fault.STRANGE_404:
            return web.Response(status=404, text="<html>No such site</html>")
        if fault is Fault.RESET:
            return _reset(request)
        answer = await self._forward(request, body)
        if fault is not Fault.NONE and self.after_commit is not None:
            await self.after_commit()
        return await _spoilt(request, answer, fault)

    def _next_fault(self, request: web.Request) -> Fault:
        if request.path.endswith("/Tables"):
            return Fault.NONE
        self.seen.append("read" if request.method == "GET" else "write")
        planned = self.reads if request.method == "GET" else self.writes
        return planned.popleft() if planned else Fault.NONE

    async def _forward(self, request: web.Request, body: bytes) -> web.Response:
        # The signature covers path and content type: they go on letter by letter, if at all.
        url = URL(str(self._target).rstrip("/") + request.raw_path, encoded=True)
        async with (
            aiohttp.ClientSession(auto_decompress=False) as session,
            session.request(
                request.method,
                url,
                headers=request.headers,
                data=body or None,
                skip_auto_headers=["Content-Type"],
            ) as answer,
        ):
            kept = {k: v for k, v in answer.headers.items() if k.lower() not in _HOPS}
            return web.Response(status=answer.status, headers=kept, body=await answer.read())


async def _spoilt(request: web.Request, answer: web.Response, fault: Fault) -> web.StreamResponse:
    match fault:
        case Fault.COMMIT_THEN_500:
            return web.Response(status=500, text="internal error")
        case Fault.COMMIT_THEN_RESET:
            return _reset(request)
        case Fault.COMMIT_THEN_HANG:
            await asyncio.sleep(30)
        case Fault.COMMIT_THEN_GARBAGE:
            page = "<html>Sign in to continue</html>"
            return web.Response(status=answer.status, text=page, content_type="text/html")
    return answer


def _reset(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    sock = request.transport.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
    return web.Response()
