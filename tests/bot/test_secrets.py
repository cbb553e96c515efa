"""No secret shows itself: not in a log at any level, on the terminal, in an error, or in a `repr`.

Each secret is a word found nowhere else. Everything that holds one is looked at and made to fail;
then the whole bot runs with all of them, against a storage, a Teams and a Microsoft Entra that
throw back whatever they were sent.
"""

import ast
import asyncio
import base64
import logging
import os
import pickle
import re
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from aiohttp import web
from azure.core.credentials import AccessToken

from bot import connections
from bot.app import build_app
from bot.clock import SystemClock
from bot.edge.activity import form_of
from bot.edge.auth import Rejected, TokenGate
from bot.edge.incoming import read_activity
from bot.edge.keys import IssuerKeys
from bot.edge.to_turn import read_turn
from bot.logs import JsonLines
from bot.pages.links import BadLink, SignedLinks
from bot.pages.onedrive import OneDrive
from bot.settings import BadSettings, Settings, load_settings
from bot.stores import open_store
from bot.teams.connector import Connector, teams_session
from bot.teams.entra import with_secret
from bot.teams.service_urls import ServiceUrls
from bot.teams.tokens import EntraTokens, Issued, NoToken, made_late
from cards.wording import wording
from dialogs.turn.file_transfer import NotCarried
from records.people import PersonKey
from records.store.azure import BadAddress, TableStore
from records.store.azure.signing import Bearer, InTheAddress, SharedKey
from records.store.contract import Create, Row, StoreError
from tests.azurite import ACCOUNT_KEY

ROOT = Path(__file__).parents[2]
APP_ID = "11111111-2222-3333-4444-555555555555"
TENANT = "aaaaaaaa-0000-0000-0000-000000000001"
Serve = Callable[[web.Application], Awaitable[str]]

PASSWORD = "canaryAppPassword6f1d0c7a"
LINK_SECRET = "canaryLinkSecret0b9e4d21a7c35f88"
TOKEN = "canaryOutboundToken58e2b6"
TABLE_TOKEN = "canaryTableToken91cc04"
SIGNATURE = "canarySignature77ab19e0"
KEY = base64.b64encode(b"canary account key 3d5f").decode()
INBOUND = "canaryInbound4a6b8c"
ADDRESS = "canaryUploadAddress2e7d"
SECRETS = (
    PASSWORD,
    LINK_SECRET,
    TOKEN,
    TABLE_TOKEN,
    SIGNATURE,
    KEY,
    INBOUND,
    ADDRESS,
    ACCOUNT_KEY,
    "canary account key 3d5f",
)


def found_in(text: str, *more: str) -> list[str]:
    """The secrets that a text gives away, as they are or written in another way."""
    forms = {
        secret: {
            secret,
            quote(secret, safe=""),
            base64.b64encode(secret.encode()).decode().rstrip("="),
            repr(secret.encode())[2:-1],
            secret.encode().hex(),
        }
        for secret in (*SECRETS, *more)
    }
    return [secret for secret, written in forms.items() if any(one in text for one in written)]


def shown(thing: object) -> str:
    """All that prints of an object: by itself, in a container, and written down."""
    texts = [repr(thing), str(thing), f"{thing!r:>10}", repr([thing]), repr({"it": thing})]
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with suppress(Exception):  # one that cannot be written down gives nothing away
            texts.append(pickle.dumps(thing, protocol).decode("latin-1"))
    return "\n".join(texts)


def told(error: BaseException) -> str:
    """All that an error says, also when nobody catches it."""
    texts = traceback.format_exception(error)
    one: BaseException | None = error
    while one is not None:
        texts += [repr(one), str(one), repr(one.args)]
        one = one.__cause__
    return "".join(texts) + shown(error)


