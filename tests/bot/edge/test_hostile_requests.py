"""Dozens of bad requests: each gets a 4xx with one line, one audit line, and never a traceback."""

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pydantic import ValidationError

from bot.edge.activity import form_of
from bot.edge.auth import Rejected, TokenGate

JSON = {"Content-Type": "application/json"}


def refused_once(caplog: pytest.LogCaptureFixture) -> logging.LogRecord:
    """The one audit line; nothing else at warning or above, and no traceback anywhere."""
    assert not [record for record in caplog.records if record.exc_info]
    [record] = [r for r in caplog.records if r.levelno >= logging.WARNING]
    assert record.action == "request_refused"  # type: ignore[attr-defined]  # our own field
    return record


def deep(depth: int) -> str:
    return '{"type":' + "[" * depth + "]" * depth + "}"


# What is sent, the status, and the reason's code.
BODIES: list[tuple[str, bytes | str, int, str]] = [
    ("nothing", b"", 400, "not_json"),
    ("a word", "hello", 400, "not_json"),
    ("a list", "[]", 400, "not_an_object"),
    ("a string", '"text"', 400, "not_an_object"),
    ("null", "null", 400, "not_an_object"),
    ("a number", "1", 400, "not_an_object"),
    ("a cut object", '{"type": "mess', 400, "not_json"),
    ("two objects", "{}{}", 400, "not_json"),
    ("a byte order mark", b"\xef\xbb\xbf{}", 400, "not_json"),
    ("UTF-16", '{"type": "message"}'.encode("utf-16"), 400, "not_utf8"),
    ("bad UTF-8", b'{"type": "\xff\xfe"}', 400, "not_utf8"),
    ("UTF-8 surrogate bytes", b'{"type": "\xed\xa0\x80"}', 400, "not_utf8"),
    ("half a pair", '{"type": "\\ud800"}', 400, "lone_surrogate"),
    ("half a pair as a key", '{"\\uDC00": 1}', 400, "lone_surrogate"),
    ("NaN", '{"value": NaN}', 400, "not_json"),
    ("Infinity", '{"value": -Infinity}', 400, "not_json"),
    ("a number over any float", '{"value": 1e999}', 400, "not_json"),
    ("a number of 5,000 digits", '{"value": ' + "9" * 5000 + "}", 400, "not_json"),
    ("a repeated key", '{"type": "message", "type": "invoke"}', 400, "not_json"),
    ("a repeated key, deep", '{"from": {"id": "a", "id": "b"}}', 400, "not_json"),
    ("65 deep", deep(64), 400, "too_deep"),
    ("100,000 deep", deep(100_000), 400, "too_deep"),
    ("100,000 open", "[" * 100_000, 400, "too_deep"),
    ("100,000 open after an open string", '{"a":"' + "[" * 100_000, 400, "not_json"),
    ("deep behind an escaped quote", '{"a":"\\"",' + '"b":' + "[" * 200, 400, "too_deep"),
    ("257 KiB", '{"text": "' + "x" * 257 * 1024 + '"}', 413, "too_large"),
    ("HTML", "<html></html>", 400, "not_json"),
    ("a form", "type=message&text=hi", 400, "not_json"),
    ("control characters", b'{"type": "a\x00b"}', 400, "not_json"),
]


@pytest.mark.parametrize(
    ("body", "status", "code"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES]
)
async def test_a_bad_body_is_refused_in_one_line(
    bot: Any, caplog: pytest.LogCaptureFixture, body: bytes | str, status: int, code: str
) -> None:
    got, answer = await bot.post(body)
    assert (got, list(answer)) == (status, ["error"])
    assert "\n" not in answer["error"]
    assert refused_once(caplog).reason == code  # type: ignore[attr-defined]  # our own field
    assert bot.dialogs.turns == []


