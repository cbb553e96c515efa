"""Messages while a request waits for a manager's answer or for a facilitator."""

from typing import Final

from cards import waiting
from cards.elements import Card
from cards.wording import wording
from records.prompt import CHANNEL
from scheduler.messages.occasion import Drawings, Occasion


def _silent(on: Occasion) -> tuple[Card, str]:
    why = wording.SILENT_WHY.format(name=on.it.manager.name, reference=on.it.reference)
    return waiting.silent(on.it), why


def _still_waiting(on: Occasion) -> tuple[Card, str]:
    zone, in_channel = on.timetable.office.zone, on.prompt.to == CHANNEL
    card = waiting.still_waiting(on.it, zone, in_channel=in_channel)
    return card, wording.STILL_WAITING_WHY.format(reference=on.it.reference)


def _lead_asked(on: Occasion) -> tuple[Card, str]:
    return waiting.lead_asked(on.it), wording.LEAD_WHY.format(reference=on.it.reference)


def _still_looking(on: Occasion) -> tuple[Card, str]:
    return waiting.still_looking(on.it), wording.LOOKING_WHY.format(reference=on.it.reference)


def _all_too_close(on: Occasion) -> tuple[Card, str]:
    return waiting.all_too_close(on.it), wording.TOO_CLOSE_WHY.format(reference=on.it.reference)


def _another_area(on: Occasion) -> tuple[Card, str]:
    return waiting.another_area(on.it), wording.AREA_WHY.format(reference=on.it.reference)


CARDS: Final[Drawings] = {
    "manager-silent": _silent,
    "still-waiting": _still_waiting,
    "lead-asked": _lead_asked,
    "still-looking": _still_looking,
    "all-too-close": _all_too_close,
    "another-area": _another_area,
}
