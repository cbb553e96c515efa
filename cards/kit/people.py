"""Who else is involved: card 4 of the request, and the list a facilitator adds substitutes to."""

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Final, Literal

from microsoft_teams.cards import CardElement
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ValidationInfo,
    field_validator,
)
from pydantic import (
    Field as ModelField,
)
from pydantic_core import PydanticCustomError

from cards.kit.agencies import hint
from cards.kit.answers import MAX_SHORT, AnswerModel, MailOptional, Short, ShortOptional
from cards.kit.elements import Card, act, beside, build, heading, line, para, small
from cards.kit.forms import ChoiceField, TextField, shortened, trouble
from cards.kit.page import Page, buttons, inputs, kept_texts, kicker, notice
from cards.wording import wording
from cards.wording.source import Choices
from records.conversation.conversation import MAX_PEOPLE
from records.people import Attending

MAX_OTHERS: Final = MAX_PEOPLE - 4
"""Requester, manager, nurse and facilitator have places of their own."""
FEW: Final = 5


def attending() -> Choices:
    """Whether somebody will come."""
    return tuple((one.value, title) for one, title in wording.ATTENDING.items())


def _or_unsure(value: object) -> object:
    return value or Attending.UNSURE


AttendingAnswer = Annotated[Attending, BeforeValidator(_or_unsure)]


class Other(AnswerModel):
    """Somebody else who is involved."""

    name: Short
    role: ShortOptional = ""
    agency: ShortOptional = ""
    mail: MailOptional = ""
    attending: AttendingAnswer = Attending.UNSURE


def _at_most(others: tuple[Other, ...]) -> tuple[Other, ...]:
    if len(others) > MAX_OTHERS:
        sentence = wording.TOO_MANY_PEOPLE.format(limit=MAX_PEOPLE)
        raise PydanticCustomError("many", "{sentence}", {"sentence": sentence})
    return others


class People(AnswerModel):
    """The safeguarding nurse and the others involved, those half typed in included."""

    nurse: Literal["named", "none", "unknown"]
    nurse_name: ShortOptional = ModelField("", validate_default=True)
    nurse_mail: MailOptional = ""
    nurse_attending: AttendingAnswer = Attending.UNSURE
    others: Annotated[tuple[Other, ...], AfterValidator(_at_most)] = ()
    other_role: ShortOptional = ""
    other_agency: ShortOptional = ""
    other_mail: MailOptional = ""
    other_name: ShortOptional = ModelField("", validate_default=True)

    @field_validator("other_name")
    @classmethod
    def _has_a_name(cls, value: str, info: ValidationInfo) -> str:
        rest = ("other_role", "other_agency", "other_mail")
        if not value and any(info.data.get(name) for name in rest):
            raise PydanticCustomError("name", "{sentence}", {"sentence": wording.OTHER_MISSING})
        return value

    @field_validator("nurse_name")
    @classmethod
    def _named(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("nurse") == "named" and not value:
            raise PydanticCustomError("nurse", "{sentence}", {"sentence": wording.NURSE_MISSING})
        return value


NURSE_FIELDS: Final = (
    ChoiceField("nurse", lambda: wording.NURSE_LABEL, lambda: wording.NURSE, compact=True),
    TextField("nurse_name", lambda: wording.NURSE_NAME, long=False, required=False),
    TextField("nurse_mail", lambda: wording.NURSE_MAIL, long=False, required=False),
    ChoiceField(
        "nurse_attending", lambda: wording.NURSE_ATTENDING, attending, required=False, compact=True
    ),
)
OTHER_FIELDS: Final = (
    TextField("other_name", lambda: wording.OTHER_NAME, long=False, required=False),
    TextField("other_role", lambda: wording.OTHER_ROLE, long=False, required=False),
    TextField(
        "other_agency", lambda: wording.OTHER_AGENCY, long=False, required=False, placeholder=hint
    ),
    TextField("other_mail", lambda: wording.OTHER_MAIL, long=False, required=False),
    ChoiceField(
        "other_attending", lambda: wording.OTHER_ATTENDING, attending, required=False, compact=True
    ),
)


def people(page: Page) -> Card:
    """Card 4: the safeguarding nurse and the others; *Add another* in place."""
    return build(
        [
            small(kicker(page, wording.REQUEST)),
            heading(wording.PEOPLE_TITLE),
            *notice(page),
            small(wording.PEOPLE_INTRO),
            *inputs(page, NURSE_FIELDS),
            para(wording.OTHERS_TITLE, bold=True),
            *listed(page),
            *inputs(page, OTHER_FIELDS),
            *kept_texts(page, (*NURSE_FIELDS, *OTHER_FIELDS)),
            small(f"{wording.SEEN_REQUEST} {wording.SAVED}", gap=True),
        ],
        [
            *buttons(page, ())[:1],
            act(wording.ADD_ANOTHER, "flow.add", page.data),
            *buttons(page, ())[1:],
        ],
    )


def mark(other: Mapping[str, str]) -> str:
    """What tells one person listed from another, so that Remove twice removes one."""
    told = json.dumps(dict(other), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def named(count: int, *texts: str) -> tuple[str, ...]:
    """Names as a card shows them: of many people each a little less, so that all of them fit."""
    limit = MAX_SHORT if count <= FEW else 240 // count
    return tuple(shortened(text, limit)[0] for text in texts)


def listed(page: Page) -> list[CardElement]:
    """The people added so far, each with Remove beside it."""
    if page.away:
        return [small(wording.LISTED_KEPT)]
    problem = page.problems.get("others")
    found = [trouble(problem)] if problem else []
    others = page.answers.get("others", ())
    for number, one in enumerate(others):
        name, *rest = named(len(others), *(one.get(key, "") for key in ("name", "role", "agency")))
        detail = ", ".join(part for part in rest if part)
        data = {
            "flow": page.flow,
            "conversation": page.conversation,
            "number": number,
            "who": mark(one),
        }
        # A title may be read as markdown somewhere, so the typed name stands in the tooltip only.
        title = wording.REMOVE_NTH.format(number=number + 1)
        tooltip = f"{wording.REMOVE} {name}"
        remove = act(title, "flow.remove", data, inputs=False, tooltip=tooltip)
        shown = line((name,), f" {detail}" if detail else "")
        found.append(beside([shown], wording.REMOVE, remove))
    return found
