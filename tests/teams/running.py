"""The real bot before a strict Teams: real tokens both ways, real HTTP, a store in memory."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import aiohttp
from aiohttp import web

from bot.app import build_app
from bot.edge.endpoint import server
from bot.settings import Settings
from cards.wording import wording
from records.store.memory import MemoryStore
from tests.bot.conftest import APP_ID, TENANT, FakeIssuer
from tests.teams.activities import Sender
from tests.teams.line import Line
from tests.teams.places import Team
from tests.teams.server import Server
from tests.teams.service import Service
from tests.teams.strict import Clock, Teams

MONDAY: Final = "2027-02-01T09:05:00+00:00"
PROOF: Final = "outbound"
TEAM: Final = "19:team1@thread.tacv2"
PEOPLE: Final = (
    ("priya", "Priya Shah", "priya@socialcare.example"),
    ("martin", "Martin Cole", "martin@socialcare.example"),
    ("fay", "Fay Larsen", "fay@facilitation.example"),
    ("idris", "Idris Vaughan", "idris@facilitation.example"),
    ("pat", "Pat Reed", "pat@police.example"),
    ("nia", "Nia Okafor", "nia@health.example"),
    ("otto", "Otto Lind", "otto@clock.example"),
)
"""Those of the house, and one who types `skip` and takes no other part."""


@dataclass(eq=False)
class World:
    """A Teams with its people, the store, and what starts a bot over it."""

    teams: Teams
    store: MemoryStore
    settings: Settings
    stack: AsyncExitStack
    team: Team = field(init=False)

    async def bot(
        self, store: MemoryStore | None = None, stack: AsyncExitStack | None = None
    ) -> str:
        """A bot over the store, until the stack closes; its address."""
        app = build_app(
            self.settings,
            partnership=wording.partnership,
            clock=self.teams.clock,
            store=store or self.store,
            demo_time=MONDAY,
        )
        return await serve(stack or self.stack, app)

    async def skip(self, words: str) -> None:
        """`2 days`: time passes, and everything due on the way goes out."""
        await self.teams.quiet()
        await self.teams.person("otto").desk.say(f"skip {words}")
        await self.teams.quiet()


async def serve(stack: AsyncExitStack, app: web.Application) -> str:
    """Serve an application on loopback until the stack closes."""
    runner = server(app, drain=0.01)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


@asynccontextmanager
async def world(
    store: MemoryStore | None = None,
    *,
    people: Sequence[tuple[str, str, str]] = PEOPLE,
    **change: Any,
) -> AsyncIterator[World]:
    """A bot with its Teams; `change` is of the settings."""
    clock = Clock()
    service = Service(f"28:{APP_ID}", clock.monotonic)
    async with AsyncExitStack() as stack:
        made = Server(service, f"Bearer {PROOF}")
        await made.open()
        stack.push_async_callback(made.close)
        issuer = FakeIssuer(clock)  # type: ignore[arg-type]  # it only asks for the time
        issuer.url = await serve(stack, issuer.app())
        settings = await _settings(stack, made.url, issuer.url, change)
        sender = Sender(service.bot, "Learning Conversations", made.url)
        teams = Teams(service, made, sender, clock, TENANT)
        here = World(teams, store or MemoryStore(), settings, stack)
        http = await stack.enter_async_context(aiohttp.ClientSession())
        proof = partial(_bearer, {}, issuer, made.url, clock)
        teams.line = Line(http, await here.bot(), proof, clock.passes, service.ids.activity)
        for person in people:
            teams.person(*person)
        lead = (teams.people[one] for one in ("fay", "idris") if one in teams.people)
        here.team = teams.team("Facilitators", lead, "Requests")
        assert here.team.id == TEAM
        yield here


async def _settings(
    stack: AsyncExitStack, teams: str, issuer: str, change: dict[str, Any]
) -> Settings:
    async def token(_: web.Request) -> web.Response:
        return web.json_response(
            {"access_token": PROOF, "expires_in": 365 * 86_400, "token_type": "Bearer"}
        )

    authority = web.Application()
    authority.router.add_post(f"/{TENANT}/oauth2/v2.0/token", token)
    given = {
        "demo": True,  # so that `skip` moves its clock; the gate is the production one
        "microsoft_app_id": APP_ID,
        "microsoft_app_password": "invented",
        "microsoft_app_tenant_id": TENANT,
        "channel_openid_metadata_url": f"{issuer}/openid",
        "outbound_token_authority": await serve(stack, authority),
        "allowed_service_urls": (teams,),
        "tables_connection_string": "given apart",
        "facilitators": ("fay@facilitation.example", "idris@facilitation.example"),
        "facilitation_team_id": TEAM,
        "person_turns_a_minute": 10_000,
        "tick_seconds": 3_600,
        **change,
    }
    return Settings(**given)


def _bearer(kept: dict[int, str], issuer: FakeIssuer, url: str, clock: Clock) -> str:
    """A token of this half hour."""
    half = int(clock.now().timestamp() // 1_800)
    if half not in kept:
        kept[half] = f"Bearer {issuer.token(serviceurl=url)}"
    return kept[half]
