"""Teams' side of the drain, in a process of its own: takes everything, and says how often what."""

from collections import Counter
from itertools import count

from aiohttp import web

POSTS = web.AppKey("posts", Counter)
IDS = count(1)


async def take(request: web.Request) -> web.Response:
    await request.read()
    request.app[POSTS][request.path] += 1
    return web.json_response({"id": str(next(IDS))}, status=201)


async def posts(request: web.Request) -> web.Response:
    return web.json_response(dict(request.app[POSTS]))


if __name__ == "__main__":
    app = web.Application()
    app[POSTS] = Counter()
    app.router.add_get("/posts", posts)
    app.router.add_post("/{tail:.*}", take)
    web.run_app(app, host="127.0.0.1", port=0, print=lambda text: print(text, flush=True))
