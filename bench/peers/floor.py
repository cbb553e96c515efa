"""The floor: aiohttp alone. It reads the tap as JSON, updates the message, answers the card.

The token check is off: aiohttp has none, and a floor does nothing that is not HTTP and JSON.
"""

from collections.abc import AsyncIterator
from typing import Final

import aiohttp
from aiohttp import web

from bench.peers.given import ADAPTIVE, Given, given, message

HTTP: Final = web.AppKey("HTTP", aiohttp.ClientSession)
GIVEN: Final = web.AppKey("GIVEN", Given)


async def answer(request: web.Request) -> web.Response:
    """One tap."""
    activity, card = await request.json(), request.app[GIVEN].card
    place, identity = activity["conversation"]["id"], activity["replyToId"]
    url = f"{activity['serviceUrl']}/v3/conversations/{place}/activities/{identity}"
    async with request.app[HTTP].put(url, json=message(card, identity)) as got:
        await got.read()
    return web.json_response({"statusCode": 200, "type": ADAPTIVE, "value": card})


async def connections(app: web.Application) -> AsyncIterator[None]:
    """One pool for the life of the process."""
    async with aiohttp.ClientSession() as http:
        app[HTTP] = http
        yield


def main() -> None:
    """Serve until the process is ended."""
    app = web.Application()
    app[GIVEN] = given()
    app.router.add_post("/api/messages", answer)
    app.cleanup_ctx.append(connections)
    web.run_app(app, host="127.0.0.1", port=app[GIVEN].port, print=None)


if __name__ == "__main__":
    main()
