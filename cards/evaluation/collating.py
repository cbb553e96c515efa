"""Collation, for evaluators: which period, one answer at a time, what it is about, and the end.

Nothing on these cards says whose words they are, or of which conversation: what a button carries of
it is a hint for us alone.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from microsoft_teams.cards import Action, CardElement

from cards.kit.elements import Card, act, box, build, heading, para, said, small, warning
from cards.kit.forms import ChoiceField, fits, shortened
from cards.kit.notes import MOST, choice, note
from cards.question_sets import asked_today
from cards.wording import wording
from records.evaluation.closed import Closed
from records.evaluation.collating import ToCollate
from records.evaluation.periods import Period

READ: Final = "collate.read"
NEXT: Final = "collate.next"
FINISH: Final = "collate.finish"
FINISHED: Final = "collate.finished"
WHICH: Final = "collate.which"
FIRST: Final = "0"
"""In place of where somebody is: they want to begin again."""
THEMES: Final = "themes"
WERE: Final = "were"
"""What is ticked now, and what was when the card was drawn."""
READABLE: Final = 20_000
"""Bytes of an answer, as JSON, that a card can show whole."""
PART: Final = 1_500
"""Characters shown of one that is longer."""


def mark(theme: str) -> str:
    """What stands for a theme in an input: its name may hold a comma."""
    return hashlib.sha256(theme.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Themes:
    """What can be ticked, what is kept as ticked, and what stands ticked on the card."""

    offered: Sequence[str]
    were: Sequence[str]
    ticked: Sequence[str]


def which(there: Sequence[Closed], finished: frozenset[str]) -> Card:
    """The closed periods, the latest first."""
    if not there:
        return note(wording.COLLATE, wording.COLLATE_NONE)
    actions = [_period(one.period, finished) for one in list(reversed(there))[:MOST]]
    return choice(wording.COLLATE_WHICH, wording.COLLATE_WHICH_WHY, actions=actions)


def named(period: Period) -> str:
    """A period as a button and a title have it."""
    first, last = period.first, period.last
    begins = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
    return period.name or wording.COLLATE_MONTHS.format(first=begins, last=f"{last:%B %Y}")


def _period(period: Period, finished: frozenset[str]) -> Action:
    name = named(period)
    done = wording.COLLATE_FINISHED_ONE.format(period=name)
    return act(done if period.key in finished else name, READ, {"in": period.key})


def to_read(
    words: ToCollate, text: str, period: Period, themes: Themes | None, problem: str = ""
) -> Card:
    """One answer, as `text` without names; and what it may be about, where that is asked."""
    data = {"in": period.key, "at": words.place, "conversation": words.conversation}
    asked: list[CardElement] = []
    if themes is not None:
        data[WERE] = _marks(themes.were)
        offers = tuple((mark(one), one) for one in themes.offered)
        field = ChoiceField(
            THEMES, wording.THEMES_LABEL, offers, many=True, required=False, marked=False
        )
        asked = field.element(_marks(themes.ticked))
    shown = text if fits(text, READABLE) else shortened(text, PART)[0]
    actions = [act(wording.COLLATE_NEXT, NEXT, data, primary=True)]
    if themes is not None:
        actions.append(act(wording.COLLATE_FINISH, FINISH, data))
    actions.append(act(wording.COLLATE_OTHERS, WHICH, {}, inputs=False))
    return build(
        [
            small(f"{wording.COLLATE} · {named(period)}"),
            heading(words.asked or asked_today(words.field)),
            box(said(shown)),
            *([small(wording.COLLATE_LONG)] if shown != text else []),
            *([warning(problem)] if problem else []),
            *asked,
            small(wording.COLLATE_WHY, gap=True),
        ],
        actions,
    )


def _marks(themes: Iterable[str]) -> str:
    return ",".join(map(mark, themes))


def all_read(period: Period, *, any_there: bool, may_finish: bool) -> Card:
    """Nothing more to read: again from the first, or it is finished."""
    carried: dict[str, Any] = {"in": period.key}
    actions = []
    if may_finish:
        actions.append(act(wording.COLLATE_FINISH, FINISH, carried, primary=True))
    if any_there:
        actions.append(act(wording.COLLATE_AGAIN, READ, {**carried, "after": FIRST}))
    actions.append(act(wording.COLLATE_OTHERS, WHICH, {}))
    text = wording.COLLATE_ALL_READ if any_there else wording.COLLATE_NOTHING
    return build([small(wording.COLLATE), heading(named(period)), para(text)], actions)


def finish(period: Period) -> Card:
    """Asked once: afterwards nothing can be ticked."""
    carried = {"in": period.key}
    return note(
        wording.COLLATE_FINISH_ASK.format(period=named(period)),
        wording.COLLATE_FINISH_WHY,
        actions=[
            act(wording.COLLATE_FINISH_YES, FINISHED, carried, primary=True),
            act(wording.COLLATE_FINISH_NO, READ, carried),
        ],
        kicker=wording.COLLATE,
    )


def finished(period: Period, *, first: bool) -> Card:
    """It is finished now, or somebody had said so before."""
    title = wording.COLLATE_FINISHED if first else wording.COLLATE_FINISHED_BEFORE
    return note(
        title.format(period=named(period)),
        wording.COLLATE_FINISHED_WHY,
        actions=[act(wording.COLLATE_OTHERS, WHICH, {})],
        kicker=wording.COLLATE,
    )
