"""Messages about another manager."""

from typing import Final

from cards import managing
from cards.elements import Card
from cards.wording import wording
from records.managing import handed_by
from scheduler.messages.occasion import Drawings, Occasion


def _deputy_asked(on: Occasion) -> tuple[Card, str]:
    now = on.it.person(on.prompt.about) or on.it.manager
    before = handed_by(on.it, now) or on.it.manager
    why = wording.DEPUTY_ASKED_WHY.format(
        before=before.name, name=now.name, reference=on.it.reference
    )
    return managing.deputy_asked(on.it, before.name, now.name), why


def _not_needed(on: Occasion) -> tuple[Card, str]:
    return managing.not_needed(on.it), wording.NOT_NEEDED.format(reference=on.it.reference)


def _manager_now(on: Occasion) -> tuple[Card, str]:
    why = wording.MANAGER_NOW.format(name=on.it.manager.name, reference=on.it.reference)
    return managing.manager_now(on.it), why


CARDS: Final[Drawings] = {
    "deputy-asked": _deputy_asked,
    "not-needed": _not_needed,
    "manager-now": _manager_now,
}
