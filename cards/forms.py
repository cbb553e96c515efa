"""Inputs and what they answer: fields, the answers' models, and what to say when one is wrong.

A card's inputs are listed as fields; its answers are a pydantic model with the same names. Long
answers that do not fit a card are shown in part and kept whole (`TextField.element`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from microsoft_teams.cards import (
    CardElement,
    Choice,
    ChoiceSetInput,
    DateInput,
    TextBlock,
    TextInput,
    TimeInput,
)
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from cards import wording
from cards.elements import said, small

MAX_ANSWER: Final = 4_000
"""Characters of one answer. Ours, so that a reader on a phone can take it in."""
MAX_SHORT: Final = 200
FITS: Final = 6_000
"""Bytes of one answer, as JSON, that a card with three inputs can show again."""
FITS_SHORT: Final = 1_250
"""The same for a short answer, of which a card has up to six."""
SHOWN: Final = 300
"""Characters of an answer on a card that only reports it."""


class AnswerModel(BaseModel):
    """Base of a card's answers. What the card carries beside its inputs is ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _required(text: str) -> str:
    if not text:
        raise PydanticCustomError("empty", "{sentence}", {"sentence": wording.EMPTY})
    return text


def _at_most(limit: int) -> Any:
    def check(text: str) -> str:
        if len(text) > limit:
            sentence = wording.TOO_LONG.format(count=f"{len(text):,}", limit=f"{limit:,}")
            raise PydanticCustomError("too_long", "{sentence}", {"sentence": sentence})
        return text

    return AfterValidator(check)


def _mail(text: str) -> str:
    name, at, domain = text.partition("@")
    if text and not (name and at and "." in domain and " " not in text and "@" not in domain):
        raise PydanticCustomError("mail", "{sentence}", {"sentence": wording.NOT_A_MAIL})
    return text


def chosen(value: object) -> tuple[str, ...]:
    """The values of a multi-choice input, which arrive as one comma-separated string."""
    if isinstance(value, str):
        return tuple(part for part in (piece.strip() for piece in value.split(",")) if part)
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()


