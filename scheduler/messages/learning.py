"""Messages about the learning document: to the lead worker, and to each who records."""

from typing import Final

from cards.happening import with_happened
from cards.kit.elements import Card
from cards.kit.who import facilitator
from cards.learning import sharing
from cards.rights.beside import noted
from cards.wording import wording
from records.learning.document import learning_document
from scheduler.messages.occasion import Drawings, Occasion


def _shared(on: Occasion) -> tuple[Card, str]:
    name, reference = facilitator(on.it), on.it.reference
    why = wording.LEARNING_REMIND if on.reminds else wording.LEARNING_CAME
    zone, now = on.timetable.office.zone, on.prompt.not_before
    came = sharing.came(on.it, zone, now, reminder=on.reminds)
    card = with_happened(came, on.it, on.prompt.to)
    return card, why.format(name=name, reference=reference)


def _record(on: Occasion) -> tuple[Card, str]:
    who = on.it.person(on.prompt.to)
    if who is None:
        raise LookupError(on.prompt.to)
    recording = learning_document(noted(on.file), on.timetable.partnership).recording_for(who)
    zone = on.timetable.office.zone
    card = sharing.to_record(on.it, recording, zone, on.prompt.to, reminder=on.reminds)
    return card, wording.RECORD_SUMMARY.format(reference=on.it.reference)


CARDS: Final[Drawings] = {
    "learning-shared": _shared,
    "record": _record,
}
