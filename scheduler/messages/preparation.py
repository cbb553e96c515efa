"""Messages before the conversation: how to prepare, who is not ready, and who has to be told."""

from typing import Final

from cards import notices
from cards.booking import moving
from cards.feedback import receipts
from cards.kit.elements import Card
from cards.preparation import coming, family, taking_part, telling
from cards.preparation import preparation as cards
from cards.wording import wording
from records.preparation.coming import times_by
from scheduler.messages.occasion import Drawings, Occasion


def _preparation(on: Occasion) -> tuple[Card, str]:
    text = wording.PREPARE_SUMMARY
    if on.reminds:
        text = wording.PREPARE_REMIND_SUMMARY
    elif moving.moved(on.it, on.prompt.to):
        text = wording.MOVED_SUMMARY
    when = receipts.when_exactly(on.it, on.timetable)
    summary = text.format(reference=on.it.reference, when=when)
    return cards.preparation(_seen(on), reminder=on.reminds), summary


def _seen(on: Occasion) -> cards.PreparationView:
    until = on.it.booking.end if on.it.booking else None
    file = on.link("calendar", until)
    office = on.timetable.office
    today = office.local(on.prompt.due).date()
    return cards.PreparationView(on.it, on.prompt.to, office.zone, today, file)


def _not_known(on: Occasion) -> tuple[Card, str]:
    summary = wording.NOT_KNOWN_SUMMARY.format(reference=on.it.reference)
    return notices.not_known(on.it, on.prompt.about), summary


def _talk(on: Occasion) -> tuple[Card, str]:
    summary = wording.TALK_AGREEMENT_SUMMARY.format(reference=on.it.reference)
    return notices.talk_agreement(on.it, on.prompt.about), summary


def _do_not_raise(on: Occasion) -> tuple[Card, str]:
    text = family.whom(on.it, "do_not_raise_summary", wording.DO_NOT_RAISE_SUMMARY)
    summary = text.format(reference=on.it.reference)
    return notices.do_not_raise(on.it, on.prompt.to), summary


def _telling_settled(on: Occasion) -> tuple[Card, str]:
    text = family.whom(on.it, "telling_settled_summary", wording.TELLING_SETTLED_SUMMARY)
    summary = text.format(reference=on.it.reference)
    return notices.telling_settled(on.it), summary


def _telling_ask(on: Occasion) -> tuple[Card, str]:
    text = family.whom(on.it, "telling_again_summary", wording.TELLING_AGAIN_SUMMARY)
    summary = text.format(reference=on.it.reference)
    return telling.again(on.it), summary


def _telling_ring(on: Occasion) -> tuple[Card, str]:
    text = family.whom(on.it, "telling_ring_summary", wording.TELLING_RING_SUMMARY)
    summary = text.format(reference=on.it.reference)
    return notices.telling_ring(on.it), summary


def _comes_instead(on: Occasion) -> tuple[Card, str]:
    summary = wording.COMES_INSTEAD_SUMMARY.format(reference=on.it.reference)
    lead = on.prompt.to == on.it.lead
    return notices.comes_instead(on.it, on.prompt.about, lead=lead), summary


def _cannot(on: Occasion) -> tuple[Card, str]:
    card = coming.came_cannot(on.it, on.prompt.about, on.timetable.office.zone)
    return card, wording.CANNOT_SUMMARY.format(reference=on.it.reference)


def _after_all(on: Occasion) -> tuple[Card, str]:
    card = coming.came_after_all(on.it, on.prompt.about, on.timetable.office.zone)
    return card, wording.AFTER_ALL_SUMMARY.format(reference=on.it.reference)


def _other_time(on: Occasion) -> tuple[Card, str]:
    who = on.prompt.about
    words = on.texts("other-time", times_by(on.it, who)).get("times", "")
    card = coming.came_other(on.it, who, words, on.timetable.office.zone)
    return card, wording.OTHER_TIME_SUMMARY.format(reference=on.it.reference)


def _would_help(on: Occasion) -> tuple[Card, str]:
    summary = wording.WOULD_HELP_SUMMARY.format(reference=on.it.reference)
    return taking_part.came(on.it, on.prompt.about), summary


CARDS: Final[Drawings] = {
    "preparation": _preparation,
    "not-known": _not_known,
    "talk-about-agreement": _talk,
    "do-not-raise": _do_not_raise,
    "telling-settled": _telling_settled,
    "telling-ask": _telling_ask,
    "telling-ring": _telling_ring,
    "comes-instead": _comes_instead,
    "cannot-come": _cannot,
    "comes-after-all": _after_all,
    "another-time": _other_time,
    "would-help": _would_help,
}
