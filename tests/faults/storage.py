"""The storage as a bad day shows it: every request of a bot passes here on its way to Azurite.

Requests go on letter by letter, so their signatures stay valid.
"""

import asyncio
import json
import random
import re
from enum import StrEnum
from typing import Any, Final
from weakref import WeakKeyDictionary

import aiohttp
from aiohttp import web
from yarl import URL

from tests.faults.logbook import Logbook
from tests.faults.reaper import Boundary, Reaper
from tests.teams.server import reset

HOPS: Final = {"connection", "keep-alive", "transfer-encoding", "content-length"}
PROMPT: Final = re.compile(r"\(PartitionKey='(\w+)',RowKey='prompt-(\w+)'\)")
LISTED: Final = re.compile(r"board\(PartitionKey='[^']*',RowKey='(?:\d+\.)?(\w{32})")
"""A row of the board and the conversation it is about."""
SECONDS: Final = 2.6
"""Longer than a bot waits for one answer."""


class Fault(StrEnum):
    """What becomes of one request."""

    REFUSED_500 = "500, nothing done"
    REFUSED_503 = "503, nothing done"
    REFUSED_504 = "504, nothing done"
    REFUSED_429 = "429, nothing done"
    RESET = "reset, nothing done"
    DONE_500 = "done, then 500"
    DONE_504 = "done, then 504"
    DONE_RESET = "done, then reset"
    DONE_HANG = "done, then silence"
    SLOW = "slow"


DONE: Final = frozenset({Fault.DONE_500, Fault.DONE_504, Fault.DONE_RESET, Fault.DONE_HANG})
STATUS: Final = re.compile(r"\d{3}")


class Lane:
    """One bot's way to the storage: its own port, so that we know whose request it is.

    A connection stays its maker's: the last words of a process arrive after its end.
    """

    def __init__(self, storage: "Storage") -> None:
        self._storage = storage
        self.pid = 0
        self._makers: WeakKeyDictionary[object, int] = WeakKeyDictionary()
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def open(self) -> None:
        """Listen, on a port that stays the same for all who use this lane."""
        app = web.Application(client_max_size=10 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, shutdown_timeout=0.01, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        pid = self._makers.setdefault(request.transport, self.pid)
        if await self._storage.ends_at_lists(request, pid):
            return reset(request)
        return await self._storage.handle(request, pid)


class Storage:
    """Azurite behind a proxy that fails, at a rate, before and after what is asked is done."""

    def __init__(
        self, target: URL, logbook: Logbook, reaper: Reaper, chance: random.Random, rate: float
    ) -> None:
        self._target, self._logbook, self._reaper = target, logbook, reaper
        self._chance, self.rate = chance, rate
        self._session: aiohttp.ClientSession | None = None
        self.faults = 0

    async def __aenter__(self) -> "Storage":
        connector = aiohttp.TCPConnector(limit=200, keepalive_timeout=4)
        self._session = aiohttp.ClientSession(connector=connector, auto_decompress=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def ends_at_lists(self, request: web.Request, pid: int) -> bool:
        """Whether the process has died with its reply out, as it began to write the lists."""
        listed = LISTED.search(request.path) if request.method != "GET" else None
        return listed is not None and await self._reaper.lists(pid, listed[1])

    async def handle(self, request: web.Request, pid: int) -> web.StreamResponse:
        """One request of the process `pid`."""
        body = await request.read()
        what = f"{request.method} {request.path.rpartition('/')[2].partition('(')[0]}"
        writes = request.method != "GET"
        prompt = writes and ("prompt-" in request.path or b"prompt-" in body)
        if self._reaper.at(Boundary.STORAGE_BEFORE, pid, what, prompt=prompt):
            return reset(request)
        fault = self._fault(writes=writes)
        if fault is not None:
            self.faults += 1
            self._logbook.write("faults", where="storage", fault=fault, what=what, pid=pid)
        if fault is Fault.RESET:
            return reset(request)
        if fault is Fault.SLOW:
            await asyncio.sleep(self._chance.uniform(0.05, 0.4))
        elif fault is not None and fault not in DONE:
            return _refusal(fault)
        answer = await self._forward(request, body)
        self._note(request, body, answer, pid)
        if self._reaper.at(Boundary.STORAGE_AFTER, pid, what, prompt=prompt):
            return reset(request)
        spoilt = await _spoilt(request, fault)
        if spoilt is not None:
            return spoilt
        if prompt:
            loop = asyncio.get_running_loop()
            loop.call_later(0.002, self._after, pid, what)
        return answer

    def _after(self, pid: int, what: str) -> None:
        self._reaper.at(Boundary.STORAGE_ANSWERED, pid, what, prompt=True)

    def _fault(self, *, writes: bool) -> Fault | None:
        if self._chance.random() >= self.rate:
            return None
        kinds = list(Fault) if writes else [one for one in Fault if one not in DONE]
        # A silence costs a bot four seconds, so there are fewer of them.
        weights = [0.15 if one is Fault.DONE_HANG else 1.0 for one in kinds]
        return self._chance.choices(kinds, weights)[0]

    def _note(self, request: web.Request, body: bytes, answer: web.Response, pid: int) -> None:
        """What a process has just written down about a prompt it is sending."""
        found = PROMPT.search(request.path)
        if found is None or request.method not in ("PUT", "PATCH", "MERGE"):
            return
        if answer.status >= 300:
            return
        values: dict[str, Any] = json.loads(body)
        sending = values.get("state") == "sending"
        self._reaper.intends(pid, f"{found[1]}/{found[2]}", sending=sending)

    async def _forward(self, request: web.Request, body: bytes) -> web.Response:
        assert self._session is not None
        url = URL(str(self._target).rstrip("/") + request.raw_path, encoded=True)
        async with self._session.request(
            request.method,
            url,
            headers=request.headers,
            data=body or None,
            skip_auto_headers=["Content-Type"],
        ) as answer:
            kept = {k: v for k, v in answer.headers.items() if k.lower() not in HOPS}
            return web.Response(status=answer.status, headers=kept, body=await answer.read())


def _refusal(fault: Fault) -> web.Response:
    found = STATUS.search(fault)
    assert found is not None
    return web.Response(status=int(found[0]), text="busy")


async def _spoilt(request: web.Request, fault: Fault | None) -> web.StreamResponse | None:
    match fault:
        case Fault.DONE_500 | Fault.DONE_504:
            return _refusal(fault)
        case Fault.DONE_RESET:
            return reset(request)
        case Fault.DONE_HANG:
            await asyncio.sleep(SECONDS)
            return reset(request)
    return None
