"""Teams as a bad day shows it, and what people would have seen in it."""

import asyncio
import json
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from aiohttp import web

from cards.wording import wording
from tests.faults.logbook import Logbook
from tests.faults.reaper import Boundary, Reaper, owner
from tests.faults.storage import reset

REFERENCE: Final = re.compile(r"LC-\d{5}")
SILENCE: Final = 4.0
"""Longer than a bot waits for Teams in a trial."""


class Fault(StrEnum):
    """What Teams does instead of taking a message and saying so."""

    NOT_TAKEN_429 = "429"
    NOT_TAKEN_412 = "412"
    LOST_500 = "500, not taken"
    LOST_502 = "502, not taken"
    LOST_503 = "503, not taken"
    LOST_504 = "504, not taken"
    LOST_RESET = "reset, not taken"
    LOST_SILENCE = "silence, not taken"
    TAKEN_500 = "taken, then 500"
    TAKEN_502 = "taken, then 502"
    TAKEN_504 = "taken, then 504"
    TAKEN_RESET = "taken, then reset"
    TAKEN_SILENCE = "taken, then silence"
    TAKEN_HTML = "taken, then a page"
    TAKEN_NO_ID = "taken, without an id"


NOT_TAKEN: Final = (Fault.NOT_TAKEN_429, Fault.NOT_TAKEN_412)
UNSURE: Final = tuple(one for one in Fault if one not in NOT_TAKEN)


@dataclass(frozen=True)
class Message:
    """What a bot posts, told apart by what a person sees: chat, reference, kind."""

    chat: str
    reference: str
    kind: str
    reminder: bool

    @property
    def key(self) -> str:
        return f"{self.reference}/{self.chat}/{self.kind}"


def read(chat: str, activity: dict[str, Any]) -> Message:
    """The message in an activity."""
    text = json.dumps(activity, ensure_ascii=False)
    found = REFERENCE.search(str(activity.get("summary", ""))) or REFERENCE.search(text)
    kind = "other"
    if _fixed(wording.FEEDBACK_SUMMARY) in text:
        kind = "feedback"
    elif _fixed(wording.WITHDRAWN_NOTICE) in text:
        kind = "withdrawn"
    reminder = wording.REMINDER_NOTE in text
    return Message(chat, found[0] if found else "", kind, reminder)


def _fixed(sentence: str) -> str:
    return max(re.split(r"\{\w+\}", sentence), key=len).strip()


class Teams:
    """Takes messages, sometimes. `pids` are the processes that may be asking."""

    def __init__(
        self,
        logbook: Logbook,
        reaper: Reaper,
        chance: random.Random,
        rates: tuple[float, float],
        pids: Callable[[], Iterable[int]],
        shown: Callable[[Message, bool], None],
    ) -> None:
        self._logbook, self._reaper, self._chance = logbook, reaper, chance
        self.rates, self._pids, self._shown = rates, pids, shown
        self._unsure: set[str] = set()
        self._ids = 0
        self.faults, self.seconds = 0, 0.0
        self._runner: web.AppRunner | None = None
        self.address = ""

    async def open(self) -> None:
        """Listen on loopback."""
        app = web.Application()
        app.router.add_post("/v3/conversations/{chat}/activities", self._post)
        app.router.add_post("/v3/conversations/{chat}/activities/{id}", self._post)
        app.router.add_put("/v3/conversations/{chat}/activities/{id}", self._put)
        app.router.add_get("/v3/conversations/{chat}/members/{member}", self._member)
        self._runner = web.AppRunner(app, shutdown_timeout=0.01, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}/"

    async def close(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _member(self, request: web.Request) -> web.Response:
        number = request.match_info["chat"].removeprefix("chat-")
        mail = f"person{number}@agency.example"
        return web.json_response({"id": request.match_info["member"], "email": mail})

    async def _put(self, request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({"id": request.match_info["id"]})

    async def _post(self, request: web.Request) -> web.StreamResponse:
        message = read(request.match_info["chat"], await request.json())
        pid = self._asking(request)
        prompt = message.kind != "other"
        if self._reaper.at(Boundary.TEAMS_BEFORE, pid, message.kind, prompt=prompt):
            return reset(request)
        fault = self._fault(message)
        if fault is not None:
            self.faults += 1
            self._logbook.write(
                "faults", where="teams", fault=fault, key=message.key, reminder=message.reminder
            )
        if fault in NOT_TAKEN:
            return web.json_response({}, status=int(fault), headers={"Retry-After": "1"})
        taken = fault is None or fault.startswith("taken")
        if taken:
            self._see(message, fault)
        if self._reaper.at(Boundary.TEAMS_AFTER, pid, message.kind, prompt=prompt):
            return reset(request)
        return await self._answer(request, message, fault, pid)

    def _asking(self, request: web.Request) -> int:
        """The process a request comes from; looked up only where it matters."""
        ends = request.transport.get_extra_info if request.transport else {}.get
        peer, own = ends("peername"), ends("sockname")
        if peer is None or own is None or not self._reaper.asks_who():
            return 0
        return owner(peer[1], own[1], self._pids())

    def _see(self, message: Message, fault: Fault | None) -> None:
        self._ids += 1
        self._logbook.write(
            "deliveries",
            key=message.key,
            reminder=message.reminder,
            told=fault is None,
            id=f"m{self._ids}",
        )
        self._shown(message, fault is not None)

    def _fault(self, message: Message) -> Fault | None:
        not_taken, unsure = self.rates
        drawn = self._chance.random()
        if drawn < not_taken:
            return self._chance.choice(NOT_TAKEN)
        # Unsure twice is the end of a message; once in a while that happens too.
        again = message.key in self._unsure and self._chance.random() > 0.02
        if drawn < not_taken + unsure and not again and message.kind != "other":
            self._unsure.add(message.key)
            return self._chance.choice(UNSURE)
        return None

    async def _answer(
        self, request: web.Request, message: Message, fault: Fault | None, pid: int
    ) -> web.StreamResponse:
        match fault:
            case None:
                await asyncio.sleep(self.seconds)
                loop = asyncio.get_running_loop()
                loop.call_later(0.001, self._after, pid, message)
                return web.json_response({"id": f"m{self._ids}"}, status=201)
            case Fault.LOST_RESET | Fault.TAKEN_RESET:
                return reset(request)
            case Fault.LOST_SILENCE | Fault.TAKEN_SILENCE:
                await asyncio.sleep(SILENCE)
                return reset(request)
            case Fault.TAKEN_HTML:
                return web.Response(text="<html>Sign in</html>", content_type="text/html")
            case Fault.TAKEN_NO_ID:
                return web.json_response({}, status=201)
        status = re.search(r"\d{3}", fault)
        assert status is not None
        return web.json_response({}, status=int(status[0]))

    def _after(self, pid: int, message: Message) -> None:
        self._reaper.at(Boundary.TEAMS_ANSWERED, pid, message.kind, prompt=message.kind != "other")
