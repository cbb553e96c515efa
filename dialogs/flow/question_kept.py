"""An answer keeps the question it was given to, whatever the partnership asks by now.

A restart may bring other words while a card lies in somebody's chat and its draft is open. The card
carries a mark of what it asks; here it is found again what that was. Where nobody knows any more,
the question as it is now is asked, with what was typed still there.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from cards.kit.page import mark_of
from dialogs.flow.flow import Step
from records.drafts import Draft

CARRIED: Final = frozenset(
    {"flow", "step", "conversation", "submission", "for", "whole", "asked", "seen", "to", "item",
     "field", "start", "action", "verb", "tapped"}
)  # fmt: skip
"""What a card sends along that nobody typed."""


def words_on(step: Step, draft: Draft, data: Mapping[str, Any]) -> Mapping[str, str] | None:
    """The questions that stood on the card this answer comes from; None where nobody knows.

    A typed message, and a card older than the marks, answer the card that was shown last.
    """
    today = step.asks(draft.answers)
    last = draft.shown if draft.step == step.id and draft.shown.keys() == today.keys() else today
    mark = str(data.get("asked", ""))
    if not mark:
        return last
    answered = {name: draft.questions.get(name, "") for name in today}
    return next((one for one in (today, last, answered) if mark_of(one) == mark), None)


def questions_of(
    steps: Iterable[Step], draft: Draft, called: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """The question of each answer; today's, where a draft is older than the keeping of questions.

    `called` says what an answer is kept as, where that is not its input's name.
    """
    today = {name: one for step in steps for name, one in step.asks(draft.answers).items()}
    return {
        called.get(name, name): draft.questions.get(name, question)
        for name, question in today.items()
        if str(draft.answers.get(name.partition(".")[0], "")).strip()
    }


def typed_in(data: Mapping[str, Any]) -> dict[str, str]:
    """Everything that was filled in on a card that is not known any more."""
    return {
        name: value
        for name, value in data.items()
        if name not in CARRIED and isinstance(value, str) and value.strip()
    }
