"""A proxy in front of the storage, on the level of TCP: each trip takes a given time more.

A trip is what a client sends from the end of one answer to the beginning of the next. What it sends
is held back once for each, and then passed on byte by byte, so that signatures stay valid. Every
trip is kept with the moments at which it began and was answered, by the clock that all processes
of a machine share (CLOCK_MONOTONIC).
"""

import asyncio
import contextlib
import os
import re
import sys
import time
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

AT_ONCE: Final = 200
"""Trips that are under way at once, at most."""


@dataclass
class Trip:
    """One request; `answered` is 0 until the first byte of its answer went back."""

    began: float
    answered: float = 0.0


@dataclass
class Proxy:
    """`delay` is in seconds, and holds from the next trip on."""

    target: tuple[str, int]
    delay: float = 0.0
    trips: list[Trip] = field(default_factory=list)

    async def serve(self, port: int = 0) -> asyncio.Server:
        """Listen on a port of loopback, a free one if none is named."""
        return await asyncio.start_server(self._connected, "127.0.0.1", port)

    def last(self) -> float:
        """The last moment at which something began or ended; this one while a trip is under way."""
        if any(not one.answered for one in self.trips[-AT_ONCE:]):
            return time.monotonic()
        return max((one.answered for one in self.trips[-AT_ONCE:]), default=0.0)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, to = await asyncio.open_connection(*self.target)
        except OSError:
            writer.close()
            return
        open_trip: list[Trip] = []
        with contextlib.suppress(OSError):
            await asyncio.gather(
                self._there(reader, to, open_trip), self._back(there, writer, open_trip)
            )
        writer.close()
        to.close()

    async def _there(
        self, reader: asyncio.StreamReader, to: asyncio.StreamWriter, open_trip: list[Trip]
    ) -> None:
        while data := await reader.read(65_536):
            if not open_trip:
                trip = Trip(time.monotonic())
                open_trip.append(trip)
                self.trips.append(trip)
                if self.delay:
                    await asyncio.sleep(self.delay)
            to.write(data)
            await to.drain()
        to.close()

    async def _back(
        self, there: asyncio.StreamReader, writer: asyncio.StreamWriter, open_trip: list[Trip]
    ) -> None:
        while data := await there.read(65_536):
            if open_trip:
                open_trip.pop().answered = time.monotonic()
            writer.write(data)
            await writer.drain()
        writer.close()


async def main() -> None:
    """`python -m bench.proxy HOST PORT`, between STORAGE and them; PORT is its control."""
    proxy = Proxy((sys.argv[1], int(sys.argv[2])))
    listening = await proxy.serve(int(os.environ["STORAGE"]))

    async def trips(request: web.Request) -> web.Response:
        since = float(request.query["since"])
        found = [one for one in proxy.trips if one.began >= since]
        return web.json_response([[one.began, one.answered] for one in found])

    async def last(_: web.Request) -> web.Response:
        return web.json_response(proxy.last())

    async def delay(request: web.Request) -> web.Response:
        proxy.delay = float(request.query["seconds"])
        return web.Response()

    app = web.Application()
    app.add_routes([web.get("/trips", trips), web.get("/last", last), web.post("/delay", delay)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(os.environ["PORT"])).start()
    async with listening:
        await listening.serve_forever()


def through(connection: str, port: int) -> str:
    """The connection string of a storage that is reached through a port of loopback."""
    return re.sub(r"127\.0\.0\.1:\d+", f"127.0.0.1:{port}", connection)


def address(connection: str) -> tuple[str, int]:
    """Host and port of a storage on loopback."""
    found = re.search(r"(127\.0\.0\.1):(\d+)", connection)
    assert found is not None
    return found[1], int(found[2])


if __name__ == "__main__":
    asyncio.run(main())
