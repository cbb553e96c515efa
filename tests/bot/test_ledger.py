"""Where the ledger of erasures is: a file, or an append blob, that is only ever added to.

One suite over a file, over a blob as the documentation has it, and over Azurite's blob service.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.ledger import BlobPlace, FilePlace
from bot.settings import BadSettings, load_settings
from records.retention.holds import Of
from records.rights.erasures import Erasure
from records.rights.ledger import BadLedger, LedgerPlace, begun, note, read_ledger
from tests.azurite import blobs
from tests.tls import certificate_in, container, entra_token

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
KEY = bytes(range(32))
REAL = "a blob of Azurite"
PLACES = ("a file", "a blob", REAL)


class Clock:
    """Azurite takes a request whatever its date."""

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


async def token() -> str:
    return entra_token()


class Blob:
    """As Azure's append blobs behave. Source: Blob Storage REST API, Put Blob and Append Block."""

    def __init__(self) -> None:
        self.body: bytes | None = None
        self.asked: list[dict[str, str]] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(dict(request.headers))
        if request.method == "GET":
            found = self.body is not None
            return web.Response(status=200 if found else 404, body=self.body or b"")
        if request.query.get("comp") == "appendblock":
            return await self._append(request)
        assert request.headers["x-ms-blob-type"] == "AppendBlob"
        if self.body is not None:
            return web.Response(status=409)
        self.body = b""
        return web.Response(status=201)

    async def _append(self, request: web.Request) -> web.Response:
        at = int(request.headers["x-ms-blob-condition-appendpos"])
        if self.body is None or at != len(self.body):
            return web.Response(status=412)
        self.body += await request.read()
        return web.Response(status=201)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine's own, and its key."""
    return certificate_in(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def endpoint(certificate: tuple[Path, Path]) -> Iterator[str]:
    """The endpoint of an Azurite that keeps blobs, over TLS, for tokens."""
    with blobs(certificate) as address:
        yield address


@pytest.fixture
async def real(
    endpoint: str, certificate: tuple[Path, Path], request: pytest.FixtureRequest
) -> AsyncIterator[BlobPlace]:
    """A blob that is not there yet, in a container that is, as the deployment makes it."""
    address = f"{endpoint}/c{abs(hash(request.node.nodeid))}"
    await container(address, certificate[0])
    trusting = aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=certificate[0]))
    async with aiohttp.ClientSession(connector=trusting) as http:
        yield BlobPlace(http, f"{address}/ledger", token, Clock())


@pytest.fixture
async def blob() -> AsyncIterator[tuple[Blob, BlobPlace]]:
    kept, app = Blob(), web.Application()
    app.router.add_route("*", "/erasures/ledger", kept.answer)
    async with TestServer(app) as server, aiohttp.ClientSession() as http:
        address = str(server.make_url("/erasures/ledger"))
        yield kept, BlobPlace(http, address, token, Clock())


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> LedgerPlace:
    """Each of them, with no ledger in it."""
    if request.param == "a file":
        return FilePlace(tmp_path / "ledger")
    if request.param == REAL:
        found: BlobPlace = request.getfixturevalue("real")
        return found
    return request.getfixturevalue("blob")[1]  # type: ignore[no-any-return]


def an_erasure(name: str) -> Erasure:
    return Erasure(
        id=name, of=Of.CONVERSATION, reason="unlawful", by="op", at=NOW, conversations=(name,)
    )


async def ids(place: LedgerPlace) -> list[str]:
    there = await read_ledger(place)
    assert there is not None
    return [one.id for one in there.entries]


async def test_it_is_added_to_by_one_at_a_time(place: LedgerPlace) -> None:
    assert await read_ledger(place) is None
    ledger = await begun(place, KEY)
    assert (await begun(place, bytes(32))).key == KEY
    ledger = await note(place, ledger, an_erasure("one"))
    old = ledger
    ledger = await note(place, ledger, an_erasure("two"))
    assert await note(place, ledger, an_erasure("two")) is ledger
    with pytest.raises(OSError, match=r"changed meanwhile|answered 412"):
        await note(place, old, an_erasure("three"))
    assert await ids(place) == ["one", "two"]


async def test_of_many_at_once_each_is_in_it_or_was_told_that_it_is_not(place: LedgerPlace) -> None:
    ledger = await begun(place, KEY)
    names = [f"e{number}" for number in range(8)]
    noted = [note(place, ledger, an_erasure(name)) for name in names]
    told = await asyncio.gather(*noted, return_exceptions=True)
    assert {type(one) for one in told if isinstance(one, BaseException)} == {OSError}
    went = [name for name, one in zip(names, told, strict=True) if not isinstance(one, OSError)]
    assert len(went) == 1
    assert await ids(place) == went


