"""Messages about changes on the way, an amended request, a practice concern, and the review."""

from typing import Final

from cards import happening
from cards.changes import (
    amending,
    concern,
    correcting,
    handing_over,
    leading,
    people_change,
    restricting,
    review,
    ringing,
    second,
    silent,
)
from cards.kit.elements import Card
from cards.kit.page import labels
from cards.kit.who import facilitator, rung
from cards.preparation import family
from cards.wording import wording
from records.changes.review import WHAT, agreed_points, words_by
from records.changes.second import told_of
from records.outbox.prompt import CHANNEL, Kind
from records.retention.periods import silent_until
from scheduler.messages.occasion import Drawings, Occasion


def _hand_over(on: Occasion) -> tuple[Card, str]:
    zone = on.timetable.office.zone
    leads = on.it.team_lead is not None and on.prompt.to == on.it.team_lead.id
    in_channel = on.prompt.to == CHANNEL
    card = handing_over.needs_another(on.it, zone, in_channel=in_channel, leads=leads)
    return card, handing_over.why(on.it, zone)


def _taken_over(on: Occasion) -> tuple[Card, str]:
    title = wording.TAKEN_OVER.format(name=facilitator(on.it), reference=on.it.reference)
    return handing_over.taken_over(on.it, on.prompt.to), title


def _second_asked(on: Occasion) -> tuple[Card, str]:
    return second.came(on.it), second.came_title(on.it)


def _second_said(on: Occasion) -> tuple[Card, str]:
    who = told_of(on.it, on.prompt.about, on.prompt.cycle)
    return second.said(on.it, who), second.said_title(on.it, who)


def _second_joined(on: Occasion) -> tuple[Card, str]:
    who = on.prompt.about
    return second.joined(on.it, who), second.joined_title(on.it, who)


def _gate_asked(on: Occasion) -> tuple[Card, str]:
    if on.reminds:
        return restricting.reminded(on.it), restricting.reminded_title(on.it)
    return restricting.asked(on.it), restricting.asked_title(on.it)


def _gate_lead(on: Occasion) -> tuple[Card, str]:
    return restricting.to_lead(on.it), restricting.to_lead_title(on.it)


def _assigned(on: Occasion) -> tuple[Card, str]:
    return restricting.came(on.it), restricting.came_title(on.it)


def _no_gatekeeper(on: Occasion) -> tuple[Card, str]:
    return restricting.nobody(on.it), restricting.nobody_title(on.it)


def _replaced(on: Occasion) -> tuple[Card, str]:
    who = on.prompt.about
    return people_change.replaced_card(on.it, who), people_change.replaced(on.it, who)


def _lead_now(on: Occasion) -> tuple[Card, str]:
    title = wording.LEAD_NOW_SUMMARY.format(reference=on.it.reference)
    card = people_change.lead_now(on.it, on.timetable)
    return happening.with_happened(card, on.it, on.prompt.to), title


def _ring_me(on: Occasion) -> tuple[Card, str]:
    person = on.it.person(on.prompt.about)
    name = person.name if person else wording.SOMEBODY
    title = wording.RING_CAME.format(name=name, reference=on.it.reference)
    return ringing.ring_came(on.it, on.prompt.about), title


def _happened(on: Occasion) -> tuple[Card, str]:
    who, zone = on.prompt.about, on.timetable.office.zone
    if on.prompt.to == CHANNEL:
        return happening.in_channel(on.it), wording.HAPPENED_CHANNEL.format(
            reference=on.it.reference
        )
    if on.prompt.kind is Kind.STILL_TO_RING:
        card = happening.still(on.it, who, happening.asked_since(on.it, who, zone))
    else:
        card = happening.came(on.it, who)
    return card, wording.HAPPENED_SUMMARY.format(reference=on.it.reference)


def _lead_changed(on: Occasion) -> tuple[Card, str]:
    card = leading.did(on.it, on.prompt.about, on.timetable.office.zone)
    return card, wording.LEAD_DID_SUMMARY.format(reference=on.it.reference)


def _not_meant(on: Occasion) -> tuple[Card, str]:
    return correcting.not_meant(), wording.NOT_MEANT_SUMMARY


def _concern(on: Occasion) -> tuple[Card, str]:
    found = rung(on.it)
    name = found.name if found else facilitator(on.it)
    return concern.came(on.it), wording.CONCERN_SUMMARY.format(name=name)


def _review(on: Occasion) -> tuple[Card, str]:
    facts = {
        "why": wording.REVIEW_WHY.format(reference=on.it.reference),
        "agreed": agreed_points(on.file, on.timetable.partnership),
        "leads": on.prompt.to == on.it.lead,
        **family.facts(on.it, on.prompt.to),
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


def _silent(on: Occasion) -> tuple[Card, str]:
    until = silent_until(on.it, on.timetable)
    return silent.asks(on.it, on.prompt.to, until, on.timetable.office.zone), silent.why(on.it)


def _silent_over(on: Occasion) -> tuple[Card, str]:
    return silent.over(on.it, on.prompt.to), silent.over_title(on.it)


CARDS: Final[Drawings] = {
    "does-it-go-on": _silent,
    "ended-silent": _silent_over,
    "second-asked": _second_asked,
    "second-said": _second_said,
    "second-joined": _second_joined,
    "gatekeeper-asked": _gate_asked,
    "no-facilitator-yet": _gate_lead,
    "assigned": _assigned,
    "no-gatekeeper": _no_gatekeeper,
    "hand-over": _hand_over,
    "taken-over": _taken_over,
    "replaced": _replaced,
    "lead-now": _lead_now,
    "ring-me": _ring_me,
    "something-has-happened": _happened,
    "still-to-ring": _happened,
    "changed-by-the-team-lead": _lead_changed,
    "not-meant-for-them": _not_meant,
    "concern": _concern,
    "review": _review,
    "review-said": _review_said,
    "amended": _amended,
}
