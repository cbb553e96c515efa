"""What a section of the learning document answers: a model for each kind of section.

The inputs are named after their section, since one draft holds them all. Every section may be left
empty. A section of several (views, numbers, agencies) has the inputs of one of them.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, ValidationInfo, create_model
from pydantic import Field as ModelField
from pydantic_core import PydanticCustomError

from cards import wording
from cards.answers import AnswerModel, Optional, ShortOptional
from cards.asked import Asks
from cards.feedback import NUMBERS
from cards.forms import ChoiceField, DateField, Field, TextField
from records.headings import HEADING, HINT, KIND, words_of
from records.learning import NUMBER, WHO, WORDS
from records.sections import Section, SectionKind

DAY: Final = "day"
SEVERAL: Final = frozenset({SectionKind.VIEWS, SectionKind.SCALING, SectionKind.RECORDING})
"""Kinds that hold a list, added to one by one."""
CHOICES: Final = tuple((str(one), str(one)) for one in NUMBERS)


def name(section: Section, field: str) -> str:
    """The input's id, and its name in the draft."""
    return f"{section.id}_{field}"


def names(section: Section) -> tuple[str, ...]:
    """Every input of a section."""
    return tuple(one.id for one in fields(section, ()))


def typed(section: Section) -> tuple[str, ...]:
    """The inputs that hold free text."""
    found = [one.id for one in fields(section, ()) if isinstance(one, TextField) and one.long]
    return tuple(found)


def chosen_from(section: Section) -> tuple[str, ...]:
    """The input whose choices only the conversation knows: a person, or an agency."""
    one_of = section.kind in (SectionKind.SCALING, SectionKind.RECORDING)
    return (name(section, WHO),) if one_of else ()


def fields(section: Section, choices: tuple[tuple[str, str], ...]) -> tuple[Field, ...]:
    """The inputs of a section; `choices` are the people or agencies to choose from."""
    who, number, words = (name(section, one) for one in (WHO, NUMBER, WORDS))
    match section.kind:
        case SectionKind.VIEWS:
            return (
                TextField(who, wording.VIEW_WHO, long=False, required=False),
                TextField(words, wording.VIEW_WORDS, required=False),
            )
        case SectionKind.SCALING:
            return (
                ChoiceField(who, wording.SCALING_WHO, choices, required=False, compact=True),
                ChoiceField(number, wording.SCALING_NUMBER, CHOICES, required=False, compact=True),
                TextField(words, wording.SCALING_WORDS, required=False),
            )
        case SectionKind.RECORDING:
            return (
                ChoiceField(who, wording.RECORDING_WHO, choices, required=False, compact=True),
                TextField(words, wording.RECORDING_WORDS, required=False),
            )
    texts = [TextField(name(section, one.id), one.label, required=False) for one in section.asks]
    if section.kind is SectionKind.REVIEW:
        return (DateField(name(section, DAY), wording.REVIEW_DAY, required=False), *texts)
    return tuple(texts)


def asks(section: Section) -> Asks:
    """What a section's card asks: its questions, its heading, and what it says under that."""
    told = () if section.kind in SEVERAL else section.asks
    words = {name(section, one.id): one.label for one in told}
    whole = words_of(section)
    found = words | {f"{section.id}{key}": whole[key] for key in (HEADING, HINT, KIND)}
    return lambda _: found


def model(section: Section) -> type[AnswerModel]:
    """The answers of one section."""
    who, number, words = (name(section, one) for one in (WHO, NUMBER, WORDS))
    text: Any = (Optional, "")
    match section.kind:
        case SectionKind.VIEWS:
            found = {words: text, who: _checked(ShortOptional, _view(words))}
        case SectionKind.SCALING:
            missing = _with_words(words, wording.SCALING_WHO_MISSING)
            found = {
                words: text,
                who: _checked(ShortOptional, missing),
                number: _checked(ShortOptional, _number(who, words)),
            }
        case SectionKind.RECORDING:
            missing = _with_words(words, wording.RECORDING_WHO_MISSING)
            found = {words: text, who: _checked(ShortOptional, missing)}
        case _:
            found = {name(section, one.id): text for one in section.asks}
    if section.kind is SectionKind.REVIEW:
        found[name(section, DAY)] = (
            Annotated[date | None, BeforeValidator(_or_none), AfterValidator(_to_come)],
            None,
        )
    return create_model(f"Section_{section.id}", __base__=AnswerModel, **found)


def _checked(kind: Any, check: Any) -> Any:
    return Annotated[kind, AfterValidator(check)], ModelField("", validate_default=True)


def _sorry(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("section", "{sentence}", {"sentence": sentence})


def _view(words: str) -> Any:
    def check(value: str, info: ValidationInfo) -> str:
        said = info.data.get(words, "")
        if said and not value:
            raise _sorry(wording.VIEW_WHO_MISSING)
        if value and not said and words in info.data:
            raise _sorry(wording.VIEW_WORDS_MISSING)
        return value

    return check


def _with_words(words: str, sentence: str) -> Any:
    def check(value: str, info: ValidationInfo) -> str:
        if info.data.get(words) and not value:
            raise _sorry(sentence)
        return value

    return check


def _number(who: str, words: str) -> Any:
    def check(value: str, info: ValidationInfo) -> str:
        if value and value not in dict(CHOICES):
            raise _sorry(wording.SCALE_LIST_LABEL)
        if value and not info.data.get(who) and who in info.data:
            raise _sorry(wording.SCALING_WHO_MISSING)
        if not value and info.data.get(words):
            raise _sorry(wording.SCALING_NUMBER_MISSING)
        return value

    return check


def _or_none(value: object) -> object:
    return value or None


def _to_come(value: date | None, info: ValidationInfo) -> date | None:
    context: Mapping[str, Any] = info.context or {}
    today = context.get("today")
    if value is not None and today is not None and value < today:
        raise _sorry(wording.REVIEW_PAST)
    return value