def test_a_secret_would_be_found_however_it_is_written() -> None:
    assert found_in(f"x {PASSWORD} y") == [PASSWORD]
    assert found_in(base64.b64encode(PASSWORD.encode()).decode()) == [PASSWORD]
    assert KEY in found_in(quote(KEY, safe=""))
    assert found_in(repr(base64.b64decode(KEY))) == ["canary account key 3d5f"]
    assert found_in(shown({"it": TOKEN})) == [TOKEN]
    with pytest.raises(ValueError, match="no") as raised:
        raise ValueError("no") from RuntimeError(SIGNATURE)
    assert found_in(told(raised.value)) == [SIGNATURE]


# Settings -----------------------------------------------------------------------------------------

CONNECTION = f"AccountName=one;AccountKey={KEY};TableEndpoint=http://127.0.0.1:9/one;"
WITH_SIGNATURE = (
    f"TableEndpoint=http://127.0.0.1:9/one;SharedAccessSignature=sv=2019-02-02&sig={SIGNATURE}"
)
GIVEN = {
    "MICROSOFT_APP_ID": APP_ID,
    "MICROSOFT_APP_PASSWORD": PASSWORD,
    "MICROSOFT_APP_TENANT_ID": TENANT,
    "TABLES_CONNECTION_STRING": CONNECTION,
    "LINK_SECRET": LINK_SECRET,
    "PUBLIC_URL": "https://learning.example",
}


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The whole environment of settings."""

    def give(**changes: str) -> None:
        for name in Settings.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
        for name, value in {**GIVEN, **changes}.items():
            monkeypatch.setenv(name, value)

    return give


def test_the_settings_show_and_write_down_no_secret(env: Callable[..., None]) -> None:
    env()
    settings = load_settings()
    assert settings.microsoft_app_password.get_secret_value() == PASSWORD
    texts = [shown(settings), settings.model_dump_json(), str(settings.model_dump())]
    texts += [shown(getattr(settings, name)) for name in ("host", "public_url")]
    assert found_in("\n".join(texts)) == []
    with pytest.raises(TypeError, match="secret"):
        pickle.dumps(settings)


@pytest.mark.parametrize(
    "wrong",
    [
        {"PORT": "none"},
        {"LINK_SECRET": LINK_SECRET[:20]},
        {"TURN_SECONDS": "60"},
        {"MICROSOFT_APP_TENANT_ID": ""},
        {"TABLES_ENDPOINT": "https://one.table.core.windows.net"},
        {
            "TABLES_CONNECTION_STRING": "",
            "TABLES_ENDPOINT": f"https://one.table.core.windows.net?sig={SIGNATURE}",
        },
        {
            "TABLES_CONNECTION_STRING": "",
            "TABLES_ENDPOINT": f"https://user:{SIGNATURE}@one.table.core.windows.net",
        },
        {"PUBLIC_URL": f"https://user:{SIGNATURE}@learning.example"},
        {"OUTBOUND_TOKEN_AUTHORITY": f"https://user:{SIGNATURE}@login.example"},
        {"ALLOWED_SERVICE_URLS": f"https://user:{SIGNATURE}@teams.example"},
        {"FILE_HOSTS": f"https://files.example/?sig={SIGNATURE}"},
        {"CHANNEL_OPENID_METADATA_URL": f"https://login.example/?sig={SIGNATURE}"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_settings_that_do_not_hold_together_repeat_no_secret(
    wrong: dict[str, str], env: Callable[..., None]
) -> None:
    env(**wrong)
    with pytest.raises(BadSettings) as bad:
        load_settings()
    assert found_in(told(bad.value), LINK_SECRET[:20]) == []
    with pytest.raises(ValueError, match="validation") as raw:
        Settings()
    texts = [*traceback.format_exception(raw.value), repr(raw.value), str(raw.value)]
    assert found_in("".join(texts), LINK_SECRET[:20]) == []


HOLDS = re.compile(r"token|secret|password|signature|credential|bearer|proof", re.IGNORECASE)


def shows(statement: ast.AnnAssign) -> bool:
    """Whether a dataclass prints this field."""
    return "repr=False" not in ast.unparse(statement)


def test_no_dataclass_prints_a_field_that_is_named_for_a_secret() -> None:
    """Of the floors that hold any."""
    paths = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "records" / "store").rglob("*.py")]
    seen, bare = 0, []
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ClassDef):
                continue
            if not any("dataclass" in ast.unparse(one) for one in node.decorator_list):
                continue
            for one in node.body:
                if isinstance(one, ast.AnnAssign) and HOLDS.search(ast.unparse(one.target)):
                    seen += 1
                    bare += [f"{path.name}: {ast.unparse(one)}"] if shows(one) else []
    assert seen > 0
    assert bare == []


# What proves who we are ---------------------------------------------------------------------------


class Credential:
    """Microsoft Entra's, for the tables."""

    async def get_token(self, *scopes: str, **_: object) -> AccessToken:
        return AccessToken(TABLE_TOKEN, int(datetime.now(UTC).timestamp()) + 3600)

    async def close(self) -> None: ...

    async def __aexit__(self, *_: object) -> None: ...


