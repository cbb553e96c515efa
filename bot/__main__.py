"""`python -m bot`: one bot process, settings from the environment."""

import asyncio
import os
import signal
import sys
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

from aiohttp import web
from azure.identity.aio import DefaultAzureCredential

from bot.app import build_app
from bot.clock import Clock, SystemClock
from bot.endpoint import server
from bot.logs import set_up
from bot.settings import BadSettings, Settings, load_settings
from records.memory import MemoryStore
from records.store import Store
from records.tables import TableStore


def main() -> int:
    """Exit codes: 0 stopped, 2 the settings do not hold together, each problem on a line."""
    try:
        settings = load_settings()
        demo_time = _demo_time(settings)
    except BadSettings as wrong:
        print("The bot cannot start:", file=sys.stderr)
        for problem in wrong.problems:
            print(f"  {problem}", file=sys.stderr)
        return 2
    set_up(settings.log_level)
    asyncio.run(_serve(settings, demo_time))
    return 0


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


def _store(settings: Settings, clock: Clock, closing: AsyncExitStack) -> Store:
    connection = settings.tables_connection_string.get_secret_value()
    if connection:
        return TableStore(connection, clock=clock.now, prefix=settings.tables_prefix)
    if settings.tables_endpoint:
        credential = _credential(settings)
        closing.push_async_callback(credential.close)
        return TableStore(
            settings.tables_endpoint,
            clock=clock.now,
            credential=credential,
            prefix=settings.tables_prefix,
        )
    print("No tables are set: this demo keeps everything in memory only.", file=sys.stderr)
    return MemoryStore()


def _credential(settings: Settings) -> DefaultAzureCredential:
    """With a managed identity, the one that the bot itself is."""
    if settings.microsoft_app_type == "UserAssignedMSI":
        return DefaultAzureCredential(managed_identity_client_id=settings.microsoft_app_id)
    return DefaultAzureCredential()


async def _serve(settings: Settings, demo_time: str) -> None:
    async with AsyncExitStack() as closing:
        clock = SystemClock(timedelta(seconds=settings.clock_offset_seconds))
        store = _store(settings, clock, closing)
        app = build_app(settings, clock=clock, store=store, demo_time=demo_time)
        # A turn has 7 s; the timer then drains what is being sent for up to 20 s.
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
