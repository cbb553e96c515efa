"""Keys come and go, the issuer goes down, and tokens are used again."""

import asyncio
import json
from typing import Any

import aiohttp
import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from bot.edge.auth import CACHE_SIZE, Rejected, TokenGate
from bot.edge.keys import MAX_AGE, MIN_GAP, IssuerDown, IssuerKeys
from bot.teams.service_urls import ServiceUrls

URL = "https://smba.trafficmanager.net/uk/"
APP_ID = "11111111-2222-3333-4444-555555555555"
NEW_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
async def keys(issuer: Any, http: aiohttp.ClientSession, clock: Any, stack: Any) -> IssuerKeys:
    made = IssuerKeys(f"{issuer.url}/openid", http, clock, timeout=3.0)
    stack.push_async_callback(made.close)
    return made


@pytest.fixture
def gate(keys: IssuerKeys, clock: Any) -> TokenGate:
    return TokenGate(APP_ID, keys, ServiceUrls(("smba.trafficmanager.net",)), clock)


async def enter(gate: TokenGate, issuer: Any, url: str = URL, **claims: Any) -> None:
    token = issuer.token(**{"serviceurl": URL, **claims})
    await gate.check(f"Bearer {token}", service_url=url, channel="msteams")


async def test_a_good_token_enters(gate: TokenGate, issuer: Any) -> None:
    await enter(gate, issuer)
    await enter(gate, issuer, url=URL.rstrip("/"))  # with or without the last stroke


async def test_a_hundred_first_requests_fetch_the_keys_once(gate: TokenGate, issuer: Any) -> None:
    await asyncio.gather(*(enter(gate, issuer, jti=str(n)) for n in range(100)))
    assert issuer.asked == 1


async def test_a_new_key_is_found_by_one_refresh(gate: TokenGate, issuer: Any, clock: Any) -> None:
    await enter(gate, issuer)
    issuer.keys = {"key-2": NEW_KEY}
    clock.pass_seconds(MIN_GAP)
    await enter(gate, issuer, kid="key-2", key=NEW_KEY)
    assert issuer.asked == 2


async def test_made_up_keys_do_not_make_us_hammer_the_issuer(
    gate: TokenGate, issuer: Any, clock: Any
) -> None:
    await enter(gate, issuer)
    for number in range(20):
        with pytest.raises(Rejected, match="unknown_key"):
            await enter(gate, issuer, kid=f"made-up-{number}")
    assert issuer.asked == 1
    clock.pass_seconds(MIN_GAP)
    with pytest.raises(Rejected, match="unknown_key"):
        await enter(gate, issuer, kid="made-up")
    assert issuer.asked == 2


async def test_old_keys_serve_while_the_issuer_is_down(
    gate: TokenGate, keys: IssuerKeys, issuer: Any, clock: Any
) -> None:
    await enter(gate, issuer)
    issuer.status = 503
    clock.pass_seconds(MAX_AGE + 10)
    await enter(gate, issuer)
    await enter(gate, issuer, jti="another")


async def test_a_day_old_set_is_fetched_again_behind_the_request(
    gate: TokenGate, keys: IssuerKeys, issuer: Any, clock: Any
) -> None:
    await enter(gate, issuer)
    clock.pass_seconds(MAX_AGE)
    await enter(gate, issuer)
    await keys.check()
    assert issuer.asked == 2


async def test_without_any_key_the_answer_is_503_and_comes_in_time(
    gate: TokenGate, issuer: Any
) -> None:
    issuer.status = 500
    with pytest.raises(Rejected) as refused:
        await enter(gate, issuer)
    assert (refused.value.code, refused.value.status) == ("issuer_down", 503)


async def test_an_issuer_that_hangs_stops_nobody_for_long(
    http: aiohttp.ClientSession, clock: Any, serve: Any
) -> None:
    gone = asyncio.Event()

    async def hang(request: web.Request) -> web.Response:
        await gone.wait()
        return web.Response()

    app = web.Application()
    app.router.add_get("/openid", hang)
    keys = IssuerKeys(f"{await serve(app)}/openid", http, clock, timeout=0.05)
    with pytest.raises(IssuerDown):
        await asyncio.wait_for(keys.find("key-1"), 2)
    gone.set()


