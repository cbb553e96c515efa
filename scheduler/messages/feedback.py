"""Messages after the conversation: feedback and outcome; what the Practice Team is told."""

from typing import Final

from cards.feedback import feedback, outcome, reading, receipts
from cards.kit.elements import Card
from cards.kit.page import labels
from cards.kit.when import day
from cards.wording import wording
from records.feedback.readers import PRACTICE, of_outcome, part_of
from scheduler.messages.occasion import Drawings, Occasion


def _feedback(on: Occasion) -> tuple[Card, str]:
    about = (on.it, on.timetable, on.prompt.due)
    facts = receipts.feedback_facts(*about, prompt=on.reminds, evaluators=on.evaluators)
    page = on.page("feedback", "scale", 4, facts, labels(feedback.SCALE_FIELDS))
    card = feedback.scale(page)
    return card, wording.FEEDBACK_SUMMARY.format(reference=on.it.reference)


def _outcome(on: Occasion) -> tuple[Card, str]:
    own = on.it.lead == on.it.requester.id
    found = of_outcome(on.it)
    facts = receipts.outcome_facts(
        on.it, on.story, found, own=own, reminder=on.reminds, evaluators=on.evaluators
    )
    if on.it.held is None or not on.it.held.seen:
        card = outcome.asked(on.it, facts["why"])
    else:
        page = on.page("outcome", "child", 3, facts, labels(outcome.CHILD_FIELDS))
        card = outcome.outcome_child(page)
    return card, wording.OUTCOME_SUMMARY.format(reference=on.it.reference)


def _came(on: Occasion) -> tuple[Card, str]:
    to = on.it.person(on.prompt.to)
    part = part_of(to) if to is not None else PRACTICE
    return outcome.came(on.it, part), wording.PRACTICE_WHY.format(reference=on.it.reference)


def _feedback_came(on: Occasion) -> tuple[Card, str]:
    began = on.it.reading.batches[int(on.prompt.cycle.partition("+")[0]) - 1]
    office, days = on.timetable.office, on.timetable.timings.feedback_read_working_days
    until = day(office.add_working_days(began, days), office.zone)
    title = wording.FEEDBACK_CAME.format(reference=on.it.reference)
    return reading.came(on.it, until), title


def _together(on: Occasion) -> tuple[Card, str]:
    return reading.together_came(on.it), wording.TOGETHER_CAME.format(reference=on.it.reference)


def _to_talk(on: Occasion) -> tuple[Card, str]:
    who = on.prompt.cycle.partition("+")[0]
    person = on.it.person(who)
    name = person.name if person else wording.SOMEBODY
    title = wording.RING_AFTER_CAME.format(name=name, reference=on.it.reference)
    return reading.talk_came(on.it, who), title


def _shared(on: Occasion) -> tuple[Card, str]:
    lead = on.it.person(on.it.outcome.by) if on.it.outcome else None
    name = lead.name if lead else wording.SOMEBODY
    title = wording.OUTCOME_SHARED.format(name=name, reference=on.it.reference)
    return reading.shared(on.it, on.prompt.to), title


CARDS: Final[Drawings] = {
    "feedback": _feedback,
    "outcome": _outcome,
    "outcome-came": _came,
    "feedback-came": _feedback_came,
    "feedback-together": _together,
    "to-talk": _to_talk,
    "outcome-shared": _shared,
}
