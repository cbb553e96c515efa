"""What a card with a story becomes when it is closed, and the word before a draft is removed."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.elements import Card, act, build, heading, line, small
from cards.notes import note
from cards.wording import wording


@dataclass(frozen=True)
class Onward:
    """Where a closed card leads: the draft that is still there, or where things are."""

    verb: str
    data: Mapping[str, str]
    drafted: bool = False


def closed(*, old: bool, reference: str = "", onward: Onward | None = None) -> Card:
    """A receipt without content: that it is closed, why, and the way on, where rights are asked."""
    buttons = []
    if onward is not None:
        title = wording.CLOSED_GO_ON if onward.drafted else wording.CLOSED_WHERE
        buttons = [act(title, onward.verb, onward.data)]
    return note(
        wording.CLOSED,
        wording.CLOSED_OLD if old else wording.CLOSED_DONE,
        extra=[small(wording.NOBODY_WATCHES, gap=True)],
        actions=buttons,
        kicker=reference,
    )


def draft_kept_until(day: str, *, flow: str, conversation: str, reference: str) -> Card:
    """A week before a draft is removed, to the one who began it."""
    known = wording.DRAFT_OTHER.format(reference=reference)
    data = {"flow": flow, "conversation": conversation}
    return build(
        [
            heading(known if reference else wording.DRAFT_REQUEST),
            line(wording.DRAFT_UNTIL.format(day=day)),
        ],
        # Leaving it is enough to be rid of it; one tap should not be.
        [act(wording.CLOSED_GO_ON, "flow.open", data, primary=True)],
    )
