"""What inputs may answer: the answers' types, and the kind sentence for one that is not right.

A card's inputs are fields (`cards.kit.forms`); its answers are a pydantic model with the same
names.
"""

from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from cards.wording import wording
from records import mail_address

MAX_ANSWER: Final = 4_000
"""Characters of one answer. Ours, so that a reader on a phone can take it in."""
MAX_SHORT: Final = 200


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
            said = wording.TOO_LONG if limit == MAX_ANSWER else wording.TOO_LONG_SHORT
            sentence = said.format(count=f"{len(text):,}", limit=f"{limit:,}")
            raise PydanticCustomError("too_long", "{sentence}", {"sentence": sentence})
        return text

    return AfterValidator(check)


def _mail(text: str) -> str:
    try:
        return mail_address.read(text) if text else text
    except mail_address.TwoAddresses:
        sentence = wording.TWO_MAILS
    except mail_address.NotOneAddress:
        sentence = wording.NOT_A_MAIL
    raise PydanticCustomError("mail", "{sentence}", {"sentence": sentence})


def mail_as_kept(text: str) -> str:
    """A typed address as it is kept; what cannot be read stays as it was typed."""
    try:
        return mail_address.read(text)
    except mail_address.NotAnAddress:
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
Needed = Annotated[str, BeforeValidator(_text), AfterValidator(_required), _at_most(MAX_ANSWER)]
Short = Annotated[str, BeforeValidator(_text), AfterValidator(_required), _at_most(MAX_SHORT)]
ShortOptional = Annotated[str, BeforeValidator(_text), _at_most(MAX_SHORT)]
Mail = Annotated[Short, AfterValidator(_mail)]
MailOptional = Annotated[ShortOptional, AfterValidator(_mail)]
Some = Annotated[tuple[str, ...], BeforeValidator(chosen), AfterValidator(_some)]


def sentences(wrong: ValidationError) -> dict[str, str]:
    """A kind sentence for each field that is not right: for the one that is missing, where another
    tells that it is (`at` of what was raised)."""
    return {_field(one): _sentence(one) for one in wrong.errors()}


def _field(error: Any) -> str:
    at = (error.get("ctx") or {}).get("at")
    return str(at or (error["loc"][0] if error["loc"] else ""))


def _sentence(error: Any) -> str:
    said_kindly = (error.get("ctx") or {}).get("sentence")
    if said_kindly:
        return str(said_kindly)
    return wording.EMPTY if error["type"] == "missing" else wording.CHOOSE_ONE
