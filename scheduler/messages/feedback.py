"""Messages after the conversation: feedback and outcome; what the Practice Team is told."""

from typing import Final

from cards.feedback import feedback, outcome, receipts
from cards.kit.elements import Card
from cards.kit.page import labels
from cards.wording import wording
from scheduler.messages.occasion import Drawings, Occasion


def _feedback(on: Occasion) -> tuple[Card, str]:
    facts = receipts.feedback_facts(on.it, on.timetable, on.prompt.due, prompt=on.reminds)
    page = on.page("feedback", "scale", 4, facts, labels(feedback.SCALE_FIELDS))
    card = feedback.scale(page)
    return card, wording.FEEDBACK_SUMMARY.format(reference=on.it.reference)


def _outcome(on: Occasion) -> tuple[Card, str]:
    own = on.it.lead == on.it.requester.id
    facts = receipts.outcome_facts(on.it, on.story, own=own, reminder=on.reminds)
    card = outcome.outcome_child(
        on.page("outcome", "child", 3, facts, labels(outcome.CHILD_FIELDS))
    )
    return card, wording.OUTCOME_SUMMARY.format(reference=on.it.reference)


def _came(on: Occasion) -> tuple[Card, str]:
    return outcome.came(on.it), wording.PRACTICE_WHY.format(reference=on.it.reference)


CARDS: Final[Drawings] = {
    "feedback": _feedback,
    "outcome": _outcome,
    "outcome-came": _came,
}
