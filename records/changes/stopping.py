"""*Stop all messages*, reminders that are paused, and what is still worth saying once they go on.

While messages are stopped nothing is owed to anybody, but that the facilitator has left the team:
only whoever takes their place can let them go on. What fell due in that time is gone, except
a question that is still open, which is asked once, in office hours, when messages go on. What was
sent before is not sent again. While something has happened (`records.changes.happening`) the same
holds for reminders alone. Source: pathway, safety and practice rules.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from records.calendar import aware
from records.conversation.changes import Changes, Pause
from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.outbox.kinds import KINDS, Kind, Worth
from records.outbox.prompt import Owed
from records.stages import Act

GO_ON: Final = frozenset({Kind.STILL_TO_RING, Kind.INSTEAD})
"""Timed messages that do not wait while something has happened: that somebody is to ring; and what
stands for the messages of a facilitator who has left, each of which waits or not by its own kind.
"""

KEPT: Final = frozenset({Kind.LEAD_ASKED, Kind.TELLING_RING, Kind.FEEDBACK_TOGETHER})
"""What asks nothing to be answered here, and is said all the same once things go on, while it is
still owed: that somebody has to act, or what those who wrote were promised."""


def stop(it: Conversation, at: datetime) -> Conversation:
    """Nothing more is sent to anybody. Stopping twice is stopping once. Raises WrongStage."""
    if it.stopped_at is not None:
        return it
    pauses = (*it.changes.pauses, Pause(since=aware(at)))
    return it.move(Act.STOP, at, changes=it.changes.model_copy(update={"pauses": pauses}))


def start(it: Conversation, at: datetime) -> Conversation:
    """Messages go on, and reminders. Where they were not stopped: nothing. Raises WrongStage."""
    if it.stopped_at is None:
        return it
    return it.move(Act.START, at, changes=_going_on(it, at))


def withdraw(it: Conversation, at: datetime) -> Conversation:
    """The requester takes it back. Where messages were stopped they are so no more: those who had
    heard of it are told that nothing is left to do, and nothing else comes. Raises WrongStage."""
    taken = it.withdraw(at)
    if it.stopped_at is None:
        return taken
    return taken.model_copy(update={"changes": _going_on(it, at)})


def _going_on(it: Conversation, at: datetime) -> Changes:
    *before, last = it.changes.pauses
    pauses = (*before, last.model_copy(update={"until": aware(at)}))
    return it.changes.going_on(at).model_copy(update={"pauses": pauses})


def after_pauses(dates: Dates, it: Conversation, owed: Sequence[Owed]) -> tuple[Owed, ...]:
    """What is owed of this, given when messages were stopped."""
    through = tuple(one for one in owed if _goes_through(it, one))
    if it.stopped_at is not None:
        return through
    found = tuple(one for one in owed if one not in through)
    for number, pause in enumerate(it.changes.pauses, start=1):
        found = _after(dates, it, found, pause, str(number))
    for number, said in enumerate(it.changes.happened, start=1):
        waits = tuple(one for one in found if waits_meanwhile(one))
        at_once = tuple(one for one in found if not waits_meanwhile(one))
        pause = Pause(since=said.at, until=said.until)
        found = (*at_once, *_after(dates, it, waits, pause, f"h{number}"))
    return (*through, *found)


def waits_meanwhile(one: Owed) -> bool:
    """Whether this waits while something has happened: a reminder that nobody's own act causes."""
    asked_for = one.kind is Kind.MANAGER_REMINDER and bool(one.about)
    return KINDS[one.kind].timed and not asked_for and one.kind not in GO_ON


def while_happening(it: Conversation, owed: Sequence[Owed]) -> tuple[Owed, ...]:
    """The same without what would fall due while somebody waits to be rung who is still here."""
    here = {one.id for one in it.present}
    since = min((one.at for one in it.changes.waits if one.who in here), default=None)
    if since is None:
        return tuple(owed)
    return tuple(one for one in owed if one.due <= since or not waits_meanwhile(one))


def _goes_through(it: Conversation, one: Owed) -> bool:
    """Whether it asks the team to take over from a facilitator who has left."""
    return one.kind is Kind.HAND_OVER and it.changes.facilitator_left is not None


def _after(
    dates: Dates, it: Conversation, owed: tuple[Owed, ...], pause: Pause, number: str
) -> tuple[Owed, ...]:
    fell = {one.id for one in owed if pause.until and pause.since < one.due < pause.until}
    asked = {(one.kind, one.to) for one in owed if one.id in fell}
    kept = []
    for one in owed:
        if one.id not in fell:
            kept.append(one)
            continue
        due = dates.office.roll_forward(pause.until) if pause.until else one.due
        first = KINDS[one.kind].reminds
        if (first, one.to) not in asked and _still_open(dates, it, one.kind, due):
            kept.append(one.model_copy(update={"due": due, "cycle": f"{one.cycle}+{number}"}))
    return tuple(kept)


def _still_open(dates: Dates, it: Conversation, kind: Kind, due: datetime) -> bool:
    match KINDS[kind].worth:
        case Worth.BEGINS:
            return it.booking is not None and due < it.booking.start
        case Worth.FEEDBACK_CLOSES:
            closes = dates.outcome_date(it)
            return closes is not None and due < closes
        case None:
            return KINDS[kind].asks or kind in KEPT