def parts_of(store: TableStore) -> str:
    """What the store shows, and what it is built of; the library's parts print no secret either."""
    ours = (store, store._wire, store._wire._signer, store._kept, store._table("people"))
    theirs = (store._service, store._service.credential)
    return "\n".join((*map(shown, ours), *map(repr, theirs), *map(str, theirs)))


@pytest.mark.parametrize("address", [CONNECTION, WITH_SIGNATURE], ids=["key", "signature"])
async def test_a_store_shows_no_key_and_no_signature(address: str) -> None:
    store = TableStore(address, clock=lambda: datetime.now(UTC))
    assert found_in(parts_of(store)) == []
    await store.close()


async def test_what_signs_shows_no_secret() -> None:
    bearer = Bearer(Credential(), lambda: datetime.now(UTC))  # type: ignore[arg-type]  # all that is used
    assert await bearer.sign("GET", "/people()", "", "") == f"Bearer {TABLE_TOKEN}"
    key = SharedKey("one", KEY)
    assert found_in("\n".join(map(shown, (bearer, key, InTheAddress())))) == []


async def test_the_bots_own_token_is_shown_by_nothing_that_holds_it(stack: AsyncExitStack) -> None:
    issued = Issued(TOKEN, 3600)
    tokens = EntraTokens(lambda: lambda: issued, SystemClock())
    stack.push_async_callback(tokens.close)
    assert await tokens.header() == f"Bearer {TOKEN}"
    http = await stack.enter_async_context(teams_session(1.0))
    connector = Connector(http, tokens, lambda _: True)
    assert found_in("\n".join(map(shown, (issued, tokens, connector, http)))) == []


async def test_what_outlives_a_request_shows_no_secret(
    env: Callable[..., None], stack: AsyncExitStack
) -> None:
    env()
    parts = await connections.open_parts(stack, load_settings(), SystemClock())
    issuer = connections._issuer
    assert found_in(shown(parts) + shown(issuer)) == []


def test_what_signs_links_shows_no_secret_and_an_error_no_link() -> None:
    clock = SystemClock()
    links = SignedLinks(
        "https://learning.example",
        LINK_SECRET,
        lasts=timedelta(minutes=1),
        now=clock.now,
        system=clock.now,
    )
    assert found_in(shown(links) + repr(links._signers)) == []
    token = links.file("pack", "c0" * 16, PersonKey("5f" * 16)).rpartition("/")[2]
    body, _, mark = token.rpartition(".")
    for bad in (f"{body}.{mark[:-2]}", f"{body[:-3]}.{mark}", mark, token + "x", token * 20):
        with pytest.raises(BadLink) as broken:
            links.read("files", bad)
        assert found_in(told(broken.value), mark[:-2], body[:-3]) == []
    with pytest.raises(BadLink) as other:
        links.read("upload", token)
    assert found_in(told(other.value), mark, body) == []


# Others, who throw back what they are sent --------------------------------------------------------