# What is changed in a good activity; None takes the field away.
FIELDS: list[dict[str, Any]] = [
    {"type": None},
    {"type": ""},
    {"type": 7},
    {"type": ["message"]},
    {"type": "message\ninjected"},
    {"channelId": None},
    {"channelId": {"id": "msteams"}},
    {"serviceUrl": None},
    {"serviceUrl": 1},
    {"serviceUrl": "https://" + "a" * 3000},
    {"conversation": None},
    {"conversation": "a"},
    {"conversation": {}},
    {"conversation": {"id": ""}},
    {"conversation": {"id": " "}},
    {"conversation": {"id": 5}},
    {"conversation": {"id": "a\r\nb"}},
    {"conversation": {"id": "a", "tenantId": ["t"]}},
    {"conversation": {"id": "a", "conversationType": 1}},
    {"from": None},
    {"from": []},
    {"from": {"id": None}},
    {"from": {"id": "a", "aadObjectId": 3}},
    {"from": {"id": "a", "name": {"first": "b"}}},
    {"recipient": None},
    {"recipient": {"id": None}},
    {"id": 12},
    {"id": {"$ne": ""}},
    {"text": 5},
    {"text": ["help"]},
    {"replyToId": 5},
    {"entities": "mention"},
    {"entities": ["mention"]},
    {"channelData": "x"},
    {"channelData": {"tenant": "x"}},
    {"channelData": {"tenant": {"id": 1}}},
    {"type": "conversationUpdate", "membersAdded": {"id": "x"}},
    {"type": "conversationUpdate", "membersAdded": [{}]},
    {"type": "conversationUpdate", "membersAdded": ["28:bot"]},
    {"type": "installationUpdate", "action": 1},
    {"type": "invoke", "name": None, "value": {}},
    {"type": "invoke", "name": 3, "value": {}},
    {"type": "invoke", "name": "adaptiveCard/action", "value": None},
    {"type": "invoke", "name": "adaptiveCard/action", "value": "text"},
    {"type": "invoke", "name": "adaptiveCard/action", "value": []},
    {"type": "invoke", "name": "adaptiveCard/action", "value": {}},
    {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": "next"}},
    {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": {}}},
    {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": {"verb": 1}}},
    {
        "type": "invoke",
        "name": "adaptiveCard/action",
        "value": {"action": {"verb": "v", "data": 1}},
    },
]


@pytest.mark.parametrize("changes", FIELDS, ids=json.dumps)
async def test_a_bad_field_is_refused_in_one_line(
    bot: Any, caplog: pytest.LogCaptureFixture, changes: dict[str, Any]
) -> None:
    status, answer = await bot.post(bot.activity(**changes))
    assert status == 400
    assert "\n" not in answer["error"]
    assert refused_once(caplog).reason == "bad_field"  # type: ignore[attr-defined]  # our own field
    assert bot.dialogs.turns == []


STORY = "They argue, and nobody rings back"


@pytest.mark.parametrize(
    "changes",
    [
        {"text": [STORY]},
        {"from": STORY},
        {"id": f"{STORY}\n"},
        {"attachments": [STORY]},
        {"type": "invoke", "name": "adaptiveCard/action", "value": STORY},
        {
            "type": "invoke",
            "name": "adaptiveCard/action",
            "value": {"action": {"verb": {STORY: STORY}, "data": [STORY]}},
        },
    ],
    ids=json.dumps,
)
async def test_a_story_in_a_bad_field_is_in_no_answer_and_no_log(
    bot: Any, caplog: pytest.LogCaptureFixture, changes: dict[str, Any]
) -> None:
    status, answer = await bot.post(bot.activity(**changes))
    assert status == 400
    assert STORY not in str(answer)
    assert not [record for record in caplog.records if STORY in str(record.__dict__)]


@pytest.mark.parametrize("field", ["membersAdded", "membersRemoved", "entities", "attachments"])
def test_of_80_000_faults_one_is_looked_at(bot: Any, field: str) -> None:
    activity = bot.activity(**{field: [0] * 80_000})
    with pytest.raises(ValidationError) as refused:
        form_of(activity).model_validate(activity)
    assert refused.value.error_count() == 1


def unsigned(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, None, algorithm="none", headers={"kid": "key-1"})


def with_public_key_as_secret(bot: Any) -> str:
    """The classic: HS256, signed with the issuer's public key. Made by hand; PyJWT refuses to."""
    public = bot.issuer.keys["key-1"].public_key()
    secret = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    head = encoded({"alg": "HS256", "typ": "JWT", "kid": "key-1"})
    text = head + b"." + encoded(bot.issuer.claims(serviceurl=f"{bot.teams.url}/uk"))
    mark = base64.urlsafe_b64encode(hmac.new(secret, text, hashlib.sha256).digest()).rstrip(b"=")
    return (text + b"." + mark).decode()


def encoded(value: Any) -> bytes:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")


def strange_header(bot: Any, **header: Any) -> str:
    parts = bot.bearer()["Authorization"].split(".")
    return ".".join([encoded(header).decode(), *parts[1:]])


NOW = 1_772_442_000  # the fake clock's moment
stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)

Headers = Callable[[Any], dict[str, str]]


def auth(value: str) -> Headers:
    return lambda bot: {"Authorization": value}


def claims(**changes: Any) -> Headers:
    return lambda bot: bot.bearer(**changes)


def made(make: Callable[[Any], str]) -> Headers:
    return lambda bot: {"Authorization": f"Bearer {make(bot)}"}


TOKENS: list[tuple[str, Headers, str]] = [
    ("none at all", lambda bot: {"X-No": "token"}, "no_token"),
    ("empty", auth(""), "no_token"),
    ("the word alone", auth("Bearer"), "not_a_bearer_token"),
    ("basic", auth("Basic dXNlcjpwYXNz"), "not_a_bearer_token"),
    ("garbage", auth("Bearer garbage"), "not_a_token"),
    ("dots", auth("Bearer .."), "not_a_token"),
    ("three words", auth("Bearer a.b.c"), "not_a_token"),
    ("not ASCII", auth("Bearer \u00e9\u00e9"), "not_a_bearer_token"),
    ("20 KB", auth("Bearer " + "a" * 7000), "not_a_token"),
    ("unsigned", made(lambda bot: unsigned(bot.issuer.claims())), "wrong_algorithm"),
    ("HS256 with the public key", made(with_public_key_as_secret), "wrong_algorithm"),
    (
        "HS256",
        made(lambda bot: jwt.encode(bot.issuer.claims(), "s" * 32, headers={"kid": "key-1"})),
        "wrong_algorithm",
    ),
    (
        "a list as algorithm",
        made(lambda bot: strange_header(bot, alg=["RS256"])[7:]),
        "not_a_token",
    ),
    ("another's key", claims(key=stranger), "bad_signature"),
    ("an unknown key", claims(kid="key-9"), "unknown_key"),
    ("no key id", claims(kid=None), "no_key_id"),
    ("expired", claims(exp=NOW - 301), "expired"),
    ("no expiry", claims(exp=None), "claim_missing"),
    ("a null expiry", made(lambda bot: null_expiry(bot)), "claim_missing"),
    ("expiry in words", claims(exp="tomorrow"), "bad_time"),
    ("expiry true", claims(exp=True), "bad_time"),
    ("expiry in a million years", claims(exp=1e14), "bad_time"),
    ("not yet valid", claims(nbf=NOW + 301), "not_yet_valid"),
    ("another issuer", claims(iss="https://sts.windows.net/x/"), "wrong_issuer"),
    ("no issuer", claims(iss=None), "claim_missing"),
    ("an issuer list", claims(iss=["https://api.botframework.com"]), "wrong_issuer"),
    ("another audience", claims(aud="another-bot"), "wrong_audience"),
    ("no audience", claims(aud=None), "claim_missing"),
    ("an audience object", claims(aud={"id": "x"}), "wrong_audience"),
    ("another service URL", claims(serviceurl="https://smba.example/"), "service_url_differs"),
    ("no service URL", claims(serviceurl=None), "service_url_differs"),
    ("a service URL list", claims(serviceurl=["x"]), "service_url_differs"),
]


def null_expiry(bot: Any) -> str:
    said = {**bot.issuer.claims(), "exp": None}
    return jwt.encode(said, bot.issuer.keys["key-1"], "RS256", headers={"kid": "key-1"})


@pytest.mark.parametrize(
    ("headers", "code"), [row[1:] for row in TOKENS], ids=[row[0] for row in TOKENS]
)
async def test_a_bad_token_is_refused_in_one_line(
    bot: Any, caplog: pytest.LogCaptureFixture, headers: Headers, code: str
) -> None:
    sent = headers(bot)
    status, answer = await bot.post(bot.activity(), sent)
    assert (status, answer) == (401, {"error": "Not authorised."})
    record = refused_once(caplog)
    assert record.reason == code  # type: ignore[attr-defined]  # our own field
    token = sent.get("Authorization", "")[7:]
    assert not token.strip(".abc") or token not in str(record.__dict__)
    assert bot.dialogs.turns == []


async def test_a_token_of_16_kilobytes_is_not_even_read(bot: Any) -> None:
    # Asked directly: the HTTP parser's own limit on headers would come first.
    gate = TokenGate("app", None, None, bot.clock)  # type: ignore[arg-type]  # never reached
    with pytest.raises(Rejected, match="token_too_long"):
        await gate.check("Bearer " + "a" * 17_000, service_url="", channel="msteams")


async def test_two_authorization_headers_are_refused(bot: Any) -> None:
    bearer = bot.bearer()["Authorization"]
    headers = [("Authorization", bearer), ("Authorization", bearer), *JSON.items()]
    async with bot.http.post(
        f"{bot.url}/api/messages", data=json.dumps(bot.activity()), headers=headers
    ) as got:
        assert got.status == 401


@pytest.mark.parametrize("channel", ["webchat", "emulator", "MSTEAMS"])
async def test_another_channel_is_refused_even_with_a_good_token(bot: Any, channel: str) -> None:
    status, _ = await bot.post(bot.activity(channelId=channel))
    assert status == 401


async def test_a_key_that_does_not_endorse_teams_is_refused(bot: Any) -> None:
    bot.issuer.endorsements = ["webchat"]
    assert (await bot.post(bot.activity()))[0] == 401


async def test_a_service_url_off_the_list_is_refused_though_the_token_names_it(
    bot: Any, caplog: pytest.LogCaptureFixture
) -> None:
    url = "https://smba.example.org/uk"
    status, _ = await bot.post(bot.activity(serviceUrl=url), bot.bearer(serviceurl=url))
    assert status == 403
    assert refused_once(caplog).reason == "service_url_not_allowed"  # type: ignore[attr-defined]  # our own field


async def test_the_demo_too_keeps_to_the_list_of_service_urls(make_bot: Any) -> None:
    bot = await make_bot(demo=True)
    activity = bot.activity(serviceUrl="https://smba.example.org/")
    assert (await bot.post(activity, JSON))[0] == 403


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_only_post_is_taken(bot: Any, caplog: pytest.LogCaptureFixture, method: str) -> None:
    async with bot.http.request(method, f"{bot.url}/api/messages") as got:
        assert (got.status, got.headers["Allow"]) == (405, "POST")
        assert list(await got.json()) == ["error"]
    refused_once(caplog)


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=utf-16"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": ""},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
async def test_only_plain_json_is_taken(
    bot: Any, caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    status, _ = await bot.post("{}", {**bot.bearer(), **headers})
    assert status == 415
    refused_once(caplog)


async def test_a_body_in_chunks_is_cut_off_at_the_limit(
    bot: Any, caplog: pytest.LogCaptureFixture
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(100_000):
            sent += 4096
            yield b" " * 4096

    headers = {**JSON, **bot.bearer()}
    try:
        async with bot.http.post(f"{bot.url}/api/messages", data=endless(), headers=headers) as got:
            assert got.status == 413
    except ConnectionError:
        pass  # cut off while still sending: just as well
    assert sent < 100_000 * 4096
    refused_once(caplog)


async def test_quotes_without_end_are_read_once(bot: Any) -> None:
    """A pattern that looks twice at every quote would take minutes over this one."""
    body = '{"a":' + "[" * 70 + '"\\"' * 80_000
    started = time.perf_counter()
    assert (await bot.post(body))[0] == 400
    assert time.perf_counter() - started < 2


async def test_sixty_four_deep_is_taken_and_brackets_in_words_do_not_count(bot: Any) -> None:
    value: Any = "[" * 200
    for _ in range(60):
        value = [value]
    status, _ = await bot.post(bot.invoke(data={"answer": value}))
    assert status == 200


async def test_an_emoji_written_as_a_pair_is_one_character(bot: Any) -> None:
    body = json.dumps(bot.activity(text="\U0001f600"))
    assert "\\ud83d" in body
    await bot.post(body)
    assert bot.dialogs.turns[0].event.text == "\U0001f600"


async def test_bytes_that_are_no_http_are_one_line_in_the_log(
    bot: Any, caplog: pytest.LogCaptureFixture
) -> None:
    host, port = bot.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n")
    answer = await reader.read(100)
    writer.close()
    await writer.wait_closed()
    assert answer.startswith((b"HTTP/1.0 400", b"HTTP/1.1 400"))
    refused_once(caplog)
