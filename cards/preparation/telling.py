"""Who tells the family: settled once, by the lead worker. Source: pathway, "Who tells the family".

The reason why not is shown to the lead worker and the facilitator alone; what others see of it
stands on their preparation card (`cards.preparation.preparation`).
"""

from datetime import datetime, time
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from microsoft_teams.cards import CardElement

from cards.kit.answers import AnswerModel, LongText, Short
from cards.kit.elements import Card, act, build, heading, line, para, small
from cards.kit.forms import ChoiceField, TextField
from cards.kit.page import Page, ask, leaving
from cards.kit.pickers import DateField
from cards.kit.typed_when import Day, to_come
from cards.kit.when import day
from cards.request.check import row
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.readiness import Told


def shown_to(it: Conversation, zone: ZoneInfo) -> str:
    """How it is settled, for the lead worker and the facilitator."""
    telling = it.telling
    if telling is None:
        return wording.TELLING_STILL
    teller = it.person(telling.teller)
    name = teller.name if teller else wording.SOMEBODY
    # Noon is the same day in every zone a partnership could have.
    on = day(datetime.combine(telling.on, time(12), zone), zone) if telling.on else ""
    return wording.TELLING_HOW[telling.how].format(name=name, day=on)


def for_the_document(it: Conversation, zone: ZoneInfo) -> str:
    """How it is settled, for the learning document, which goes further than why it is not safe."""
    if it.telling is None:
        return ""
    if it.telling.how is Told.NOT_SAFE:
        return wording.TELLING_NOT_SAFE_BECAUSE
    how = shown_to(it, zone)
    return f"{how[:1].upper()}{how[1:]}."


def because(it: Conversation, why: Answers) -> list[CardElement]:
    """Why not, as it was written, shortened with *Show all*; only for those who may read it."""
    text = why.text("text")
    if it.telling is None or it.telling.how is not Told.NOT_SAFE or not text:
        return []
    show = act(wording.SHOW_ALL, "prepare.because", {"conversation": it.id}, inputs=False)
    return row(why.question("text", wording.TELLING_BECAUSE), text, None, show)


def telling(it: Conversation, zone: ZoneInfo, why: Answers) -> Card:
    """The question, with its three answers; one tap where nothing more has to be said."""
    data = {"conversation": it.id}
    settled = [line(wording.TELLING_SETTLED.format(how=shown_to(it, zone)))] if it.telling else []
    return build(
        [
            small(wording.PREPARE_KICKER.format(reference=it.reference)),
            heading(wording.TELLING_ASK),
            small(wording.TELLING_WHY),
            *settled,
            *because(it, why),
            para(wording.TELLING_SEEN),
        ],
        [
            act(wording.TELLING_TOLD, "prepare.told", data, primary=True),
            act(wording.TELLING_WILL, "flow.open", {"flow": "will-be-told", **data}),
            act(wording.TELLING_NOT, "flow.open", {"flow": "not-safe", **data}),
            act(wording.PREPARE_BACK, "prepare.see", data),
        ],
    )


class WillBeTold(AnswerModel):
    """Who tells them, and on which day; not one in the past."""

    teller: Short
    on: Annotated[Day, to_come(lambda: wording.REVIEW_DATE_PAST)]


class NotSafe(AnswerModel):
    """Why it is not safe or not right to tell them."""

    because: LongText


TOLD_FIELDS: Final = (
    ChoiceField("teller", lambda: wording.TELLING_BY, of="people", compact=True),
    DateField("on", lambda: wording.TELLING_ON),
)


def will_be_told(page: Page) -> Card:
    """They will be told by … on …"""
    return ask(
        page,
        wording.TELLING_TITLE,
        wording.TELLING_WILL,
        TOLD_FIELDS,
        seen_by=wording.TELLING_SEEN,
        next_title=wording.TELLING_SAVE,
        more=[leaving(page, TOLD_FIELDS, wording.PREPARE_BACK, "prepare.see", {})],
    )


NOT_SAFE_FIELDS: Final = (
    TextField(
        "because", lambda: wording.TELLING_BECAUSE, placeholder=lambda: wording.TELLING_BECAUSE_HINT
    ),
)


def not_safe(page: Page) -> Card:
    """Not safe or not right to tell, because…"""
    return ask(
        page,
        wording.TELLING_TITLE,
        wording.TELLING_NOT_TITLE,
        NOT_SAFE_FIELDS,
        seen_by=wording.TELLING_SEEN_BECAUSE,
        next_title=wording.TELLING_SAVE,
        more=[leaving(page, NOT_SAFE_FIELDS, wording.PREPARE_BACK, "prepare.see", {})],
    )
