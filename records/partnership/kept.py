"""How long each thing is kept, in the units its name says; as it ships unless the file says more.

The periods count from the end of a conversation's last step, but where something else is said.
"""

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

LONGEST_PERIOD: Final = 15
"""Months from the first day of a year to the last on which it may close."""
Months = Annotated[int, Field(ge=1, le=120, strict=True)]
Days = Annotated[int, Field(ge=1, le=366, strict=True)]
SHORTER_FIRST: Final = (
    ("learning_months", "answers_months"),
    ("names_months", "answers_months"),
    ("names_months", "learning_months"),
)
"""The first may not be shorter than the second: what needs it to be read would be gone before."""


class Kept(BaseModel):
    """The periods. `silent_months` without an act ask whether a conversation goes on, and it ends
    by itself `silent_answer_days` later.

    `stopped_months` are those of a request that no conversation came of, with everything in it;
    `answers_months` of the five answers after completion. The learning document goes
    `learning_days` after every agency recorded it, not before the review is answered or
    `learning_review_days` past its date, and after `learning_months` in any case.
    `words_closed_months` are those of feedback and outcome, from when their year is evaluated;
    `names_months` of who took part, the booking and the messages; `people_months` of somebody who
    was not seen since and has nothing open; `trail_years` of what is left; `reads_months` of who
    opened what. An operator is told `warned_days` before anything goes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    silent_months: Months = 6
    silent_answer_days: Days = 30
    stopped_months: Months = 6
    answers_months: Months = 6
    learning_days: Days = 90
    learning_review_days: Days = 30
    learning_months: Months = 12
    words_closed_months: Months = 3
    names_months: Months = 12
    people_months: Months = 12
    trail_years: Annotated[int, Field(ge=1, le=25, strict=True)] = 6
    reads_months: Months = 12
    warned_days: Annotated[int, Field(ge=1, le=31, strict=True)] = 7

    def disagreements(self) -> Iterator[tuple[str, str]]:
        """Periods that do not go together: the name of one, and the reason."""
        for longer, shorter in SHORTER_FIRST:
            if getattr(self, longer) < getattr(self, shorter):
                yield longer, f"may not be shorter than {shorter}"
        if 12 * self.trail_years < max(
            self.names_months, LONGEST_PERIOD + self.words_closed_months
        ):
            yield "trail_years", "may not be shorter than names_months, or than words are kept"
