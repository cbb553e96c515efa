"""The courier's contract: how a card reaches a person, and every way in which it may not.

`bot.teams.teams_courier` keeps it over Teams. The errors say whose matter it is, so that nobody
needs a status number (decision 0037):

| error | whose | what follows |
|---|---|---|
| `NotAccepted` | nobody's: Teams is away or busy | the same again, later |
| `OutOfOrder`, a `NotAccepted` | the deployment's | the same again, with all others |
| `Unreachable`, `ChatGone` | this person's | told as not reached; comes when they do |
| `Moved`, `ChatGone` | this chat's | once more where it is now (`send`) |
| `MessageGone` | the message's that was to be replaced | it is there no more |
| any other `Refused` | this message's, so ours | it waits for an operator |
| `Ambiguous` | nobody knows | never the same again at once |
"""

from dataclasses import dataclass
from typing import Any, Protocol

from records.people import Reference


@dataclass(frozen=True)
class Parcel:
    """One card for one place. `summary` is the notification's text and carries no story.

    A message in a channel tells nobody by itself that it is there: with `alert` Teams does.
    """

    card: dict[str, Any]
    summary: str
    alert: bool = False


class NotAccepted(Exception):
    """Teams never took it: no connection, 429 or 412. `retry_after` in seconds, if it said so."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.retry_after = reason, retry_after


class JustTapped(NotAccepted):
    """The message was answered a moment ago: what it holds now is not what was to be closed."""


class OutOfOrder(NotAccepted):
    """The deployment is at fault, whoever it was for: no token, 401, an app that is blocked.

    `retry_after` is when everything is tried again; None where it is known of one chat alone.
    """


class Refused(Exception):
    """Teams will not take this as it is, whenever it is tried."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.reason, self.status = reason, status


class Unreachable(Refused):
    """This person is not to be written to: they blocked the app, or have not got it any more."""


class ChatGone(Unreachable):
    """There is no such chat any more. A new one with the same person may be opened."""


class Moved(Refused):
    """This chat is to be written to at another host: `to` is the same place there."""

    def __init__(self, reason: str, status: int, to: Reference) -> None:
        super().__init__(reason, status)
        self.to = to


class MessageGone(Refused):
    """The message that was to be replaced is there no more."""


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

    async def reopen(self, to: Reference) -> Reference:
        """A chat with the same person, where theirs is gone. Nothing is posted, so it raises
        NotAccepted or Unreachable only."""
        ...


async def send(
    courier: Courier, to: Reference, parcel: Parcel, *, personal: bool
) -> tuple[str, Reference]:
    """Send a parcel where it has to go: the message's id, and the place that took it.

    A chat that has moved, or a personal one that is gone, is followed once each. A channel is
    nobody's chat: where it is gone, none is opened in its place. Same errors as `Courier.send`.
    """
    followed: set[type[Refused]] = set()
    while True:
        try:
            return await courier.send(to, parcel), to
        except (Moved, ChatGone) as gone:
            opens = isinstance(gone, ChatGone)
            if type(gone) in followed or (opens and not personal):
                raise
            followed.add(type(gone))
            to = gone.to if isinstance(gone, Moved) else await courier.reopen(to)
