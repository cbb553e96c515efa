"""One bot process, until it is asked to stop."""

import asyncio
import gc
import signal
from contextlib import AsyncExitStack
from datetime import timedelta

from aiohttp import web

from bot.app import build_app
from bot.clock import SystemClock
from bot.edge.endpoint import server
from bot.settings import Settings
from bot.stores import open_store
from cards.wording import wording


def run(settings: Settings, demo_time: str) -> int:
    """Exit code 0, once it was asked to stop and has."""
    asyncio.run(serve(settings, demo_time))
    return 0


async def serve(settings: Settings, demo_time: str) -> None:
    """Serve until SIGINT or SIGTERM, and then until what is being sent has gone."""
    async with AsyncExitStack() as closing:
        clock = SystemClock(timedelta(seconds=settings.clock_offset_seconds))
        store = open_store(settings, clock, closing)
        partnership = wording.partnership
        app = build_app(
            settings, partnership=partnership, clock=clock, store=store, demo_time=demo_time
        )
        # A turn has 7 s; meanwhile the timer drains what is being sent for up to 18 s.
        runner = server(app, drain=8.0)
        closing.push_async_callback(runner.cleanup)
        await runner.setup()
        stopped = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        # What is loaded by now stays until the end: no collection needs to look through it again.
        gc.freeze()
        gc.enable()
        await web.TCPSite(runner, settings.host, settings.port).start()
        await stopped.wait()
