"""The courier's contract: how a card reaches a person, and every way in which it may not.

`bot.teams.teams_courier` keeps it over Teams. The errors are the table of answers in the README of
delivery: not accepted (try again), refused (park), ambiguous (never send the same again at once).
"""

from dataclasses import dataclass
from typing import Any, Protocol

from records.people import Reference


@dataclass(frozen=True)
class Parcel:
    """One card for one place. `summary` is the notification's text and carries no story."""

    card: dict[str, Any]
    summary: str


class NotAccepted(Exception):
    """Teams never took it: no connection, 429 or 412. `retry_after` in seconds, if it said so."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.retry_after = reason, retry_after


class Refused(Exception):
    """Teams will not take it: 400, 401, 403, 404, 413. Park it and use the next way."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.reason, self.status = reason, status


class Ambiguous(Exception):
    """It may have arrived: 500, 502, 503, 504, a time-out, a reset, HTML, a 201 without an id."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Courier(Protocol):
    """Sends one parcel to one place."""

    async def send(self, to: Reference, parcel: Parcel) -> str:
        """The id of the accepted message. Raises NotAccepted, Refused or Ambiguous only."""
        ...

    async def replace(self, to: Reference, message_id: str, parcel: Parcel) -> None:
        """Put another card in place of a sent one. Same errors; replacing twice does no harm."""
        ...