@dataclass
class Echo:
    """Answers with all that it was sent, in every place that somebody might log."""

    url: str = ""
    status: int = 500
    asked: list[str] = field(default_factory=list)
    how: str = "json"

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._any)
        return app

    async def _any(self, request: web.Request) -> web.StreamResponse:
        sent = f"{request.raw_path} {dict(request.headers)} {await request.text()}"
        self.asked.append(sent)
        word = re.sub(r"[^A-Za-z0-9]", "", sent)
        headers = {"x-ms-error": quote(sent)[:3000], "x-ms-error-code": quote(sent)[:3000]}
        if self.how == "cut" and request.transport is not None:
            request.transport.close()
        if self.how == "redirect":
            headers["Location"] = f"{self.url}/other?{quote(sent)[:1000]}"
        if self.how == "page":
            return web.Response(status=self.status, text=sent, content_type="text/html")
        code = {"code": word, "message": {"lang": "en", "value": sent}}
        said = {"error": code, "odata.error": code, "error_description": sent}
        if self.how == "oauth":
            said["error"] = word[-400:]  # type: ignore[assignment]  # as Entra has it, a word
        return web.json_response(said, status=self.status, headers=headers)


@pytest.fixture
async def echo(serve: Serve) -> Echo:
    made = Echo()
    made.url = await serve(made.app())
    return made


