"""The bot's own token: one for the process, renewed early, dropped when Teams refuses it."""

import asyncio
import json
from typing import Any

import msal
import pytest
import requests
from aiohttp import web
from msal.exceptions import MsalServiceError

from bot.teams.entra import _issued, with_secret
from bot.teams.tokens import EARLY, EntraTokens, Issued, NoToken, NoTokens, made_late


class FakeEntra:
    """Issues numbered tokens; counts its fetchers too."""

    def __init__(self) -> None:
        self.made = 0
        self.fetched = 0
        self.broken = False

    def __call__(self) -> Any:
        self.made += 1
        return self.fetch

    def fetch(self) -> Issued:
        if self.broken:
            raise NoToken("temporarily_unavailable")
        self.fetched += 1
        return Issued(f"token-{self.fetched}", 3600)


@pytest.fixture
def entra() -> FakeEntra:
    return FakeEntra()


@pytest.fixture
async def tokens(entra: FakeEntra, clock: Any, stack: Any) -> EntraTokens:
    made = EntraTokens(entra, clock)
    stack.push_async_callback(made.close)
    return made


async def settle(tokens: EntraTokens) -> None:
    """Let a fetch behind our back come to its end."""
    while tokens._flight.running:
        await asyncio.sleep(0)


async def test_a_hundred_first_calls_fetch_one_token(tokens: EntraTokens, entra: FakeEntra) -> None:
    found = await asyncio.gather(*(tokens.header() for _ in range(100)))
    assert set(found) == {"Bearer token-1"}
    assert entra.fetched == 1


async def test_in_its_last_five_minutes_a_token_serves_while_the_next_is_fetched(
    tokens: EntraTokens, entra: FakeEntra, clock: Any
) -> None:
    await tokens.header()
    clock.pass_seconds(3600 - EARLY - 1)
    await tokens.header()
    assert entra.fetched == 1
    clock.pass_seconds(1)
    assert await tokens.header() == "Bearer token-1"
    await settle(tokens)
    assert await tokens.header() == "Bearer token-2"


async def test_an_issuer_that_is_down_costs_nothing_while_the_token_holds(
    tokens: EntraTokens, entra: FakeEntra, clock: Any
) -> None:
    await tokens.header()
    entra.broken = True
    clock.pass_seconds(3500)
    assert await tokens.header() == "Bearer token-1"
    await settle(tokens)
    clock.pass_seconds(100)
    with pytest.raises(NoToken):
        await tokens.header()


async def test_a_refused_token_is_dropped_with_what_remembers_it_unless_it_is_new(
    tokens: EntraTokens, entra: FakeEntra, clock: Any
) -> None:
    await tokens.header()
    tokens.drop()
    assert await tokens.header() == "Bearer token-1"
    clock.pass_seconds(60)
    tokens.drop()
    assert await tokens.header() == "Bearer token-2"
    assert entra.made == 2


async def test_the_demo_has_no_token() -> None:
    none = NoTokens()
    none.drop()
    assert await none.header() is None


@pytest.fixture
async def authority(serve: Any) -> Any:
    """A token endpoint on loopback, such as Microsoft Entra's."""
    seen: list[Any] = []

    async def token(request: web.Request) -> web.Response:
        form = await request.post()
        seen.append(dict(form))
        if form["client_secret"] != "right":
            return web.json_response({"error": "invalid_client"}, status=401)
        return web.json_response(
            {"access_token": "the-token", "expires_in": 3599, "token_type": "Bearer"}
        )

    app = web.Application()
    app.router.add_post("/tenant-a/oauth2/v2.0/token", token)
    return await serve(app), seen


def tokens_of(authority: str, clock: Any, secret: str = "right") -> EntraTokens:
    return EntraTokens(made_late(lambda: with_secret(authority, "tenant-a", "app", secret)), clock)


async def test_a_secret_gets_a_token_from_an_authority_on_loopback(
    authority: Any, clock: Any
) -> None:
    url, seen = authority
    tokens = tokens_of(url, clock)
    assert await tokens.header() == "Bearer the-token"
    [form] = seen
    assert form["scope"] == "https://api.botframework.com/.default"
    assert (form["client_id"], form["grant_type"]) == ("app", "client_credentials")


async def test_a_wrong_secret_gets_none_and_the_log_the_code_alone(
    authority: Any, clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = tokens_of(authority[0], clock, "wrong")
    with pytest.raises(NoToken, match="invalid_client") as refused:
        await tokens.header()
    assert refused.value.ours
    [record] = [r for r in caplog.records if getattr(r, "action", "") == "token_failed"]
    assert "wrong" not in str(record.__dict__)


async def test_an_authority_that_is_down_gives_none(clock: Any) -> None:
    tokens = tokens_of("http://127.0.0.1:1", clock)
    with pytest.raises(NoToken) as away:
        await tokens.header()
    assert not away.value.ours


async def test_one_that_was_away_when_it_was_first_asked_is_asked_again(
    entra: FakeEntra, clock: Any
) -> None:
    entra.broken = True

    def make() -> Any:
        entra.fetch()  # as msal, which asks already while it is made
        return entra()

    tokens = EntraTokens(made_late(make), clock)
    assert entra.made == 0
    with pytest.raises(NoToken):
        await tokens.header()
    entra.broken = False
    assert (await tokens.header(), entra.made) == ("Bearer token-2", 1)


@pytest.mark.parametrize(
    ("answered", "ours"),
    [
        ({"error": "unauthorized_client"}, True),
        ({"error": "invalid_request"}, True),
        ({"error": "temporarily_unavailable"}, False),
        ({"error": "server_error"}, False),
        ({}, False),
        (None, False),
        ({"error": {"code": "a page of a proxy's"}}, False),
        ({"error": "what was sent: Xy1~Q"}, False),
        (ValueError("no such tenant"), True),
        (json.JSONDecodeError("a page", "", 0), False),
        (msal.ManagedIdentityError("none here"), True),
        (requests.ConnectionError(), False),
        (MsalServiceError(error="HTTP Error: 500", error_description=""), False),
    ],
    ids=str,
)
def test_whose_fault_it_is_that_there_is_no_token(answered: Any, ours: bool) -> None:
    def acquire() -> Any:
        if isinstance(answered, Exception):
            raise answered
        return answered

    with pytest.raises(NoToken) as raised:
        _issued(acquire)
    assert raised.value.ours is ours