@pytest.mark.parametrize(
    "answer",
    ["no JSON", "[]", "{}", '{"jwks_uri": 5}', '{"jwks_uri": "http://127.0.0.1:1/keys"}'],
)
async def test_a_broken_document_is_an_issuer_that_is_down(
    http: aiohttp.ClientSession, clock: Any, serve: Any, answer: str
) -> None:
    async def broken(request: web.Request) -> web.Response:
        return web.Response(text=answer)

    app = web.Application()
    app.router.add_get("/openid", broken)
    keys = IssuerKeys(f"{await serve(app)}/openid", http, clock)
    with pytest.raises(IssuerDown):
        await keys.find("key-1")


async def test_keys_of_other_kinds_beside_ours_do_no_harm(gate: TokenGate, issuer: Any) -> None:
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    weak_key = json.loads(RSAAlgorithm.to_jwk(weak.public_key()))
    issuer.extra_keys = [
        "text",
        {"kty": "EC", "kid": "e"},
        {"kty": "RSA", "kid": "broken", "n": "!", "e": "AQAB"},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
        {**weak_key, "kid": "weak", "endorsements": ["msteams"]},
    ]
    await enter(gate, issuer)
    with pytest.raises(Rejected, match="unknown_key"):
        await enter(gate, issuer, kid="weak", key=weak)


async def test_a_checked_token_is_not_checked_twice(
    gate: TokenGate, issuer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = issuer.token(serviceurl=URL)
    await gate.check(f"Bearer {token}", service_url=URL, channel="msteams")
    monkeypatch.setattr(jwt, "decode", None)
    await gate.check(f"Bearer {token}", service_url=URL, channel="msteams")


async def test_a_kept_token_does_not_outlive_its_end(
    gate: TokenGate, issuer: Any, clock: Any
) -> None:
    token = issuer.token(serviceurl=URL)
    await gate.check(f"Bearer {token}", service_url=URL, channel="msteams")
    clock.pass_seconds(3600 + 301)
    with pytest.raises(Rejected, match="expired"):
        await gate.check(f"Bearer {token}", service_url=URL, channel="msteams")


async def test_a_kept_token_still_speaks_for_its_service_url_and_channel_alone(
    gate: TokenGate, issuer: Any
) -> None:
    token = issuer.token(serviceurl=URL)
    await gate.check(f"Bearer {token}", service_url=URL, channel="msteams")
    with pytest.raises(Rejected, match="service_url_differs"):
        await gate.check(
            f"Bearer {token}", service_url="https://smba.trafficmanager.net/de/", channel="msteams"
        )
    with pytest.raises(Rejected, match="channel_not_endorsed"):
        await gate.check(f"Bearer {token}", service_url=URL, channel="webchat")


async def test_a_tampered_copy_of_a_kept_token_is_refused(gate: TokenGate, issuer: Any) -> None:
    token = issuer.token(serviceurl=URL)
    await gate.check(f"Bearer {token}", service_url=URL, channel="msteams")
    head, claims, _ = token.split(".")
    mark = issuer.token(serviceurl=URL, jti="x").rsplit(".", 1)[1]
    with pytest.raises(Rejected, match="bad_signature"):
        await gate.check(f"Bearer {head}.{claims}.{mark}", service_url=URL, channel="msteams")


async def test_the_cache_of_tokens_is_bounded(
    gate: TokenGate, issuer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.edge.auth.CACHE_SIZE", 3)
    assert CACHE_SIZE > 3
    for number in range(5):
        await enter(gate, issuer, jti=str(number))
    assert len(gate._passed) == 3


async def test_clocks_may_differ_by_five_minutes(gate: TokenGate, issuer: Any, clock: Any) -> None:
    now = int(clock.now().timestamp())
    await enter(gate, issuer, exp=now - 299, nbf=now - 3600)
    await enter(gate, issuer, nbf=now + 299)
