"""A prompt: one message that is owed to one recipient, and the states its delivery passes through.

What is owed is a pure function of the conversation (`records.timetable.timetable`); a stored prompt
only remembers how far its delivery has come.
"""

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Final

from records.outbox.kinds import Kind as Kind  # who reads a prompt reads its kind
from records.people import Frozen

CHANNEL: Final = "channel"
"""The recipient of what goes to the facilitation team's channel."""


class State(StrEnum):
    """How far a prompt's delivery has come."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENDING = "sending"
    UNSURE = "unsure"
    SENT = "sent"
    PARKED = "parked"
    CANCELLED = "cancelled"


SETTLED: Final = frozenset({State.SENT, State.PARKED, State.CANCELLED})
"""States that need no due pointer: nothing happens until somebody acts."""


NOT_OWED: Final = "no longer owed"
"""Why a prompt was cancelled: it wakes if it is owed again, as where somebody comes after all."""
NOT_NEEDED: Final = "nothing left to ask"
"""It was owed, and looked at when it was due: settled for good, so it never wakes."""
STOPPED: Final = "messages were stopped"
"""The same: what was due before the stop is not sent when they go on (decision 0018)."""


class Owed(Frozen):
    """One message the conversation owes: what, to whom, in which round, and when (UTC)."""

    kind: Kind
    to: str
    cycle: str
    due: datetime
    about: str = ""

    @property
    def id(self) -> str:
        """The same for the same (kind, recipient, round): creating it twice is refused."""
        text = f"{self.kind}|{self.to}|{self.cycle}|{self.about}"
        return hashlib.sha256(text.encode()).hexdigest()[:20]


class Prompt(Owed):
    """An owed message with the state of its delivery. Only the courier's sweep changes one.

    `not_before` is when it may next be tried; `attempt` counts claims; `reminders` counts
    messages worded as a reminder because the first may have arrived. A parked one waits since
    `parked_at` for its recipient's next sign of life, or since `held_at` for an operator.
    """

    conversation: str
    state: State = State.WAITING
    not_before: datetime
    owner: str = ""
    lease_until: datetime | None = None
    attempt: int = 0
    reminders: int = 0
    message_id: str = ""
    sent_at: datetime | None = None
    parked_at: datetime | None = None
    held_at: datetime | None = None
    reason: str = ""

    @classmethod
    def of(cls, owed: Owed, key: str) -> "Prompt":
        """The stored form of something just become due."""
        return cls(**owed.model_dump(), conversation=key, not_before=owed.due)

    def again(self, owed: Owed) -> "Prompt":
        """Cancelled before anybody was sent it, and owed after all: it waits once more.

        Where an earlier try may have arrived it stays a reminder, not before that was due.
        """
        state = State.UNSURE if self.reminders else State.WAITING
        at = max(owed.due, self.not_before)
        fresh = {"state": state, "not_before": at, "due": owed.due, "reason": ""}
        return self.model_copy(update=fresh)
