"""What the Practice Team is told."""

from typing import Final

from cards import practice
from cards.elements import Card
from cards.wording import wording
from scheduler.messages.occasion import Drawings, Occasion


def _came(on: Occasion) -> tuple[Card, str]:
    return practice.came(on.it), wording.PRACTICE_WHY.format(reference=on.it.reference)


CARDS: Final[Drawings] = {"outcome-came": _came}
