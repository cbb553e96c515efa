"""Messages after the conversation: feedback and outcome."""

from typing import Final

from cards import feedback, outcome, told
from cards.asked import labels
from cards.elements import Card
from cards.wording import wording
from scheduler.messages.occasion import Drawings, Occasion


def _feedback(on: Occasion) -> tuple[Card, str]:
    facts = told.feedback_facts(on.it, on.timetable, on.prompt.due, prompt=on.reminds)
    page = on.page("feedback", "scale", 4, facts, labels(feedback.SCALE_FIELDS))
    card = feedback.scale(page)
    return card, wording.FEEDBACK_SUMMARY.format(reference=on.it.reference)


def _outcome(on: Occasion) -> tuple[Card, str]:
    own = on.it.lead == on.it.requester.id
    facts = told.outcome_facts(on.it, on.story, own=own, reminder=on.reminds)
    card = outcome.outcome_child(
        on.page("outcome", "child", 3, facts, labels(outcome.CHILD_FIELDS))
    )
    return card, wording.OUTCOME_SUMMARY.format(reference=on.it.reference)


CARDS: Final[Drawings] = {
    "feedback": _feedback,
    "outcome": _outcome,
}
