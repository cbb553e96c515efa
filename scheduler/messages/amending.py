"""Messages about a request that its requester changed."""

from typing import Final

from cards import amending
from cards.elements import Card
from cards.wording import wording
from scheduler.messages.occasion import Drawings, Occasion


def _amended(on: Occasion) -> tuple[Card, str]:
    to_manager = on.prompt.to == on.it.manager.id
    why = wording.AMENDED.format(name=on.it.requester.name, reference=on.it.reference)
    return amending.amended(on.it, on.story, to_manager=to_manager), why


CARDS: Final[Drawings] = {"amended": _amended}
