"""How the partnership evaluates: its periods, when they close, and what is beside the figures.

Without periods of its own it has quarters, and the years that four of them make. Source: pathway,
step 11.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

MOST_DAYS: Final = 366
"""Days of one period of the partnership's own."""
MONTHS_OF_A_QUARTER: Final = 3


def _one_line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("this has to be on one line, with something in it")
    return text


Short = Annotated[str, Field(max_length=60), AfterValidator(_one_line)]


class OwnPeriod(BaseModel):
    """One period with a name and days of the partnership's own, both days included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Short
    first: date
    last: date


class Evaluation(BaseModel):
    """Periods, and what is shown of them.

    `year_begins` is the month with which a year and its first quarter begin. `periods` are the
    partnership's own, as a pilot's are: a quarter that one of them lies in is none. A period closes
    `closes_weeks` after its last day at the latest. `median_days` shows how many working days lay
    between request and conversation; `themes` are what evaluators may tick beside words.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    year_begins: Annotated[int, Field(ge=1, le=12, strict=True)] = 4
    closes_weeks: Annotated[int, Field(ge=1, le=12, strict=True)] = 12
    median_days: Annotated[bool, Field(strict=True)] = False
    themes: Annotated[tuple[Short, ...], Field(max_length=20)] = ()
    periods: Annotated[tuple[OwnPeriod, ...], Field(max_length=40)] = ()

    def disagreements(self) -> Iterator[tuple[str, str]]:
        """What does not go together: the name of a field, and the reason."""
        if len({" ".join(one.split()).casefold() for one in self.themes}) < len(self.themes):
            yield "themes", "a theme stands here twice"
        if len({one.name.casefold() for one in self.periods}) < len(self.periods):
            yield "periods", "a name stands here twice"
        for place, one in enumerate(self.periods):
            if not 0 < (one.last - one.first).days < MOST_DAYS:
                yield "periods", f"{one.name}: has to have from 2 to {MOST_DAYS} days"
            following = self.periods[place + 1].first if place + 1 < len(self.periods) else None
            after = one.last + timedelta(days=1)
            if following is not None and following < after:
                yield "periods", f"{one.name}: the next one has to begin after it ends"
            elif following != after and not self.begins_a_quarter(after):
                yield (
                    "periods",
                    f"{one.name}: has to end on the last day of a quarter, or the day before the"
                    " next one begins: days in between would be counted nowhere",
                )

    def begins_a_quarter(self, day: date) -> bool:
        """Whether a quarter begins with this day."""
        return day.day == 1 and (day.month - self.year_begins) % MONTHS_OF_A_QUARTER == 0
