"""What is said of people: only from five on, and never so that fewer could be worked out."""

from collections.abc import Iterable

from records.evaluation.facts import NUMBERS
from records.people import Frozen


class Band(Frozen):
    """Neighbouring numbers of the scale, and how many people chose one of them: five or more."""

    low: int
    high: int
    people: int


class Feedback(Frozen):
    """How many people answered. Empty: fewer than five, or it would give another figure away."""

    came: int | None = None
    answered: int | None = None
    not_answered: int | None = None
    in_time: int | None = None
    later: int | None = None


def bands(scale: Iterable[int], fewest: int) -> tuple[Band, ...]:
    """The scale in bands of `fewest` people or more, each as narrow as it can be; none under that.

    A number that fewer chose is put together with its neighbours, so that nothing has to be left
    out and nothing can be worked out by subtraction.
    """
    found: list[Band] = []
    low = people = 0
    for number, count in enumerate(scale):
        people += count
        if people >= fewest:
            found.append(Band(low=low, high=number, people=people))
            low, people = number + 1, 0
    if not found or low not in NUMBERS:
        return tuple(found)
    last = found[-1]
    rest = {"high": NUMBERS[-1], "people": last.people + people}
    return (*found[:-1], last.model_copy(update=rest))


def of_people(came: int, in_time: int, later: int, fewest: int) -> Feedback:
    """What can be said of people without giving fewer than `fewest` of them away.

    Where one part is too small, either the whole or the other part is left out with it: the number
    of answers is shown rather than of those who came, since the scale adds up to it.
    """
    answered, rest = in_time + later, came - in_time - later
    if answered < fewest:
        # From nine on (of five), any smaller number may have answered; below, the rule would say
        # how many.
        return Feedback(came=came if came >= 2 * fewest - 1 else None)
    apart = min(in_time, later) >= fewest
    return Feedback(
        came=came if rest >= fewest else None,
        answered=answered,
        not_answered=rest if rest >= fewest else None,
        in_time=in_time if apart else None,
        later=later if apart else None,
    )
