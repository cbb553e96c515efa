"""Messages about another manager, and while a request waits for an answer or a facilitator."""

from typing import Final

from cards.kit.elements import Card
from cards.manager import naming, waiting
from cards.wording import wording
from records.manager.naming import handed_by
from records.outbox.prompt import CHANNEL
from scheduler.messages.occasion import Drawings, Occasion


def _deputy_asked(on: Occasion) -> tuple[Card, str]:
    now = on.it.person(on.prompt.about) or on.it.manager
    before = handed_by(on.it, now) or on.it.manager
    why = wording.DEPUTY_ASKED_WHY.format(
        before=before.name, name=now.name, reference=on.it.reference
    )
    return naming.deputy_asked(on.it, before.name, now.name), why


def _not_needed(on: Occasion) -> tuple[Card, str]:
    return naming.not_needed(on.it), wording.NOT_NEEDED.format(reference=on.it.reference)


def _manager_now(on: Occasion) -> tuple[Card, str]:
    why = wording.MANAGER_NOW.format(name=on.it.manager.name, reference=on.it.reference)
    return naming.manager_now(on.it), why


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
    "deputy-asked": _deputy_asked,
    "not-needed": _not_needed,
    "manager-now": _manager_now,
    "manager-silent": _silent,
    "still-waiting": _still_waiting,
    "lead-asked": _lead_asked,
    "still-looking": _still_looking,
    "all-too-close": _all_too_close,
    "another-area": _another_area,
}
