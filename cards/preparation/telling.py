"""Who tells the family, long as all of it is one question: settled once, by the lead worker.

Source: pathway, "Who tells the family".

A reason is shown to the lead worker and the facilitator alone; what the others are to keep to
stands on their cards (`cards.preparation.family`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from microsoft_teams.cards import Action, CardElement

from cards.kit.answers import AnswerModel, Optional, Short
from cards.kit.elements import Card, act, build, heading, line, para, row_of, small, tap_line
from cards.kit.files import SHEET, get
from cards.kit.forms import ChoiceField, TextField
from cards.kit.page import Page, ask, leaving
from cards.kit.pickers import DateField, Field
from cards.kit.typed_when import Day, to_come
from cards.kit.when import day
from cards.preparation import family
from cards.request.check import row
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.readiness import Told
from records.conversation.request import About
from records.stages import Stage


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


def asks_why(how: Told) -> str:
    """What the reason is asked with."""
    return wording.TELLING_SOME_BECAUSE if how is Told.SOME else wording.TELLING_BECAUSE


def because(it: Conversation, why: Answers) -> list[CardElement]:
    """A reason, as it was written, shortened with *Show all*; only for those who may read it."""
    text = why.text("text")
    if it.telling is None or it.telling.warns is None or not text:
        return []
    show = act(wording.SHOW_ALL, "prepare.because", {"conversation": it.id}, inputs=False)
    return row(why.question("text", asks_why(it.telling.how)), text, None, show)


def back_title(it: Conversation) -> str:
    """Where the lead worker goes back to."""
    return wording.PREPARE_BACK if it.stage is Stage.BOOKED else wording.CLOSED_WHERE


def telling(it: Conversation, zone: ZoneInfo, why: Answers) -> Card:
    """The question, with its four answers; one tap where nothing more has to be said."""
    settled = [line(wording.TELLING_SETTLED.format(how=shown_to(it, zone)))] if it.telling else []
    return build(
        [
            small(_kicker(it)),
            heading(family.whom(it, "telling_ask", wording.TELLING_ASK)),
            small(family.whom(it, "telling_why", wording.TELLING_WHY)),
            *settled,
            *because(it, why),
            para(family.whom(it, "telling_seen", wording.TELLING_SEEN)),
            row_of(*_answers(it)),
            *_wishes(it),
            *_say_line(it),
        ],
        [act(back_title(it), "prepare.see", {"conversation": it.id})],
    )


def again(it: Conversation) -> Card:
    """The same as a message, where it is not settled yet."""
    return build(
        [
            line(
                family.whom(it, "telling_again", wording.TELLING_AGAIN).format(
                    reference=it.reference
                ),
                title=True,
            ),
            *family.first(it, it.lead),
            para(family.whom(it, "telling_ask", wording.TELLING_ASK)),
            small(family.whom(it, "telling_why", wording.TELLING_WHY)),
            para(family.whom(it, "telling_seen", wording.TELLING_SEEN)),
        ],
        _answers(it),
    )


def _kicker(it: Conversation) -> str:
    text = family.whom(it, "telling_kicker", wording.TELLING_KICKER)
    return text.format(reference=it.reference)


def facts_of(it: Conversation) -> Mapping[str, Any]:
    """What the cards of the answers say of whom it is about, and where their way back leads."""
    return {
        "about": _kicker(it),
        "seen": family.whom(it, "telling_seen", wording.TELLING_SEEN),
        "hint": family.whom(it, "telling_some_hint", wording.TELLING_SOME_HINT),
        "back": back_title(it),
    }


def wishes_line(it: Conversation) -> list[CardElement]:
    """Whether an adult agrees and who speaks for them, for the lead worker and the facilitator;
    nothing where nothing was said of it."""
    have = it.wishes
    if have is None or it.request.about is not About.ADULT:
        return []
    said = (
        (wording.AGREES_ASK, dict(wording.AGREES).get(have.agrees)),
        (wording.SPEAKS_ASK, dict(wording.SPEAKS).get(have.speaks)),
    )
    return [line((f"{asked} ",), answer) for asked, answer in said if answer]


def _wishes(it: Conversation) -> list[CardElement]:
    """The way to what an adult wants, and what was said of it; about a child there is none."""
    if it.request.about is not About.ADULT:
        return []
    opening = act(wording.WISHES_OPEN, "flow.open", {"conversation": it.id, "flow": "wishes"})
    return [*wishes_line(it), tap_line(wording.WISHES_OPEN, opening)]


class WishesAnswer(AnswerModel):
    """Whether they agree, and who speaks for them; each may be left out."""

    agrees: Literal["yes", "no", "not-asked", "cannot", ""] = ""
    speaks: Literal["self", "advocate", "family", "attorney", ""] = ""


WISHES_FIELDS: Final = (
    ChoiceField("agrees", lambda: wording.AGREES_ASK, lambda: wording.AGREES, required=False),
    ChoiceField("speaks", lambda: wording.SPEAKS_ASK, lambda: wording.SPEAKS, required=False),
)


def wishes(page: Page) -> Card:
    """What the person wants: two choices, no words."""
    return ask(
        page,
        wording.ABOUT_ADULT["telling_title"],
        wording.WISHES_TITLE,
        WISHES_FIELDS,
        seen_by=wording.WISHES_SEEN,
        next_title=wording.WISHES_SAVE,
    )


def _say_line(it: Conversation) -> list[CardElement]:
    """The way to words for the family; none while it is not safe or not right to tell them."""
    if it.telling is not None and it.telling.how is Told.NOT_SAFE:
        return []
    say = act(wording.SAY_OPEN, "prepare.say", {"conversation": it.id})
    return [tap_line(wording.SAY_OPEN, say)]


def what_to_say(it: Conversation) -> Card:
    """What the lead worker could say: to a child, and to an adult or a parent. Nothing of this
    conversation stands in it, so that it can be read aloud or copied."""
    child = [heading(wording.SAY_TO_CHILD), para(wording.SAY_CHILD)]
    return build(
        [
            small(_kicker(it)),
            line(wording.SAY_OPEN, title=True),
            *(child if it.request.about in (About.CHILD, About.CHILDREN) else []),
            heading(wording.SAY_TO_ADULT),
            para(wording.SAY_ADULT),
        ],
        [
            act(wording.BACK, "prepare.telling", {"conversation": it.id}),
            get(wording.SHEET_GET, SHEET, it.id),
        ],
    )


def _answers(it: Conversation) -> list[Action]:
    """None is put before the others: telling is not always right."""
    data = {"conversation": it.id}
    return [
        act(wording.TELLING_TOLD, "prepare.told", data),
        act(wording.TELLING_WILL, "flow.open", {"flow": Told.WILL_BE.value, **data}),
        act(wording.TELLING_SOME, "flow.open", {"flow": Told.SOME.value, **data}),
        act(wording.TELLING_NOT, "flow.open", {"flow": Told.NOT_SAFE.value, **data}),
    ]


class WillBeTold(AnswerModel):
    """Who tells them, and on which day; not one in the past."""

    teller: Short
    on: Annotated[Day, to_come(lambda: wording.REVIEW_DATE_PAST)]


class Because(AnswerModel):
    """A reason, where one is given."""

    because: Optional = ""


TOLD_FIELDS: Final = (
    ChoiceField("teller", lambda: wording.TELLING_BY, of="people", compact=True),
    DateField("on", lambda: wording.TELLING_ON),
)


def will_be_told(page: Page) -> Card:
    """They will be told by … on …"""
    seen = page.fact("seen") or wording.TELLING_SEEN
    return _card(page, wording.TELLING_WILL, TOLD_FIELDS, seen)


NOT_SAFE_FIELDS: Final = (
    TextField(
        "because",
        lambda: wording.TELLING_BECAUSE,
        placeholder=lambda: wording.TELLING_BECAUSE_HINT,
        required=False,
    ),
)
SOME_FIELDS: Final = (
    TextField(
        "because",
        lambda: wording.TELLING_SOME_BECAUSE,
        placeholder=lambda: wording.TELLING_SOME_HINT,
        required=False,
    ),
)


def not_safe(page: Page) -> Card:
    """Not safe or not right to tell, and why if one likes."""
    seen = wording.TELLING_SEEN_BECAUSE
    return _card(page, wording.TELLING_NOT_TITLE, NOT_SAFE_FIELDS, seen, chat=True)


def some_may_know(page: Page) -> Card:
    """Some may know, others must not, and who if one likes."""
    seen, hint = wording.TELLING_SEEN_BECAUSE, page.fact("hint") or wording.TELLING_SOME_HINT
    fields = tuple(replace(one, placeholder=lambda: hint) for one in SOME_FIELDS)
    return _card(page, wording.TELLING_SOME_TITLE, fields, seen, chat=True)


def _card(
    page: Page, title: str, fields: Sequence[Field], seen_by: str, *, chat: bool = False
) -> Card:
    back = page.fact("back") or wording.PREPARE_BACK
    return ask(
        page,
        page.fact("about") or wording.TELLING_TITLE,
        title,
        fields,
        seen_by=seen_by,
        chat=chat,
        next_title=wording.TELLING_SAVE,
        more=[leaving(page, fields, back, "prepare.see", {})],
    )
