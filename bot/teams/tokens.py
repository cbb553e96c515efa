"""The bot's own token towards Teams: one for the process, fetched off the loop, renewed early."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from bot.clock import Clock
from bot.single_flight import SingleFlight
from records.kept_secret import HoldsSecret

log = logging.getLogger(__name__)

EARLY: Final = 300.0
"""Seconds before its end at which a token is renewed."""
YOUNG: Final = 60.0
"""Seconds in which a refused token is kept: fetching another would not help, and would repeat."""


class NoToken(Exception):
    """Microsoft Entra gave no token. Nothing was sent to Teams.

    `ours` where it refused us, so that a new secret or right is needed; else it was away.
    """

    def __init__(self, why: str, *, ours: bool = False) -> None:
        super().__init__(why)
        self.ours = ours


class TokenSource(Protocol):
    """Where the connector gets its Authorization header."""

    async def header(self) -> str | None:
        """The header's value, or None when no token is wanted. Raises NoToken."""
        ...

    def drop(self) -> None:
        """Teams refused the token: ask for a new one at the next call."""
        ...


class NoTokens:
    """No token: the demo without an app id."""

    async def header(self) -> str | None:
        """Nothing to prove."""
        return None

    def drop(self) -> None:
        """Nothing to forget."""


@dataclass(frozen=True)
class Issued(HoldsSecret):
    """A token and the seconds for which it holds."""

    token: str = field(repr=False)
    seconds: float


Issuer = Callable[[], Issued]
"""Fetches a token, blocking; raises NoToken. Run in a thread."""


class EntraTokens(HoldsSecret):
    """One cached token. In its last five minutes it still serves while the next is fetched."""

    def __init__(self, issuer: Callable[[], Issuer], clock: Clock) -> None:
        """`issuer` makes a fetcher without a memory of its own, so that `drop` means something."""
        self._new_issuer, self._clock = issuer, clock
        self._issuer: Issuer | None = None
        self._token, self._since, self._until = "", 0.0, 0.0
        self._flight = SingleFlight(self._fetch)

    async def header(self) -> str | None:
        """`Bearer …`. Waits only when there is no token that still holds."""
        left = self._until - self._clock.monotonic() if self._token else 0.0
        if left <= 0:
            await self._flight.wait()
        elif left <= EARLY:
            self._flight.start()
        return f"Bearer {self._token}"

    def drop(self) -> None:
        """Forget the token, unless it is younger than `YOUNG` seconds."""
        if self._clock.monotonic() - self._since >= YOUNG:
            self._token, self._issuer = "", None

    async def close(self) -> None:
        """End a fetch under way."""
        await self._flight.close()

    async def _fetch(self) -> None:
        self._issuer = self._issuer or self._new_issuer()
        try:
            issued = await asyncio.to_thread(self._issuer)
        except NoToken as error:
            log.warning("no outbound token", extra={"action": "token_failed", "error": str(error)})
            raise
        self._since = self._clock.monotonic()
        self._token, self._until = issued.token, self._since + issued.seconds


def made_late(make: Callable[[], Issuer]) -> Callable[[], Issuer]:
    """Fetchers that `make` makes at their first fetch, in its thread: it may load and ask much.

    Where that raises NoToken, the next fetch tries again.
    """

    def fetcher() -> Issuer:
        made: list[Issuer] = []

        def fetch() -> Issued:
            if not made:
                made.append(make())
            return made[0]()

        return fetch

    return fetcher
