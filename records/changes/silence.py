"""When somebody hears nothing of a conversation: messages are stopped, they wait to be rung, or
they facilitated it and have left the team.

What runs by itself, such as the time of a draft, waits meanwhile. Source: pathway, safety rules.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from records.conversation.conversation import Conversation
from records.people import Person


@dataclass(frozen=True)
class Silence:
    """Since when, and until when; None where nobody has said yet."""

    since: datetime
    until: datetime | None

    def lasts(self, at: datetime) -> bool:
        """Whether nothing is said at this moment."""
        return self.until is None or self.since <= at < self.until


def silences(it: Conversation, person: Person | None) -> tuple[Silence, ...]:
    """Each stop; each time that this person asked to be rung, until they are asked again; and that
    they have left the team, until they are back."""
    theirs = {one.id for one in it.people if person is not None and one.is_person(person)}
    stops = (Silence(one.since, one.until) for one in it.changes.pauses)
    rings = (Silence(one.at, one.again_on) for one in it.changes.rings if one.who in theirs)
    away = (
        Silence(one.left, one.kept_at)
        for one in it.changes.offers
        if one.left is not None and one.by in theirs
    )
    return (*stops, *rings, *away)


def silent_since(found: Iterable[Silence], at: datetime) -> datetime | None:
    """Since when nothing is said; None where it may be."""
    return min((one.since for one in found if one.lasts(at)), default=None)


def went_on(found: Iterable[Silence], at: datetime) -> datetime | None:
    """When it last ended by this moment; None where it never did."""
    ends = (one.until for one in found if one.until is not None)
    return max((one for one in ends if one <= at), default=None)