def _some(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        raise PydanticCustomError("none", "{sentence}", {"sentence": wording.CHOOSE_SOME})
    return values


Optional = Annotated[str, BeforeValidator(_text), _at_most(MAX_ANSWER)]
LongText = Annotated[str, BeforeValidator(_text), AfterValidator(_required), _at_most(MAX_ANSWER)]
Short = Annotated[str, BeforeValidator(_text), AfterValidator(_required), _at_most(MAX_SHORT)]
ShortOptional = Annotated[str, BeforeValidator(_text), _at_most(MAX_SHORT)]
Mail = Annotated[Short, AfterValidator(_mail)]
MailOptional = Annotated[ShortOptional, AfterValidator(_mail)]
Some = Annotated[tuple[str, ...], BeforeValidator(chosen), AfterValidator(_some)]


def problems(
    model: type[BaseModel],
    answers: Mapping[str, Any],
    context: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    """A kind sentence for each field that is not yet right; empty when all are."""
    try:
        model.model_validate(dict(answers), context=dict(context or {}))
    except ValidationError as error:
        return {str(one["loc"][0] if one["loc"] else ""): _sentence(one) for one in error.errors()}
    return {}


def _sentence(error: Any) -> str:
    said_kindly = (error.get("ctx") or {}).get("sentence")
    if said_kindly:
        return str(said_kindly)
    kind = str(error["type"])
    if kind.startswith("date"):
        return wording.CHOOSE_DATE
    if kind.startswith("time"):
        return wording.CHOOSE_TIME
    return wording.EMPTY if kind == "missing" else wording.CHOOSE_ONE


def fits(text: str, limit: int = FITS) -> bool:
    """Whether a card can show this text whole. In JSON some characters take six bytes."""
    written = json.dumps(text, ensure_ascii=False)
    return len(written.encode("utf-8", "surrogatepass")) <= limit


def shortened(text: str, limit: int = SHOWN) -> tuple[str, bool]:
    """The beginning of a text, and whether something was left out."""
    if len(text) <= limit:
        return text, False
    return text[:limit].rstrip() + " …", True


@dataclass(frozen=True)
class TextField:
    """Typed text. `label` carries the question word for word."""

    id: str
    label: str
    long: bool = True
    required: bool = True
    placeholder: str = ""

    def element(self, value: Any, problem: str) -> list[CardElement]:
        """The input with what was typed; a text too long to show is shown in part and kept."""
        text = value if isinstance(value, str) else ""
        whole = fits(text, self.room)
        before = [] if whole else [small(wording.KEPT_WHOLE.format(count=f"{len(text):,}"))]
        if not whole:
            start = shortened(text, SHOWN if self.long else SHOWN // 3)[0]
            before += [*said(" ".join(start.splitlines()), subtle=True)]
        required = self.required and whole
        return [
            *trouble(problem),
            *before,
            TextInput(
                id=self.id,
                label=_label(self.label, required=required),
                is_multiline=self.long,
                is_required=required,
                error_message=wording.EMPTY if required else None,
                placeholder=self.placeholder or None,
                value=text if whole and text else None,
            ),
        ]

    def is_kept(self, value: Any) -> bool:
        """Whether the card could not show this value whole, so that empty means: leave it."""
        return isinstance(value, str) and not fits(value, self.room)

    @property
    def room(self) -> int:
        """Bytes the card has for it."""
        return FITS if self.long else FITS_SHORT


@dataclass(frozen=True)
class ChoiceField:
    """One or several of a few. `compact` draws a drop-down; `marked=False` leaves "(optional)"
    out, where the answer as a whole is wanted and only this input may be empty."""

    id: str
    label: str
    choices: tuple[tuple[str, str], ...]
    many: bool = False
    required: bool = True
    compact: bool = False
    marked: bool = True

    def element(self, value: Any, problem: str) -> list[CardElement]:
        """The input with what was chosen."""
        known = {key for key, _ in self.choices}
        now = ",".join(one for one in chosen(value) if one in known)
        label = _label(self.label, required=self.required) if self.marked else self.label
        return [
            *trouble(problem),
            ChoiceSetInput(
                id=self.id,
                label=label,
                choices=[Choice(value=key, title=title) for key, title in self.choices],
                is_multi_select=self.many,
                style="compact" if self.compact else "expanded",
                wrap=True,
                is_required=self.required,
                error_message=wording.CHOOSE_ONE if self.required else None,
                value=now or None,
            ),
        ]

    def is_kept(self, value: Any) -> bool:
        """A choice always fits."""
        return False


@dataclass(frozen=True)
class DateField:
    """A day, as YYYY-MM-DD."""

    id: str
    label: str

    def element(self, value: Any, problem: str) -> list[CardElement]:
        """The input with the day chosen so far."""
        return [
            *trouble(problem),
            DateInput(
                id=self.id,
                label=_label(self.label, required=True),
                is_required=True,
                error_message=wording.CHOOSE_DATE,
                value=value if isinstance(value, str) and 0 < len(value) <= 10 else None,
            ),
        ]

    def is_kept(self, value: Any) -> bool:
        """A day always fits."""
        return False


@dataclass(frozen=True)
class TimeField:
    """A wall time, as HH:MM."""

    id: str
    label: str

    def element(self, value: Any, problem: str) -> list[CardElement]:
        """The input with the time chosen so far."""
        return [
            *trouble(problem),
            TimeInput(
                id=self.id,
                label=_label(self.label, required=True),
                is_required=True,
                error_message=wording.CHOOSE_TIME,
                value=value if isinstance(value, str) and 0 < len(value) <= 10 else None,
            ),
        ]

    def is_kept(self, value: Any) -> bool:
        """A time always fits."""
        return False


Field = TextField | ChoiceField | DateField | TimeField


def _label(text: str, *, required: bool) -> str:
    return f"{text} {wording.REQUIRED}" if required else f"{text} {wording.OPTIONAL}"


def trouble(sentence: str) -> list[CardElement]:
    """What is wrong with an answer, above its input; nothing where it is right."""
    if not sentence:
        return []
    return [TextBlock(text=sentence, color="Attention", wrap=True, weight="Bolder")]