async def test_two_that_begin_it_at_once_leave_one_key(place: LedgerPlace) -> None:
    both = await asyncio.gather(begun(place, KEY), begun(place, bytes(32)), return_exceptions=True)
    assert any(not isinstance(one, BaseException) for one in both)
    assert {type(one) for one in both if isinstance(one, BaseException)} <= {OSError}
    assert len({one.key for one in both if not isinstance(one, BaseException)}) == 1
    there = await note(place, await begun(place, KEY), an_erasure("one"))
    assert await ids(place) == ["one"]
    assert len(there.key) == 32


async def test_a_long_one_comes_back_to_the_letter(place: LedgerPlace) -> None:
    ledger = await begun(place, KEY)
    many = Erasure(
        id="many", of=Of.PERSON, reason="objection-upheld", by="op", at=NOW,
        mails=tuple(f"{number}@nobody.example" for number in range(3_000)),
    )  # fmt: skip
    ledger = await note(place, ledger, many)
    assert ledger.size > 200_000
    assert await read_ledger(place) == ledger


async def test_a_line_of_somebody_else_is_found(place: LedgerPlace) -> None:
    ledger = await begun(place, KEY)
    await place.append(b'{"at": "2027-02-01"}\n', ledger.size)
    with pytest.raises(BadLedger, match="line 2"):
        await read_ledger(place)


@pytest.mark.parametrize("place", PLACES[1:], indirect=True)
async def test_a_blob_that_was_made_and_not_written_to_is_no_ledger_yet(place: BlobPlace) -> None:
    """The two requests that begin it are not one: a process may end in between."""
    made = {"x-ms-blob-type": "AppendBlob", "If-None-Match": "*"}
    assert (await place._ask("PUT", "", made))[0] == 201
    assert await read_ledger(place) is None
    await note(place, await begun(place, KEY), an_erasure("one"))
    assert await ids(place) == ["one"]


async def test_a_blob_of_another_kind_and_a_container_that_is_not_there_are_told(
    real: BlobPlace,
) -> None:
    made = {"x-ms-blob-type": "BlockBlob"}
    assert (await real._ask("PUT", "", made, b"no ledger of ours\n"))[0] == 201
    with pytest.raises(BadLedger):
        await read_ledger(real)
    with pytest.raises(OSError, match="answered 409"):
        await real.append(b"a line\n", 18)
    away = BlobPlace(real._http, real._address.replace("/c", "/nobodys"), token, Clock())
    assert await read_ledger(away) is None
    with pytest.raises(OSError, match="answered 404"):
        await begun(away, KEY)


async def test_a_token_that_is_none_is_told(real: BlobPlace) -> None:
    async def nobodys() -> str:
        return "a-token"

    place = BlobPlace(real._http, real._address, nobodys, Clock())
    with pytest.raises(OSError, match=r"answered 40[13]"):
        await read_ledger(place)


async def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    await note(
        FilePlace(tmp_path / "ledger"),
        await begun(FilePlace(tmp_path / "ledger"), KEY),
        an_erasure("one"),
    )
    assert (tmp_path / "ledger").stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["ledger"]


async def test_a_blob_is_asked_as_the_documentation_says(blob: tuple[Blob, BlobPlace]) -> None:
    kept, place = blob
    await note(place, await begun(place, KEY), an_erasure("one"))
    assert all(one["Authorization"].startswith("Bearer ") for one in kept.asked)
    assert all(one["x-ms-version"] and one["x-ms-date"].endswith("GMT") for one in kept.asked)


async def test_a_blob_that_cannot_be_reached_says_so() -> None:
    async with aiohttp.ClientSession() as http:
        place = BlobPlace(http, "http://127.0.0.1:9/erasures/ledger", token, Clock())
        with pytest.raises(OSError, match="cannot be reached"):
            await place.read()


@pytest.mark.parametrize(
    ("value", "sound"),
    [
        ("", True),
        ("/ledger/erasures.jsonl", True),
        ("https://account.blob.core.windows.net/erasures/ledger", True),
        ("http://account.blob.core.windows.net/erasures/ledger", False),
        ("https://account.blob.core.windows.net/erasures/ledger?sig=secret", False),
    ],
)
def test_no_signature_stands_in_its_address(
    value: str, sound: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO", "true")
    monkeypatch.setenv("ERASURE_LEDGER", value)
    if sound:
        assert load_settings().erasure_ledger == value
    else:
        with pytest.raises(BadSettings) as wrong:
            load_settings()
        assert "secret" not in str(wrong.value)
