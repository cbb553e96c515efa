"""The inputs of a day and of a time. What was typed and cannot be read stays in the input; a picker
that cannot show it leaves itself empty, so it stands above the input, too."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from microsoft_teams.cards import CardElement, DateInput, TimeInput

from cards.kit.elements import said
from cards.kit.forms import ChoiceField, Question, TextField, labelled, short_moment
from cards.kit.typed_when import clock_as_kept, day_as_kept
from cards.wording import wording

SHOWN: Final = 60
"""Characters of what was typed that are shown again."""
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CLOCK: Final = re.compile(r"\d\d:\d\d", re.ASCII)


@dataclass(frozen=True)
class DateField(Question):
    """A day, as YYYY-MM-DD."""

    required: bool = True

    def taken(self, text: str) -> str:
        """The day that can be read there."""
        return day_as_kept(text)

    def sent(self, value: str) -> tuple[str, str]:
        """What is written like a day, right or wrong."""
        return short_moment(value, wording.CHOOSE_DATE)

    def element(self, value: Any) -> list[CardElement]:
        """The input with the day chosen so far."""
        typed, day = _picked(value, day_as_kept, _DAY)
        return [
            *typed,
            DateInput(
                id=self.id,
                label=labelled(self.label, required=self.required),
                value=day,
            ),
        ]


@dataclass(frozen=True)
class TimeField(Question):
    """A wall time, as HH:MM."""

    def taken(self, text: str) -> str:
        """The time that can be read there."""
        return clock_as_kept(text)

    def sent(self, value: str) -> tuple[str, str]:
        """What is written like a time, right or wrong."""
        return short_moment(value, wording.CHOOSE_TIME)

    def element(self, value: Any) -> list[CardElement]:
        """The input with the time chosen so far."""
        typed, clock = _picked(value, clock_as_kept, _CLOCK)
        return [
            *typed,
            TimeInput(
                id=self.id,
                label=labelled(self.label, required=True),
                value=clock,
            ),
        ]


def _picked(
    value: Any, as_kept: Callable[[str], str], form: re.Pattern[str]
) -> tuple[list[CardElement], str | None]:
    """What stands in the picker; what it may not show stands above it as well."""
    text = value.strip() if isinstance(value, str) else ""
    found = as_kept(text)
    if form.fullmatch(found) or not text:
        return [], found or None
    return said(text[:SHOWN], subtle=True), text[:SHOWN]


Field = TextField | ChoiceField | DateField | TimeField
"""Any input of a card."""
