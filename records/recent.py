"""What a process remembers for a while: so many things, so long each, the oldest going first."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

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
