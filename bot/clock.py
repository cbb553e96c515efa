"""The one place that asks the machine for the time. Everywhere else time is an argument."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Wall time for what people and tokens say, monotonic time for waits and ages."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that only ever grow; unaffected when the machine's clock is set."""
        ...


class SystemClock:
    """The machine's own clocks; `offset` makes the wall clock go wrong, for trials alone."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self._offset = offset

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC) + self._offset

    def monotonic(self) -> float:
        """Seconds that only ever grow; unaffected when the machine's clock is set."""
        return time.monotonic()