class Everything(logging.Handler):
    """Each record as our own format has it, and as Python's, with every word of its error."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.names: set[str] = set()
        self._ours, self._plain = JsonLines(), logging.Formatter("%(name)s %(message)s")

    def emit(self, record: logging.LogRecord) -> None:
        self.names.add(record.name.partition(".")[0])
        self.lines += [self._ours.format(record), self._plain.format(record)]
        self.lines.append(repr(record.__dict__))


@pytest.fixture
def logged() -> Iterator[Everything]:
    """All that anybody logs, the libraries too, at the lowest level: more than the product lets."""
    root, handler = logging.getLogger(), Everything()
    quiet = logging.getLogger("azure").level
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)
    logging.getLogger("azure").setLevel(quiet)


async def failed(act: Awaitable[object]) -> StoreError | None:
    """What went wrong, if anything did."""
    try:
        await act
    except StoreError as error:
        return error
    return None


@pytest.mark.parametrize("how", ["json", "page", "cut", "redirect"])
@pytest.mark.parametrize("status", [200, 302, 403, 404, 500])
@pytest.mark.parametrize("by", ["key", "signature"])
async def test_a_storage_that_fails_tells_nothing_of_how_it_was_asked(
    by: str, status: int, how: str, echo: Echo, logged: Everything
) -> None:
    echo.status, echo.how = status, how
    address = (CONNECTION if by == "key" else WITH_SIGNATURE).replace(
        "http://127.0.0.1:9", echo.url
    )
    store = TableStore(address, clock=lambda: datetime.now(UTC), timeout=1.0)

    async def listed() -> list[Row]:
        return [row async for row in store.query("people")]

    row = Row("p", "k", {"n": 1})
    errors = list[StoreError]()
    for act in (
        store.get("people", "p", "k"),
        listed(),
        store.put("people", row),
        store.commit("people", [Create(row), Create(Row("p", "l"))]),
        store.delete("people", "p", "k"),
        store.check(),
    ):
        errors += [error] if (error := await failed(act)) else []
    await store.close()
    asked = "".join(echo.asked)
    proofs = re.findall(r"SharedKey one:([\w+/=]+)", asked)
    assert found_in("".join(map(told, errors)), *proofs) == []
    assert errors or status in (200, 404)
    assert ("SharedKey one:" if by == "key" else SIGNATURE) in asked
    assert found_in("\n".join(logged.lines), *proofs) == []


async def test_a_storage_that_is_not_there_tells_nothing_either(logged: Everything) -> None:
    for address in (CONNECTION, WITH_SIGNATURE):
        store = TableStore(address, clock=lambda: datetime.now(UTC), timeout=0.5)
        for act in (store.get("people", "p", "k"), store.put("people", Row("p", "k"))):
            with pytest.raises(StoreError) as away:
                await act
            assert found_in(told(away.value)) == []
        await store.close()
    assert found_in("\n".join(logged.lines)) == []


@pytest.mark.parametrize(
    "connection",
    [
        KEY,
        f"AccountKey={KEY}",
        f"AccountName=one;AccountKey={KEY[:-3]};TableEndpoint=http://127.0.0.1:9/one;",
        f"SharedAccessSignature=sv=1&sig={SIGNATURE}",
        f"TableEndpoint=?sig={SIGNATURE};SharedAccessSignature=sv=1&sig={SIGNATURE}",
        f"TableEndpoint=http:///;SharedAccessSignature=sv=1&sig={SIGNATURE}",
    ],
)
async def test_a_connection_string_that_is_none_is_not_repeated(connection: str) -> None:
    with pytest.raises(BadAddress) as bad:
        TableStore(connection, clock=lambda: datetime.now(UTC))
    assert found_in(told(bad.value), KEY[:-3]) == []


@pytest.mark.parametrize("how", ["json", "page", "oauth", "cut"])
@pytest.mark.parametrize("status", [200, 400, 401, 500])
async def test_an_entra_that_refuses_the_password_gets_it_into_no_log(
    status: int, how: str, echo: Echo, logged: Everything, stack: AsyncExitStack
) -> None:
    echo.status, echo.how = status, how
    make = made_late(lambda: with_secret(echo.url, TENANT, APP_ID, PASSWORD))
    tokens = EntraTokens(make, SystemClock())
    stack.push_async_callback(tokens.close)
    with pytest.raises(NoToken) as none:
        await tokens.header()
    assert PASSWORD in "".join(echo.asked)
    assert found_in(told(none.value)) == []
    assert found_in("\n".join(logged.lines)) == []
    assert found_in(shown(make) + shown(tokens)) == []


@pytest.mark.parametrize("how", ["json", "page", "cut", "redirect"])
@pytest.mark.parametrize("status", [200, 302, 401, 403, 500])
async def test_a_teams_that_throws_the_token_back_gets_it_into_no_log(
    status: int, how: str, echo: Echo, logged: Everything, stack: AsyncExitStack
) -> None:
    echo.status, echo.how = status, how
    tokens = EntraTokens(lambda: lambda: Issued(TOKEN, 3600), SystemClock())
    stack.push_async_callback(tokens.close)
    http = await stack.enter_async_context(teams_session(1.0))
    connector = Connector(http, tokens, lambda _: True)
    with pytest.raises(Exception, match=r".*") as failed:  # each way to fail has its own kind
        await connector.send_to_conversation(echo.url, "a:chat", {"type": "message"})
    assert TOKEN in "".join(echo.asked)
    assert found_in(told(failed.value)) == []
    assert found_in("\n".join(logged.lines)) == []


@pytest.mark.parametrize("how", ["json", "page", "cut", "redirect"])
async def test_a_onedrive_that_fails_tells_no_address(
    how: str, echo: Echo, logged: Everything, http: aiohttp.ClientSession
) -> None:
    """The address that Teams gives for one file opens it by itself."""
    echo.how = how
    drive = OneDrive(http, ServiceUrls((), loopback=True), seconds=1.0, asks_consent=True)
    away = "http://127.0.0.1:9"
    for base in (echo.url, away, "https://elsewhere.example", "http://[::1", "http://127.0.0.1:x"):
        for act in (
            drive.store(f"{base}/up?t={ADDRESS}", b"x"),
            drive.fetch(f"{base}/d?t={ADDRESS}", 9),
        ):
            with pytest.raises(NotCarried) as failed:
                await act
            assert found_in(told(failed.value)) == []
    assert found_in("\n".join(logged.lines)) == []


def test_what_comes_with_such_an_address_prints_it_nowhere() -> None:
    """An activity, and the turn that it becomes."""
    where = f"https://files.example/?t={ADDRESS}"
    said = {"action": "accept", "uploadInfo": {"uploadUrl": where, "name": "x"}}
    form = "application/vnd.microsoft.teams.file.download.info"
    sent = {"contentType": form, "content": {"downloadUrl": where}, "name": "x.docx"}
    turns = []
    for changes in (
        {"type": "invoke", "name": "fileConsent/invoke", "value": said},
        {"type": "message", "text": "", "attachments": [sent]},
    ):
        activity = {
            "id": "activity-1",
            "channelId": "msteams",
            "serviceUrl": "https://smba.trafficmanager.net/uk",
            "from": {"id": "29:priya", "name": "Priya Shah", "aadObjectId": "object-priya"},
            "recipient": {"id": "28:bot", "name": "Learning"},
            "conversation": {"id": "a:chat", "conversationType": "personal", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            **changes,
        }
        incoming = read_activity(activity)
        assert found_in(repr(incoming) + repr(incoming.consent) + str(form_of(activity))) == []
        assert found_in(repr(form_of(activity).model_validate(activity))) == []
        turns.append(read_turn(incoming, demo=False))
    assert [type(one.event).__name__ for one in turns if one] == ["FileConsent", "FileSent"]
    assert found_in(repr(turns)) == []


class Quotes:
    """A session whose every error quotes the address, as aiohttp's of an unreadable one does."""

    def request(self, verb: str, url: object, **_: object) -> Any:
        @asynccontextmanager
        async def asked() -> AsyncIterator[None]:
            raise aiohttp.InvalidURL(str(url))
            yield

        return asked()


