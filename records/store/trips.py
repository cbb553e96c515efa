"""Fewer trips to the storage one after the other: calls made at the same time, and what a process
remembers for a while."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable
from typing import Final, Generic, TypeVar

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


_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


class Recent(Generic[_K, _V]):
    """At most `most` values, each for `seconds` after it was kept, by a clock that never jumps.

    Where `most` is 0, nothing is remembered.
    """

    def __init__(self, most: int, seconds: float, monotonic: Callable[[], float]) -> None:
        self._most, self._seconds, self._monotonic = most, seconds, monotonic
        self._there: dict[_K, tuple[float, _V]] = {}

    def get(self, key: _K) -> _V | None:
        """The value, while it is remembered."""
        at, found = self._there.get(key, (0.0, None))
        if found is not None and self._monotonic() - at >= self._seconds:
            self.drop(key)
            return None
        return found

    def keep(self, key: _K, value: _V) -> None:
        """Remember it from now on."""
        self.drop(key)
        if not self._most:
            return
        if len(self._there) >= self._most:
            del self._there[next(iter(self._there))]  # a dict keeps the order of its insertions
        self._there[key] = self._monotonic(), value

    def drop(self, key: _K) -> None:
        """Forget it."""
        self._there.pop(key, None)
