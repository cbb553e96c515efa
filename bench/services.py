"""Microsoft's side on loopback, in a process of its own: issuer, authority and Teams.

Teams takes every message and update, and counts them; `GET /got` tells. Keys and tokens
are real RS256 (`tests.bot.conftest`).
"""

import json
import os
import re
import time
from datetime import UTC, datetime
from typing import Any, Final

from aiohttp import web

from bench.peers.given import LOGIN
from tests.bot.conftest import FakeClock, FakeIssuer

DAY: Final = 86_400
REFERENCE: Final = re.compile(r"/v3/conversations/([^/]+)/activities(?:/([^/]+))?$")


class TrueClock(FakeClock):
    """The time as it is."""

    def now(self) -> datetime:
        """This moment."""
        return datetime.now(UTC)


class Services:
    """What everybody asks of Microsoft. `messages` are those that were taken: chat and bytes."""

    def __init__(self) -> None:
        self.issuer = FakeIssuer(TrueClock())
        self.messages: list[tuple[str, int]] = []
        self.updates = 0
        self.token = ""

    def app(self) -> web.Application:
        """Every address of it."""
        app = self.issuer.app()
        app.router.add_get("/bearer", self._bearer)
        app.router.add_get("/got", self._got)
        app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", _discovery)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._outbound)
        app.router.add_route("*", "/v3/{tail:.*}", self._teams)
        return app

    async def _bearer(self, request: web.Request) -> web.Response:
        """A token of the channel for the service URL that is asked for."""
        expires = int(time.time()) + DAY
        token = self.issuer.token(serviceurl=request.query["serviceurl"], exp=expires)
        return web.Response(text=token)

    async def _outbound(self, request: web.Request) -> web.Response:
        """Any bot's own token. It has to look like one: peers read their tokens."""
        self.token = self.token or self.issuer.token(exp=int(time.time()) + DAY)
        given = {"access_token": self.token, "expires_in": DAY, "token_type": "Bearer"}
        return web.json_response(given)

    async def _teams(self, request: web.Request) -> web.Response:
        """A message gets an id, an update its own; without a token neither is taken."""
        body = await request.read()
        found = REFERENCE.search(request.path)
        if found is None:
            return web.json_response({}, status=404)
        if not authorised(request):
            return web.json_response({}, status=401)
        if request.method == "PUT":
            self.updates += 1
            return web.json_response({"id": found[2]})
        self.messages.append((found[1], len(body)))
        return web.json_response({"id": f"message-{len(self.messages)}"}, status=201)

    async def _got(self, request: web.Request) -> web.Response:
        latest = self.messages[int(request.query["after"]) :]
        counts = {"messages": len(self.messages), "updates": self.updates}
        return web.json_response({**counts, "latest": latest})


def authorised(request: web.Request) -> bool:
    """Whether a token came with it, or whoever asks is the floor, which has none."""
    own = request.headers.get("User-Agent", "").startswith("Python/")
    return own or request.headers.get("Authorization", "").startswith("Bearer ")


async def _discovery(request: web.Request) -> web.Response:
    base = f"{LOGIN}/{request.match_info['tenant']}"
    found: dict[str, Any] = {
        "issuer": f"{base}/v2.0",
        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
        "token_endpoint": f"{base}/oauth2/v2.0/token",
    }
    return web.Response(text=json.dumps(found), content_type="application/json")


def main() -> None:
    """Serve on PORT until the process is ended."""
    port, services = int(os.environ["PORT"]), Services()
    services.issuer.url = f"http://127.0.0.1:{port}"
    web.run_app(services.app(), host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main()
