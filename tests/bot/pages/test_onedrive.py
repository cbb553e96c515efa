"""To and from people's own OneDrive: a fake one on loopback, and addresses that lead elsewhere."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.pages.onedrive import OneDrive
from bot.teams.service_urls import ServiceUrls
from dialogs.turn.file_transfer import FileTooLarge, NotCarried

BODY = b"PK" + b"x" * 70_000


@dataclass
class FakeOneDrive:
    """Takes uploads as SharePoint does, gives files, and can misbehave."""

    url: str = ""
    puts: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    status: int = 201
    location: str = ""
    hang: float = 0

    def app(self) -> web.Application:
        app = web.Application(client_max_size=8 * 1024 * 1024)
        app.router.add_put("/up", self._put)
        app.router.add_get("/down", self._get)
        app.router.add_get("/endless", self._endless)
        return app

    async def _put(self, request: web.Request) -> web.Response:
        self.puts.append((request.path_qs, dict(request.headers), await request.read()))
        return self._answer()

    async def _get(self, request: web.Request) -> web.Response:
        await asyncio.sleep(self.hang)
        return self._answer(BODY)

    def _answer(self, body: bytes = b"{}") -> web.Response:
        headers = {"Location": self.location} if self.location else None
        return web.Response(status=self.status, body=body, headers=headers)

    async def _endless(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(100):
            await answer.write(b"x" * 65_536)
        return answer


@pytest.fixture
async def drive(serve: Callable[[web.Application], Awaitable[str]]) -> FakeOneDrive:
    made = FakeOneDrive()
    made.url = await serve(made.app())
    return made


def carrier(http: aiohttp.ClientSession, *hosts: str, loopback: bool = False) -> OneDrive:
    urls = ServiceUrls(hosts or ("*.sharepoint.com",), loopback=loopback)
    return OneDrive(http, urls, seconds=0.5, asks_consent=True)


async def test_a_file_is_put_whole_with_its_range_and_without_any_token_of_ours(
    http: aiohttp.ClientSession, drive: FakeOneDrive
) -> None:
    query = "/up?tempauth=a%2Fb%27c&x=1"
    await carrier(http, loopback=True).store(drive.url + query, BODY)
    [(path, headers, body)] = drive.puts
    assert (path, body) == (query, BODY)
    assert headers["Content-Range"] == f"bytes 0-{len(BODY) - 1}/{len(BODY)}"
    assert headers["Content-Length"] == str(len(BODY))
    assert "Authorization" not in headers


@pytest.mark.parametrize("status", [400, 401, 404, 409, 410, 416, 429, 500, 503])
async def test_an_upload_that_is_not_taken_is_told(
    http: aiohttp.ClientSession, drive: FakeOneDrive, status: int
) -> None:
    drive.status = status
    with pytest.raises(NotCarried) as told:
        await carrier(http, loopback=True).store(f"{drive.url}/up", BODY)
    assert told.value.reason == f"status {status}"


async def test_a_redirect_is_not_followed(http: aiohttp.ClientSession, drive: FakeOneDrive) -> None:
    drive.status, drive.location = 307, f"{drive.url}/up?elsewhere"
    for call in (
        carrier(http, loopback=True).store(f"{drive.url}/up", BODY),
        carrier(http, loopback=True).fetch(f"{drive.url}/down", 10),
    ):
        with pytest.raises(NotCarried, match="status 307"):
            await call
    assert len(drive.puts) == 1


async def test_a_file_is_fetched_up_to_its_limit(
    http: aiohttp.ClientSession, drive: FakeOneDrive
) -> None:
    drive.status = 200
    ours = carrier(http, loopback=True)
    assert await ours.fetch(f"{drive.url}/down", len(BODY)) == BODY
    with pytest.raises(FileTooLarge):
        await ours.fetch(f"{drive.url}/down", len(BODY) - 1)
    with pytest.raises(FileTooLarge):  # no length was said; no more than the limit is read
        await ours.fetch(f"{drive.url}/endless", 100_000)


async def test_a_file_that_does_not_come_in_time_is_given_up(
    http: aiohttp.ClientSession, drive: FakeOneDrive
) -> None:
    drive.hang = 5
    with pytest.raises(NotCarried):
        await carrier(http, loopback=True).fetch(f"{drive.url}/down", 10)


ELSEWHERE = [
    "",
    "x",
    "http://council.sharepoint.com/up",
    "https://sharepoint.com.evil.example/up",
    "https://evilsharepoint.com/up",
    "https://council.sharepoint.com:8443/up",
    "https://council.sharepoint.com@evil.example/up",
    "https://evil.example/up#council.sharepoint.com",
    "https://evil.example\\@council.sharepoint.com/up",
    "https://127.0.0.1/up",
    "http://localhost/up",
    "http://169.254.169.254/metadata/identity/oauth2/token",
    "https://[::1]/up",
    "https://[::ffff:10.0.0.1]/up",
    "https://0x7f000001/up",
    "file:///etc/passwd",
    "ftp://council.sharepoint.com/up",
    "https:///up",
    "https://council.sharepoint.com:99999/up",
    "https://council.sharepoint.com/up\r\nHost: x",
    "https://council.sharepoint.com/" + "x" * 9_000,
    "https://cöuncil.sharepoint.com/up",
    "https://[broken/up",
]


@pytest.mark.parametrize("address", ELSEWHERE)
async def test_no_request_goes_to_an_address_off_the_list(address: str) -> None:
    class NoNetwork:
        def request(self, *args: Any, **more: Any) -> Any:
            raise AssertionError("a request was made")

    ours = carrier(NoNetwork())  # type: ignore[arg-type]  # a session that must not be used
    with pytest.raises(NotCarried):
        await ours.store(address, BODY)
    with pytest.raises(NotCarried):
        await ours.fetch(address, 10)


async def test_an_address_on_the_list_is_called_as_it_was_given() -> None:
    called: list[str] = []

    class Recorded:
        def request(self, method: str, url: Any, **more: Any) -> Any:
            called.append(str(url))
            raise aiohttp.ClientConnectionError

    address = "https://council-my.sharepoint.com/personal/f/_api/up?tempauth=v1.eyJ%2F%27x"
    with pytest.raises(NotCarried):
        await carrier(Recorded()).store(address, BODY)  # type: ignore[arg-type]  # as above
    assert called == [address]
