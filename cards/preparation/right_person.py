"""Somebody else from the same agency is the right person. Source: pathway, step 5, third point."""

from typing import Final

from pydantic import ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from cards.kit.answers import AnswerModel, Mail, Short, ShortOptional
from cards.kit.elements import Card, line
from cards.kit.forms import MailField, NumberField, TextField
from cards.kit.known import known
from cards.kit.notes import note
from cards.kit.page import Page, ask, leaving
from cards.kit.who import here_already
from cards.wording import wording
from records import mail_address
from records.conversation.conversation import Conversation
from records.people import Participant


class RightPerson(AnswerModel):
    """Who comes instead; the agency stays. Nobody names themselves."""

    right_name: Short
    right_role: ShortOptional = ""
    right_mail: Mail
    right_contact: ShortOptional = ""

    @field_validator("right_mail")
    @classmethod
    def _another(cls, value: str, info: ValidationInfo) -> str:
        own = (info.context or {}).get("own_mails", ())
        if any(mail_address.same(value, mail) for mail in own):
            raise PydanticCustomError("own", "{sentence}", {"sentence": wording.RIGHT_PERSON_OWN})
        return value


FIELDS: Final = (
    known("right", "role"),
    TextField("right_name", lambda: wording.RIGHT_PERSON_NAME, long=False),
    TextField("right_role", lambda: wording.RIGHT_PERSON_ROLE, long=False, required=False),
    MailField("right_mail", lambda: wording.RIGHT_PERSON_MAIL),
    NumberField("right_contact", lambda: wording.RIGHT_PERSON_CONTACT),
)


def right_person(page: Page) -> Card:
    """One card: name, role, work e-mail."""
    agency = page.fact("agency")
    intro = (
        wording.RIGHT_PERSON_INTRO.format(agency=agency)
        if agency
        else wording.RIGHT_PERSON_INTRO_PLAIN
    )
    return ask(
        page,
        wording.RIGHT_PERSON_TITLE,
        wording.RIGHT_PERSON,
        FIELDS,
        intro=[line(intro)],
        seen_by=wording.RIGHT_PERSON_SEEN,
        next_title=wording.RIGHT_PERSON_SAVE,
        more=[leaving(page, FIELDS, wording.PREPARE_BACK, "prepare.see", {})],
    )


def named(it: Conversation, new: Participant) -> Card:
    """The receipt of the one who was replaced: the last they hear of it."""
    title = wording.RIGHT_PERSON_DONE.format(name=new.name, reference=it.reference)
    text = wording.RIGHT_PERSON_DONE_NEXT
    return note(title, text, here_already(it, new.id), typed_title=True)
