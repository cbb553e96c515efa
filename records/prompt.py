"""A prompt: one message that is owed to one recipient, and the states its delivery passes through.

What is owed is a pure function of the conversation (`records.timetable`); a stored prompt only
remembers how far its delivery has come.
"""

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Final

from records.people import Frozen

CHANNEL: Final = "channel"
"""The recipient of what goes to the facilitation team's channel."""


class Kind(StrEnum):
    """What a prompt says. Stored by value: rename nothing, only add."""

    MANAGER_ASK = "manager-ask"
    MANAGER_REMINDER = "manager-reminder"
    MANAGER_SILENT = "manager-silent"
    AMENDED = "amended"
    DEPUTY_ASKED = "deputy-asked"
    NOT_NEEDED = "not-needed"
    MANAGER_NOW = "manager-now"
    TALK_FIRST = "talk-first"
    AGREED = "agreed"
    NOT_THIS_ROUTE = "not-this-route"
    WITHDRAWN = "withdrawn"
    WAITING = "waiting"
    STILL_WAITING = "still-waiting"
    LEAD_ASKED = "lead-asked"
    STILL_LOOKING = "still-looking"
    ALL_TOO_CLOSE = "all-too-close"
    ANOTHER_AREA = "another-area"
    PICKED_UP = "picked-up"
    PREPARATION = "preparation"
    PREPARATION_REMINDER = "preparation-reminder"
    NOT_KNOWN = "not-known"
    TALK_AGREEMENT = "talk-about-agreement"
    DO_NOT_RAISE = "do-not-raise"
    COMES_INSTEAD = "comes-instead"
    CLOSING = "closing"
    TOOK_PART = "took-part"
    NOT_AHEAD = "not-ahead"
    DOUBTED = "doubted"
    FEEDBACK = "feedback"
    FEEDBACK_PROMPT = "feedback-prompt"
    OUTCOME = "outcome"
    OUTCOME_REMINDER = "outcome-reminder"
    OUTCOME_CAME = "outcome-came"
    NOT_REACHED = "not-reached"
    ENDED = "ended"
    LEARNING_SHARED = "learning-shared"
    LEARNING_REMINDER = "learning-reminder"
    RECORD = "record"
    RECORD_REMINDER = "record-reminder"
    LEFT_OUT = "left-out"
    HAND_OVER = "hand-over"
    TAKEN_OVER = "taken-over"
    REPLACED = "replaced"
    LEAD_NOW = "lead-now"
    RING_ME = "ring-me"
    CONCERN = "concern"
    REVIEW = "review"
    REVIEW_SAID = "review-said"


ANSWERABLE: Final = frozenset(
    {
        Kind.MANAGER_ASK,
        Kind.MANAGER_REMINDER,
        Kind.MANAGER_SILENT,
        Kind.WAITING,
        Kind.STILL_WAITING,
        Kind.CLOSING,
        Kind.TOOK_PART,
        Kind.FEEDBACK,
        Kind.FEEDBACK_PROMPT,
        Kind.OUTCOME,
        Kind.OUTCOME_REMINDER,
        Kind.LEARNING_SHARED,
        Kind.LEARNING_REMINDER,
        Kind.RECORD,
        Kind.RECORD_REMINDER,
        Kind.HAND_OVER,
        Kind.REVIEW,
    }
)
"""Kinds that ask something: where one may have arrived, the answer tells; a notice has none.

How to prepare asks too, and is not here: who waits a day for the answer sends it after the event.
"""


PARTING: Final = frozenset({Kind.NOT_NEEDED, Kind.MANAGER_NOW, Kind.TAKEN_OVER})
"""Kinds that tell somebody who left that they have: nothing else is owed to them."""


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
    messages worded as a reminder because the first may have arrived.
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
    reason: str = ""

    @classmethod
    def of(cls, owed: Owed, conversation: str) -> "Prompt":
        """The stored form of something just become due."""
        return cls(**owed.model_dump(), conversation=conversation, not_before=owed.due)

    def again(self, owed: Owed) -> "Prompt":
        """Cancelled before anybody was sent it, and owed after all: it waits once more.

        Where an earlier try may have arrived it stays a reminder, not before that was due.
        """
        state = State.UNSURE if self.reminders else State.WAITING
        at = max(owed.due, self.not_before)
        fresh = {"state": state, "not_before": at, "due": owed.due, "reason": ""}
        return self.model_copy(update=fresh)
