"""Which cards hold a story: what somebody wrote, or an input for it, with a draft in it.

Read off the card itself, so that no author of a card can forget to say so.
"""

from dataclasses import dataclass
from typing import Final

from cards.elements import SAID, Card, parts

OPENS: Final = "flow.open"
"""The one verb of a flow that stands on cards which are not the flow's own."""


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


def _flow(one: Card) -> str:
    """The flow whose own card an action stands on: its taps carry the step, or are the flow's."""
    verb, data = str(one.get("verb", "")), one["data"]
    own = "step" in data or verb.startswith("flow.")
    return str(data.get("flow", "")) if own and verb != OPENS else ""
