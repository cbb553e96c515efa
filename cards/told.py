"""Cards that need the timetable: why feedback and outcome are asked, and their receipts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import wording
from cards.elements import Card, act
from cards.notes import receipt
from cards.when import day, moment, span
from records.conversation import Conversation
from records.timetable import Timetable


def when(it: Conversation, timetable: Timetable) -> str:
    """The booked day, as people say it."""
    return day(it.booking.start, timetable.office.zone) if it.booking else ""


def when_exactly(it: Conversation, timetable: Timetable) -> str:
    """The booked day and times."""
    if it.booking is None:
        return ""
    return span(it.booking.start, it.booking.end, timetable.office.zone)


def feedback_facts(
    it: Conversation, timetable: Timetable, now: datetime, *, prompt: bool = False
) -> dict[str, Any]:
    """Why the scale card came, and the true deadline; after it, "still welcome"."""
    deadline = timetable.feedback_deadline(it)
    late = deadline is not None and now > deadline
    why = wording.FEEDBACK_PROMPT if prompt else wording.FEEDBACK_WHY
    why = wording.FEEDBACK_STILL if late else why
    until = ""
    if deadline is not None and now < deadline:
        shown = moment(deadline, timetable.office.zone)
        until = wording.FEEDBACK_UNTIL.format(deadline=shown)
    reference = it.reference
    return {"why": why.format(reference=reference, when=when(it, timetable)), "deadline": until}


def feedback_done(it: Conversation, timetable: Timetable, *, lead: bool) -> Card:
    """The receipt: what happens next, nothing of what was written."""
    until = timetable.outcome_date(it)
    shown = day(until, timetable.office.zone) if until else ""
    again = {"flow": "feedback", "conversation": it.id}
    return receipt(
        wording.FEEDBACK_DONE.format(reference=it.reference),
        wording.FEEDBACK_DONE_NEXT.format(until=shown),
        wording.FEEDBACK_DONE_LEAD if lead else "",
        wording.SEEN_FEEDBACK,
        actions=[act(wording.FEEDBACK_CHANGE, "flow.open", again)],
    )


def outcome_done(it: Conversation) -> Card:
    """The lead worker's receipt."""
    return receipt(
        wording.OUTCOME_DONE.format(reference=it.reference),
        wording.OUTCOME_DONE_NEXT,
        wording.SEEN_OUTCOME,
    )


def outcome_facts(
    it: Conversation, hopes: Mapping[str, str], *, own: bool, reminder: bool = False
) -> dict[str, str]:
    """What stands beside the questions; "difference to YOU" stays the requester's."""
    why = wording.OUTCOME_REMIND if reminder else wording.OUTCOME_WHY
    return {
        "why": why.format(reference=it.reference),
        "hope_child": hopes.get("hope_child", ""),
        "hope_you": hopes.get("hope_you", "") if own else "",
    }
