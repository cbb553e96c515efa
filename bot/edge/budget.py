"""A budget for each person, so that nobody's haste is felt by anybody else.

So many turns a minute, at once or evenly, and so many under way, counted from the turn's beginning
until its reply is out: a slow Teams holds the connections that replies take. What is over waits a
little; what cannot wait that long is not taken, and its writer hears it once for all that came in
one go.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from aiolimiter import AsyncLimiter
from cachetools import TTLCache

from records.people import PersonKey

MOST_KNOWN: Final = 5_000
"""People whose budgets are known to one process; the longest quiet go first."""
KNOWN: Final = 600.0
"""Seconds after which somebody who was quiet begins anew."""
MOST_WAITING: Final = 20
"""Turns of one person that may wait at a time: what they hold is kept in memory."""
SAID: Final = 20.0
"""Seconds for which it is not said again that something was not taken."""


class OverBudget(Exception):
    """This turn is one too many just now. `say` is false where its writer was told a moment ago."""

    def __init__(self, *, say: bool) -> None:
        super().__init__("over budget")
        self.say = say


@dataclass
class _Allowance:
    turns: AsyncLimiter
    under_way: asyncio.Semaphore
    waiting: int = 0
    said: float = field(default=float("-inf"))


class Budget:
    """Everybody's budgets. `a_minute` turns may come in one burst; `wait` is in seconds."""

    def __init__(
        self,
        *,
        a_minute: int,
        at_once: int,
        wait: float = 2.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._a_minute, self._at_once = a_minute, at_once
        self._wait, self._monotonic = wait, monotonic
        self._people: TTLCache[PersonKey, _Allowance] = TTLCache(MOST_KNOWN, KNOWN, monotonic)

    @asynccontextmanager
    async def turn(self, person: PersonKey) -> AsyncIterator[None]:
        """One turn of somebody's, with its reply. Raises OverBudget before anything is done."""
        mine = self._of(person)
        if mine.waiting >= MOST_WAITING:
            raise self._over(mine)
        mine.waiting += 1
        try:
            async with asyncio.timeout(self._wait):
                await mine.under_way.acquire()
                try:
                    await mine.turns.acquire()
                except BaseException:
                    mine.under_way.release()
                    raise
        except TimeoutError:
            raise self._over(mine) from None
        finally:
            mine.waiting -= 1
        try:
            yield
        finally:
            mine.under_way.release()

    def _of(self, person: PersonKey) -> _Allowance:
        """Looked at again is known for longer: whoever keeps coming never begins anew."""
        mine = self._people.get(person) or _Allowance(
            AsyncLimiter(self._a_minute, 60), asyncio.Semaphore(self._at_once)
        )
        self._people[person] = mine
        return mine

    def _over(self, mine: _Allowance) -> OverBudget:
        now = self._monotonic()
        say = now - mine.said >= SAID
        if say:
            mine.said = now
        return OverBudget(say=say)
