"""The request: eight cards and what each answers, long as all stand together. Source: pathway, the
request form."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import (
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from cards.kit import agencies
from cards.kit.agencies import WithAgency
from cards.kit.answers import AnswerModel, Mail, Optional, Short, ShortOptional, Some
from cards.kit.elements import Card, small
from cards.kit.forms import ChoiceField, MailField, TextField
from cards.kit.known import known
from cards.kit.named_already import Named, other_of
from cards.kit.page import Page, ask
from cards.kit.people import AttendingAnswer, attending
from cards.wording import wording
from cards.wording.source import Choices
from records import mail_address
from records.conversation.request import About, Reason
from records.people import Attending, Part


class AboutAnswer(AnswerModel):
    """Whom it is about and why it comes; level of need and Social Care may be left out."""

    about: About
    reasons: Some
    level_of_need: ShortOptional = ""
    open_to_social_care: ShortOptional = ""
    few: Literal["", "yes"] = ""

    @field_validator("reasons")
    @classmethod
    def _known(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        if not set(values) <= {one.value for one in Reason}:
            raise PydanticCustomError("none", "{sentence}", {"sentence": wording.CHOOSE_SOME})
        return values


def _about() -> Choices:
    return tuple((one.value, title) for one, title in wording.ABOUT.items())


def few() -> Choices:
    """The one tick by which the team is not told."""
    return (("yes", wording.FEW),)


def _reasons() -> Choices:
    return tuple((one.value, title) for one, title in wording.REASONS.items())


ABOUT_FIELDS: Final = (
    ChoiceField("about", lambda: wording.ABOUT_LABEL, _about),
    ChoiceField(
        "reasons",
        lambda: wording.REASONS_LABEL,
        _reasons,
        many=True,
    ),
    ChoiceField(
        "level_of_need",
        lambda: wording.LEVEL_LABEL,
        lambda: wording.levels,
        required=False,
        compact=True,
    ),
    ChoiceField(
        "open_to_social_care",
        lambda: wording.OPEN_LABEL,
        lambda: wording.OPEN,
        required=False,
        compact=True,
    ),
    ChoiceField(
        "few",
        lambda: wording.FEW_LABEL,
        few,
        many=True,
        required=False,
        hint=lambda: wording.FEW_HINT,
    ),
)


def about(page: Page) -> Card:
    """Card 2: child, children, unborn child or adult, and the situations to bring."""
    return ask(
        page,
        wording.REQUEST_TITLE,
        wording.ABOUT_TITLE,
        ABOUT_FIELDS,
        intro=[small(wording.NO_NAMES)],
        seen_by=wording.SEEN_WHY_FEW if page.answers.get("few") else wording.SEEN_WHY,
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
        if any(mail_address.same(value, mail) for mail in own):
            raise PydanticCustomError("own", "{sentence}", {"sentence": wording.MANAGER_IS_YOU})
        return value


def manager_of(answers: Mapping[str, Any]) -> Named:
    """The manager, as they stand in the answers: of the agency of the one who asks."""
    named = {"manager_agency": answers.get("agency", ""), **answers}
    return other_of(named, Part.MANAGER, "manager_")


YOU_FIELDS: Final = (
    TextField(
        "contact",
        lambda: wording.CONTACT_LABEL,
        long=False,
        placeholder=lambda: wording.CONTACT_HINT,
    ),
    TextField("team", lambda: wording.TEAM_LABEL, long=False),
    *agencies.FIELDS,
    ChoiceField(
        "attending", lambda: wording.YOU_ATTENDING, attending, required=False, compact=True
    ),
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


def you(page: Page) -> Card:
    """Card 3: you, your team and agency, and your manager; filled in from last time."""
    return ask(
        agencies.with_own_agency(page),
        wording.REQUEST,
        wording.YOU_TITLE,
        YOU_FIELDS,
        intro=[small(wording.MANAGER_INTRO)],
        seen_by=f"{seen_people(page)} {wording.CONTACT_SEEN}",
    )


def seen_people(page: Page) -> str:
    """Who sees who is named: few, where the requester said so."""
    return wording.SEEN_PEOPLE_FEW if page.answers.get("few") else wording.SEEN_PEOPLE


class Worry(AnswerModel):
    """Question 1."""

    worry: Optional


WORRY_FIELDS: Final = (TextField("worry", lambda: wording.Q_WORRY, required=False),)


def worry(page: Page) -> Card:
    """Card 5: what you are most worried about."""
    return ask(
        page,
        wording.REQUEST,
        wording.WORRY_TITLE,
        WORRY_FIELDS,
        intro=[small(wording.REQUEST_WHO), small(wording.ALLEGATION)],
        chat=True,
        seen_by=wording.SEEN_REQUEST,
    )


class HopeYou(AnswerModel):
    """Questions 2 and 3, one thought."""

    hope_you: Optional
    hope_you_known: Optional


def _known() -> str:
    return wording.Q_KNOWN


HOPE_YOU_FIELDS: Final = (
    TextField("hope_you", lambda: wording.Q_YOU, required=False),
    TextField("hope_you_known", _known, required=False),
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

    hope_child: Optional
    hope_child_known: Optional


HOPE_CHILD_FIELDS: Final = (
    TextField(
        "hope_child",
        lambda: wording.Q_CHILD,
        required=False,
        forms={
            About.ADULT: lambda: wording.Q_PERSON,
            About.CHILDREN: lambda: wording.Q_CHILDREN,
        },
    ),
    TextField("hope_child_known", _known, required=False),
)


def hope_child(page: Page) -> Card:
    """Card 7: the difference to the child or person, and how you will know."""
    about = str(page.answers.get("about", About.CHILD))
    return ask(
        page,
        wording.REQUEST,
        wording.HOPE_CHILD_TITLE.get(About(about), "") if about in set(About) else "",
        HOPE_CHILD_FIELDS,
        seen_by=wording.SEEN_HOPE,
    )


STORY: Final = (*WORRY_FIELDS, *HOPE_YOU_FIELDS, *HOPE_CHILD_FIELDS)
"""The five questions, in order."""


def questions(about: str) -> tuple[tuple[str, str], ...]:
    """The five questions with the names of their answers, in order."""
    return tuple((one.id, one.worded(about)) for one in STORY)
