"""What may wait until a reply is out: lists, and second looks at who was answered from memory.

Nothing is kept here that is not kept elsewhere: an errand that is lost with its process has a due
pointer, or is only a look. So one that fails is logged, and holds up no other.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

from records.register.listing import Errand
from records.store.codec import Unreadable, tell
from records.store.contract import StoreError, each

MAX_WAITING: Final = 10_000
"""Errands that wait for a worker. More are left to the sweep."""
WORKERS: Final = 4
"""Loops of each copy that work them off, and errands at a time when it stops."""
log = logging.getLogger(__name__)


@dataclass
class _Turn:
    """What one turn has left for later. A task that outlives it finds that it is over."""

    errands: list[Errand] = field(default_factory=list)
    over: bool = False


_turn: ContextVar[_Turn | None] = ContextVar("turn", default=None)


class Afterwards:
    """From a turn to the loops of its copy: `later` is the register's and the directory's, `once`
    the directory's."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._queue: asyncio.Queue[Errand] = asyncio.Queue(MAX_WAITING)
        self._monotonic = monotonic
        self._once: OrderedDict[str, tuple[float, Errand]] = OrderedDict()
        self._any = asyncio.Event()

    def later(self, errand: Errand) -> None:
        """Do it once the reply of the present turn is out; where there is no turn, soon."""
        turn = _turn.get()
        if turn is not None and not turn.over:
            turn.errands.append(errand)
        else:
            self._put(errand)

    def once(self, key: str, errand: Errand, seconds: float) -> None:
        """Do it so many seconds after the first that has this key, in place of the one before.

        All are given the same seconds, so that they stand in the order in which they are due.
        """
        due, _ = self._once.get(key, (self._monotonic() + seconds, errand))
        if key not in self._once and len(self._once) >= MAX_WAITING:
            self.later(errand)
            return
        self._once[key] = due, errand
        self._any.set()

    async def ripe(self) -> Errand:
        """The next of those once it is due; waits for one."""
        while True:
            await self._any.wait()
            if not self._once:
                self._any.clear()
                continue
            due, _ = next(iter(self._once.values()))
            if (wait := due - self._monotonic()) > 0:
                await asyncio.sleep(wait)
            else:
                return self._once.popitem(last=False)[1][1]

    @contextmanager
    def after_this(self) -> Iterator[None]:
        """A turn: what it leaves for later waits until it has replied."""
        turn = _Turn()
        token = _turn.set(turn)
        try:
            yield
        finally:
            _turn.reset(token)
            turn.over = True
            for errand in turn.errands:
                self._put(errand)

    async def take(self) -> Errand:
        """The next errand; waits for one."""
        return await self._queue.get()

    async def work(self, errand: Errand) -> None:
        """Do it. Fails never."""
        try:
            await errand()
        except Unreadable as error:
            tell(error)
        except StoreError as error:
            extra = {"action": "afterwards_store", "error": type(error).__name__}
            log.warning("left to the sweep", extra=extra)
        except Exception:
            # The seam: whatever one conversation holds, the lists of the others are still to do.
            log.exception("errand failed", extra={"action": "afterwards_failed"})

    async def quiet(self) -> None:
        """Everything that waits, worked off: when the process is asked to stop, and in tests."""
        while not self._queue.empty() or self._once:
            waiting = [self._queue.get_nowait() for _ in range(self._queue.qsize())]
            waiting += [errand for _, errand in self._once.values()]
            self._once.clear()
            await each(self.work, waiting, at_once=WORKERS)

    def _put(self, errand: Errand) -> None:
        try:
            self._queue.put_nowait(errand)
        except asyncio.QueueFull:
            log.warning("left to the sweep", extra={"action": "afterwards_full"})
