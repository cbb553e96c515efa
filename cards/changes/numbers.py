"""Somebody's own number: what is known, who sees it, and how it is changed."""

from cards.kit.elements import Card, small
from cards.kit.notes import note
from cards.wording import wording


def number(known: str, *, changed: bool = False) -> Card:
    """The number that stands wherever they are to be rung; or that there is none."""
    title = wording.MY_NUMBER_IS.format(number=known) if known else wording.MY_NUMBER_NONE
    if changed:
        title = wording.MY_NUMBER_KEPT.format(number=known) if known else wording.MY_NUMBER_GONE
    return note(
        title,
        wording.MY_NUMBER_SEEN,
        wording.MY_NUMBER_HOW,
        extra=[small(wording.NOBODY_WATCHES, gap=True)],
        typed_title=True,
    )


def not_a_number() -> Card:
    """What was typed is too short for one."""
    return note(wording.MY_NUMBER_NOT, wording.MY_NUMBER_HOW)
