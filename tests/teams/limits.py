"""How much Teams takes. Source: Teams, "Optimize your bot: Rate limiting", and "Format your bot
messages" on the size, which counts a message in UTF-16."""

import json
from collections import defaultdict, deque
from typing import Any, Final

SENDS: Final = ((7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0))
"""In one conversation: so many in so many seconds, new messages and updates alike."""
LOOKUPS: Final = ((14, 1.0), (16, 2.0), (120, 30.0), (3_600, 3_600.0))
"""Of members, in one conversation."""
TENANT: Final = ((50, 1.0),)
"""Of all of an app's requests in one tenant."""
MOST_BYTES: Final = 100 * 1024


def size(activity: dict[str, Any]) -> int:
    """Bytes of a message as Teams counts it."""
    return len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le", "surrogatepass"))


class Limits:
    """What came in lately. Whatever is over is not taken, and not counted."""

    def __init__(self) -> None:
        self._taken: dict[str, deque[float]] = defaultdict(deque)

    def take(self, now: float, *wanted: tuple[str, tuple[tuple[int, float], ...]]) -> float:
        """Count one request under each key, or give the seconds until it would keep every limit."""
        wait = max(self._wait(now, key, limits) for key, limits in wanted)
        if wait <= 0:
            for key, limits in wanted:
                known = self._taken[key]
                known.append(now)
                while len(known) > max(count for count, _ in limits):
                    known.popleft()
        return wait

    def _wait(self, now: float, key: str, limits: tuple[tuple[int, float], ...]) -> float:
        known = self._taken[key]
        waits = [known[-count] + seconds - now for count, seconds in limits if len(known) >= count]
        return max([0.0, *waits])
