"""The periods that are evaluated: quarters, years, a partnership's own; both days included.

Quarters and own periods share no day. A year is its four quarters, and nothing is counted for it
that is not counted for one of them. Source: the partnership's file, `[evaluation]`.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Self

from records.calendar import Office, days_later
from records.partnership.evaluated import MONTHS_OF_A_QUARTER, Evaluation
from records.people import Frozen

QUARTERS_OF_A_YEAR: Final = 4


class Period(Frozen):
    """From the first day to the last, in wall time. `name` is the partnership's, for its own."""

    first: date
    last: date
    name: str = ""

    def begins(self, office: Office) -> datetime:
        """The first moment of it."""
        return office.at(self.first, time(0))

    def ends(self, office: Office) -> datetime:
        """The first moment after it."""
        return office.at(days_later(self.last, 1), time(0))

    def has(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    @property
    def key(self) -> str:
        """Such as 2026-10-01_2026-12-31: for cards, links and file names."""
        return f"{self.first.isoformat()}_{self.last.isoformat()}"

    @classmethod
    def of_key(cls, key: str) -> Self | None:
        """The period with this key, or None."""
        first, _, last = key.partition("_")
        try:
            period = cls(first=date.fromisoformat(first), last=date.fromisoformat(last))
        except ValueError:
            return None
        return period if period.first <= period.last else None


def periods(of: Evaluation, since: date, until: date) -> tuple[Period, ...]:
    """Every quarter and own period with a day from `since` to `until`, the oldest first."""
    own = [Period(first=one.first, last=one.last, name=one.name) for one in of.periods]
    found = [one for one in own if one.first <= until and one.last >= since]
    found += [one for one in _quarters(of, since, until) if not _meets(own, one)]
    return tuple(sorted(found, key=lambda one: one.first))


def years(of: Evaluation, since: date, until: date) -> tuple[Period, ...]:
    """Every year with a day from `since` to `until` whose four quarters there are."""
    begun = quarter(of, since).first
    found, year = [], _year_of(of, begun)
    while year.first <= until:
        if parts(of, year):
            found.append(year)
        year = _year_of(of, days_later(year.last, 1))
    return tuple(found)


def parts(of: Evaluation, period: Period) -> tuple[Period, ...]:
    """The four quarters of a year; nothing of any other period."""
    if period.name or period != _year_of(of, period.first):
        return ()
    found = periods(of, period.first, period.last)
    whole = len(found) == QUARTERS_OF_A_YEAR and not any(one.name for one in found)
    return found if whole else ()


@lru_cache(maxsize=4096)
def period_of(of: Evaluation, day: date) -> Period | None:
    """The quarter or own period a day is counted in; None where it is in none."""
    return next(iter(periods(of, day, day)), None)


@lru_cache(maxsize=4096)
def longest_of(of: Evaluation, day: date) -> Period | None:
    """The year a day is counted in, or else its period."""
    return next(iter(years(of, day, day)), None) or period_of(of, day)


def quarter(of: Evaluation, day: date) -> Period:
    """The quarter of a day, whether it is counted or not."""
    back = (day.month - of.year_begins) % MONTHS_OF_A_QUARTER
    first = _month_on(day.replace(day=1), -back)
    return Period(first=first, last=_month_on(first, MONTHS_OF_A_QUARTER) - timedelta(days=1))


def month(day: date, back: int = 0) -> Period:
    """The month of a day, or one so many months earlier."""
    first = _month_on(day.replace(day=1), -back)
    return Period(first=first, last=_month_on(first, 1) - timedelta(days=1))


def _quarters(of: Evaluation, since: date, until: date) -> Iterator[Period]:
    one = quarter(of, since)
    while one.first <= until:
        yield one
        one = quarter(of, days_later(one.last, 1))


def _meets(own: list[Period], one: Period) -> bool:
    return any(other.first <= one.last and one.first <= other.last for other in own)


def _year_of(of: Evaluation, day: date) -> Period:
    back = (day.month - of.year_begins) % 12
    first = _month_on(day.replace(day=1), -back)
    return Period(first=first, last=_month_on(first, 12) - timedelta(days=1))


def _month_on(first: date, months: int) -> date:
    """The first day of a month so many months on."""
    years, place = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(years, place + 1, 1)
