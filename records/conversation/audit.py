"""The audit trail of a conversation: changes only, each line chained to the one before by a hash.

A line names the act and the keys of people, never a name and never an answer.
"""

import hashlib
import json
from datetime import UTC, datetime

from records.people import Frozen


class AuditLine(Frozen):
    """One change. `hash` covers the line and the hash before it."""

    sequence: int
    at: datetime
    by: str
    act: str
    stage: str
    before: str
    hash: str = ""


def chained(line: AuditLine) -> AuditLine:
    """The line with its own hash."""
    # In UTC, as the store gives it back: the same instant must always give the same hash.
    at = line.at.astimezone(UTC).isoformat()
    facts = [line.sequence, at, line.by, line.act, line.stage, line.before]
    digest = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
    return line.model_copy(update={"hash": digest})
