"""One fetch at a time: whoever asks while it runs waits for the same answer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Runs `work` at most once at a time; a waiter that is cancelled does not cancel the others."""

    def __init__(self, work: Callable[[], Awaitable[T]]) -> None:
        self._work = work
        self._task: asyncio.Task[T] | None = None

    @property
    def running(self) -> bool:
        """Whether a run is under way."""
        return self._task is not None and not self._task.done()

    def start(self) -> asyncio.Task[T]:
        """The run under way, or a new one. It goes on without anybody waiting for it."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
            # Taken here, so that a failure nobody waited for is not reported by the loop.
            self._task.add_done_callback(lambda task: task.cancelled() or task.exception())
        return self._task

    async def wait(self) -> T:
        """What the run under way, or a new one, comes to; its failure is raised here."""
        return await asyncio.shield(self.start())

    async def close(self) -> None:
        """End the run under way, so that nothing is left behind when the loop stops."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _run(self) -> T:
        return await self._work()
