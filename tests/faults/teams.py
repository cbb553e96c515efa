"""The strict Teams of `tests.teams` on a bad day, and what people would have seen in it."""

import asyncio
import json
import random
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from aiohttp import web

from cards.wording import wording
from tests.faults.logbook import Logbook
from tests.faults.reaper import Boundary, Reaper, owner
from tests.teams import answers
from tests.teams.answers import Answer, Way
from tests.teams.places import Account, Place
from tests.teams.server import Do, Server, reset
from tests.teams.service import Service

REFERENCE: Final = re.compile(r"LC-\d{5}")


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
ANSWERS: Final[Mapping[Fault, Answer]] = {
    Fault.NOT_TAKEN_429: answers.THROTTLED,
    Fault.NOT_TAKEN_412: Answer(412, "PreconditionFailed", retry_after=1.0),
    Fault.LOST_500: answers.INTERNAL,
    Fault.LOST_502: answers.BAD_GATEWAY,
    Fault.LOST_503: answers.UNAVAILABLE,
    Fault.LOST_504: answers.GATEWAY_TIMEOUT,
    Fault.LOST_RESET: answers.RESET,
    Fault.LOST_SILENCE: answers.SILENCE,
    Fault.TAKEN_500: answers.INTERNAL.after_taking(),
    Fault.TAKEN_502: answers.BAD_GATEWAY.after_taking(),
    Fault.TAKEN_504: answers.GATEWAY_TIMEOUT.after_taking(),
    Fault.TAKEN_RESET: answers.RESET.after_taking(),
    Fault.TAKEN_SILENCE: answers.SILENCE.after_taking(),
    Fault.TAKEN_HTML: Answer(200, way=Way.PAGE, taken=True),
    Fault.TAKEN_NO_ID: Answer(201, way=Way.NO_ID, taken=True),
}
ORDERED: Final = "fault"
"""Where a request carries its fault's answer."""


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


class Killed(Exception):
    """The process that asked is dead: it hears nothing."""


class Teams(Server):
    """Takes messages, sometimes. `pids` are the processes that may be asking.

    Everybody of a trial has the app and a chat, known by a number in its id. What a bot sends is
    held to the same as ever, and to the same rate limits.
    """

    def __init__(
        self,
        logbook: Logbook,
        reaper: Reaper,
        chance: random.Random,
        rates: tuple[float, float],
        pids: Callable[[], Iterable[int]],
        shown: Callable[[Message, bool], None],
    ) -> None:
        super().__init__(Service("28:bot", time.monotonic))
        self._logbook, self._reaper, self._chance = logbook, reaper, chance
        self.rates, self._pids, self._shown = rates, pids, shown
        self._unsure: set[str] = set()
        self.faults, self.seconds = 0, 0.0

    @property
    def address(self) -> str:
        """The service URL."""
        return f"{self.url}/"

    async def close(self) -> None:
        """Stop listening; what was wrong with what was sent is in the logs."""
        await super().close()
        for why in self.service.wrong:
            self._logbook.write("refused", why=why)

    async def _answer(
        self, request: web.Request, body: dict[str, Any], do: Do
    ) -> web.StreamResponse:
        self._know(request.match_info["chat"])
        if request.method != "POST":
            return await super()._answer(request, body, do)
        try:
            return await self._message(request, body, do)
        except Killed:
            return reset(request)

    def _ordered(self, request: web.Request) -> Answer | None:
        found: Answer | None = request.get(ORDERED)
        return found

    def _know(self, chat: str) -> None:
        """Somebody of the trial, when they are first written to. A chat does not say its tenant,
        so each counts as one of its own."""
        if chat in self.service.places:
            return
        number = chat.removeprefix("chat-")
        one = Account(
            f"29:object-{number}",
            f"object-{number}",
            f"Person {number}",
            f"person{number}@agency.example",
            "tenant",
            has_app=True,
        )
        self.service.places[chat] = Place(chat, f"tenant of {chat}", account=one)

    async def _message(
        self, request: web.Request, body: dict[str, Any], do: Do
    ) -> web.StreamResponse:
        message, pid = read(request.match_info["chat"], body), self._asking(request)
        self._kills(Boundary.TEAMS_BEFORE, pid, message)
        fault = self._fault(message)
        if fault is not None:
            self.faults += 1
            self._logbook.write(
                "faults", where="teams", fault=fault, key=message.key, reminder=message.reminder
            )
            request[ORDERED] = ANSWERS[fault]
            if fault not in NOT_TAKEN and not ANSWERS[fault].taken:
                self._kills(Boundary.TEAMS_AFTER, pid, message)

        def taking(asked: web.Request, sent: dict[str, Any]) -> tuple[int, dict[str, Any] | None]:
            status, made = do(asked, sent)
            self._see(message, fault, str((made or {}).get("id")))
            self._kills(Boundary.TEAMS_AFTER, pid, message)
            return status, made

        answer = await super()._answer(request, body, taking)
        if fault is None:
            await asyncio.sleep(self.seconds)
            asyncio.get_running_loop().call_later(0.001, self._after, pid, message)
        return answer

    def _kills(self, boundary: Boundary, pid: int, message: Message) -> None:
        prompt = message.kind != "other"
        if self._reaper.at(boundary, pid, message.kind, prompt=prompt):
            raise Killed

    def _asking(self, request: web.Request) -> int:
        """The process a request comes from; looked up only where it matters."""
        ends = request.transport.get_extra_info if request.transport else {}.get
        peer, own = ends("peername"), ends("sockname")
        if peer is None or own is None or not self._reaper.asks_who():
            return 0
        return owner(peer[1], own[1], self._pids())

    def _see(self, message: Message, fault: Fault | None, identity: str) -> None:
        self._logbook.write(
            "deliveries",
            key=message.key,
            reminder=message.reminder,
            told=fault is None,
            id=identity,
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

    def _after(self, pid: int, message: Message) -> None:
        self._reaper.at(Boundary.TEAMS_ANSWERED, pid, message.kind, prompt=message.kind != "other")
