"""How fast we may send. Source: Microsoft Teams, "Optimise your bot with rate limiting".

Per conversation 7 in 1 s, 8 in 2 s, 60 in 30 s; per app and tenant 50 in 1 s, of which we use 40,
shared by all instances.
"""

from collections import Counter, OrderedDict, deque
from collections.abc import Awaitable, Callable
from typing import Final

CONVERSATION: Final = ((7, 1.0), (8, 2.0), (60, 30.0))
TENANT_PER_SECOND: Final = 40
GIVES_WAY: Final = 0.02
"""Seconds for which others wait where something goes first."""
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
    """Waits until a send keeps the limits of its conversation and its tenant.

    What somebody has a finger on goes `first`: everything else lets it pass.
    """

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
        self._first: Counter[str] = Counter()

    async def wait(self, *, conversation: str, tenant: str) -> None:
        """Return when it is our turn, counted. Raises TooBusy rather than wait over `max_wait`."""
        await self._wait(conversation, tenant, self._max_wait, first=False)

    async def wait_first(self, *, conversation: str, tenant: str, max_wait: float) -> None:
        """The same, before all that waits for the same tenant. Raises TooBusy."""
        self._first[tenant] += 1
        try:
            await self._wait(conversation, tenant, max_wait, first=True)
        finally:
            self._first[tenant] -= 1
            if not self._first[tenant]:
                del self._first[tenant]

    async def _wait(self, conversation: str, tenant: str, longest: float, *, first: bool) -> None:
        started = self._monotonic()
        while True:
            windows = (
                self._window(f"c|{conversation}", CONVERSATION),
                self._window(f"t|{tenant}", self._tenant_limit),
            )
            now = self._monotonic()
            delay = max(window.delay(now) for window in windows)
            if delay <= 0 and self._first[tenant] and not first:
                delay = GIVES_WAY
            if delay <= 0:
                for window in windows:
                    window.take(now)
                return
            if now - started + delay > longest:
                raise TooBusy(delay)
            await self._sleep(delay)

    def _window(self, key: str, limits: tuple[tuple[int, float], ...]) -> _Window:
        window = self._windows.setdefault(key, _Window(limits))
        self._windows.move_to_end(key)
        if len(self._windows) > MAX_KEPT:
            self._windows.popitem(last=False)
        return window
