"""Another manager, or the manager's deputy: a card and its answer, and who hears of it.

Source: pathway, step 2.
"""

from typing import Final

from microsoft_teams.cards import Action
from pydantic import ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from cards.kit.answers import AnswerModel, Mail, Short
from cards.kit.elements import Card, act, line, small
from cards.kit.forms import ChoiceField, MailField, TextField
from cards.kit.known import known
from cards.kit.notes import note, receipt
from cards.kit.page import Page, ask
from cards.kit.people import AttendingAnswer, attending
from cards.kit.who import here_already
from cards.wording import wording
from records import mail_address
from records.conversation.conversation import Conversation
from records.people import Attending, Participant
from records.stages import Stage


def _not_refused(value: str, info: ValidationInfo) -> str:
    refused = (info.context or {}).get("refused", {})
    sentence = refused.get(mail_address.normal(value))
    if sentence:
        raise PydanticCustomError("own", "{sentence}", {"sentence": sentence})
    return value


class AnotherManager(AnswerModel):
    """Who is asked instead; somebody other than the requester."""

    manager_name: Short
    manager_mail: Mail
    manager_attending: AttendingAnswer = Attending.UNSURE

    _somebody_else = field_validator("manager_mail")(_not_refused)


class Deputy(AnswerModel):
    """Who decides in the manager's place; neither the manager nor the requester."""

    deputy_name: Short
    deputy_mail: Mail

    _somebody_else = field_validator("deputy_mail")(_not_refused)


MANAGER_FIELDS: Final = (
    known("manager"),
    TextField("manager_name", lambda: wording.MANAGER_NAME, long=False),
    MailField("manager_mail", lambda: wording.MANAGER_MAIL),
    ChoiceField(
        "manager_attending",
        lambda: wording.MANAGER_ATTENDING,
        attending,
        required=False,
        compact=True,
    ),
)
DEPUTY_FIELDS: Final = (
    known("deputy"),
    TextField("deputy_name", lambda: wording.DEPUTY_NAME, long=False),
    MailField("deputy_mail", lambda: wording.DEPUTY_MAIL),
)


def another_manager(page: Page) -> Card:
    """One card: name and work e-mail, and what follows from it."""
    waits = page.fact("stage") in ("", Stage.REQUESTED)
    text = wording.ANOTHER_MANAGER_WAITS if waits else wording.ANOTHER_MANAGER_AGREED
    name = page.fact("manager") or wording.MANAGER
    return ask(
        page,
        f"{wording.ANOTHER_MANAGER} · {page.fact('reference')}".rstrip(" ·"),
        wording.ANOTHER_MANAGER_TITLE,
        MANAGER_FIELDS,
        intro=[small(wording.MANAGER_INTRO), line(text.format(name=name))],
        seen_by=wording.SEEN_MANAGER,
        next_title=wording.NAME_THEM,
        more=[_leave(page, wording.NAME_LEAVE)],
    )


def deputy(page: Page) -> Card:
    """One card: the deputy's name and work e-mail."""
    return ask(
        page,
        f"{wording.DEPUTY} · {page.fact('reference')}".rstrip(" ·"),
        wording.DEPUTY_TITLE,
        DEPUTY_FIELDS,
        intro=[small(wording.DEPUTY_INTRO)],
        seen_by=wording.DEPUTY_SEEN.format(name=page.fact("requester")),
        next_title=wording.DEPUTY_ASK,
        more=[_leave(page, wording.DEPUTY_LEAVE)],
    )


def _leave(page: Page, title: str) -> Action:
    """A way back that leaves everything as it was."""
    place = {"flow": page.flow, "conversation": page.conversation}
    return act(title, "managing.leave", place, inputs=False)


def named(it: Conversation, before: str) -> Card:
    """The requester's receipt."""
    text = wording.MANAGER_NAMED_NEXT
    if it.stage is Stage.REQUESTED:
        text = wording.MANAGER_ASKED_NEXT.format(before=before, name=it.manager.name)
    return receipt(named_title(it), text, here_already(it, it.manager.id))


def named_title(it: Conversation) -> str:
    """That in one line."""
    asked = it.stage is Stage.REQUESTED
    text = wording.MANAGER_ASKED if asked else wording.MANAGER_NAMED
    return text.format(name=it.manager.name, reference=it.reference)


def handed(it: Conversation, to: Participant) -> Card:
    """The manager's receipt, and where it is when they come back to their card."""
    title = wording.HANDED.format(reference=it.reference, name=to.name)
    return receipt(title, wording.HANDED_NEXT.format(requester=it.requester.name))


def deputy_asked(it: Conversation, before: str, name: str) -> Card:
    """The requester hears who decides now."""
    title = wording.DEPUTY_ASKED_WHY.format(before=before, name=name, reference=it.reference)
    mine = act(wording.MY_REQUESTS, "request.mine", {})
    text = wording.DEPUTY_ASKED_NEXT.format(name=name)
    return note(title, text, actions=[mine], typed_title=True)


def not_needed(it: Conversation) -> Card:
    """Whoever was asked before hears that they need not answer."""
    title = wording.NOT_NEEDED.format(reference=it.reference)
    return note(title, wording.NOT_NEEDED_WHY.format(name=it.requester.name))


def manager_now(it: Conversation) -> Card:
    """After the agreement: who the manager is now."""
    title = wording.MANAGER_NOW.format(name=it.manager.name, reference=it.reference)
    by = it.person(it.manager.named_by) or it.requester
    text = wording.MANAGER_NOW_WHY.format(name=by.name)
    return note(title, text, typed_title=True)
