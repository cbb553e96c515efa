"""A bot on strings: it answers what a test gives it, and asks of Teams what a test wants."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.teams.activities import Activity, Sender
from tests.teams.line import Line
from tests.teams.places import ADAPTIVE_CARD, Card
from tests.teams.running import serve
from tests.teams.server import Server
from tests.teams.service import Service
from tests.teams.strict import Clock, Teams

BOT = "28:puppet"
TENANT = "tenant-1"


def card(*body: Any, button: str = "Next", inputs: bool = True, **more: Any) -> Card:
    """A small card: texts, fields, and one button with its fallback."""
    elements = [{"type": "TextBlock", "text": one} if isinstance(one, str) else one for one in body]
    pressed = {
        "title": button,
        "data": {"verb": button, "n": 1},
        "associatedInputs": "auto" if inputs else "none",
    }
    fallback = {"type": "Action.Submit", **pressed}
    executed = {"type": "Action.Execute", "verb": button, **pressed, "fallback": fallback}
    shape: Card = {"type": "AdaptiveCard", "version": "1.5", "body": elements}
    return {**shape, "actions": [executed], **more}


def text(name: str, **more: Any) -> dict[str, Any]:
    """A text field."""
    return {"type": "Input.Text", "id": name, "label": name, **more}


def message(shown: Card, **more: Any) -> Activity:
    """A message with a card."""
    attachments = [{"contentType": ADAPTIVE_CARD, "content": shown}]
    return {"type": "message", "summary": "A card", "attachments": attachments, **more}


@dataclass(eq=False)
class Puppet:
    """`answer` is the card that a tap gets; `act` is done at each activity, before its answer."""

    teams: Teams
    http: aiohttp.ClientSession
    got: list[Activity] = field(default_factory=list)
    answer: Card | str = ""
    act: Callable[[Activity], Awaitable[None]] | None = None
    proof: str = "Bearer proof"

    async def receive(self, request: web.Request) -> web.Response:
        """Whatever Teams posts."""
        activity = await request.json()
        self.got.append(activity)
        if self.act is not None:
            await self.act(activity)
        if activity["type"] != "invoke":
            return web.Response()
        kind = ADAPTIVE_CARD if isinstance(self.answer, dict) else "application/vnd.microsoft."
        kind += "" if isinstance(self.answer, dict) else "activity.message"
        return web.json_response({"statusCode": 200, "type": kind, "value": self.answer})

    async def ask(
        self, method: str, path: str, body: Any = None
    ) -> tuple[int, dict[str, Any], dict[str, str]]:
        """Status, JSON and headers of what Teams answers."""
        url = f"{self.teams.server.url}/v3/{path}"
        headers = {"Authorization": self.proof}
        async with self.http.request(method, url, json=body, headers=headers) as got:
            found = await got.json() if got.content_type == "application/json" else {}
            return got.status, found, dict(got.headers)

    async def sends(self, key: str, shown: Card | None = None) -> str:
        """A card to somebody; the message's id."""
        body = message(shown or card("Hello"))
        status, found, _ = await self.ask("POST", self.chat(key), body)
        assert status == 201, found
        return str(found["id"])

    async def updates(self, key: str, identity: str, shown: Card) -> int:
        """Another card in a message; the status."""
        path = f"{self.chat(key)}/{identity}"
        status, _, _ = await self.ask("PUT", path, message(shown, id=identity))
        return status

    def chat(self, key: str) -> str:
        """The path of somebody's chat."""
        return f"conversations/{self.teams.person(key).place.id}/activities"


@asynccontextmanager
async def puppet() -> AsyncIterator[Puppet]:
    """A Teams with Ann, who has the app, and Bo, who has not."""
    clock = Clock()
    service = Service(BOT, clock.monotonic)
    async with AsyncExitStack() as stack:
        server = Server(service, "Bearer proof")
        await server.open()
        stack.push_async_callback(server.close)
        teams = Teams(service, server, Sender(BOT, "Puppet", server.url), clock, TENANT)
        http = await stack.enter_async_context(aiohttp.ClientSession())
        made = Puppet(teams, http)
        app = web.Application()
        app.router.add_post("/api/messages", made.receive)
        teams.line = Line(
            http, await serve(stack, app), lambda: "", clock.passes, service.ids.activity
        )
        teams.person("ann", "Ann Ash", "ann@one.example").is_given_the_app()
        teams.person("bo", "Bo Birch", "bo@two.example")
        yield made
