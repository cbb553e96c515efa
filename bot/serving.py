"""One bot process, until it is asked to stop."""

import asyncio
import gc
import logging
import signal
import sys
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Final

from aiohttp import web

from bot.app import build_app
from bot.clock import SystemClock
from bot.edge.endpoint import server
from bot.settings import Settings
from bot.stores import open_store
from cards.wording import wording
from records.rights.replaying import marked
from records.store.contract import Store, StoreError

NOT_REPLAYED: Final = (
    "The bot does not start: these tables were restored from a backup, and what was erased since is"
    " not erased again. Run the same `import` once more, with ERASURE_LEDGER as it was."
)
log = logging.getLogger(__name__)


def run(settings: Settings, demo_time: str) -> int:
    """Exit codes: 0 once it was asked to stop and has, 2 where it may not start."""
    return asyncio.run(serve(settings, demo_time))


async def _may_start(store: Store) -> bool:
    """Whether these tables are as they are to be. Where nobody can tell, as the storage is away,
    it starts as ever."""
    try:
        return await marked(store) is None
    except StoreError:
        log.warning("not known whether restored", extra={"action": "restore_not_known"})
        return True


async def serve(settings: Settings, demo_time: str) -> int:
    """Serve until SIGINT or SIGTERM, and then until what is being sent has gone."""
    async with AsyncExitStack() as closing:
        clock = SystemClock(timedelta(seconds=settings.clock_offset_seconds))
        store = open_store(settings, clock, closing)
        if not await _may_start(store):
            await store.close()
            log.error("restored, not replayed", extra={"action": "restored_not_replayed"})
            sys.stderr.write(f"{NOT_REPLAYED}\n")
            return 2
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
    return 0
