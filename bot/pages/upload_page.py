"""The page that takes a Word file in, where Teams does not: a form, and its one part.

The same guards as at the front door: a type, a length and a time that hold before anything is
read, and never more of the body than a file may have. Source: RFC 7578.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from html import escape
from typing import Final

from aiohttp import BodyPartReader, MultipartReader, hdrs, http_exceptions, web

from bot.edge.body import BadRequest
from bot.edge.turns import of_error
from bot.pages.links import BadLink, Expired, Ticket
from bot.pages.pages import (
    AWAY,
    BROKEN,
    EXPIRED,
    FAILED,
    HEADERS,
    METHOD,
    NOT_YOURS,
    Mark,
    Read,
    Refusal,
    ids_of,
    page,
    refused,
    unknown,
)
from cards.wording import wording
from dialogs.files.files import NotTheirs
from records.learning.word_refusals import MAX_BYTES
from records.store.contract import StoreError

SECONDS: Final = 60.0
ROOM: Final = 64 * 1024
"""Bytes of a form round its file."""
MEDIA: Final = ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_BROKEN: Final = (
    ValueError,
    LookupError,
    AssertionError,
    web.RequestPayloadError,
    http_exceptions.HttpProcessingError,
)
"""All that reading a broken form was seen to raise."""

HandIn = Callable[[Ticket, str, bytes], Awaitable[str]]
"""Takes a file (ticket, name, bytes) and gives the sentence that says what became of it."""


def upload_routes(read: Read, hand_in: HandIn, mark: Mark = unknown) -> list[web.RouteDef]:
    """GET and POST /upload/{token}."""

    async def upload(request: web.Request) -> web.Response:
        if request.method not in ("GET", "HEAD", "POST"):
            return refused(request, METHOD, allow="GET, HEAD, POST")
        try:
            ticket = read("upload", request.match_info["token"])
        except BadLink as error:
            return refused(request, EXPIRED if isinstance(error, Expired) else BROKEN)
        if request.method != "POST":
            return _shown(f"<p>{escape(wording.UPLOAD_WHAT)}</p>{form()}")
        return await _handed_in(request, ticket, hand_in, partial(ids_of, ticket, mark))

    return [web.route("*", "/upload/{token}", upload)]


async def _handed_in(
    request: web.Request, ticket: Ticket, hand_in: HandIn, ids: Callable[[], dict[str, str]]
) -> web.Response:
    try:
        name, body = await _file(request)
        if not name or not body:
            return _shown(f"<p>{escape(wording.PAGE_UPLOAD_NONE)}</p>{form()}")
        said = await hand_in(ticket, name, body)
    except BadRequest as error:
        return refused(request, _too_much(error), ids(), then=_what_now())
    except NotTheirs:
        return refused(request, NOT_YOURS, ids())
    except StoreError as error:
        return refused(request, AWAY, {**ids(), **of_error(error)})
    # The last net: a mistake of ours must not show itself, nor what somebody wrote.
    except Exception as error:
        return refused(request, FAILED, {**ids(), **of_error(error)})
    return _shown(f'<p role="status">{escape(said)}</p>{_what_now()}')


def _what_now() -> str:
    """The way to another file, and back to the chat."""
    again = f'<p><a href="">{escape(wording.PAGE_UPLOAD_AGAIN)}</a></p>'
    return f"{again}<p>{escape(wording.PAGE_UPLOAD_BACK)}</p>"


def _too_much(error: BadRequest) -> Refusal:
    return Refusal(error.status, error.code, lambda: (wording.UPLOAD_NOT_TAKEN, error.reason))


async def _file(request: web.Request) -> tuple[str, bytes]:
    """Name and bytes of the part called `file`. Raises BadRequest."""
    if request.content_type != "multipart/form-data" or "Content-Encoding" in request.headers:
        raise BadRequest(415, "content_type", wording.UPLOAD_WRONG["broken"])
    if (request.content_length or 0) > MAX_BYTES + ROOM:
        raise BadRequest(413, "too_large", wording.UPLOAD_WRONG["size"])
    try:
        async with asyncio.timeout(SECONDS):
            reader = MultipartReader(request.headers, request.content)
            part = await reader.next()
            if not isinstance(part, BodyPartReader) or part.name != "file":
                raise BadRequest(400, "broken_body", wording.UPLOAD_WRONG["broken"])
            if hdrs.CONTENT_TRANSFER_ENCODING in part.headers:
                raise BadRequest(400, "broken_body", wording.UPLOAD_WRONG["broken"])
            return part.filename or "", await _bytes(part)
    except TimeoutError as error:
        raise BadRequest(408, "too_slow", wording.UPLOAD_WRONG["broken"]) from error
    except _BROKEN as error:
        raise BadRequest(400, "broken_body", wording.UPLOAD_WRONG["broken"]) from error


async def _bytes(part: BodyPartReader) -> bytes:
    found = bytearray()
    while chunk := await part.read_chunk(65_536):
        found += chunk
        if len(found) > MAX_BYTES:
            raise BadRequest(413, "too_large", wording.UPLOAD_WRONG["size"])
    return bytes(found)


def _shown(body: str) -> web.Response:
    return web.Response(
        text=page(wording.PAGE_UPLOAD, body),
        content_type="text/html",
        charset="utf-8",
        headers=HEADERS,
    )


def form() -> str:
    """What to hand in, who sees it, and the button."""
    return f"""
<form method="post" enctype="multipart/form-data">
<p><label for="file">{escape(wording.PAGE_UPLOAD_LABEL)}</label></p>
<p><input id="file" name="file" type="file" required accept="{MEDIA}"></p>
<p>{escape(wording.SEEN_LEARNING)}</p>
<p><button type="submit">{escape(wording.PAGE_UPLOAD_SEND)}</button></p>
</form>
"""
