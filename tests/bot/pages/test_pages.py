"""The pages behind signed links, over real HTTP: the file, or a calm page why there is none."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.pages.links import SignedLinks, Ticket
from bot.pages.pages import page_routes
from dialogs.files.files import WORD, Made, NotTheirs, NotThere
from records.people import PersonKey
from records.store.contract import Unavailable

PERSON = PersonKey("5f" * 16)
CONVERSATION = "c0" * 16
MADE = Made("LC-7K3QX learning document.docx", "learning document", WORD, b"PK invented")


@dataclass
class Pages:
    """The pages on loopback; `answer` is what following a link gives or raises."""

    http: aiohttp.ClientSession
    links: SignedLinks
    answer: Made | Exception = MADE
    followed: list[Ticket] = field(default_factory=list)

    async def follow(self, ticket: Ticket) -> Made:
        self.followed.append(ticket)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def get(self, url: str = "", method: str = "GET") -> tuple[int, Any, bytes]:
        url = url or self.links.file("pack", CONVERSATION, PERSON)
        async with self.http.request(method, url, allow_redirects=False) as got:
            return got.status, got.headers, await got.read()


@pytest.fixture
async def pages(
    clock: Any, http: aiohttp.ClientSession, serve: Callable[[web.Application], Awaitable[str]]
) -> Pages:
    found: list[Pages] = []
    app = web.Application()
    app.add_routes(
        page_routes(
            lambda page, token: found[0].links.read(page, token),
            lambda ticket: found[0].follow(ticket),
            {PERSON: "a mark"}.__getitem__,
        )
    )
    url = await serve(app)
    links = SignedLinks(url, "s" * 32, lasts=timedelta(minutes=60), now=clock.now, system=clock.now)
    found.append(Pages(http, links))
    return found[0]


async def test_a_link_gives_the_file_and_nobody_keeps_a_copy_on_the_way(pages: Pages) -> None:
    status, headers, body = await pages.get()
    assert (status, body) == (200, MADE.body)
    assert pages.followed == [Ticket("pack", CONVERSATION, PERSON)]
    assert headers["Content-Type"] == WORD
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    disposition = headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="LC-7K3QX learning document.docx";')


async def test_who_got_which_file_is_a_line_of_ids(
    pages: Pages, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="bot.pages"):
        await pages.get()
    [record] = [one for one in caplog.records if getattr(one, "action", "") == "file_served"]
    said = vars(record)
    assert (said["kind"], said["conversation"], said["person"]) == ("pack", CONVERSATION, "a mark")
    assert MADE.name not in str(said)


async def test_a_head_request_gets_the_head_alone(pages: Pages) -> None:
    status, headers, body = await pages.get(method="HEAD")
    assert (status, body) == (200, b"")
    assert headers["Content-Length"] == str(len(MADE.body))


REFUSED: list[tuple[Exception, int, str]] = [
    (NotTheirs(), 403, "link_not_theirs"),
    (NotThere(), 410, "link_gone"),
]


@pytest.mark.parametrize(("error", "status", "reason"), REFUSED)
async def test_what_is_not_open_any_more_is_one_calm_page_and_one_line(
    pages: Pages, caplog: pytest.LogCaptureFixture, error: Exception, status: int, reason: str
) -> None:
    caplog.set_level(logging.INFO)
    pages.answer = error
    url = pages.links.file("pack", CONVERSATION, PERSON)
    got, headers, body = await pages.get(url)
    assert got == status
    calm(headers, body)
    line = one_line(caplog, "request_refused", reason)
    assert (line.conversation, line.person) == (CONVERSATION, "a mark")  # type: ignore[attr-defined]
    assert not any(PERSON in str(one.__dict__) for one in caplog.records)
    assert url.rsplit("/", 1)[1] not in caplog.text


async def test_a_link_that_ran_out_says_so(
    pages: Pages, clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    url = pages.links.file("pack", CONVERSATION, PERSON)
    clock.pass_seconds(3600)
    status, headers, body = await pages.get(url)
    assert status == 410
    assert b"run out" in body
    calm(headers, body)
    one_line(caplog, "request_refused", "link_expired")
    assert pages.followed == []


async def test_a_mistake_of_ours_shows_nothing_of_itself(
    pages: Pages, caplog: pytest.LogCaptureFixture
) -> None:
    pages.answer = ValueError("what somebody typed")
    status, headers, body = await pages.get()
    assert status == 500
    calm(headers, body)
    assert b"typed" not in body
    assert "typed" not in caplog.text
    one_line(caplog, "page_failed", "page_failed")


async def test_while_storage_is_away_the_page_says_to_try_again(
    pages: Pages, caplog: pytest.LogCaptureFixture
) -> None:
    pages.answer = Unavailable("away")
    status, headers, body = await pages.get()
    assert status == 503
    assert b"try again" in body
    calm(headers, body)
    one_line(caplog, "page_failed", "storage_away")


FORGED = [
    "x",
    "x.y",
    "....",
    "%2e%2e",
    "%00",
    "%0d%0aSet-Cookie:a=b",
    "<script>alert(1)</script>",
    "A" * 6_000,
    "eyJhbGciOiJub25lIn0.e30.",
    "%F0%9F%92%A9",
]


@pytest.mark.parametrize("token", FORGED, ids=lambda token: str(token)[:12])
async def test_a_forged_link_is_a_4xx_without_a_traceback(
    pages: Pages, caplog: pytest.LogCaptureFixture, token: str
) -> None:
    base = pages.links.file("pack", CONVERSATION, PERSON).rsplit("/", 1)[0]
    status, headers, body = await pages.get(f"{base}/{token}")
    assert 400 <= status < 500
    assert not [record for record in caplog.records if record.exc_info]
    assert pages.followed == []
    assert b"<script>" not in body
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_a_file_can_only_be_opened(
    pages: Pages, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    status, headers, body = await pages.get(method=method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")
    calm(headers, body)
    one_line(caplog, "request_refused", "method")


async def test_a_file_name_cannot_break_out_of_its_header(pages: Pages) -> None:
    pages.answer = Made('LC-1"; x\r\nSet-Cookie: a=b\\é.docx', "x", WORD, b"x")
    status, headers, _ = await pages.get()
    assert status == 200
    assert "Set-Cookie" not in headers
    assert headers["Content-Disposition"].count('"') == 2


def calm(headers: Any, body: bytes) -> None:
    """A page in our own words, for everybody, kept by nobody."""
    text = body.decode()
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert text.startswith('<!doctype html>\n<html lang="en-GB">')
    assert text.count("<h1>") == text.count("<main>") == 1
    assert "Traceback" not in text
    assert "http" not in text.replace("<!doctype html>", "")


def one_line(caplog: pytest.LogCaptureFixture, action: str, reason: str) -> logging.LogRecord:
    """The one line in the log; no traceback anywhere."""
    assert not [record for record in caplog.records if record.exc_info]
    [record] = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert record.action == action  # type: ignore[attr-defined]  # our own field
    assert record.reason == reason  # type: ignore[attr-defined]  # our own field
    return record
