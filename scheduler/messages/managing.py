"""Messages about another manager."""

from typing import Final

from cards import managing, wording
from cards.elements import Card
from records.managing import handed_by
from records.prompt import Kind
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
    Kind.DEPUTY_ASKED: _deputy_asked,
    Kind.NOT_NEEDED: _not_needed,
    Kind.MANAGER_NOW: _manager_now,
}
