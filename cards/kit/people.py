"""Who else is involved: card 4 of the request, and the list a facilitator adds substitutes to."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal

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
from cards.kit.forms import ChoiceField, MailField, TextField, fits, shortened, trouble
from cards.kit.known import NURSES, known
from cards.kit.named_already import Named, other_of, place_of, refuse_twice
from cards.kit.page import Page, buttons, carried, inputs, kept_texts, kicker, notice
from cards.kit.pickers import Field
from cards.wording import wording
from cards.wording.source import Choices
from records.conversation.conversation import MAX_PEOPLE
from records.people import Attending, Part

MAX_OTHERS: Final = MAX_PEOPLE - 4
"""Requester, manager, nurse and facilitator have places of their own."""
FEW: Final = 5
MAX_NAME: Final = 60
"""Characters of a name in a list of many, such as that of an NHS trust."""
MAX_NAME_BYTES: Final = 75
"""The same as JSON: of a text in plain letters, some with accents, and not of sixty emoji."""
REMOVING: Final = ("flow", "step", "conversation", "seen", "part")
"""What *Remove* carries of its card."""


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

    nurse: Annotated[
        Literal["named", "none", "unknown"], BeforeValidator(lambda said: said or "unknown")
    ] = "unknown"
    nurse_name: ShortOptional = ModelField("", validate_default=True)
    nurse_mail: MailOptional = ModelField("", validate_default=True)
    nurse_attending: AttendingAnswer = Attending.UNSURE
    others: Annotated[tuple[Other, ...], AfterValidator(_at_most)] = ()
    other_role: ShortOptional = ""
    other_agency: ShortOptional = ""
    other_mail: MailOptional = ""
    other_name: ShortOptional = ModelField("", validate_default=True)

    @field_validator("nurse_mail")
    @classmethod
    def _nurse_once(cls, value: str, info: ValidationInfo) -> str:
        refuse_twice(nurse_of({**info.data, "nurse_mail": value}), _asking(info), info)
        return value

    @field_validator("others")
    @classmethod
    def _each_once(cls, others: tuple[Other, ...], info: ValidationInfo) -> tuple[Other, ...]:
        there = [*_asking(info), nurse_of(info.data)]
        for number, one in enumerate(map(_other, others), start=1):
            if place_of(one, there, info) is not None:
                sentence = wording.OTHERS_TWICE.format(number=number)
                raise PydanticCustomError("twice", "{sentence}", {"sentence": sentence})
            there.append(one)
        return others

    @field_validator("other_name")
    @classmethod
    def _has_a_name(cls, value: str, info: ValidationInfo) -> str:
        rest = ("other_role", "other_agency", "other_mail")
        if not value and any(info.data.get(name) for name in rest):
            raise PydanticCustomError("name", "{sentence}", {"sentence": wording.OTHER_MISSING})
        others = map(_other, info.data.get("others", ()))
        one = other_of({**info.data, "other_name": value}, before="other_")
        refuse_twice(one, (*_asking(info), nurse_of(info.data), *others), info)
        return value

    @field_validator("nurse_name")
    @classmethod
    def _named(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("nurse") == "named" and not value:
            raise PydanticCustomError("nurse", "{sentence}", {"sentence": wording.NURSE_MISSING})
        return value


def with_nurse(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with the nurse named, where a name or an address stands there and nothing was
    chosen: what was typed is not dropped for want of that."""
    typed = any(str(answers.get(one, "")).strip() for one in ("nurse_name", "nurse_mail"))
    return {**answers, "nurse": "named"} if typed and not answers.get("nurse") else dict(answers)


def nurse_of(answers: Mapping[str, Any]) -> Named:
    """The nurse who is named; nobody, where another answer was chosen."""
    named = answers if answers.get("nurse") == "named" else {}
    agency = {"nurse_agency": wording.NURSE_AGENCY} if named else {}
    return other_of({**named, **agency}, Part.NURSE, "nurse_")


