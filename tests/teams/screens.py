"""One message as one device shows it, and what an update did to it there."""

from dataclasses import dataclass

from tests.teams import drawn
from tests.teams.places import Card, Message


@dataclass(frozen=True)
class Redrawn:
    """An update drew a card anew on a device. `lost` is what was half typed in it and is gone,
    `since_tap` the seconds since somebody tapped this message on this device."""

    device: str
    message: str
    lost: dict[str, str]
    since_tap: float


@dataclass(frozen=True)
class Screen:
    """One message as a device shows it."""

    message: Message
    card: Card

    @property
    def present(self) -> bool:
        """Whether it is the last that the bot has given for this message."""
        return self.card == self.message.latest

    @property
    def title(self) -> str:
        """Its first line."""
        return drawn.texts(self.card).partition("\n")[0]
