"""Why a handed-in Word file is not taken: one word for the log, and for the sentence in the card.

Each has a sentence of its own in `[words.uploading.upload_wrong]`; a test compares both.
"""

from enum import StrEnum
from typing import Final

MAX_BYTES: Final = 5 * 1024 * 1024
"""Of a file as it comes, and as it is kept."""


class WhyNot(StrEnum):
    """What is wrong with a file. The values stand in the log and in partnerships' files."""

    SIZE = "size"
    KIND = "kind"
    """Another sort of file, by its name or by what its main part is declared to be."""
    BROKEN = "broken"
    BOMB = "bomb"
    """It unpacks to more than a document needs, or to a shape that costs too much to read."""
    HIDDEN = "hidden"
    """Two programs could see two documents in it."""
    NAMES = "names"
    """A part's name, or where a relation leads, is escaped or climbs out of the file."""
    DTD = "dtd"
    """A document type or an entity. Source: ECMA-376 part 2, 8.1.4: neither may be there."""
    MACROS = "macros"
    TEMPLATE = "template"
    """A template that lies elsewhere and is fetched on opening."""
    LINKED = "linked"
    """A picture that lies elsewhere and is fetched on opening."""
    EMBEDDED = "embedded"
    """An OLE object, or another whole file inside."""
    ACTIVEX = "activex"
    CHUNK = "chunk"
    """Another document taken in as it is (altChunk)."""
    FIELDS = "fields"
    """A field that fetches or starts something (DDE and its like), or one that nobody knows."""
    FETCHES = "fetches"
    """Anything else that is set to be fetched on opening: a frame, a letter's addresses."""
    PARTS = "parts"
    """A part or relation that no Word document of ours needs."""


class NotWord(Exception):
    """The file is not taken; `reason` says why."""

    def __init__(self, reason: WhyNot) -> None:
        super().__init__(reason)
        self.reason = reason
