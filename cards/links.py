"""Addresses of files that a person may open in a browser. `bot.links` signs them."""

from datetime import datetime
from typing import Final, Protocol

from records.people import PersonKey


class Links(Protocol):
    """Gives addresses for one person each; whoever follows one is checked again at that moment."""

    def file(
        self, kind: str, conversation: str, to: PersonKey, *, until: datetime | None = None
    ) -> str:
        """Where this person gets a file of a kind in `dialogs.shelf`; empty where no pages are
        served. It holds for LINK_MINUTES, or until this moment of the clock that is owed by.
        """
        ...

    def upload(self, conversation: str, to: PersonKey) -> str:
        """Where this person hands in a file for a conversation; empty where none are served."""
        ...


class _NoLinks:
    def file(
        self, kind: str, conversation: str, to: PersonKey, *, until: datetime | None = None
    ) -> str:
        return ""

    def upload(self, conversation: str, to: PersonKey) -> str:
        return ""


NO_LINKS: Final[Links] = _NoLinks()
"""For a bot that browsers cannot reach: every address is empty, and cards leave the button out."""