async def test_an_error_that_quotes_the_address_is_not_passed_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drive = OneDrive(
        Quotes(),  # type: ignore[arg-type]  # all of it that is used
        ServiceUrls((), loopback=True),
        seconds=1.0,
        asks_consent=True,
    )
    with pytest.raises(NotCarried) as lost:
        await drive.fetch(f"http://127.0.0.1:9/d?t={ADDRESS}", 9)
    assert found_in(told(lost.value)) == []
    store = TableStore(WITH_SIGNATURE, clock=lambda: datetime.now(UTC))
    monkeypatch.setattr(store._kept, "session", Quotes)
    with pytest.raises(StoreError) as away:
        await store.get("people", "p", "k")
    assert found_in(told(away.value)) == []
    await store.close()


# Who calls us -------------------------------------------------------------------------------------


def calls(issuer: Any) -> Iterator[str]:
    """Headers that are refused, each with a word of its own in every place there is for one."""
    good = issuer.token(serviceurl="https://smba.trafficmanager.net/uk", jti=INBOUND)
    head, body, mark = good.split(".")
    yield f"Bearer {INBOUND}"
    yield f"Basic {INBOUND}"
    yield f"Bearer {INBOUND}.{INBOUND}.{INBOUND}"
    yield f"Bearer {head}.{INBOUND}.{mark}"
    yield f"Bearer {head}.{body}.{INBOUND}"
    yield f"Bearer {head}.{body}.{mark[:-4]}"
    yield "Bearer " + INBOUND * 2000
    for changes in ({"kid": INBOUND}, {"aud": INBOUND}, {"iss": INBOUND}, {"exp": INBOUND}):
        yield f"Bearer {issuer.token(**{'serviceurl': 'https://x.example', **changes})}"
    for text in (INBOUND.encode(), f'{{"alg": "{INBOUND}"}}'.encode()):
        odd = base64.urlsafe_b64encode(text).decode().rstrip("=")
        yield f"Bearer {odd}.{body}.{mark}"


async def test_a_token_that_is_refused_is_told_by_its_fault_alone(
    issuer: Any, clock: Any, http: aiohttp.ClientSession, stack: AsyncExitStack, logged: Everything
) -> None:
    keys = IssuerKeys(f"{issuer.url}/openid", http, clock)
    stack.push_async_callback(keys.close)
    gate = TokenGate(APP_ID, keys, ServiceUrls(("smba.trafficmanager.net",)), clock)
    for header in calls(issuer):
        parts = [one for one in header.removeprefix("Bearer ").split(".") if len(one) > 30]
        with pytest.raises(Rejected) as no:
            await gate.check(header, service_url="https://x.example", channel="msteams")
        assert found_in(told(no.value), *parts) == [], header
    assert found_in("\n".join(logged.lines)) == []
    good = issuer.token(serviceurl="https://smba.trafficmanager.net/uk", jti=INBOUND)
    place = "https://smba.trafficmanager.net/uk"
    await gate.check(f"Bearer {good}", service_url=place, channel="msteams")
    assert found_in(shown(gate) + repr(gate._passed), *good.split(".")) == []


