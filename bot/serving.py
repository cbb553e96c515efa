"""One bot process, until it is asked to stop; or one command beside it.

Loaded only once the partnership is chosen: every sentence is read as its module loads.
"""

import asyncio
import signal
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta

from aiohttp import web

from bot.app import build_app
from bot.clock import SystemClock
from bot.commands import COMMANDS
from bot.endpoint import server
from bot.settings import Settings
from bot.stores import open_store


def command(settings: Settings, name: str, arguments: Sequence[str]) -> int:
    """Run a command; its exit code, or 2 where there is none of this name."""
    found = COMMANDS.get(name)
    if found is None:
        names = ", ".join((*COMMANDS, "partnership"))
        print(f"There is no command {name!r}. There are: {names}.", file=sys.stderr)
        return 2
    return found(settings, arguments)


async def serve(settings: Settings, demo_time: str) -> None:
    """Serve until SIGINT or SIGTERM, and then until what is being sent has gone."""
    async with AsyncExitStack() as closing:
        clock = SystemClock(timedelta(seconds=settings.clock_offset_seconds))
        store = open_store(settings, clock, closing)
        app = build_app(settings, clock=clock, store=store, demo_time=demo_time)
        # A turn has 7 s; meanwhile the timer drains what is being sent for up to 18 s.
        runner = server(app, drain=8.0)
        closing.push_async_callback(runner.cleanup)
        await runner.setup()
        stopped = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        await web.TCPSite(runner, settings.host, settings.port).start()
        await stopped.wait()
