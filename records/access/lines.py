"""The lines of the access chain: ids and words of our own, never a name and never an answer.

One partition holds the chain of one day and copy, `2027-02-01.3f9c…`: its lines, and a head that
is written in the same transaction. Beside them a partition for each conversation, `of.…`, says who
opened what of it on which day: made from the lines, so that a question about one conversation does
not read a year.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from records.people import Frozen
from records.store.codec import to_values
from records.store.contract import Row

TABLE: Final = "access"
HEAD: Final = "head"
LINES: Final = "line-"
OF: Final = "of."


class What(StrEnum):
    """What was done. Stored values: add, and rename none."""

    STORY = "story"
    HOPES = "hopes"
    DOCUMENT = "document"
    FEEDBACK = "feedback"
    OUTCOME = "outcome"
    REVIEW = "review"
    QUOTES = "quotes"
    COLLATED = "collated"
    WORDS = "words"
    FILE = "file"
    REFUSED = "refused"
    SENT = "sent"
    LOST = "lost"


READS: Final = frozenset(What) - {What.REFUSED, What.SENT, What.LOST}
"""By which somebody's words came before somebody's eyes."""
OF_ANSWERS: Final[Mapping[str, What]] = MappingProxyType(
    {
        "request": What.STORY,
        "feedback": What.FEEDBACK,
        "outcome": What.OUTCOME,
        "learning": What.DOCUMENT,
        "passed-on": What.DOCUMENT,
        "review": What.REVIEW,
    }
)
"""What somebody's answers are, by `Answers.what`; all others are words between two people."""


class AccessLine(Frozen):
    """One read, refusal or send. `hash` covers the line and the hash before it.

    `by` is the mark of who read, was refused or was written to; `of` the id in the conversation of
    whose words it was, or of who was written to; `about` which file, right or message.
    """

    sequence: int
    at: datetime
    by: str
    what: What
    conversation: str = ""
    of: str = ""
    about: str = ""
    before: str = ""
    hash: str = ""


class AccessHead(Frozen):
    """Where a chain ends."""

    sequence: int = 0
    hash: str = ""


def chained(line: AccessLine) -> AccessLine:
    """The line with its own hash."""
    # In UTC, as the store gives it back: the same instant must always give the same hash.
    at = line.at.astimezone(UTC).isoformat()
    who = [line.by, line.what, line.conversation, line.of, line.about]
    facts = [line.sequence, at, *who, line.before]
    digest = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
    return line.model_copy(update={"hash": digest})


def day_of(at: datetime, zone: tzinfo) -> str:
    """The day of a moment, as the name of its chain begins."""
    return at.astimezone(zone).date().isoformat()


def line_row(chain: str, line: AccessLine) -> Row:
    """A row of the chain."""
    # Zero-padded, so that keys sort by number.
    return Row(chain, f"{LINES}{line.sequence:08d}", to_values(line))


def head_row(chain: str, head: AccessHead, etag: str) -> Row:
    """The row that says where it ends; it sorts before its lines."""
    return Row(chain, HEAD, to_values(head), etag)


def index_row(line: AccessLine, zone: tzinfo) -> Row:
    """That somebody opened something of a conversation on a day: once, however often."""
    key = ".".join((day_of(line.at, zone), line.what, line.by, line.of))
    values = {"day": day_of(line.at, zone), "what": str(line.what), "by": line.by, "of": line.of}
    return Row(f"{OF}{line.conversation}", key, values)
