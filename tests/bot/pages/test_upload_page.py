"""The page that takes a Word file in, over real HTTP: the form, its guards, and bad requests."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.pages.links import SignedLinks, Ticket
from bot.pages.upload_page import upload_routes
from dialogs.files.files import NotTheirs
from records.learning.word_refusals import MAX_BYTES
from records.people import PersonKey
from records.store.contract import Unavailable
from tests.bot.pages.test_pages import calm, one_line

PERSON = PersonKey("5f" * 16)
CONVERSATION = "c0" * 16


@dataclass
class UploadPage:
    """The page on loopback; `answer` is what handing in gives or raises."""

    http: aiohttp.ClientSession
    links: SignedLinks
    answer: str | Exception = "Your Word file is <kept>"
    taken: list[tuple[Ticket, str, bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.links.upload(CONVERSATION, PERSON)

    async def hand_in(self, ticket: Ticket, name: str, body: bytes) -> str:
        self.taken.append((ticket, name, body))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def send(self, method: str = "POST", **more: Any) -> tuple[int, Any, bytes]:
        async with self.http.request(method, self.url, allow_redirects=False, **more) as got:
            return got.status, got.headers, await got.read()


@pytest.fixture
async def upload(
    clock: Any, http: aiohttp.ClientSession, serve: Callable[[web.Application], Awaitable[str]]
) -> UploadPage:
    found: list[UploadPage] = []
    app = web.Application()
    app.add_routes(
        upload_routes(
            lambda page, token: found[0].links.read(page, token),
            lambda ticket, name, body: found[0].hand_in(ticket, name, body),
        )
    )
    links = SignedLinks(
        await serve(app), "s" * 32, lasts=timedelta(hours=1), now=clock.now, system=clock.now
    )
    found.append(UploadPage(http, links))
    return found[0]


def form(name: str = "a.docx", body: bytes = b"PK", part: str = "file") -> aiohttp.FormData:
    data = aiohttp.FormData()
    data.add_field(part, BytesIO(body), filename=name, content_type="application/octet-stream")
    return data


async def test_the_form_can_be_used_by_everybody(upload: UploadPage) -> None:
    status, headers, body = await upload.send("GET")
    text = body.decode()
    assert status == 200
    calm(headers, body)
    assert '<label for="file">' in text
    assert "(required)" in text
    assert "Seen by" in text
    assert "form-action 'self'" in headers["Content-Security-Policy"]


async def test_a_file_is_handed_on_and_what_became_of_it_is_shown(upload: UploadPage) -> None:
    status, headers, body = await upload.send(data=form(body=b"PK" * 100_000))
    assert status == 200
    calm(headers, body)
    assert b"Your Word file is &lt;kept&gt;" in body
    assert upload.taken == [(Ticket("upload", CONVERSATION, PERSON), "a.docx", b"PK" * 100_000)]


async def test_nothing_chosen_shows_the_form_again(upload: UploadPage) -> None:
    status, _, body = await upload.send(data=form(name="", body=b""))
    assert status == 200
    assert b"choose a file" in body
    assert upload.taken == []


async def test_the_largest_file_is_taken_and_one_byte_more_is_not(upload: UploadPage) -> None:
    assert (await upload.send(data=form(body=b"x" * MAX_BYTES)))[0] == 200
    status, _, body = await upload.send(data=form(body=b"x" * (MAX_BYTES + 1)))
    assert status == 413
    assert b"over 5 MB" in body
    assert b"Choose another file" in body
    assert len(upload.taken) == 1


async def chunks(size: int) -> Any:
    yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.docx"\r\n\r\n'
    for _ in range(size // 65_536 + 1):
        yield b"x" * 65_536


B = "multipart/form-data; boundary=b"
HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.docx"\r\n'
BAD: list[tuple[str, bytes, dict[str, str], int]] = [
    ("JSON", b"{}", {"Content-Type": "application/json"}, 415),
    ("a plain form", b"file=x", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
    ("no boundary", b"x", {"Content-Type": "multipart/form-data"}, 400),
    ("a long boundary", b"x", {"Content-Type": "multipart/form-data; boundary=" + "b" * 200}, 400),
    ("other parts", b"x", {"Content-Type": "multipart/mixed; boundary=b"}, 415),
    ("nothing", b"", {"Content-Type": B}, 400),
    ("no parts", b"--b--\r\n", {"Content-Type": B}, 400),
    (
        "another name",
        HEAD.replace(b'"file"', b'"x"') + b"\r\nx\r\n--b--\r\n",
        {"Content-Type": B},
        400,
    ),
    (
        "parts in parts",
        b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\n",
        {"Content-Type": B},
        400,
    ),
    ("compressed", b"x", {"Content-Type": B, "Content-Encoding": "gzip"}, 415),
    (
        "base64 inside",
        HEAD + b"Content-Transfer-Encoding: base64\r\n\r\nUEs=\r\n--b--\r\n",
        {"Content-Type": B},
        400,
    ),
    ("an endless head", b"--b\r\n" + b"X: " + b"y" * 70_000, {"Content-Type": B}, 400),
    ("thousands of heads", b"--b\r\n" + b"X: y\r\n" * 20_000, {"Content-Type": B}, 400),
    ("no disposition", b"--b\r\n\r\nx\r\n--b--\r\n", {"Content-Type": B}, 400),
    ("control characters", b"\x00" * 500, {"Content-Type": B}, 400),
]


@pytest.mark.parametrize(
    ("body", "headers", "status"), [row[1:] for row in BAD], ids=[row[0] for row in BAD]
)
async def test_a_bad_body_is_a_4xx_with_one_line_and_no_traceback(
    upload: UploadPage,
    caplog: pytest.LogCaptureFixture,
    body: bytes,
    headers: dict[str, str],
    status: int,
) -> None:
    got, answered, text = await upload.send(data=body, headers=headers)
    assert got == status
    calm(answered, text)
    assert not [record for record in caplog.records if record.exc_info]
    assert len([one for one in caplog.records if one.levelno >= logging.WARNING]) == 1
    assert upload.taken == []


async def test_a_body_that_never_ends_is_cut_off(upload: UploadPage) -> None:
    async with asyncio.timeout(20):
        try:
            status, _, _ = await upload.send(
                data=chunks(40 * 1024 * 1024), headers={"Content-Type": B}
            )
        except aiohttp.ClientError:
            return  # the door closed while we were still pushing
    assert status == 413


FAILS: list[tuple[Exception, int, str, str]] = [
    (NotTheirs(), 403, "request_refused", "link_not_theirs"),
    (Unavailable("away"), 503, "page_failed", "storage_away"),
    (ValueError("what somebody typed"), 500, "page_failed", "page_failed"),
]


@pytest.mark.parametrize(("error", "status", "action", "reason"), FAILS)
async def test_what_goes_wrong_behind_it_is_a_calm_page(
    upload: UploadPage,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
    action: str,
    reason: str,
) -> None:
    upload.answer = error
    got, headers, body = await upload.send(data=form())
    assert got == status
    calm(headers, body)
    assert b"typed" not in body
    one_line(caplog, action, reason)


async def test_a_link_that_ran_out_takes_nothing(upload: UploadPage, clock: Any) -> None:
    url = upload.url
    clock.pass_seconds(3600)
    for method in ("GET", "POST"):
        async with upload.http.request(
            method, url, data=form() if method == "POST" else None
        ) as got:
            assert got.status == 410
    assert upload.taken == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_methods_are_refused(upload: UploadPage, method: str) -> None:
    status, headers, _ = await upload.send(method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD, POST")
