"""The storage on whose way the process that has a night is killed: a real SIGKILL, at a write or at
any moment, counted where it fell."""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum

import aiohttp
from aiohttp import web
from yarl import URL

from tests.faults.storage import HOPS
from tests.teams.server import reset


class Fell(StrEnum):
    """Where a kill fell."""

    BEFORE = "before the write"
    AFTER = "written and not answered"
    ANSWERED = "answered"
    ANYWHERE = "at any moment"


@dataclass
class Deaths:
    """A proxy before the storage. The process `pid` dies at its write `at`, as `where` says; 0 is
    never. `writes` counts those of the process that lives, `fell` the kills there were."""

    target: URL
    chance: random.Random
    pid: int = 0
    at: int = 0
    where: Fell = Fell.BEFORE
    writes: int = 0
    fell: Counter[Fell] = field(default_factory=Counter)
    _http: aiohttp.ClientSession | None = None

    def next(self, pid: int) -> None:
        """Another process has the night."""
        self.pid, self.writes = pid, 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One request of it."""
        body = await request.read()
        if request.method == "GET":
            return await self._forward(request, body)
        self.writes += 1
        dies = self.writes == self.at
        if dies and self.where is Fell.BEFORE:
            self._kill()
            return reset(request)
        if dies and self.where is Fell.ANYWHERE:
            delay = self.chance.uniform(0, 0.05)
            asyncio.get_running_loop().call_later(delay, self._kill)
        answer = await self._forward(request, body)
        if dies and self.where is Fell.AFTER:
            self._kill()
            return reset(request)
        if dies and self.where is Fell.ANSWERED:
            asyncio.get_running_loop().call_later(0.002, self._kill)
        return answer

    def _kill(self) -> None:
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return  # It had come to its end before.
        self.fell[self.where] += 1

    async def _forward(self, request: web.Request, body: bytes) -> web.Response:
        assert self._http is not None
        url = URL(str(self.target).rstrip("/") + request.raw_path, encoded=True)
        async with self._http.request(
            request.method,
            url,
            headers=request.headers,
            data=body or None,
            skip_auto_headers=["Content-Type"],
        ) as answer:
            kept = {k: v for k, v in answer.headers.items() if k.lower() not in HOPS}
            return web.Response(status=answer.status, headers=kept, body=await answer.read())


@asynccontextmanager
async def on_the_way(azurite: str, seed: int) -> AsyncIterator[tuple[Deaths, str]]:
    """The proxy, and the connection string that leads through it."""
    account, _, address = azurite.partition("TableEndpoint=")
    endpoint = URL(address.rstrip(";"))
    deaths = Deaths(endpoint.origin(), random.Random(seed))
    app = web.Application(client_max_size=10 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", deaths.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.01, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    async with aiohttp.ClientSession(auto_decompress=False) as http:
        deaths._http = http
        yield deaths, f"{account}TableEndpoint={endpoint.with_port(port)};"
    await runner.cleanup()
