"""Fakes for the edge, all on loopback and all real HTTP: the token issuer, Teams, and the bot."""

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from jwt.algorithms import RSAAlgorithm

from bot.clock import SystemClock
from bot.edge.adapter import Receiver
from bot.edge.auth import ISSUER, Gate, OpenGate, TokenGate
from bot.edge.endpoint import ReadinessChecks, routes, server
from bot.edge.keys import IssuerKeys
from bot.edge.turns import Turns
from bot.teams.connector import Connector, teams_session
from bot.teams.pacing import Pace
from bot.teams.service_urls import ServiceUrls
from bot.teams.teams_courier import TeamsCourier
from bot.teams.tokens import NoTokens
from dialogs.turn.events import Reply, Turn
from scheduler.upkeep.tidying import Shows

APP_ID = "11111111-2222-3333-4444-555555555555"
TENANT = "aaaaaaaa-0000-0000-0000-000000000001"
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Hello"}]}
REFUSAL = Reply(summary="This assistant serves other organisations.")
SORRY = Reply(card={"type": "AdaptiveCard", "version": "1.5", "body": []}, summary="Not saved yet")

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def encoded(value: Any) -> bytes:
    """One part of a token."""
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=")


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self.ticks = 1000.0

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.ticks

    def pass_seconds(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.ticks += seconds


class FakeIssuer:
    """Publishes keys, signs tokens, counts how often it was asked, and can be broken."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.asked = 0
        self.status = 200
        self.url = ""
        self.keys = {"key-1": KEY}
        self.endorsements = ["msteams"]
        self.extra_keys: list[Any] = []

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._keys)
        return app

    async def _openid(self, request: web.Request) -> web.Response:
        self.asked += 1
        if self.status != 200:
            return web.Response(status=self.status)
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        public = [
            {
                **json.loads(RSAAlgorithm.to_jwk(key.public_key())),
                "kid": kid,
                "use": "sig",
                "endorsements": self.endorsements,
            }
            for kid, key in self.keys.items()
        ]
        return web.json_response({"keys": [*self.extra_keys, *public]})

    def claims(self, **changes: Any) -> dict[str, Any]:
        now = int(self.clock.now().timestamp())
        claims = {
            "iss": ISSUER,
            "aud": APP_ID,
            "nbf": now - 10,
            "exp": now + 3600,
            "serviceurl": "",
            **changes,
        }
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, *, kid: str | None = "key-1", key: Any = KEY, **changes: Any) -> str:
        """A signed token. By hand, since PyJWT refuses to make some that an attacker would."""
        head = {"alg": "RS256", "typ": "JWT", **({"kid": kid} if kid else {})}
        text = b".".join(encoded(part) for part in (head, self.claims(**changes)))
        mark = key.sign(text, padding.PKCS1v15(), hashes.SHA256())
        return (text + b"." + encoded(mark)).decode()


@dataclass
class Call:
    """One request that the fake Teams got."""

    method: str
    path: str
    body: Any
    headers: dict[str, str]


Behaviour = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeTeams:
    """Records every call; answers ids, or whatever `behave` is set to."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.behave: Behaviour | None = None
        self.members: dict[str, dict[str, Any]] = {}
        self.url = ""

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._any)
        return app

    def answer(self, status: int, body: Any = None, **headers: str) -> None:
        """Answer this from now on; a text goes out as HTML."""

        async def behave(request: web.Request) -> web.StreamResponse:
            if isinstance(body, str):
                return web.Response(
                    status=status, text=body, content_type="text/html", headers=headers
                )
            return web.json_response(body, status=status, headers=headers)

        self.behave = behave

    def sent(self) -> list[Any]:
        return [call.body for call in self.calls if call.method == "POST"]

    async def _any(self, request: web.Request) -> web.StreamResponse:
        text = await request.text()
        body = json.loads(text) if text else None
        self.calls.append(Call(request.method, request.raw_path, body, dict(request.headers)))
        if self.behave is not None:
            return await self.behave(request)
        if "/members/" in request.path:
            member = self.members.get(request.path.rsplit("/", 1)[1])
            return web.json_response(member or {}, status=200 if member else 404)
        return web.json_response({"id": f"message-{len(self.calls)}"}, status=201)


@dataclass
class FakeDialogs:
    """The handler: records turns and answers what it is told, or does what it is told."""

    turns: list[Turn] = field(default_factory=list)
    reply: Reply = field(default_factory=lambda: Reply(card=CARD, summary="A card"))
    act: Callable[[Turn], Awaitable[Reply]] | None = None
    knows_mails: bool = True
    stands: list[tuple[str, str]] = field(default_factory=list)
    """Each message at which a card is shown, and what."""
    held: list[str] = field(default_factory=list)
    """Those of them that hold it."""

    def showed(self, turn: Turn, message: str, reply: Reply, shows: Shows) -> None:
        self.stands.append((message, reply.summary))
        self.held += [message] if shows is not Shows.TAPPED else []

    async def __call__(self, turn: Turn) -> Reply:
        self.turns.append(turn)
        return await self.act(turn) if self.act else self.reply

    async def needs_mails(self, person: str) -> bool:
        return not self.knows_mails


