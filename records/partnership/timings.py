"""The waits of one partnership, in the units their names say. Source: pathway, Timing."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

Days = Annotated[int, Field(ge=1, le=366, strict=True)]
Hours = Annotated[int, Field(ge=1, le=168, strict=True)]
Minutes = Annotated[int, Field(ge=1, le=120, strict=True)]
SMALL: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Timings(BaseModel):
    """Every wait stands in the file: none has a default that a partnership might not know of. But
    those that came later have one, as files from before do not say them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    manager_reminder_working_days: Days
    manager_silent_working_days: Days
    pick_up_working_days: Days
    team_lead_working_days: Days
    preparation_gap_hours: Hours
    feedback_days: Days
    feedback_gap_hours: Hours
    closing_lead_minutes: Minutes
    outcome_days: Days
    outcome_reminder_days: Days
    learning_reminder_working_days: Days
    ask_again_weeks: Annotated[int, Field(ge=1, le=26, strict=True)]
    risk_asked_again_hours: Hours
    drafts_warned_days: Days
    drafts_kept_days: Days
    cards_stand_days: Days
    feedback_read_working_days: Days = 2
    booked_ahead_years: Annotated[int, Field(ge=1, le=10, strict=True)] = 2
    learning_words_working_days: Days = 3
    practice_kept_days: Days = 14
    no_outcome_weeks: Annotated[int, Field(ge=1, le=104, strict=True)] = 26

    @cached_property
    def preparation_gap(self) -> timedelta:
        """At least this long between the first preparation card and its reminder."""
        return timedelta(hours=self.preparation_gap_hours)

    @cached_property
    def feedback_gap(self) -> timedelta:
        """At least this long between the first feedback card and its reminder."""
        return timedelta(hours=self.feedback_gap_hours)

    @cached_property
    def risk_holds(self) -> timedelta:
        """So long after it was asked whether anybody is in danger it is not asked again."""
        return timedelta(hours=self.risk_asked_again_hours)

    @cached_property
    def drafts_warned(self) -> timedelta:
        """So long after its last touch the writer of a draft is told that it will go."""
        return timedelta(days=self.drafts_warned_days)

    @cached_property
    def drafts_kept(self) -> timedelta:
        """So long after its last touch a draft is removed."""
        return timedelta(days=self.drafts_kept_days)

    @cached_property
    def cards_stand(self) -> timedelta:
        """How long a card with a story may stand in a chat."""
        return timedelta(days=self.cards_stand_days)

    @cached_property
    def closing_lead(self) -> timedelta:
        """How long before the booked end the facilitator is asked to close."""
        return timedelta(minutes=self.closing_lead_minutes)

    def disagreements(self) -> Iterator[tuple[str, str]]:
        """Waits that do not go together: the name of one, and the reason."""
        pairs = (
            ("manager_silent_working_days", "manager_reminder_working_days"),
            ("team_lead_working_days", "pick_up_working_days"),
            ("outcome_days", "feedback_days"),
            ("drafts_kept_days", "drafts_warned_days"),
        )
        for longer, shorter in pairs:
            if getattr(self, longer) <= getattr(self, shorter):
                yield longer, f"has to be longer than {shorter}"
        if 7 * self.no_outcome_weeks <= self.outcome_days + self.outcome_reminder_days:
            yield "no_outcome_weeks", "has to be longer than until the outcome's reminder"


def number(count: int) -> str:
    """A number as it is written in a sentence: in words up to ten."""
    return SMALL[count] if count < len(SMALL) else str(count)


def counted(count: int, unit: str) -> str:
    """Such as "two days", "one week"."""
    return f"{number(count)} {unit}{'' if count == 1 else 's'}"


def span(days: int) -> str:
    """Whole weeks as weeks, from two on; anything else as days."""
    weeks, rest = divmod(days, 7)
    return counted(weeks, "week") if weeks > 1 and not rest else counted(days, "day")
