"""*Correct the address*: one field, and who hears what then."""

from typing import Final

from microsoft_teams.cards import Action
from pydantic import ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from cards.kit.answers import AnswerModel, Mail
from cards.kit.elements import Card, act, line
from cards.kit.forms import MailField
from cards.kit.notes import note, receipt
from cards.kit.page import Page, ask
from cards.kit.who import plain
from cards.wording import wording
from records import mail_address
from records.conversation.conversation import Conversation
from records.people import Participant


class Corrected(AnswerModel):
    """The right address. What is refused is another one's in it, or the same as before."""

    mail: Mail

    @field_validator("mail")
    @classmethod
    def _another(cls, value: str, info: ValidationInfo) -> str:
        refused = (info.context or {}).get("refused", {})
        for mail, sentence in refused.items():
            if mail_address.same(value, mail):
                raise PydanticCustomError("refused", "{sentence}", {"sentence": sentence})
        return value


FIELDS: Final = (MailField("mail", lambda: wording.CORRECT_MAIL),)


def way(it: Conversation, who: str, name: str = "") -> Action:
    """The button, for one person; with their `name` where there are several like it."""
    title = wording.OF.format(what=wording.CORRECT, which=plain(name)) if name else wording.CORRECT
    return act(title, "correct.open", {"conversation": it.id, "who": who})


def correct(page: Page) -> Card:
    """One field; everything else stays as it is."""
    return ask(
        page,
        page.fact("reference"),
        wording.CORRECT_TITLE,
        FIELDS,
        intro=[line(wording.CORRECT_INTRO.format(name=page.fact("name")))],
        seen_by=wording.CORRECT_SEEN,
        next_title=wording.CORRECT_SAVE,
    )


def done(it: Conversation, new: Participant, *, shown: bool) -> Card:
    """The receipt: to whom it goes now, and what the wrong one hears."""
    other = wording.CORRECT_SHOWN if shown else wording.CORRECT_NOT_SHOWN
    return receipt(
        wording.CORRECT_DONE.format(name=new.name, reference=it.reference),
        wording.CORRECT_NEXT.format(mail=new.mail),
        other,
    )


def nothing(it: Conversation) -> Card:
    """Nobody here whose address could be corrected."""
    return note(wording.CORRECT_NOT.format(reference=it.reference))


def not_meant() -> Card:
    """Whoever has the wrong address: that it was not for them. No name stands here."""
    return note(wording.NOT_MEANT, wording.NOT_MEANT_NEXT)
