"""The kinds of fields that an activity has, and how strictly each is taken.

A field that is null is one that is not there.
"""

import hashlib
import re
from typing import Annotated, Any, Final, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, FailFast
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

MAX_ID: Final = 2048
"""Characters in an id or address. Teams' longest, a thread with its message, are under 300."""
NOT_AN_ID: Final = "not_an_id"
_LIKE_TEAMS: Final = re.compile(r"[\w.:;@=+/|~-]{1,300}", re.ASCII)


def _id(value: str) -> str:
    """Ids go into addresses and log lines, so they are short and hold no control characters."""
    if not value.strip() or len(value) > MAX_ID or not value.isprintable():
        raise PydanticCustomError(NOT_AN_ID, "not an id")
    return value


_T = TypeVar("_T")
Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
MaybeId = Annotated[Text, AfterValidator(lambda value: _id(value) if value.strip() else "")]
Id = Annotated[Text, AfterValidator(_id)]
Data = Annotated[dict[str, Any], BeforeValidator(lambda value: {} if value is None else value)]
# A hostile list may hold 80,000 faults: one is enough.
Several = Annotated[
    list[_T], FailFast(), BeforeValidator(lambda value: [] if value is None else value)
]


def for_log(value: str) -> str:
    """One of the channel's ids as a log line may have it: as it is, where it is written like one of
    theirs, else a short hash of it, so that nothing that could be a sentence stands there."""
    if not value or _LIKE_TEAMS.fullmatch(value):
        return value
    return f"sha256:{hashlib.sha256(value.encode('utf-8', 'replace')).hexdigest()[:12]}"


class Form(BaseModel):
    """A part of an activity. What it does not name is let pass, and never read."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        strict=True,
    )
