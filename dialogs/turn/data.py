"""What a card carried and its inputs hold: hints, each checked by whoever reads it."""

from typing import Any, Final

LONGEST_HINT: Final = 100
"""Characters of a name, an id or a key that a card carries; a longer one is none of ours."""
LARGEST_NUMBER: Final = 1_000_000


class Data(dict[str, Any]):
    """The data of one tap. As a mapping it gives what came, whatever that is."""

    def text(self, name: str) -> str:
        """A short text a card carried; anything else is nothing."""
        value = self.get(name)
        return value[:LONGEST_HINT] if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """A whole number a card carried; anything else is 0."""
        value = self.get(name)
        return value if isinstance(value, int) and 0 <= value <= LARGEST_NUMBER else 0

    @property
    def conversation(self) -> str:
        """The key of the conversation it is about, as the card has it."""
        return self.text("conversation")
