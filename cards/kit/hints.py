"""What a text may hold that its writer would rather not keep here: asked once, never blocked.

Guesses from the shape of words alone, so they may be wrong both ways; that is why it is a question.
Source: pathway, "Free text is checked by its writer"; the learning document asks about tasks and
decisions too, since a learning conversation has neither.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from cards.kit.names import holds_name
from cards.kit.numbers import MONTHS, holds_birth, holds_nhs_number, holds_reference, tidied
from cards.wording import wording


class Hint(StrEnum):
    """What a text may hold."""

    NAME = "name"
    BIRTH = "birth"
    NHS = "nhs"
    NUMBER = "number"
    TASK = "task"
    DECISION = "decision"


PRIVATE: Final = frozenset({Hint.NAME, Hint.BIRTH, Hint.NHS, Hint.NUMBER})
"""Asked about wherever somebody writes."""
REFLECTION: Final = frozenset(Hint)
"""Asked about in the learning document."""
MOST: Final = 10_000
"""Characters that are looked at: more than twice what an answer may have."""

_DAYS: Final = "mon|tues|wednes|thurs|fri|satur|sun"
_WHEN: Final = (
    rf"(?:{_DAYS})day|tomorrow|tonight|next (?:week|month)|"
    r"the end of (?:(?:the|this|next) )?\w{1,20}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{MONTHS})|\d{{1,2}}[/.]\d{{1,2}}"
)
# Written for a text whose white space is single: no part of them can run on without end.
_TASK: Final = re.compile(
    rf"\b(?:to|will|must|should|shall|needs to|has to) \w[^.!?\n]{{0,120}}?\bby (?:{_WHEN})\b|"
    r"^(?:[-*•] ?)?actions? ?:|\b(?:action|task) (?:for|on)\b|\bdeadline\b",
    re.I | re.M,
)
_DECISION: Final = re.compile(
    r"\b(?:it (?:was|is|has been)|we(?: have|'ve)?|they(?: have)?|the (?:meeting|group|team))"
    r" (?:all )?decided\b|\bdecided (?:to|that)\b|\bthe decision (?:is|was|to)\b|"
    r"\bresolved that\b",
    re.I,
)


def hints(
    text: str, *, today: date, known: Iterable[str] = (), asked: Collection[Hint] = REFLECTION
) -> tuple[Hint, ...]:
    """What this text may hold, of what is `asked` about. `known` are names that may stand here."""
    # Cut off twice: what is left out at the ends may be most of it.
    words = tidied(text.strip()[:MOST])
    holds: Mapping[Hint, Callable[[], bool]] = {
        Hint.NAME: lambda: holds_name(words, known),
        Hint.BIRTH: lambda: holds_birth(words, today),
        Hint.NHS: lambda: holds_nhs_number(words),
        Hint.NUMBER: lambda: holds_reference(words),
        Hint.TASK: lambda: _TASK.search(words) is not None,
        Hint.DECISION: lambda: _DECISION.search(words) is not None,
    }
    return tuple(hint for hint, found in holds.items() if hint in asked and found())


def what(found: Collection[Hint]) -> str:
    """What was found, in words; empty for nothing."""
    titles = {
        Hint.NAME: wording.HINT_NAME,
        Hint.BIRTH: wording.HINT_BIRTH,
        Hint.NHS: wording.HINT_NHS,
        Hint.NUMBER: wording.HINT_NUMBER,
        Hint.TASK: wording.HINT_TASK,
        Hint.DECISION: wording.HINT_DECISION,
    }
    return wording.HINT_AND.join(titles[one] for one in Hint if one in found)


def sentence(found: Collection[Hint], *, there: bool = False) -> str:
    """The question about what was found; nothing where nothing was. `there` where the texts stand
    under their questions, and not in the inputs of this card."""
    parts = []
    for kinds, how in ((PRIVATE, wording.HINT_HOLDS), (REFLECTION - PRIVATE, wording.HINT_READS)):
        named = what(kinds.intersection(found))
        parts += [how.format(what=named)] if named else []
    keep = wording.HINT_KEEP_THERE if there else wording.HINT_KEEP
    return " ".join((*parts, keep)) if parts else ""
