"""What both ends of the scale meant to those who answered, where a partnership changed it.

A 7 under one meaning and a 7 under another are not the same answer. Source: pathway, "Partnership
Learning Conversation Feedback Tool".
"""

import hashlib
from collections.abc import Iterable, Mapping

from records.conversation.feedback import SCALE_0, SCALE_10, Answers
from records.partnership import Partnership

Told = tuple[int, int]
"""The earliest question set with a meaning, and the people who answered it."""


def ends(of: Partnership) -> Mapping[str, str]:
    """What both ends of the scale mean today."""
    words = of.words["verbatim"]
    return {SCALE_0: str(words["scale_0"]), SCALE_10: str(words["scale_10"])}


def meanings(answers: Iterable[Answers], today: Mapping[str, str]) -> dict[str, Told]:
    """People by what 0 and 10 meant; the words of `today` where that was not kept."""
    found: dict[str, Told] = {}
    for one in answers:
        if one.scale is None:
            continue
        words = "\n".join(one.question(end, now) for end, now in today.items())
        mark = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        found[mark] = both(found.get(mark), (one.version, 1))
    return found


def both(one: Told | None, other: Told) -> Told:
    """The earlier of the question sets, and the people of both."""
    return other if one is None else (min(one[0], other[0]), one[1] + other[1])
