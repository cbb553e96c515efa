"""How fast we may send. Source: Microsoft Teams, "Optimise your bot with rate limiting".

Per conversation 7 in 1 s, 8 in 2 s, 60 in 30 s; per app and tenant 50 in 1 s, of which we use 40,
shared by all instances.
"""

from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from typing import Final

CONVERSATION: Final = ((7, 1.0), (8, 2.0), (60, 30.0))
TENANT_PER_SECOND: Final = 40
MAX_KEPT: Final = 5_000
"""Conversations whose recent sends are remembered; the longest quiet go first."""


class TooBusy(Exception):
    """It would take longer than we wait here. `seconds` is when to come back."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.1f} s")
        self.seconds = seconds


class _Window:
    """Sends of the last seconds, against one or more sliding limits."""

    def __init__(self, limits: tuple[tuple[int, float], ...]) -> None:
        self._limits = limits
        self._sent: deque[float] = deque(maxlen=max(count for count, _ in limits))

    def delay(self, now: float) -> float:
        """Seconds until one more send keeps every limit."""
        waits = [
            self._sent[-count] + seconds - now
            for count, seconds in self._limits
            if len(self._sent) >= count
        ]
        return max([0.0, *waits])

    def take(self, now: float) -> None:
        """Count one send."""
        self._sent.append(now)


class Pace:
    """Waits until a send keeps the limits of its conversation and its tenant."""

    def __init__(
        self,
        *,
        instances: int,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        max_wait: float = 10.0,
    ) -> None:
        count = max(1, TENANT_PER_SECOND // instances)
        self._tenant_limit = ((count, max(1.0, instances / TENANT_PER_SECOND)),)
        self._monotonic, self._sleep, self._max_wait = monotonic, sleep, max_wait
        self._windows: OrderedDict[str, _Window] = OrderedDict()

    async def wait(self, *, conversation: str, tenant: str) -> None:
        """Return when it is our turn, counted. Raises TooBusy rather than wait over `max_wait`."""
        started = self._monotonic()
        while True:
            windows = (
                self._window(f"c|{conversation}", CONVERSATION),
                self._window(f"t|{tenant}", self._tenant_limit),
            )
            now = self._monotonic()
            delay = max(window.delay(now) for window in windows)
            if delay <= 0:
                for window in windows:
                    window.take(now)
                return
            if now - started + delay > self._max_wait:
                raise TooBusy(delay)
            await self._sleep(delay)

    def _window(self, key: str, limits: tuple[tuple[int, float], ...]) -> _Window:
        window = self._windows.setdefault(key, _Window(limits))
        self._windows.move_to_end(key)
        if len(self._windows) > MAX_KEPT:
            self._windows.popitem(last=False)
        return window
