"""Teams' side of a benchmark, in a process of its own, so that its work counts for nobody."""

from aiohttp import web


async def take(request: web.Request) -> web.Response:
    await request.read()
    return web.json_response({"id": "1"}, status=201)


if __name__ == "__main__":
    app = web.Application()
    app.router.add_post("/{tail:.*}", take)
    web.run_app(app, host="127.0.0.1", port=0, print=lambda text: print(text, flush=True))
