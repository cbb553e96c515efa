"""Headers of every answer, whoever makes it: ours, a page's, or aiohttp's own to bytes that are no
HTTP.

Nothing is kept, framed, sniffed, or told of what we run on. A page may say more of what it loads
(`Content-Security-Policy`); the rest is the same everywhere. Source: OWASP, "HTTP Security Response
Headers"; RFC 6797, by which a browser believes the first of these over https alone, so that it does
no harm in the demo on loopback.
"""

from collections.abc import Mapping
from functools import partial
from typing import Final

from aiohttp import hdrs, web

NEVER_FRAMED: Final = "frame-ancestors 'none'"
HEADERS: Final[Mapping[str, str]] = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Content-Security-Policy": f"default-src 'none'; base-uri 'none'; {NEVER_FRAMED}",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class _SafeRequest(web.Request):
    """A request whose answer gets these headers, also where no route was looked for.

    aiohttp's own signal is not sent for an answer to bytes that are no HTTP.
    """

    async def _prepare_hook(self, response: web.StreamResponse) -> None:
        await super()._prepare_hook(response)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.pop(hdrs.SERVER, None)


class SafeRunner(web.AppRunner):
    """Serves an application with these headers."""

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        made.request_factory = partial(self.app._make_request, _cls=_SafeRequest)
        return made
