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
    """What a card tells, or None where it could stay in a chat for ever."""
    found = list(parts(card))
    if not any(_tells(one) for one in found):
        return None
    carried = [one for one in found if isinstance(one.get("data"), dict)]
    flows = [
        str(one["data"].get("flow", ""))
        for one in carried
        if str(one.get("verb", "")).startswith("flow.") and one["verb"] != OPENS
    ]
    conversations = [str(one["data"].get("conversation", "")) for one in carried]
    return Story(next(filter(None, conversations), ""), next(filter(None, flows), ""))


def _tells(one: Card) -> bool:
    return one["type"] == "Input.Text" or str(one.get("id", "")).startswith(SAID)
