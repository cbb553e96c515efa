"""Which agency somebody works for: one of the partnership's to choose, or another one by its name.

Kept is the name as text, whichever way it was given.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import Field as ModelField
from pydantic import ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from cards.kit.answers import MAX_SHORT, AnswerModel, ShortOptional
from cards.kit.forms import ChoiceField, TextField
from cards.kit.page import Page
from cards.wording import wording
from cards.wording.source import Choices

ANOTHER: Final = "(another)"
"""The choice that says: none of these. Nobody's agency is written like that."""


def agencies() -> tuple[str, ...]:
    """The partnership's, in its order."""
    return wording.partnership.partnership.agencies


def hint() -> str:
    """For an agency that is typed, so that it is written as the others are."""
    return wording.AGENCY_HINT.format(agencies=", ".join(agencies()[1:3]))


def _offered() -> Choices:
    return (*((one, one) for one in agencies()), (ANOTHER, wording.ANOTHER_AGENCY))


FIELDS: Final = (
    ChoiceField(
        "agency",
        lambda: wording.AGENCY_LABEL,
        _offered,
        compact=True,
        boxed=True,
        listed=True,
    ),
    TextField("own_agency", lambda: wording.OWN_AGENCY, long=False, required=False),
)


class WithAgency(AnswerModel):
    """An answer with an agency. `own_agency` is typed where none of the list is theirs."""

    agency: ShortOptional = ModelField("", validate_default=True)
    own_agency: ShortOptional = ModelField("", validate_default=True)

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, answers: Any) -> Any:
        return named(answers) if isinstance(answers, Mapping) else answers

    @field_validator("agency")
    @classmethod
    def _chosen(cls, value: str) -> str:
        if not value:
            raise PydanticCustomError("agency", "{sentence}", {"sentence": wording.CHOOSE_ONE})
        return value

    @field_validator("own_agency")
    @classmethod
    def _written(cls, value: str, info: ValidationInfo) -> str:
        chosen = info.data.get("agency", "")
        if chosen == ANOTHER and not value:
            sentence = wording.AGENCY_MISSING
        elif value and chosen not in ("", ANOTHER):
            sentence = wording.AGENCY_TWICE
        else:
            return value
        raise PydanticCustomError("agency", "{sentence}", {"sentence": sentence})


def named(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with the agency by its name, where they say which it is."""
    chosen, own = (str(answers.get(one, "")).strip() for one in ("agency", "own_agency"))
    if chosen in ("", ANOTHER) and own and len(own) <= MAX_SHORT:
        chosen, own = own, ""
    return {**answers, "agency": _as_listed(chosen), "own_agency": own}


def with_own_agency(page: Page) -> Page:
    """The page with an agency that is not in the list under *Another agency*."""
    chosen = _as_listed(str(page.answers.get("agency", "")).strip())
    own = str(page.answers.get("own_agency", ""))
    if chosen and chosen not in (*agencies(), ANOTHER) and not own:
        chosen, own = ANOTHER, chosen
    return replace(page, answers={**page.answers, "agency": chosen, "own_agency": own})


def _as_listed(name: str) -> str:
    """A name as the partnership writes it, however it was typed before."""
    plain = " ".join(name.split()).casefold()
    return next((one for one in agencies() if one.casefold() == plain), name)
