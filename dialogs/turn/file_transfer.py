"""How files go to and fro between us and a person's own OneDrive. `bot.pages.onedrive` keeps it."""

from typing import Final, Protocol


class NotCarried(Exception):
    """The file did not get there. `reason` is a word for the log; addresses never go into one."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Carrier(Protocol):
    """The one place that decides how a file is handed over."""

    @property
    def asks_consent(self) -> bool:
        """Whether Teams asks the person and takes the file (FileConsentCard); else a signed link
        is given."""
        ...

    async def store(self, address: str, body: bytes) -> None:
        """Put a file where Teams said, once its owner had consented. Raises NotCarried."""
        ...

    async def fetch(self, address: str, most: int) -> bytes:
        """A file that somebody sent, of at most so many bytes. Raises NotCarried, TooLarge."""
        ...


class FileTooLarge(NotCarried):
    """The file is over what is taken."""


class NoCarrier:
    """For where no file is handed over through Teams: links only."""

    asks_consent = False

    async def store(self, address: str, body: bytes) -> None:
        """Nothing is stored."""
        raise NotCarried("no carrier")

    async def fetch(self, address: str, most: int) -> bytes:
        """Nothing is fetched."""
        raise NotCarried("no carrier")


NO_CARRIER: Final[Carrier] = NoCarrier()
