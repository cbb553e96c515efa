"""The request: eight cards and what each answers. Source: pathway, the request form."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import (
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from cards import agencies, wording
from cards.agencies import WithAgency
from cards.answers import AnswerModel, LongText, Mail, Short, ShortOptional, Some
from cards.danger import what_to_do
from cards.elements import Card, act, build, heading, para, small
from cards.forms import ChoiceField, Field, TextField
from cards.page import Page, ask, kicker, notice
from cards.people import ATTENDING, AttendingAnswer
from records.request import About, Attending, Reason


class Risk(AnswerModel):
    """Whether someone is at immediate risk of harm, and if so, that it was acted on."""

    risk: Literal["no", "acted"]


def risk(page: Page) -> Card:
    """Card 1: one tap. After Yes it shows what to do, and asks to act before carrying on."""
    if page.answers.get("risk") == "yes":
        return build(
            [
                small(kicker(page, wording.REQUEST)),
                heading(wording.URGENT_TITLE),
                *notice(page),
                *what_to_do(),
            ],
            [
                act(wording.RISK_ACTED, "flow.next", {**page.data, "risk": "acted"}, primary=True),
                act(wording.RISK_STOP, "flow.stop", page.data),
            ],
        )
    again = [para(wording.RISK_AGAIN)] if page.returning else []
    return build(
        [
            small(kicker(page, wording.REQUEST)),
            heading(wording.RISK_TITLE),
            *notice(page),
            *again,
            small(wording.NOBODY_WATCHES),
        ],
        [
            act(wording.RISK_NO, "flow.next", {**page.data, "risk": "no"}),
            act(wording.RISK_YES, "flow.next", {**page.data, "risk": "yes"}),
        ],
    )


class AboutAnswer(AnswerModel):
    """Whom it is about and why it comes; level of need and Social Care may be left out."""

    about: About
    reasons: Some
    level_of_need: ShortOptional = ""
    open_to_social_care: ShortOptional = ""

    @field_validator("reasons")
    @classmethod
    def _known(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        if not set(values) <= {one.value for one in Reason}:
            raise PydanticCustomError("none", "{sentence}", {"sentence": wording.CHOOSE_SOME})
        return values


ABOUT_FIELDS: Final = (
    ChoiceField(
        "about", wording.ABOUT_LABEL, tuple((k.value, t) for k, t in wording.ABOUT.items())
    ),
    ChoiceField(
        "reasons",
        wording.REASONS_LABEL,
        tuple((k.value, t) for k, t in wording.REASONS.items()),
        many=True,
    ),
    ChoiceField("level_of_need", wording.LEVEL_LABEL, wording.LEVELS, required=False, compact=True),
    ChoiceField(
        "open_to_social_care", wording.OPEN_LABEL, wording.OPEN, required=False, compact=True
    ),
)


def about(page: Page) -> Card:
    """Card 2: child, unborn child or adult, and the situations to bring."""
    return ask(
        page,
        wording.REQUEST,
        wording.ABOUT_TITLE,
        ABOUT_FIELDS,
        intro=[small(wording.NO_NAMES)],
        seen_by=wording.SEEN_REQUEST,
    )


class You(WithAgency):
    """The practitioner, team and agency, and the manager, who is somebody else."""

    contact: Short
    team: Short
    attending: AttendingAnswer = Attending.UNSURE
    manager_name: Short
    manager_mail: Mail
    manager_attending: AttendingAnswer = Attending.UNSURE

    @field_validator("manager_mail")
    @classmethod
    def _somebody_else(cls, value: str, info: ValidationInfo) -> str:
        own = (info.context or {}).get("own_mails", ())
        if value.casefold() in {mail.casefold() for mail in own}:
            raise PydanticCustomError("own", "{sentence}", {"sentence": wording.MANAGER_IS_YOU})
        return value


YOU_FIELDS: Final = (
    TextField("contact", wording.CONTACT_LABEL, long=False, placeholder=wording.CONTACT_HINT),
    TextField("team", wording.TEAM_LABEL, long=False),
    *agencies.FIELDS,
    ChoiceField("attending", wording.YOU_ATTENDING, ATTENDING, required=False, compact=True),
    TextField("manager_name", wording.MANAGER_NAME, long=False),
    TextField("manager_mail", wording.MANAGER_MAIL, long=False),
    ChoiceField(
        "manager_attending", wording.MANAGER_ATTENDING, ATTENDING, required=False, compact=True
    ),
)


def you(page: Page) -> Card:
    """Card 3: you, your team and agency, and your manager; filled in from last time."""
    return ask(
        agencies.shown(page),
        wording.REQUEST,
        wording.YOU_TITLE,
        YOU_FIELDS,
        intro=[small(wording.MANAGER_INTRO)],
        seen_by=wording.SEEN_REQUEST,
    )


class Worry(AnswerModel):
    """Question 1."""

    worry: LongText


WORRY_FIELDS: Final = (TextField("worry", wording.Q_WORRY),)


def worry(page: Page) -> Card:
    """Card 5: what you are most worried about."""
    return ask(
        page,
        wording.REQUEST,
        wording.WORRY_TITLE,
        WORRY_FIELDS,
        after=[small(wording.WRITE_HERE)],
        seen_by=wording.SEEN_REQUEST,
    )


class HopeYou(AnswerModel):
    """Questions 2 and 3, one thought."""

    hope_you: LongText
    hope_you_known: LongText


HOPE_YOU_FIELDS: Final = (
    TextField("hope_you", wording.Q_YOU),
    TextField("hope_you_known", wording.Q_KNOWN),
)


def hope_you(page: Page) -> Card:
    """Card 6: the difference to YOU, and how you will know."""
    return ask(
        page,
        wording.REQUEST,
        wording.HOPE_YOU_TITLE,
        HOPE_YOU_FIELDS,
        seen_by=wording.SEEN_REQUEST,
    )


class HopeChild(AnswerModel):
    """Questions 4 and 5, one thought."""

    hope_child: LongText
    hope_child_known: LongText


def hope_child_fields(about: str) -> tuple[Field, ...]:
    """The pair of questions; for an adult "the person" stands for "the child"."""
    return (
        TextField("hope_child", wording.hope_question(about)),
        TextField("hope_child_known", wording.Q_KNOWN),
    )


def hope_child(page: Page) -> Card:
    """Card 7: the difference to the child or person, and how you will know."""
    about = str(page.answers.get("about", About.CHILD))
    return ask(
        page,
        wording.REQUEST,
        wording.HOPE_CHILD_TITLE.get(About(about), "") if about in set(About) else "",
        hope_child_fields(about),
        seen_by=wording.SEEN_REQUEST,
    )


def asks_hope_child(answers: Mapping[str, Any]) -> Mapping[str, str]:
    """The pair as it is asked about a child, or about an adult."""
    return {one.id: one.label for one in hope_child_fields(str(answers.get("about", "")))}


def questions(about: str) -> tuple[tuple[str, str], ...]:
    """The five questions with the names of their answers, in order."""
    return (
        ("worry", wording.Q_WORRY),
        ("hope_you", wording.Q_YOU),
        ("hope_you_known", wording.Q_KNOWN),
        ("hope_child", wording.hope_question(about)),
        ("hope_child_known", wording.Q_KNOWN),
    )
