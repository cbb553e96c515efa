"""What both ends of the scale meant to those who answered, where a partnership changed it.

A 7 under one meaning and a 7 under another are not the same answer. Source: pathway, "Partnership
Learning Conversation Feedback Tool".
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping

from records.conversation.feedback import SCALE_0, SCALE_10, Answers
from records.partnership import Partnership
from records.people import Frozen

Told = tuple[int, int]
"""The earliest question set with a meaning, and the people who answered it."""


class Meaning(Frozen):
    """What 0 and 10 meant in a question set, and how many answered that. Empty: not shown."""

    number: int
    people: int | None = None


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


def meanings_shown(found: Collection[Told], fewest: int) -> tuple[Meaning, ...]:
    """How many answered which question set, where 0 or 10 meant something else in another.

    With fewer than `fewest` in one of them none is counted: what is missing could be worked out.
    """
    if len(found) < 2:
        return ()
    told = all(people >= fewest for _, people in found)
    return tuple(
        Meaning(number=number, people=people if told else None) for number, people in sorted(found)
    )
