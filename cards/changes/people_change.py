"""Somebody else takes a person's place: the card, and what others read."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action

from cards.kit.agencies import hint
from cards.kit.answers import AnswerModel, Mail, Short, ShortOptional
from cards.kit.elements import Card, act, line, small
from cards.kit.forms import ChoiceField, MailField, NumberField, TextField
from cards.kit.known import known
from cards.kit.notes import MOST, choice, note, receipt
from cards.kit.page import Page, ask
from cards.kit.people import AttendingAnswer, attending
from cards.kit.when import day, span
from cards.kit.who import here_already, ring_facilitator
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.people import Attending, Part
from records.timetable.timetable import Timetable


class SomeoneElse(AnswerModel):
    """Whose place it is, and who has it now."""

    whose: Short
    new_name: Short
    new_role: ShortOptional = ""
    new_agency: Short
    new_mail: Mail
    new_contact: ShortOptional = ""
    new_attending: AttendingAnswer = Attending.UNSURE


FIELDS: Final = (
    ChoiceField("whose", lambda: wording.SOMEONE_WHO, of="people", compact=True),
    known("new", "role", "agency"),
    TextField("new_name", lambda: wording.SOMEONE_NAME, long=False),
    TextField("new_role", lambda: wording.SOMEONE_ROLE, long=False, required=False),
    TextField("new_agency", lambda: wording.SOMEONE_AGENCY, long=False, placeholder=hint),
    MailField("new_mail", lambda: wording.SOMEONE_MAIL),
    NumberField("new_contact", lambda: wording.SOMEONE_CONTACT),
    ChoiceField(
        "new_attending",
        lambda: wording.SOMEONE_ATTENDING,
        attending,
        required=False,
        compact=True,
    ),
)


def someone_else(page: Page) -> Card:
    """One card. Whose place it is stands there already where there is only one."""
    return ask(
        page,
        page.fact("reference"),
        wording.SOMEONE_ELSE_TITLE,
        FIELDS,
        seen_by=wording.SOMEONE_SEEN,
        next_title=wording.SOMEONE_SAVE,
    )


def done(it: Conversation) -> Card:
    """The receipt of the last change."""
    last = it.changes.replaced[-1]
    old, new = _name(it, last.old), _name(it, last.new)
    person = it.person(last.old)
    stays = person is not None and person.part is Part.REQUESTER
    text = wording.SOMEONE_STAYS if stays else wording.SOMEONE_DONE_NEXT
    return receipt(
        wording.SOMEONE_DONE.format(new=new, old=old, reference=it.reference),
        text.format(old=old),
        here_already(it, last.new),
    )


def not_possible(it: Conversation) -> Card:
    """Who cannot take that place."""
    title = wording.SOMEONE_NOT.format(reference=it.reference)
    return note(title, wording.SOMEONE_NOT_MORE)


def which(found: Sequence[Conversation]) -> Card:
    """The conversations in which somebody has a place to pass on."""
    if not found:
        return note(wording.SOMEONE_ELSE, wording.SOMEONE_NONE)
    actions = [
        act(
            wording.OPEN_ONE.format(reference=it.reference),
            "flow.open",
            {"flow": "someone-else", "conversation": it.id},
        )
        for it in found[:MOST]
    ]
    return choice(wording.SOMEONE_WHICH, actions=actions)


def cannot_come(found: Sequence[tuple[Conversation, bool]], zone: ZoneInfo) -> Card:
    """Somebody wrote that they cannot come: each booked conversation of theirs, whether they lead
    it as its facilitator, and what they can do. Nothing is done by it."""
    last = [small(wording.NOBODY_WATCHES, gap=True)]
    if not found:
        return note(wording.CANNOT_COME, wording.CANNOT_COME_NONE, extra=last)
    booked = [(it, it.booking, leads) for it, leads in found[:MOST] if it.booking is not None]
    texts = dict.fromkeys(_instead(it, leads=leads) for it, _, leads in booked)
    rows = [(it.reference, span(at.start, at.end, zone)) for it, at, _ in booked]
    actions = [_way(it, leads=leads, alone=len(booked) == 1) for it, _, leads in booked]
    days = [line((f"{name}: ",), day) for name, day in rows]
    return choice(wording.CANNOT_COME, *texts, extra=[*days, *last], actions=actions)


def _instead(it: Conversation, *, leads: bool) -> str:
    if leads:
        return wording.CANNOT_COME_FACILITATOR
    return wording.CANNOT_COME_NEXT.format(reference=it.reference, name=ring_facilitator(it))


def _way(it: Conversation, *, leads: bool, alone: bool) -> Action:
    title = wording.CHANGED if leads else wording.CANNOT
    named = title if alone else wording.OF.format(what=title, which=it.reference)
    if leads:
        return act(named, "changes.see", {"conversation": it.id})
    return act(named, "prepare.cannot", {"conversation": it.id})


def replaced(it: Conversation, who: str) -> str:
    """The sentence the facilitator and others read about the one who is new."""
    new = it.person(who)
    old = next((one.old for one in reversed(it.changes.replaced) if one.new == who), "")
    text = wording.REPLACED_LEAD if who == it.lead else wording.REPLACED
    text = wording.REPLACED_MANAGER if new and new.part is Part.MANAGER else text
    return text.format(new=_name(it, who), old=_name(it, old), reference=it.reference)


def replaced_card(it: Conversation, who: str) -> Card:
    """That sentence as a card."""
    return note(replaced(it, who), wording.REPLACED_NEXT, typed_title=True)


def leads_now(it: Conversation, before: str) -> Card:
    """To one who led before: who does now."""
    return note(leads_now_title(it, before), wording.REPLACED_LEAD_NEXT, typed_title=True)


def leads_now_title(it: Conversation, before: str) -> str:
    """That in one line."""
    return wording.REPLACED_LEAD.format(new=_name(it, it.lead), old=before, reference=it.reference)


def lead_now(it: Conversation, timetable: Timetable) -> Card:
    """The new lead worker, after the conversation."""
    last = next((one.old for one in reversed(it.changes.replaced) if one.new == it.lead), "")
    date, zone = timetable.outcome_date(it), timetable.office.zone
    when = day(it.booking.start, zone) if it.booking else ""
    text = wording.LEAD_NOW_NEXT.format(when=when, date=day(date, zone) if date else "")
    title = wording.LEAD_NOW.format(reference=it.reference, old=_name(it, last))
    return note(title, text, wording.LEAD_NOW_WHO, typed_title=True)


def _name(it: Conversation, who: str) -> str:
    found = it.person(who)
    return found.name if found else wording.SOMEBODY
