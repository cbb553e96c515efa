"""The partnership's sets of questions: what each asks, from the inputs of its cards.

A question that a card asks is in its set by that alone. The learning document's set are its
headings, which are data of the partnership's file (`records.partnership.question_sets`).
"""

from collections.abc import Mapping
from typing import Final

from cards.feedback import feedback, outcome
from cards.kit.forms import text_of
from cards.kit.pickers import Field
from cards.request import request

SETS: Final[Mapping[str, tuple[Field, ...]]] = {
    "request": request.STORY,
    "feedback": feedback.FIELDS,
    "outcome": outcome.FIELDS,
}
"""What each set asks, in order."""
_QUOTED: Final = {one.id: one for one in (*feedback.FIELDS, *outcome.FIELDS)}


def words() -> dict[str, tuple[str, ...]]:
    """Everything that each set says, in all its forms, each sentence once."""
    return {
        name: tuple(
            text_of(sentence)
            for sentence in dict.fromkeys(
                sentence for one in fields if one.is_asked for sentence in one.sentences
            )
        )
        for name, fields in SETS.items()
    }


def asked_today(name: str) -> str:
    """Today's question behind an answer of feedback or outcome. Raises KeyError."""
    return _QUOTED[name].label
