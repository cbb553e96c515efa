"""Messages on the day itself, and where it did not go ahead."""

from typing import Final

from cards import notices
from cards.booking import moving
from cards.day import took_place
from cards.feedback import feedback, receipts
from cards.kit.elements import Card
from cards.preparation import family
from cards.wording import wording
from scheduler.messages.occasion import Drawings, Occasion


def _closing(on: Occasion) -> tuple[Card, str]:
    return took_place.closing(on.it, on.timetable.office.zone), wording.CLOSING_SUMMARY.format(
        reference=on.it.reference
    )


def _took_part(on: Occasion) -> tuple[Card, str]:
    why = receipts.took_part_why(on.it, on.timetable)
    return feedback.took_part(on.it, why), why


def _not_ahead(on: Occasion) -> tuple[Card, str]:
    return notices.not_ahead(on.it, on.prompt.to, on.timetable.office.zone), moving.off_title(on.it)


def _doubted(on: Occasion) -> tuple[Card, str]:
    title = wording.NOT_AHEAD_DOUBT.format(reference=on.it.reference)
    return took_place.doubted(on.it, on.prompt.about, on.timetable.office.zone), title


def _ended(on: Occasion) -> tuple[Card, str]:
    title = wording.ENDED_TITLE.format(reference=on.it.reference)
    return notices.ended(on.it, on.prompt.to, on.timetable.office.zone), title


def _left_out(on: Occasion) -> tuple[Card, str]:
    title = wording.LEFT_OUT_SUMMARY.format(reference=on.it.reference)
    who, zone = on.prompt.to, on.timetable.office.zone
    return moving.left_out(on.it, who, zone, family.later(on.it, who)), title


CARDS: Final[Drawings] = {
    "closing": _closing,
    "took-part": _took_part,
    "not-ahead": _not_ahead,
    "doubted": _doubted,
    "ended": _ended,
    "left-out": _left_out,
}
