"""Several calls to the storage at the same time, that are one to whoever waits for them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, TypeVar

AT_ONCE: Final = 16
"""Reads of one turn that are under way at the same time."""
_T = TypeVar("_T")
_U = TypeVar("_U")


async def together(*calls: Awaitable[object]) -> None:
    """Wait for every one of them, and only then raise what the first that failed raised."""
    for done in await asyncio.gather(*calls, return_exceptions=True):
        if isinstance(done, BaseException):
            raise done


async def each(
    read: Callable[[_T], Awaitable[_U]], of: Iterable[_T], *, at_once: int = AT_ONCE
) -> list[_U]:
    """What `read` gives for each, in order, so many at a time."""
    free = asyncio.Semaphore(at_once)

    async def one(item: _T) -> _U:
        async with free:
            return await read(item)

    return await asyncio.gather(*map(one, of))
