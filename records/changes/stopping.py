"""*Stop all messages*, and what is still worth saying once they go on.

While messages are stopped nothing is owed to anybody, but that the facilitator has left the team:
only whoever takes their place can let them go on. What fell due in that time is gone, except
a question that is still open, which is asked once, in office hours, when messages go on. What was
sent before is not sent again. Source: pathway, safety and practice rules.
"""

from collections.abc import Sequence
from datetime import datetime

from records.calendar import aware
from records.conversation.changes import Pause
from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.outbox.kinds import KINDS, Kind, Worth
from records.outbox.prompt import Owed
from records.stages import Act


def stop(it: Conversation, at: datetime) -> Conversation:
    """Nothing more is sent to anybody. Stopping twice is stopping once. Raises WrongStage."""
    if it.stopped_at is not None:
        return it
    pauses = (*it.changes.pauses, Pause(since=aware(at)))
    return it.move(Act.STOP, at, changes=it.changes.model_copy(update={"pauses": pauses}))


def start(it: Conversation, at: datetime) -> Conversation:
    """Messages go on. Where they were not stopped nothing changes. Raises WrongStage."""
    if it.stopped_at is None:
        return it
    *before, last = it.changes.pauses
    pauses = (*before, last.model_copy(update={"until": aware(at)}))
    return it.move(Act.START, at, changes=it.changes.model_copy(update={"pauses": pauses}))


def after_pauses(dates: Dates, it: Conversation, owed: Sequence[Owed]) -> tuple[Owed, ...]:
    """What is owed of this, given when messages were stopped."""
    through = tuple(one for one in owed if _goes_through(it, one))
    if it.stopped_at is not None:
        return through
    found = tuple(one for one in owed if one not in through)
    for number, pause in enumerate(it.changes.pauses, start=1):
        found = _after(dates, it, found, pause, str(number))
    return (*through, *found)


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
            return KINDS[kind].asks
