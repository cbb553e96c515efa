"""Messages about changes on the way, an amended request, a practice concern, and the review."""

from typing import Final

from cards.changes import amending, concern, handing_over, people_change, review, ringing
from cards.kit.elements import Card
from cards.kit.page import labels
from cards.wording import wording
from records.changes.review import WHAT, agreed_points, words_by
from records.outbox.prompt import CHANNEL
from scheduler.messages.occasion import Drawings, Occasion


def _hand_over(on: Occasion) -> tuple[Card, str]:
    zone = on.timetable.office.zone
    card = handing_over.needs_another(on.it, zone, in_channel=on.prompt.to == CHANNEL)
    return card, handing_over.why(on.it, zone)


def _taken_over(on: Occasion) -> tuple[Card, str]:
    found = on.it.person(on.it.facilitator)
    name = found.name if found else wording.SOMEBODY
    title = wording.TAKEN_OVER.format(name=name, reference=on.it.reference)
    return handing_over.taken_over(on.it, on.prompt.to), title


def _replaced(on: Occasion) -> tuple[Card, str]:
    who = on.prompt.about
    return people_change.replaced_card(on.it, who), people_change.replaced(on.it, who)


def _lead_now(on: Occasion) -> tuple[Card, str]:
    title = wording.LEAD_NOW_SUMMARY.format(reference=on.it.reference)
    return people_change.lead_now(on.it, on.timetable), title


def _ring_me(on: Occasion) -> tuple[Card, str]:
    person = on.it.person(on.prompt.about)
    name = person.name if person else wording.SOMEBODY
    title = wording.RING_CAME.format(name=name, reference=on.it.reference)
    return ringing.ring_came(on.it, on.prompt.about), title


def _concern(on: Occasion) -> tuple[Card, str]:
    found = on.it.person(on.it.facilitator)
    name = found.name if found else wording.SOMEBODY
    return concern.came(on.it), wording.CONCERN_SUMMARY.format(name=name)


def _review(on: Occasion) -> tuple[Card, str]:
    facts = {
        "why": wording.REVIEW_WHY.format(reference=on.it.reference),
        "agreed": agreed_points(on.file, on.timetable.partnership),
    }
    card = review.review(on.page("review", "looked-at", 1, facts, labels(review.FIELDS)))
    return card, wording.REVIEW_SUMMARY.format(reference=on.it.reference)


def _review_said(on: Occasion) -> tuple[Card, str]:
    lead = on.it.person(on.it.lead)
    name = lead.name if lead else wording.SOMEBODY
    words = on.texts(WHAT, words_by(on.it, on.it.lead)).get("words", "")
    title = wording.REVIEW_CAME_SUMMARY.format(name=name, reference=on.it.reference)
    return review.review_came(on.it, words), title


def _amended(on: Occasion) -> tuple[Card, str]:
    to_manager = on.prompt.to == on.it.manager.id
    why = wording.AMENDED.format(name=on.it.requester.name, reference=on.it.reference)
    return amending.amended(on.it, to_manager=to_manager), why


CARDS: Final[Drawings] = {
    "hand-over": _hand_over,
    "taken-over": _taken_over,
    "replaced": _replaced,
    "lead-now": _lead_now,
    "ring-me": _ring_me,
    "concern": _concern,
    "review": _review,
    "review-said": _review_said,
    "amended": _amended,
}
