"""Where the ledger of erasures is: a file, or an append blob, that is only ever added to."""

from collections.abc import AsyncIterator
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
from records.rights.ledger import LedgerPlace, begun, note, read_ledger

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
KEY = bytes(range(32))


class Clock:
    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


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


@pytest.fixture
async def blob() -> AsyncIterator[tuple[Blob, BlobPlace]]:
    kept, app = Blob(), web.Application()
    app.router.add_route("*", "/erasures/ledger", kept.answer)

    async def token() -> str:
        return "a-token"

    async with TestServer(app) as server, aiohttp.ClientSession() as http:
        address = str(server.make_url("/erasures/ledger"))
        yield kept, BlobPlace(http, address, token, Clock())


def an_erasure(name: str) -> Erasure:
    return Erasure(
        id=name, of=Of.CONVERSATION, reason="unlawful", by="op", at=NOW, conversations=(name,)
    )


async def two_are_noted(place: LedgerPlace) -> None:
    assert await read_ledger(place) is None
    ledger = await begun(place, KEY)
    assert (await begun(place, bytes(32))).key == KEY
    ledger = await note(place, ledger, an_erasure("one"))
    old = ledger
    ledger = await note(place, ledger, an_erasure("two"))
    assert await note(place, ledger, an_erasure("two")) is ledger
    with pytest.raises(OSError, match=r"changed meanwhile|answered 412"):
        await note(place, old, an_erasure("three"))
    there = await read_ledger(place)
    assert there is not None
    assert [one.id for one in there.entries] == ["one", "two"]


async def test_a_file_is_added_to_by_one_at_a_time(tmp_path: Path) -> None:
    await two_are_noted(FilePlace(tmp_path / "ledger"))
    assert (tmp_path / "ledger").stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["ledger"]


async def test_a_blob_is_added_to_by_one_at_a_time(blob: tuple[Blob, BlobPlace]) -> None:
    kept, place = blob
    await two_are_noted(place)
    assert {one["Authorization"] for one in kept.asked} == {"Bearer a-token"}
    assert all(one["x-ms-version"] and one["x-ms-date"].endswith("GMT") for one in kept.asked)


async def test_a_blob_that_cannot_be_reached_says_so() -> None:
    async def token() -> str:
        return "a-token"

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
