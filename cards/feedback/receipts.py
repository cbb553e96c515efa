"""Cards that need the timetable: why feedback and outcome are asked, and their receipts."""

from datetime import datetime
from typing import Any

from cards.feedback import readers
from cards.kit.elements import Card, act, build, heading, line
from cards.kit.files import FEEDBACK_FORM, get
from cards.kit.notes import receipt
from cards.kit.when import day, moment, span
from cards.kit.who import facilitates
from cards.preparation import family
from cards.request.request import questions
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.request import About
from records.feedback.readers import Readers
from records.timetable.timetable import Timetable


def forms() -> frozenset[str]:
    """Today's questions, about a child and about an adult."""
    return frozenset(one for about in About for _, one in questions(about))


def when(it: Conversation, timetable: Timetable) -> str:
    """The booked day, as people say it."""
    return day(it.booking.start, timetable.office.zone) if it.booking else ""


def when_exactly(it: Conversation, timetable: Timetable) -> str:
    """The booked day and times."""
    if it.booking is None:
        return ""
    return span(it.booking.start, it.booking.end, timetable.office.zone)


def feedback_facts(
    it: Conversation,
    timetable: Timetable,
    now: datetime,
    *,
    prompt: bool = False,
    evaluators: bool = False,
    late: bool = False,
) -> dict[str, Any]:
    """Why the scale card came, and the true deadline; after it, "still welcome". `evaluators` says
    that there are some, `late` that the figures of its time are closed."""
    deadline = timetable.feedback_deadline(it)
    why = wording.FEEDBACK_PROMPT if prompt else wording.FEEDBACK_WHY
    why = wording.FEEDBACK_STILL if timetable.is_late(it, now) else why
    until = ""
    if deadline is not None and now < deadline:
        shown = moment(deadline, timetable.office.zone)
        until = wording.FEEDBACK_UNTIL.format(deadline=shown)
    reference = it.reference
    why = why.format(reference=reference, when=when(it, timetable))
    return {
        "why": why,
        "deadline": until,
        **readers.facts(it, timetable, now, evaluators=evaluators, late=late),
    }


def feedback_done(
    it: Conversation, timetable: Timetable, me: str, sent: Answers | None, *, late: bool = False
) -> Card:
    """The receipt: who reads it and what happens next, nothing of what was written. `late`: it came
    once the figures of its time were closed."""
    until = timetable.outcome_date(it)
    shown = day(until, timetable.office.zone) if until else ""
    again = {"flow": "feedback", "conversation": it.id}
    lines, actions = readers.afterwards(it, me, sent, late=late)
    if sent is not None and sent.texts:
        actions.append(get(wording.FORM_GET, FEEDBACK_FORM, it.id))
    return receipt(
        wording.FEEDBACK_DONE.format(reference=it.reference),
        wording.FEEDBACK_DONE_NEXT.format(until=shown),
        wording.FEEDBACK_DONE_LEAD if me == it.lead else "",
        wording.NOT_COUNTED_SENT if late else "",
        extra=lines,
        actions=[act(wording.FEEDBACK_CHANGE, "flow.open", again), *actions],
    )


def took_part_why(it: Conversation, timetable: Timetable) -> str:
    """Whether they took part, and on which day that was."""
    day = when(it, timetable)
    return wording.TOOK_PART_WHY.format(when=day, reference=it.reference)


def feedback_unsent(
    it: Conversation, timetable: Timetable, number: int, *, evaluators: bool = False
) -> Card:
    """A number, and words that wait for Send: none of them stand here. `evaluators`: they are
    promised the words."""
    place = {"flow": "feedback", "conversation": it.id}
    leave = wording.FEEDBACK_UNSENT_LEAVE.format(number=number)
    collated = readers.collated(it, evaluators=evaluators)
    return build(
        [
            heading(wording.FEEDBACK_UNSENT.format(reference=it.reference, number=number)),
            line(wording.FEEDBACK_UNSENT_WHY.format(when=when(it, timetable))),
            line(readers.of_feedback(it, together=True)),
            *([line(collated)] if collated else []),
        ],
        [
            act(wording.FEEDBACK_UNSENT_SEE, "feedback.see", {"conversation": it.id}, primary=True),
            act(wording.SEND, "flow.send", place),
            act(leave, "feedback.leave", {"conversation": it.id}),
        ],
    )


def feedback_left(
    it: Conversation, timetable: Timetable, number: int, me: str, *, late: bool = False
) -> Card:
    """The receipt of a number alone; `late` as above."""
    until = timetable.outcome_date(it)
    shown = day(until, timetable.office.zone) if until else ""
    again = {"flow": "feedback", "conversation": it.id}
    lines, actions = readers.afterwards(it, me, None, late=late)
    return receipt(
        feedback_left_title(it, number),
        wording.FEEDBACK_DONE_NEXT.format(until=shown),
        wording.NOT_COUNTED_SENT if late else "",
        extra=lines,
        actions=[act(wording.FEEDBACK_CHANGE, "flow.open", again), *actions],
    )


def feedback_left_title(it: Conversation, number: int) -> str:
    """That in one line."""
    return wording.FEEDBACK_LEFT.format(number=number, reference=it.reference)


def outcome_done(it: Conversation, sent: Answers | None, *, late: bool = False) -> Card:
    """The lead worker's receipt: each who reads it, and nothing of what was written. `late` as
    above."""
    leads = facilitates(it)
    shared = wording.OUTCOME_SHARED_WITH.format(name=leads.name) if leads else ""
    quoted = sent is not None and sent.may_quote
    promised = sent is not None and sent.evaluators
    return receipt(
        wording.OUTCOME_DONE.format(reference=it.reference),
        wording.OUTCOME_DONE_NEXT,
        readers.of_outcome(it, it.practice_team, sent=True, nameless=promised),
        wording.SEEN_COLLATED if promised else "",
        (shared or wording.OUTCOME_SHARED_CAME) if it.reading.shared else "",
        wording.SEEN_QUOTED if quoted else "",
        wording.NOT_COUNTED_SENT if late else "",
        extra=family.later(it, it.lead),
    )


def outcome_facts(
    it: Conversation,
    story: Answers,
    found: Readers,
    *,
    own: bool,
    reminder: bool = False,
    hopes: bool = False,
    evaluators: bool = False,
) -> dict[str, Any]:
    """Who reads it, `evaluators` too where there are some, and what stands beside the questions:
    with `hopes` what was hoped for, else that there is something to see. "Difference to YOU" stays
    the requester's."""
    why = wording.OUTCOME_REMIND if reminder else wording.OUTCOME_WHY
    collated = readers.collated(it, evaluators=evaluators)
    theirs = ("hope_child", "hope_you") if own else ("hope_child",)
    there = {name: story.text(name) for name in theirs if story.text(name)}
    return {
        "reference": it.reference,
        "why": why.format(reference=it.reference),
        "seen": readers.of_outcome(it, found, nameless=bool(collated)),
        "collated": collated,
        **{f"{name}_there": "yes" for name in there},
        **({**there, **earlier_questions(it, story)} if hopes else {}),
        **family.facts(it, it.lead),
    }


def earlier_questions(it: Conversation, story: Answers) -> dict[str, str]:
    """What the hopes were asked with, where that is asked in other words now."""
    today = dict(questions(it.request.about))
    asked = ((name, story.question(name, today[name])) for name in ("hope_child", "hope_you"))
    known = forms()
    return {f"{name}_asked": one for name, one in asked if one not in known}
