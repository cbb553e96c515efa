"""Which cards hold a story: what somebody wrote, or an input for it, with a draft in it.

And what such a card becomes when it is closed, and the word before a draft is removed.

Read off the card itself, so that no author of a card can forget to say so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from microsoft_teams.cards import CardElement

from cards.kit.elements import SAID, Card, act, build, heading, line, parts, small
from cards.kit.notes import note
from cards.wording import wording

OPENS: Final = "flow.open"
"""The one verb of a flow that stands on cards which are not the flow's own."""


DAY: Final = "day"
CYCLE: Final = "cycle"
"""What the buttons of an invitation carry: when it is, and which booking of the conversation."""
BACK_TO_ONE: Final = frozenset({"prepare.see", "prepare.after-all"})


@dataclass(frozen=True)
class Story:
    """What a card with a story is about: its conversation, and the flow it is a card of, if any."""

    conversation: str = ""
    flow: str = ""


def story(card: Card) -> Story | None:
    """What a card tells, or None where it could stay in a chat for ever.

    A short input is part of a story on a flow's own card only, where a draft fills it in: looking
    something up on the board is none.
    """
    found = list(parts(card))
    carried = [one for one in found if isinstance(one.get("data"), dict)]
    flow = next(filter(None, (_flow(one) for one in carried)), "")
    asks = any(one["type"] == "Input.Text" and (flow or one.get("isMultiline")) for one in found)
    if not asks and not any(str(one.get("id", "")).startswith(SAID) for one in found):
        return None
    conversations = (str(one["data"].get("conversation", "")) for one in carried)
    return Story(next(filter(None, conversations), ""), flow)


@dataclass(frozen=True)
class Invited:
    """The booked day that an invitation is about: of which conversation, and which booking."""

    conversation: str
    cycle: int
    start: datetime


def invited(card: Card) -> Invited | None:
    """The day of an invitation, by what its buttons carry; None for every other card."""
    for one in parts(card):
        data = one.get("data")
        if isinstance(data, dict) and data.get(DAY) and isinstance(data.get(CYCLE), int):
            start = datetime.fromisoformat(str(data[DAY]))
            return Invited(str(data.get("conversation", "")), data[CYCLE], start)
    return None


def is_of_an_invitation(card: Card) -> bool:
    """Whether it is another view of one, such as the agreement: a button leads back to it."""
    return any(one.get("verb") in BACK_TO_ONE for one in parts(card))


def _flow(one: Card) -> str:
    """The flow whose own card an action stands on: its taps carry the step, or are the flow's."""
    verb, data = str(one.get("verb", "")), one["data"]
    own = "step" in data or verb.startswith("flow.")
    return str(data.get("flow", "")) if own and verb != OPENS else ""


@dataclass(frozen=True)
class Onward:
    """Where a closed card leads: the draft that is still there, or where things are."""

    verb: str
    data: Mapping[str, str]
    drafted: bool = False


def closed(
    *,
    old: bool,
    reference: str = "",
    onward: Onward | None = None,
    stays: Sequence[CardElement] = (),
) -> Card:
    """A receipt without content: that it is closed, why, and the way on, where rights are asked.

    What the reader is to keep to `stays`: it is none of the content.
    """
    buttons = []
    if onward is not None:
        title = wording.CLOSED_GO_ON if onward.drafted else wording.CLOSED_WHERE
        buttons = [act(title, onward.verb, onward.data)]
    return note(
        wording.CLOSED,
        wording.CLOSED_OLD if old else wording.CLOSED_DONE,
        extra=[*stays, small(wording.NOBODY_WATCHES, gap=True)],
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