def _other(one: Other) -> Named:
    return other_of(one.model_dump())


def _asking(info: ValidationInfo) -> tuple[Named, ...]:
    """Who asks; their manager may well have a second place."""
    return tuple((info.context or {}).get("asking", ()))


NURSE_FIELDS: Final = (
    ChoiceField(
        "nurse", lambda: wording.NURSE_LABEL, lambda: wording.NURSE, required=False, compact=True
    ),
    known("nurse", of=NURSES),
    TextField("nurse_name", lambda: wording.NURSE_NAME, long=False, required=False),
    MailField("nurse_mail", lambda: wording.NURSE_MAIL, required=False),
    ChoiceField(
        "nurse_attending", lambda: wording.NURSE_ATTENDING, attending, required=False, compact=True
    ),
)
OTHER_FIELDS: Final = (
    known("other", "role", "agency"),
    TextField("other_name", lambda: wording.OTHER_NAME, long=False, required=False),
    TextField("other_role", lambda: wording.OTHER_ROLE, long=False, required=False),
    TextField(
        "other_agency", lambda: wording.OTHER_AGENCY, long=False, required=False, placeholder=hint
    ),
    MailField("other_mail", lambda: wording.OTHER_MAIL, required=False),
    ChoiceField(
        "other_attending", lambda: wording.OTHER_ATTENDING, attending, required=False, compact=True
    ),
)


def people(page: Page) -> Card:
    """Card 4: the safeguarding nurse and the others; *Add another* in place."""
    fields = (*NURSE_FIELDS, *OTHER_FIELDS)
    send, *rest = buttons(page, fields)
    return build(
        [
            small(kicker(page, wording.REQUEST)),
            heading(wording.PEOPLE_TITLE),
            *notice(page),
            small(wording.PEOPLE_INTRO),
            small(wording.SEEN_PEOPLE),
            *inputs(page, NURSE_FIELDS),
            para(wording.OTHERS_TITLE, bold=True),
            *listed(page, fields),
            *inputs(page, OTHER_FIELDS),
            *kept_texts(page, fields),
            small(wording.SAVED, gap=True),
        ],
        [send, act(wording.ADD_ANOTHER, "flow.add", carried(page, fields)), *rest],
    )


def mark(other: Mapping[str, str]) -> str:
    """What tells one person listed from another on a card of an earlier version."""
    told = json.dumps(dict(other), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def named(count: int, *texts: str) -> tuple[str, ...]:
    """Names as a card shows them: whole, as people and agencies are called. Of many people what is
    longer than any name, or takes the room of one, is shown less of, so that all of them fit."""
    return tuple(shortened(text, _room(count, text))[0] for text in texts)


def _room(count: int, text: str) -> int:
    if count <= FEW:
        return MAX_SHORT
    return MAX_NAME if fits(text[:MAX_NAME], MAX_NAME_BYTES) else 240 // count


def listed(page: Page, fields: Sequence[Field]) -> list[CardElement]:
    """The people added so far, each with Remove beside it. `fields` are the card's inputs."""
    if page.away:
        return [small(wording.LISTED_KEPT)]
    problem = page.problems.get("others")
    found = [trouble(problem)] if problem else []
    others = page.answers.get("others", ())
    # Of many people each button carries no more than it needs: a card has 28 KB.
    place = {name: one for name, one in carried(page, fields).items() if name in REMOVING}
    for number, one in enumerate(others):
        name, *rest = named(len(others), *(one.get(key, "") for key in ("name", "role", "agency")))
        detail = ", ".join(part for part in rest if part)
        data = {**place, "number": number}
        # A title may be read as markdown somewhere, so the typed name stands in the tooltip only.
        title = wording.REMOVE_NTH.format(number=number + 1)
        tooltip = f"{wording.REMOVE} {name}"
        remove = act(title, "flow.remove", data, tooltip=tooltip)
        shown = line((name,), f" {detail}" if detail else "")
        found.append(beside([shown], wording.REMOVE, remove))
    return found