@dataclass
class Bot:
    """The bot's edge on loopback with everything round it."""

    url: str
    http: aiohttp.ClientSession
    issuer: FakeIssuer
    teams: FakeTeams
    dialogs: FakeDialogs
    clock: FakeClock

    def activity(self, **changes: Any) -> dict[str, Any]:
        activity = {
            "type": "message",
            "id": "activity-1",
            "channelId": "msteams",
            "serviceUrl": f"{self.teams.url}/uk",
            "from": {"id": "29:priya", "name": "Priya Shah", "aadObjectId": "object-priya"},
            "recipient": {"id": "28:bot", "name": "Learning"},
            "conversation": {
                "id": "a:chat/1",
                "conversationType": "personal",
                "tenantId": TENANT,
            },
            "channelData": {"tenant": {"id": TENANT}},
            "text": "help",
            **changes,
        }
        return {name: value for name, value in activity.items() if value is not None}

    def invoke(self, verb: str = "next", data: Any = None, **changes: Any) -> dict[str, Any]:
        action = {"type": "Action.Execute", "verb": verb, "data": data or {}}
        return self.activity(
            **{
                "type": "invoke",
                "name": "adaptiveCard/action",
                "text": None,
                "value": {"action": action},
                **changes,
            }
        )

    def bearer(self, **changes: Any) -> dict[str, str]:
        changes = {"serviceurl": f"{self.teams.url}/uk", **changes}
        return {"Authorization": f"Bearer {self.issuer.token(**changes)}"}

    async def post(
        self, body: Any, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Post an activity with a good token, unless told otherwise; the status and the JSON."""
        headers = {"Content-Type": "application/json", **(headers or self.bearer())}
        data = body if isinstance(body, bytes | str) else json.dumps(body)
        async with self.http.post(f"{self.url}/api/messages", data=data, headers=headers) as got:
            text = await got.text()
            return got.status, json.loads(text) if text else {}


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened


Serve = Callable[[web.Application], Awaitable[str]]


@pytest.fixture
def serve(stack: AsyncExitStack) -> Serve:
    """Serve an application on loopback; its address."""

    async def start(app: web.Application) -> str:
        runner = server(app, drain=0.2)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    return start


@pytest.fixture
async def http(stack: AsyncExitStack) -> aiohttp.ClientSession:
    return await stack.enter_async_context(aiohttp.ClientSession())


@pytest.fixture
async def issuer(clock: FakeClock, serve: Serve) -> FakeIssuer:
    made = FakeIssuer(clock)
    made.url = await serve(made.app())
    return made


@pytest.fixture
async def teams(serve: Serve) -> FakeTeams:
    made = FakeTeams()
    made.url = await serve(made.app())
    return made


MakeBot = Callable[..., Awaitable[Bot]]


@pytest.fixture
def make_bot(
    stack: AsyncExitStack,
    serve: Serve,
    http: aiohttp.ClientSession,
    issuer: FakeIssuer,
    teams: FakeTeams,
    clock: FakeClock,
) -> MakeBot:
    """A bot on the production path; `demo=True` for one without an app id."""

    async def make(*, demo: bool = False, seconds: float = 5.0) -> Bot:
        dialogs = FakeDialogs()
        urls = ServiceUrls((f"{teams.url}/uk",), loopback=demo)
        keys = IssuerKeys(f"{issuer.url}/openid", http, clock)
        stack.push_async_callback(keys.close)
        session = await stack.enter_async_context(teams_session(2.0))
        connector = Connector(session, NoTokens(), urls.allows)
        pace = Pace(instances=1, monotonic=time.monotonic, sleep=asyncio.sleep)
        gate: Gate = OpenGate(urls) if demo else TokenGate(APP_ID, keys, urls, clock)
        turns = Turns(
            dialogs,
            lambda turn: SORRY,
            connector,
            TeamsCourier(connector, pace, SystemClock()),
            tenants=None if demo else {TENANT},
            refusal=REFUSAL,
            needs_mails=dialogs.needs_mails,
            seconds=seconds,
            demo=demo,
            showed=dialogs.showed,
        )
        app = web.Application()
        receiver = Receiver(gate, connector, turns, APP_ID)
        app.add_routes(
            routes(receiver.receive, ReadinessChecks({"keys": keys.check}, clock.monotonic))
        )
        return Bot(await serve(app), http, issuer, teams, dialogs, clock)

    return make


@pytest.fixture
async def bot(make_bot: MakeBot) -> Bot:
    return await make_bot()
