"""The review on the agreed day: the agreed points, one choice, and words if one likes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action, CardElement

from cards.kit.answers import AnswerModel, Optional
from cards.kit.elements import Card, act, box, line, para, said, small, tap_line
from cards.kit.forms import ChoiceField, TextField, shortened
from cards.kit.notes import note, receipt
from cards.kit.page import Page, ask, leaving
from cards.kit.pickers import DateField
from cards.kit.typed_when import Day, to_come
from cards.kit.when import day
from cards.preparation import family
from cards.wording import wording
from records.changes.review import reviewed
from records.conversation.conversation import Conversation

SHOWN: Final = 600
"""Characters of an agreed point on the card; the document has it whole."""


PART: Final = 4_000
"""Characters of what was written, on one card."""


class Review(AnswerModel):
    """How it is now."""

    movement: Literal["moved", "not-yet", "back"]
    words: Optional = ""


class ReviewDay(AnswerModel):
    """The day of the review."""

    review_on: Annotated[Day, to_come(lambda: wording.REVIEW_DATE_PAST)]


FIELDS: Final = (
    ChoiceField(
        "movement",
        lambda: wording.REVIEW_SAID_LABEL,
        lambda: wording.REVIEW_CHOICES,
        asked=True,
    ),
    TextField("words", lambda: wording.REVIEW_WORDS, required=False),
)


def review(page: Page) -> Card:
    """What was agreed, then how it is now."""
    return ask(
        page,
        wording.REVIEW,
        wording.REVIEW_TITLE,
        FIELDS,
        intro=[
            line(page.fact("why")),
            *family.on_page(page, FIELDS),
            *_agreed(page.facts.get("agreed", ())),
        ],
        after=[tap_line(wording.HAPPENED, _happened(page))] if page.facts.get("leads") else (),
        seen_by=wording.REVIEW_SEEN,
        next_title=wording.SEND,
    )


def _happened(page: Page) -> Action:
    return leaving(page, FIELDS, wording.HAPPENED, "happened.tell", {})


def _agreed(points: Sequence[tuple[str, str]]) -> list[CardElement]:
    if not points:
        return [small(wording.REVIEW_NOTHING)]
    found: list[CardElement] = []
    for heading, text in points:
        found += [para(heading, bold=True), box(said(shortened(text, SHOWN)[0]))]
    return [small(wording.REVIEW_AGREED, gap=True), *found]


DAY_FIELDS: Final = (DateField("review_on", lambda: wording.REVIEW_DATE_LABEL),)


def review_day(page: Page) -> Card:
    """The day alone, where there is no document."""
    return ask(
        page,
        page.fact("reference"),
        wording.REVIEW_DATE,
        DAY_FIELDS,
        seen_by=wording.REVIEW_DATE_SEEN,
        next_title=wording.REVIEW_DATE,
    )


def day_set(it: Conversation, when: str) -> Card:
    """The facilitator's receipt."""
    lead = it.person(it.lead)
    name = lead.name if lead else wording.SOMEBODY
    return receipt(
        wording.REVIEW_DATE_DONE.format(reference=it.reference, date=when),
        wording.REVIEW_DATE_NEXT.format(name=name),
    )


def review_done(it: Conversation, who: str) -> Card:
    """The receipt; for the lead worker who brings it back, the way to a new request."""
    answer, lead = reviewed(it, who), it.person(it.lead)
    title = wording.REVIEW_DONE.format(reference=it.reference)
    if answer is None or answer.said != "back":
        return receipt(title, wording.REVIEW_DONE_NEXT, extra=family.later(it, who))
    if who != it.lead:
        name = lead.name if lead else wording.SOMEBODY
        text = wording.REVIEW_BACK_FACILITATOR.format(name=name)
        return receipt(title, text, extra=family.later(it, who))
    again = act(wording.REVIEW_AGAIN, "review.again", {"conversation": it.id}, primary=True)
    extra = family.later(it, who)
    return receipt(title, wording.REVIEW_BACK_LEAD, extra=extra, actions=[again])


def review_came(it: Conversation, words: str, start: int = 0) -> Card:
    """The facilitator: what the lead worker said, and what they wrote from `start` on; with many
    notes under it, it is several cards."""
    answer, lead = reviewed(it, it.lead), it.person(it.lead)
    told = dict(wording.REVIEW_CHOICES).get(answer.said if answer else "", "")
    name = lead.name if lead else wording.SOMEBODY
    title = wording.REVIEW_CAME.format(name=name, reference=it.reference, said=told)
    part, end = words[start : start + PART], start + PART
    wrote = [line(wording.THEY_WROTE.format(name=name)), box(said(part))] if part else []
    data = {"conversation": it.id, "at": end}
    on = [act(wording.FEEDBACK_READ_NEXT, "review.words", data, primary=True)]
    return note(
        title,
        extra=[*family.later(it, it.facilitator), *wrote],
        actions=on if end < len(words) else (),
        typed_title=True,
    )


def not_yet(it: Conversation, due: datetime | None, zone: ZoneInfo) -> str:
    """Before the agreed day, or where none is."""
    if due is None:
        return wording.REVIEW_NO_DAY.format(reference=it.reference)
    return wording.REVIEW_NOT_YET.format(when=day(due, zone), reference=it.reference)
