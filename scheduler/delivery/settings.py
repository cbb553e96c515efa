"""What delivery is given, and what it says: clocks, settings, places and outcomes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from records.conversation.snapshot import Snapshot
from records.outbox.prompt import Prompt
from records.people import Participant, Person, Reference
from scheduler.delivery.courier import Parcel
from scheduler.delivery.retry import Waits

Render = Callable[[Prompt, Snapshot, Person | None, bool], Parcel]
"""Prompt, its conversation, the recipient (None for the channel), worded as a reminder → card."""


class DeliveryOutcome(StrEnum):
    """What became of one look at one prompt, or at lists that were left to do."""

    SENT = "sent"
    REMINDED = "reminded"
    AGAIN = "again"
    UNSURE = "unsure"
    PARKED = "parked"
    HELD = "held"
    CANCELLED = "cancelled"
    LATER = "later"
    TAKEN = "taken"
    LEFT = "left"
    IN_LINE = "in_line"
    SETTLED = "settled"
    MISSING = "missing"
    LISTED = "listed"
    FAILED = "failed"


@dataclass(frozen=True)
class Clocks:
    """`now` decides what is owed (the demo moves it); `system` runs leases; `monotonic` waits."""

    now: Callable[[], datetime]
    system: Callable[[], datetime]
    monotonic: Callable[[], float]


@dataclass(frozen=True)
class Limits:
    """Settings of delivery. `record_pause` is between tries to write while the store is away."""

    send: timedelta = timedelta(seconds=20)
    lease: timedelta = timedelta(minutes=5)
    record_pause: timedelta = timedelta(seconds=1)
    waits: Waits = field(default_factory=Waits)


async def nobody_opens(_: Participant) -> Person | None:
    """For those who write only to people who have the app."""
    return None


@dataclass(frozen=True)
class Places:
    """Where the channel is, if there is one, and which facilitators hear who was not reached.

    `open` opens a chat with somebody who has none (`scheduler.delivery.opening`).
    """

    channel: Callable[[], Awaitable[Reference | None]]
    facilitators: Callable[[], Awaitable[tuple[Participant, ...]]]
    open: Callable[[Participant], Awaitable[Person | None]] = nobody_opens
