"""`python -m bot`: one bot process, settings from the environment; with a word more, a command."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

from aiohttp import web

from bot.app import build_app
from bot.clock import SystemClock
from bot.commands import COMMANDS
from bot.endpoint import server
from bot.logs import set_up
from bot.settings import BadSettings, Settings, load_settings
from bot.stores import open_store


def main() -> int:
    """Exit codes: 0 stopped, 2 the settings do not hold together, each problem on a line.

    A command has exit codes of its own; one that there is not is 2.
    """
    try:
        settings = load_settings()
        demo_time = _demo_time(settings)
    except BadSettings as wrong:
        print("The bot cannot start:", file=sys.stderr)
        for problem in wrong.problems:
            print(f"  {problem}", file=sys.stderr)
        return 2
    set_up(settings.log_level)
    if len(sys.argv) > 1:
        return _command(settings, sys.argv[1], sys.argv[2:])
    asyncio.run(_serve(settings, demo_time))
    return 0


def _command(settings: Settings, name: str, arguments: Sequence[str]) -> int:
    command = COMMANDS.get(name)
    if command is None:
        print(f"There is no command {name!r}. There are: {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    return command(settings, arguments)


def _demo_time(settings: Settings) -> str:
    given = os.environ.get("DEMO_TIME", "") if settings.demo else ""
    if given:
        try:
            if datetime.fromisoformat(given).tzinfo is None:
                raise ValueError(given)
        except ValueError:
            problem = "DEMO_TIME: give a moment with its zone, such as 2027-02-01T09:00:00+00:00."
            raise BadSettings([problem]) from None
    return given


async def _serve(settings: Settings, demo_time: str) -> None:
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


if __name__ == "__main__":
    sys.exit(main())
