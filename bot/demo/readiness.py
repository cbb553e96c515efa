"""Waiting until what was started answers."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any, Final

import aiohttp

from bot.demo.preflight import CannotStart
from bot.demo.processes import Child

PATIENCE: Final = 60.0
"""Seconds a child has until it answers. Two cores take about five for everything."""


def any_answer(status: int) -> bool:
    """Good enough for a server that answers strangers with an error, as Azurite does."""
    return status > 0


def fine(status: int) -> bool:
    """200, and nothing else."""
    return status == 200


async def ready(child: Child, url: str, good: Callable[[int], bool]) -> None:
    """Return when the child answers well; raise Ended if it ends, CannotStart if it never does."""
    until = time.monotonic() + PATIENCE
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as http:
        while not await _answers(http, url, good):
            if not child.running:
                raise child.ended()
            if time.monotonic() > until:
                raise CannotStart(f"{child.name} does not answer on {url}; see {child.log}")
            await asyncio.sleep(0.05)


async def together(*jobs: Coroutine[Any, Any, None]) -> None:
    """Run all at once. When one fails the others are stopped, and its own error is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            for job in jobs:
                group.create_task(job)
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None


async def _answers(http: aiohttp.ClientSession, url: str, good: Callable[[int], bool]) -> bool:
    try:
        async with http.get(url) as answer:
            return good(answer.status)
    except (aiohttp.ClientError, TimeoutError):
        return False
