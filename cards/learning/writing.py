"""What a section of the learning document answers: a model for each kind of section.

The inputs are named after their section, since one draft holds them all. Every section may be left
empty. A section of several (views, numbers, agencies) has the inputs of one of them.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import AfterValidator, ValidationInfo, create_model
from pydantic import Field as ModelField
from pydantic_core import PydanticCustomError

from cards.feedback.feedback import NUMBERS
from cards.kit.answers import AnswerModel, Optional, ShortOptional
from cards.kit.forms import ChoiceField, Sentence, TextField, text_of
from cards.kit.page import ids
from cards.kit.pickers import DateField, Field
from cards.kit.typed_when import DayOrNone, to_come
from cards.learning.each import EachField
from cards.wording import wording
from cards.wording.source import Choices
from records.learning.agencies import WHO, WORDS
from records.learning.document import NUMBER
from records.learning.headings import HEADING, HINT, KIND
from records.partnership.sections import Section, SectionKind

DAY: Final = "day"
NUMBERS_OF_ALL: Final = "numbers"
"""The numbers of everybody, on one card."""
SEVERAL: Final = frozenset({SectionKind.VIEWS, SectionKind.SCALING, SectionKind.RECORDING})
"""Kinds that hold a list, added to one by one."""
CHOICES: Final = tuple((str(one), str(one)) for one in NUMBERS)


def name(section: Section, field: str) -> str:
    """The input's id, and its name in the draft."""
    return f"{section.id}_{field}"


def names(section: Section) -> tuple[str, ...]:
    """Every input of a section."""
    return ids(fields(section))


CHOOSE: Final[Mapping[SectionKind, str]] = {
    SectionKind.SCALING: "people",
    SectionKind.RECORDING: "agencies",
}
"""Which of the page's facts a section chooses from."""


def fields(section: Section) -> tuple[Field, ...]:
    """The inputs of a section. The words of one of several are its own, whatever their question."""
    who, number, words = (name(section, one) for one in (WHO, NUMBER, WORDS))
    of = CHOOSE.get(section.kind, "")
    match section.kind:
        case SectionKind.VIEWS:
            return (
                TextField(who, lambda: wording.VIEW_WHO, long=False, required=False),
                TextField(words, lambda: wording.VIEW_WORDS, required=False, asked=False),
            )
        case SectionKind.SCALING:
            return (
                EachField(
                    name(section, NUMBERS_OF_ALL),
                    lambda: wording.SCALING_NUMBER,
                    of=of,
                    required=False,
                    among=CHOICES,
                    before=(who, number),
                ),
                _one_of(who, lambda: wording.SCALING_WHO, of=of),
                TextField(words, lambda: wording.SCALING_WORDS, required=False, asked=False),
            )
        case SectionKind.RECORDING:
            return (
                ChoiceField(who, lambda: wording.RECORDING_WHO, of=of, required=False, many=True),
                TextField(words, lambda: wording.RECORDING_WORDS, required=False, asked=False),
            )
    texts = [TextField(name(section, one.id), one.label, required=False) for one in section.asks]
    if section.kind is SectionKind.REVIEW:
        return (DateField(name(section, DAY), lambda: wording.REVIEW_DAY, required=False), *texts)
    return tuple(texts)


def _one_of(name: str, says: Sentence, offers: Choices = (), *, of: str = "") -> ChoiceField:
    return ChoiceField(name, says, offers, of=of, required=False, compact=True)


def whole(section: Section) -> Mapping[str, str]:
    """What the card says of the section as a whole: its heading, and what stands under that."""
    words = {HEADING: section.heading, HINT: section.hint, KIND: section.kind.value}
    return {f"{section.id}{key}": text for key, text in words.items()}


def model(section: Section) -> type[AnswerModel]:
    """The answers of one section."""
    who, words = (name(section, one) for one in (WHO, WORDS))
    text: Any = (Optional, "")
    match section.kind:
        case SectionKind.VIEWS:
            found = {words: text, who: _checked(ShortOptional, _view(words))}
        case SectionKind.SCALING:
            missing = _with_words(words, lambda: wording.SCALING_WHO_MISSING)
            found = {
                words: text,
                who: _checked(ShortOptional, missing),
                name(section, NUMBERS_OF_ALL): text,
            }
        case SectionKind.RECORDING:
            missing = _with_words(words, lambda: wording.RECORDING_WHO_MISSING)
            found = {words: text, who: _checked(Optional, missing)}
        case _:
            found = {name(section, one.id): text for one in section.asks}
    if section.kind is SectionKind.REVIEW:
        found[name(section, DAY)] = (
            Annotated[DayOrNone, to_come(lambda: wording.REVIEW_PAST)],
            None,
        )
    return create_model(f"Section_{section.id}", __base__=AnswerModel, **found)


def _checked(kind: Any, check: Any) -> Any:
    return Annotated[kind, AfterValidator(check)], ModelField("", validate_default=True)


def _sorry(sentence: str, at: str = "") -> PydanticCustomError:
    return PydanticCustomError("section", "{sentence}", {"sentence": sentence, "at": at})


def _view(words: str) -> Any:
    def check(value: str, info: ValidationInfo) -> str:
        said = info.data.get(words, "")
        if said and not value:
            raise _sorry(wording.VIEW_WHO_MISSING)
        if value and not said and words in info.data:
            raise _sorry(wording.VIEW_WORDS_MISSING, at=words)
        return value

    return check


def _with_words(words: str, missing: Sentence) -> Any:
    def check(value: str, info: ValidationInfo) -> str:
        if info.data.get(words) and not value:
            raise _sorry(text_of(missing))
        return value

    return check