# The whole bot ------------------------------------------------------------------------------------


@dataclass
class Running:
    """The bot with a secret in each setting, and everybody round it."""

    url: str
    http: aiohttp.ClientSession
    issuer: Any
    teams: Any
    settings: Settings
    links: list[str] = field(default_factory=list)

    async def post(self, text: str, header: str = "", **changes: Any) -> int:
        body = {
            "type": "message",
            "id": f"activity-{text}",
            "channelId": "msteams",
            "serviceUrl": f"{self.teams.url}/uk",
            "from": {"id": "29:priya", "name": "Priya Shah", "aadObjectId": "object-priya"},
            "recipient": {"id": "28:bot", "name": "Learning"},
            "conversation": {"id": "a:chat", "conversationType": "personal", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            "text": text,
            **changes,
        }
        good = f"Bearer {self.issuer.token(serviceurl=f'{self.teams.url}/uk', jti=INBOUND)}"
        headers = {"Authorization": header or good}
        async with self.http.post(f"{self.url}/api/messages", json=body, headers=headers) as got:
            await got.read()
            return got.status

    async def page(self, path: str, **given: Any) -> int:
        async with self.http.request(
            given.pop("method", "GET"), f"{self.url}{path}", **given
        ) as it:
            await it.read()
            return it.status

    def link(self, page: str) -> str:
        """The path of a link that the bot has signed; its token is a secret too."""
        clock = SystemClock()
        secret = self.settings.link_secret.get_secret_value()
        made = SignedLinks(
            self.url, secret, lasts=timedelta(minutes=5), now=clock.now, system=clock.now
        )
        person = PersonKey("5f" * 16)
        whole = made.upload("c0" * 16, person) if page == "upload" else ""
        whole = whole or made.file("pack", "c0" * 16, person)
        self.links.append(whole.rpartition("/")[2])
        return whole.removeprefix(self.url)


async def run_through(bot: Running) -> None:
    """A start, turns, refused tokens, links, probes."""
    for path in ("/healthz", "/readyz", "/nothing"):
        await bot.page(path)
    for text in ("hello", "request", "board", "my requests"):
        await bot.post(text)
    refused = [await bot.post("no", header) for header in calls(bot.issuer) if len(header) < 8000]
    assert set(refused) == {401}
    for page in ("files", "upload"):
        path = bot.link(page)
        assert await bot.page(path) in (200, 403, 410, 503)
        assert await bot.page(f"{path}x") == 404
        assert await bot.page(path, method="DELETE") == 405
    form = aiohttp.FormData()
    form.add_field("file", b"PK", filename="x.docx")
    await bot.page(bot.link("upload"), method="POST", data=form)
    consent = {
        "action": "accept",
        "context": {},
        "uploadInfo": {"uploadUrl": f"https://elsewhere.example/?t={ADDRESS}", "name": "x"},
    }
    await bot.post("f", type="invoke", name="fileConsent/invoke", value=consent)


@pytest.mark.parametrize("trouble", ["none", "storage", "entra", "teams"])
async def test_the_whole_bot_lets_no_secret_out(
    trouble: str,
    stack: AsyncExitStack,
    serve: Serve,
    http: aiohttp.ClientSession,
    issuer: Any,
    teams: Any,
    clock: Any,
    echo: Echo,
    azurite: str,
    logged: Everything,
    capfd: pytest.CaptureFixture[str],
) -> None:
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    echo.how = "oauth" if trouble == "entra" else "json"
    echo.status = 401 if trouble in ("entra", "teams") else 500
    authority = web.Application()

    async def token(_: web.Request) -> web.Response:
        return web.json_response({"access_token": TOKEN, "expires_in": 3600})

    authority.router.add_post(f"/{TENANT}/oauth2/v2.0/token", token)
    if trouble == "teams":

        async def throws_back(request: web.Request) -> web.StreamResponse:
            return await echo._any(request)

        teams.behave = throws_back
    asked = WITH_SIGNATURE.replace("http://127.0.0.1:9", echo.url)
    settings = Settings(
        microsoft_app_id=APP_ID,
        microsoft_app_password=PASSWORD,
        microsoft_app_tenant_id=TENANT,
        channel_openid_metadata_url=f"{issuer.url}/openid",
        outbound_token_authority=echo.url if trouble == "entra" else await serve(authority),
        allowed_service_urls=(f"{teams.url}/uk",),
        tables_connection_string=asked if trouble == "storage" else azurite,
        tables_prefix="secrets",
        facilitators=("fay@facilitation.example",),
        public_url="https://learning.example",
        link_secret=LINK_SECRET,
        log_level="DEBUG",
        tick_seconds=0.2,
    )
    store = open_store(settings, SystemClock(), stack)
    app = build_app(settings, partnership=wording.partnership, clock=clock, store=store)
    bot = Running(await serve(app), http, issuer, teams, settings)
    await run_through(bot)
    await asyncio.sleep(0.5)
    assert found_in(shown(app) + shown(app.router)) == []
    await stack.aclose()
    written = capfd.readouterr()
    text = "\n".join((*logged.lines, written.out, written.err))
    assert {"bot", "asyncio"} <= logged.names
    sent = "".join(echo.asked) + "".join(str(one.headers) for one in teams.calls)
    used = {"none": TOKEN, "storage": SIGNATURE, "entra": PASSWORD, "teams": TOKEN}
    assert used[trouble] in sent
    tokens = [one.rpartition(".")[2] for one in bot.links]
    assert found_in(text, *tokens) == []


# On the terminal ----------------------------------------------------------------------------------


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def started(*command: str, **changes: str) -> subprocess.Popen[str]:
    ours = {name.upper() for name in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *command],
        cwd=ROOT,
        env={**kept, **GIVEN, "LOG_LEVEL": "DEBUG", "PYTHONASYNCIODEBUG": "1", **changes},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


async def test_a_process_that_starts_serves_and_stops_prints_no_secret(
    http: aiohttp.ClientSession,
) -> None:
    """The storage is not there, and Microsoft neither."""
    port = a_free_port()
    away = {
        "OUTBOUND_TOKEN_AUTHORITY": "http://127.0.0.1:9",
        "CHANNEL_OPENID_METADATA_URL": "http://127.0.0.1:9/keys",
    }
    process = started(PORT=str(port), **away)
    try:
        for _ in range(300):
            with suppress(aiohttp.ClientError):
                async with http.get(f"http://127.0.0.1:{port}/readyz") as got:
                    assert got.status == 503
                    break
            await asyncio.sleep(0.1)
        headers = {"Authorization": f"Bearer {INBOUND}"}
        async with http.post(
            f"http://127.0.0.1:{port}/api/messages", json={}, headers=headers
        ) as refused:
            assert refused.status in (400, 401)
        async with http.get(f"http://127.0.0.1:{port}/files/{INBOUND}") as lost:
            assert lost.status == 404
    finally:
        process.send_signal(signal.SIGTERM)
        out, _ = await asyncio.to_thread(process.communicate, None, 60)
    assert process.returncode == 0
    assert '"action"' in out
    assert found_in(out) == []


def test_no_command_prints_a_secret_when_it_fails(tmp_path: Path) -> None:
    lost = {"TABLES_CONNECTION_STRING": WITH_SIGNATURE}
    broken = {"TABLES_CONNECTION_STRING": f"AccountKey={KEY};sig={SIGNATURE}"}
    runs = {
        "Nothing was written: Unavailable": started("export", "--out", f"{tmp_path}/one", **lost),
        "TABLES_CONNECTION_STRING is no address of a table storage": started(**broken),
        "TURN_SECONDS has to be under": started("parked", TURN_SECONDS="60"),
    }
    for words, process in runs.items():
        out, _ = process.communicate(timeout=120)
        assert words in out
        assert "Traceback" not in out
        assert process.returncode == (1 if "export" in process.args else 2)  # type: ignore[operator]  # a list
        assert found_in(out) == []
