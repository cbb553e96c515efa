"""Messages after the conversation: feedback and outcome."""

from typing import Final

from cards import feedback, outcome, told, wording
from cards.asked import labels
from cards.elements import Card
from records.prompt import Kind
from scheduler.messages.occasion import Drawings, Occasion


def _feedback(on: Occasion) -> tuple[Card, str]:
    prompt = on.prompt.kind is Kind.FEEDBACK_PROMPT
    facts = told.feedback_facts(on.it, on.timetable, on.prompt.due, prompt=prompt)
    card = feedback.scale(on.page("feedback", "scale", 4, facts, feedback.asks_scale))
    return card, wording.FEEDBACK_SUMMARY.format(reference=on.it.reference)


def _outcome(on: Occasion) -> tuple[Card, str]:
    reminder = on.prompt.kind is Kind.OUTCOME_REMINDER
    own = on.it.lead == on.it.requester.id
    facts = told.outcome_facts(on.it, on.story, own=own, reminder=reminder)
    card = outcome.outcome_child(
        on.page("outcome", "child", 3, facts, labels(outcome.CHILD_FIELDS))
    )
    return card, wording.OUTCOME_SUMMARY.format(reference=on.it.reference)


CARDS: Final[Drawings] = {
    Kind.FEEDBACK: _feedback,
    Kind.FEEDBACK_PROMPT: _feedback,
    Kind.OUTCOME: _outcome,
    Kind.OUTCOME_REMINDER: _outcome,
}
