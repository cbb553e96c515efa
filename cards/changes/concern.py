"""A professional-practice concern: who should ring, and the one sentence they read."""

from collections.abc import Sequence
from typing import Final

from microsoft_teams.cards import CardElement

from cards.kit.answers import AnswerModel, Mail, Short
from cards.kit.elements import Card, act, build, heading, line, para, small
from cards.kit.forms import ChoiceField, MailField, TextField, missing_of, trouble
from cards.kit.notes import local_numbers, note
from cards.kit.page import Page, ask, leaving
from cards.kit.who import look_up, ring_facilitator, rung
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.people import Participant


class Concern(AnswerModel):
    """Who is asked to ring."""

    manager: Short
    manager_mail: Mail


FIELDS: Final = (
    TextField("manager", lambda: wording.CONCERN_NAME, long=False),
    MailField("manager_mail", lambda: wording.CONCERN_MAIL),
)


def whose(it: Conversation, people: Sequence[tuple[str, str]], problem: str = "") -> Card:
    """Which worker; read once and never kept."""
    back = act(wording.BACK_TO_IT, "changes.open", {"conversation": it.id}, inputs=False)
    field = ChoiceField("worker", wording.CONCERN_ABOUT, tuple(people), compact=True)
    return build(
        [
            small(it.reference),
            heading(wording.CONCERN),
            *_urgent(),
            *_allegation(),
            *([trouble(missing_of(field, problem))] if problem else []),
            *field.element(""),
            small(wording.CONCERN_ABOUT_MORE),
        ],
        [act(wording.NEXT, "concern.whom", {"conversation": it.id}, primary=True), back],
    )


def concern(page: Page) -> Card:
    """The manager, filled in where we know them."""
    return ask(
        page,
        wording.CONCERN,
        wording.CONCERN_TITLE,
        FIELDS,
        intro=[para(wording.CONCERN_INTRO), *_allegation()],
        seen_by=wording.CONCERN_SEEN,
        next_title=wording.CONCERN_SEND,
        more=[leaving(page, FIELDS, wording.BACK_TO_IT, "changes.open", {})],
    )


def sent(called: Participant) -> Card:
    """The facilitator's receipt, with what to do where it cannot wait."""
    return note(
        wording.CONCERN_SENT.format(name=called.name),
        wording.CONCERN_SENT_NEXT,
        extra=[*look_up(called), *_urgent()],
        typed_title=True,
    )


def came(it: Conversation) -> Card:
    """The one who is asked to ring: a name, a contact, and the urgent routes. Nothing else."""
    found = rung(it)
    mail = (found.contact or found.mail) if found else ""
    return note(
        wording.CONCERN_CAME.format(name=ring_facilitator(it)),
        wording.CONCERN_CAME_NEXT,
        rows=((wording.CONCERN_CAME_MAIL, mail),),
        extra=[*look_up(found), *_urgent(), small(wording.NOBODY_WATCHES, gap=True)],
        typed_title=True,
    )


def _urgent() -> list[CardElement]:
    always = (para(text) for text in wording.URGENT[:2])
    return [para(wording.URGENT_TITLE, bold=True), *always, *map(line, local_numbers())]


def _allegation() -> list[CardElement]:
    """What is more than a concern about practice is for others to hear, and today."""
    return [para(wording.ALLEGATION_IF, bold=True), para(wording.ALLEGATION)]
