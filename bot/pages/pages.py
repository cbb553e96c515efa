"""The pages behind signed links: a file to keep, or a calm sentence why there is none.

Whoever follows a link is checked at that moment; the link itself is no right. Nothing of a page is
kept by browsers or proxies, and no address of ours goes to another site.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Final
from urllib.parse import quote

from aiohttp import web

from bot.edge.headers import HEADERS as EVERY
from bot.edge.headers import NEVER_FRAMED
from bot.edge.turns import of_error
from bot.pages.links import BadLink, Expired, Page, Ticket
from cards.wording import wording
from dialogs.files.files import Made, NotTheirs, NotThere
from records.store.contract import StoreError

log = logging.getLogger(__name__)

HEADERS: Final = {
    **EVERY,
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
        f"{NEVER_FRAMED}"
    ),
}

Read = Callable[[Page, str], Ticket]
Follow = Callable[[Ticket], Awaitable[Made]]
Mark = Callable[[str], str]
"""What stands for somebody in a log line, by their key."""


@dataclass(frozen=True)
class Refusal:
    """What a person reads, the status, and the word for the log."""

    status: int
    reason: str
    words: Callable[[], tuple[str, str]]
    """Title and sentence, looked up when the page is drawn."""


def _away() -> tuple[str, str]:
    return wording.PAGE_AWAY, wording.PAGE_AWAY_MORE


BROKEN: Final = Refusal(404, "link_broken", lambda: (wording.PAGE_BROKEN, wording.PAGE_BROKEN_MORE))
EXPIRED: Final = Refusal(
    410, "link_expired", lambda: (wording.PAGE_EXPIRED, wording.PAGE_EXPIRED_MORE)
)
NOT_YOURS: Final = Refusal(
    403, "link_not_theirs", lambda: (wording.PAGE_NOT_YOURS, wording.PAGE_NOT_YOURS_MORE)
)
GONE: Final = Refusal(410, "link_gone", lambda: (wording.PAGE_GONE, wording.PAGE_GONE_MORE))
METHOD: Final = Refusal(405, "method", lambda: (wording.PAGE_METHOD, wording.PAGE_METHOD_MORE))
AWAY: Final = Refusal(503, "storage_away", _away)
FAILED: Final = Refusal(500, "page_failed", _away)


def unknown(_: str) -> str:
    """For pages that know nobody's mark."""
    return ""


def page_routes(read: Read, follow: Follow, mark: Mark = unknown) -> list[web.RouteDef]:
    """GET /files/{token}."""

    async def files(request: web.Request) -> web.Response:
        if request.method not in ("GET", "HEAD"):
            return refused(request, METHOD)
        try:
            ticket = read("files", request.match_info["token"])
        except BadLink as error:
            return refused(request, EXPIRED if isinstance(error, Expired) else BROKEN)
        return await _answered(request, ticket, follow, partial(ids_of, ticket, mark))

    return [web.route("*", "/files/{token}", files)]


def ids_of(ticket: Ticket, mark: Mark) -> dict[str, str]:
    """What a log line says of a link; once its owner was read, their mark as well."""
    about = {"kind": ticket.kind, "conversation": ticket.conversation}
    return {**about, "person": mark(ticket.person)}


async def _answered(
    request: web.Request, ticket: Ticket, follow: Follow, ids: Callable[[], dict[str, str]]
) -> web.Response:
    """Every refusal is one page and one line in the log, ids only; none is a traceback."""
    try:
        made = await follow(ticket)
    except NotTheirs:
        return refused(request, NOT_YOURS, ids())
    except NotThere:
        return refused(request, GONE, ids())
    except StoreError as error:
        return refused(request, AWAY, {**ids(), **of_error(error)})
    # The last net: a mistake of ours must not show itself, nor what somebody wrote.
    except Exception as error:
        return refused(request, FAILED, {**ids(), **of_error(error)})
    log.info("file served", extra={"action": "file_served", **ids()})
    return web.Response(body=made.body, headers={**HEADERS, **_file_headers(made)})


def _file_headers(made: Made) -> dict[str, str]:
    name = "".join(mark for mark in made.name if mark.isascii() and mark.isprintable())
    plain = name.replace('"', "").replace("\\", "")
    return {
        "Content-Type": made.media,
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
    }


def refused(
    request: web.Request,
    what: Refusal,
    ids: Mapping[str, str] | None = None,
    *,
    allow: str = "GET, HEAD",
    then: str = "",
) -> web.Response:
    """A page that says why, and one line in the log: never the link. `then` is HTML after it."""
    level = logging.ERROR if what.status >= 500 else logging.WARNING
    action = "page_failed" if what.status >= 500 else "request_refused"
    extra = {"action": action, "reason": what.reason, "status": what.status, **(ids or {})}
    log.log(level, "page refused", extra=extra)
    title, more = what.words()
    answer = web.Response(
        text=page(title, f"<p>{escape(more)}</p>{then}"),
        status=what.status,
        content_type="text/html",
        charset="utf-8",
        headers=HEADERS,
    )
    if what.status == 405:
        answer.headers["Allow"] = allow
    if not request.content.at_eof():
        answer.force_close()  # rather than read to the end what was refused
    return answer


def page(title: str, body: str) -> str:
    """A whole page. The title is plain text; the body is HTML, whose maker has escaped it."""
    return PAGE.format(title=escape(title), body=body)


PAGE: Final = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1.125rem/1.6 system-ui, sans-serif; margin: 0 auto; max-width: 36rem;
  padding: 2rem 1.25rem; }}
h1 {{ font-size: 1.5rem; line-height: 1.3; }}
button {{ font: inherit; min-height: 2.75rem; padding: 0.5rem 1.25rem; }}
input {{ font: inherit; max-width: 100%; }}
input::file-selector-button {{ font: inherit; min-height: 2.75rem; padding: 0.5rem 1.25rem; }}
a {{ display: inline-block; padding: 0.5rem 0; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""
