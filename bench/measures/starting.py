"""What a start costs: until `python -m bot` answers /healthz, beside a bare import of the libraries
that it stands on; and the memory in use after a start and one turn, beside the stock bot's.

The start is measured in processor time: how long it takes on the wall hangs on the machine's disk
and on who else is there. Both are in the raw rows.
"""

import asyncio
import os
import sys
import time
from collections.abc import Iterable
from typing import Final

import aiohttp

from bench.checks import Wrong, same
from bench.processes import ROOT, Server, own
from bench.registry import Figure, measurement
from bench.rig import Rig
from bench.steps import ARRIVES, REQUEST, plain_tap

IMPORTS: Final = (
    "import botbuilder.core, aiohttp, aiohttp.web, azure.data.tables.aio, pydantic;"
    "import apscheduler.schedulers.asyncio"
)
CARD: Final = {"type": "AdaptiveCard", "version": "1.5", "body": []}
MEGABYTE: Final = 1024 * 1024


@measurement("start_vs_import")
async def starts(rig: Rig) -> Iterable[Figure]:
    """In turn, so that a busy moment falls on both. Raises NotStarted."""
    bot, imports = [], []
    for number in range(rig.rounds + 1):
        ours, theirs = await _start(rig), await asyncio.to_thread(_import)
        facts = {"start": ours, "import": theirs}
        rig.row("starts", round=number, **{name: list(one) for name, one in facts.items()})
        if number:  # The first reads what the others find in the machine's memory.
            bot.append(ours)
            imports.append(theirs)
    return [
        Figure("start until /healthz: cpu, ms", [one[0] * 1_000 for one in bot]),
        Figure("start until /healthz: wall, ms", [one[1] * 1_000 for one in bot]),
        Figure("import alone: cpu, ms", [one[0] * 1_000 for one in imports]),
        Figure("import alone: wall, ms", [one[1] * 1_000 for one in imports]),
        Figure("start_vs_import", [a[0] / b[0] for a, b in zip(bot, imports, strict=True)]),
    ]


async def _start(rig: Rig) -> tuple[float, float]:
    """Processor and wall seconds."""
    async with rig.bot() as bot, aiohttp.ClientSession() as http:
        async with http.get(f"http://127.0.0.1:{bot.server.port}/healthz") as answer:
            assert answer.status == 200
        return bot.server.cpu(), time.perf_counter() - bot.server.begun


def _import() -> tuple[float, float]:
    begun = time.perf_counter()
    pid = os.spawnve(  # noqa: S606  # its own account is asked for when it has ended
        os.P_NOWAIT,
        sys.executable,
        [sys.executable, "-c", IMPORTS],
        own() | {"PWD": str(ROOT)},
    )
    _, status, used = os.wait4(pid, 0)
    assert status == 0
    return used.ru_utime + used.ru_stime, time.perf_counter() - begun


@measurement("rss_vs_stock")
async def memory(rig: Rig) -> Iterable[Figure]:
    """Fresh processes each time. Raises Wrong."""
    ours, stock = [], []
    for number in range(max(rig.rounds // 2, 1)):
        async with rig.bot() as bot:
            members = await bot.town.newcomers(1)
            for step in (ARRIVES, REQUEST[0]):
                await bot.do(members, step, 1)
            ours.append(await _resting(bot.server))
        async with rig.peer("stock", CARD) as server:
            (answer,) = await rig.send(server, [plain_tap(rig.services, 0)], 1)
            same(answer, CARD)
            stock.append(await _resting(server))
        rig.row("memory", round=number, ours=ours[-1], stock=stock[-1])
    if min(stock) <= 0:
        raise Wrong("no memory is said of the stock bot")
    return [
        Figure("memory after one turn, ours: MB", [one / MEGABYTE for one in ours]),
        Figure("memory after one turn, stock: MB", [one / MEGABYTE for one in stock]),
        Figure("rss_vs_stock", [a / b for a, b in zip(ours, stock, strict=True)]),
    ]


async def _resting(server: Server) -> float:
    await server.at_rest()
    return server.rss()
