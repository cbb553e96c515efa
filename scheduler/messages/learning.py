"""Messages about the learning document: to the lead worker, and to each who records."""

from typing import Final

from cards import notices, sharing, wording
from cards.elements import Card
from records.learning import learning_document
from records.prompt import Kind
from scheduler.messages.occasion import Drawings, Occasion


def _shared(on: Occasion) -> tuple[Card, str]:
    reminder = on.prompt.kind is Kind.LEARNING_REMINDER
    name, reference = notices.facilitator(on.it), on.it.reference
    why = wording.LEARNING_REMIND if reminder else wording.LEARNING_CAME
    return sharing.came(on.it, reminder=reminder), why.format(name=name, reference=reference)


def _record(on: Occasion) -> tuple[Card, str]:
    who = on.it.person(on.prompt.to)
    if who is None:
        raise LookupError(on.prompt.to)
    recording = learning_document(on.file).recording_for(who)
    reminder = on.prompt.kind is Kind.RECORD_REMINDER
    card = sharing.to_record(on.it, recording, on.timetable.office.zone, reminder=reminder)
    return card, wording.RECORD_SUMMARY.format(reference=on.it.reference)


CARDS: Final[Drawings] = {
    Kind.LEARNING_SHARED: _shared,
    Kind.LEARNING_REMINDER: _shared,
    Kind.RECORD: _record,
    Kind.RECORD_REMINDER: _record,
}
