"""What the Practice Team gets of an outcome: that it came, and on a tap the two answers."""

from collections.abc import Mapping
from typing import Final

from cards.elements import Card, act, box, build, heading, said, small
from cards.forms import shortened
from cards.notes import note
from cards.wording import wording
from records.conversation import Conversation
from records.feedback import Answers

SHOWN: Final = 4_000
"""Characters of one answer: all that one can hold."""


def came(it: Conversation) -> Card:
    """That a difference was told, without a word of it."""
    why = wording.PRACTICE_WHY.format(reference=it.reference)
    read = act(wording.PRACTICE_READ, "outcome.read", {"conversation": it.id}, primary=True)
    return note(
        why,
        wording.PRACTICE_MORE,
        rows=((wording.DOC_AGENCIES, ", ".join(it.agencies())),),
        actions=[read],
    )


def outcome(it: Conversation, answers: Answers) -> Card:
    """Both answers, word for word, under what was asked."""
    found = []
    for title, question, field in (
        (wording.OUTCOME_CHILD_TITLE, wording.Q_OUTCOME_CHILD, "outcome_child"),
        (wording.PRACTICE_LEAD, wording.Q_OUTCOME_YOU, "outcome_you"),
    ):
        words = shortened(answers.text(field), _room(answers.texts))[0]
        asked = answers.question(field, question)
        found += [heading(title), small(asked), box(said(words))]
    return build([small(f"{wording.OUTCOME} · {it.reference}"), *found])


def _room(texts: Mapping[str, str]) -> int:
    """Characters that fit of each answer, where some take many bytes on their way."""
    size = max((len(text.encode("utf-8", "surrogatepass")) for text in texts.values()), default=0)
    return SHOWN if size <= SHOWN * 2 else SHOWN // 3
