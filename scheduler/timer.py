"""The timer: APScheduler as a ticker only. It rings; loops of our own wait, clear and work.

Nothing is kept in a job store: date jobs in memory are lost at a restart, and the default grace
of one second drops late ones. What is due stands in the records alone.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import tzinfo
from functools import partial
from typing import Any, Final, TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from records.outbox.prompt import Prompt
from records.store.contract import StoreError
from scheduler.leader import Leader
from scheduler.sweep import Lead, Sweep

MAX_WAITING: Final = 10_000
"""Commits whose prompts wait for a worker. More are left to the sweep: their pointers stand."""
OFTEN: Final = 300.0
"""Seconds between two looks at what nobody's act tells us, such as who has left."""
ALWAYS: Final = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
log = logging.getLogger(__name__)

_T = TypeVar("_T")
Errand = Callable[[], Awaitable[object]]
First = Callable[[Lead], Awaitable[object]]
"""What a leader does once. It asks as it goes whether it still leads, and is not to stop."""
Loop = tuple[Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[object]]]
"""What is waited for, and what is then done with it."""


class Handover:
    """From a commit to the workers: `announce` is the register's callback."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Sequence[Prompt]] = asyncio.Queue(MAX_WAITING)

    def announce(self, prompts: Sequence[Prompt]) -> None:
        """These prompts were just committed; those due by now go at once."""
        if not prompts:
            return
        try:
            self._queue.put_nowait(prompts)
        except asyncio.QueueFull:
            log.warning("left to the sweep", extra={"action": "handover_full"})

    async def take(self) -> Sequence[Prompt]:
        """The prompts of the next commit; waits for one."""
        return await self._queue.get()


class Timer:
    """Sweeps every `tick` seconds while leading, mends at 02:30, delivers commits at once.

    `nightly` are further errands for the night, run after the repair, one after another;
    `hourly` those of every full hour, `often` those of every `OFTEN` seconds, `first` what is
    looked at after each sweep, beside the next ones, until it is done. All are the leader's.
    `also` are loops of every copy, and `last` what every copy still does when it is asked to stop.
    """

    def __init__(
        self,
        sweep: Sweep,
        handover: Handover,
        leader: Leader,
        zone: tzinfo,
        *,
        tick: float = 30.0,
        workers: int = 8,
        nightly: Sequence[Errand] = (),
        hourly: Sequence[Errand] = (),
        first: Sequence[First] = (),
        often: Sequence[Errand] = (),
        also: Sequence[Loop] = (),
        last: Sequence[Errand] = (),
    ) -> None:
        self._sweep, self._handover, self._leader = sweep, handover, leader
        self._zone, self._tick, self._workers = zone, tick, workers
        self._nightly, self._hourly, self._also, self._last = nightly, hourly, also, last
        self._often = often
        self._ring, self._night, self._hour = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._first, self._swept = first, asyncio.Event()
        self._five = asyncio.Event()
        self._scheduler: Any = None
        self._stopping = False
        self._idle: set[asyncio.Task[Any]] = set()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin, with a sweep at once. Needs a running event loop."""
        self._scheduler = AsyncIOScheduler(timezone=self._zone)
        self._scheduler.add_job(
            _ring, "interval", seconds=self._tick, args=[self._ring], id="tick", **ALWAYS
        )
        self._scheduler.add_job(
            _ring, "cron", hour=2, minute=30, args=[self._night], id="night", **ALWAYS
        )
        self._scheduler.add_job(_ring, "cron", minute=0, args=[self._hour], id="hour", **ALWAYS)
        self._scheduler.add_job(
            _ring, "interval", seconds=OFTEN, args=[self._five], id="often", **ALWAYS
        )
        self._scheduler.start()
        self._ring.set()
        loops = [self._loop(self._ring.wait, self._sweep_once)]
        loops += [self._loop(self._night.wait, self._mend_once)]
        loops += [self._loop(self._hour.wait, self._round_once)]
        loops += [self._loop(self._swept.wait, self._begin_once)]
        loops += [self._loop(self._five.wait, self._often_once)]
        loops += [self._loop(self._handover.take, self._hand_over) for _ in range(self._workers)]
        loops += [self._loop(wait, work) for wait, work in self._also]
        self._tasks = [asyncio.create_task(one) for one in loops]

    async def stop(self, drain_seconds: float = 20.0) -> None:
        """Claim nothing more, let what is being sent finish and what is left for last be done, and
        give up the lease."""
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._stopping = True
        self._sweep.stop()
        for task in tuple(self._idle):
            task.cancel()
        self._tasks += [asyncio.create_task(_guard(one)) for one in self._last]
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=drain_seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await _guard(self._leader.release)

    async def _loop(
        self, wait: Callable[[], Awaitable[_T]], work: Callable[[_T], Awaitable[object]]
    ) -> None:
        """Wait and work, until stopped. Only a loop that waits may be cancelled at once."""
        task = asyncio.current_task()
        while task is not None and not self._stopping:
            self._idle.add(task)
            try:
                found = await wait()
            finally:
                self._idle.discard(task)
            await _guard(partial(work, found))

    async def _sweep_once(self, _: object) -> None:
        self._ring.clear()
        await self._sweep.run(self._leader.hold)
        self._swept.set()

    async def _mend_once(self, _: object) -> None:
        self._night.clear()
        await self._run((self._sweep.mend, *self._nightly))

    async def _round_once(self, _: object) -> None:
        self._hour.clear()
        await self._run(self._hourly)

    async def _begin_once(self, _: object) -> None:
        self._swept.clear()
        await self._run([partial(one, self._goes_on) for one in self._first])

    async def _goes_on(self) -> bool:
        return not self._stopping and await self._leader.hold()

    async def _often_once(self, _: object) -> None:
        self._five.clear()
        await self._run(self._often)

    async def _run(self, errands: Sequence[Errand]) -> None:
        """One after another, whatever became of the one before; only while leading, by a clock
        that is right."""
        if not await self._sweep.trusts_clock() or not await self._leader.hold():
            return
        for errand in errands:
            await _guard(errand)

    async def _hand_over(self, prompts: Sequence[Prompt]) -> None:
        await self._sweep.deliver_now(prompts)


async def _ring(event: asyncio.Event) -> None:
    """A coroutine, because APScheduler runs plain functions in a thread, where none may be set."""
    event.set()


async def _guard(work: Callable[[], Awaitable[object]]) -> None:
    try:
        await work()
    except StoreError as error:
        log.warning("store away", extra={"action": "timer_store", "error": type(error).__name__})
    except Exception:
        # The seam: whatever a round met, the next one is still owed.
        log.exception("round failed", extra={"action": "timer_failed"})
