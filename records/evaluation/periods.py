"""A period of the partnership's own days, both ends included: quarters, years, any dates."""

from datetime import date, datetime, time, timedelta
from typing import Self

from records.calendar import Office, days_later
from records.people import Frozen


class Period(Frozen):
    """From the first day to the last, in wall time."""

    first: date
    last: date

    def begins(self, office: Office) -> datetime:
        """The first moment of it."""
        return office.at(self.first, time(0))

    def ends(self, office: Office) -> datetime:
        """The first moment after it."""
        return office.at(days_later(self.last, 1), time(0))

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


def quarter(day: date, back: int = 0) -> Period:
    """The calendar quarter of a day, or one so many quarters earlier."""
    number = day.year * 4 + (day.month - 1) // 3 - back
    year, place = divmod(number, 4)
    following = date(year + (place == 3), 1 if place == 3 else 3 * place + 4, 1)
    return Period(first=date(year, 3 * place + 1, 1), last=following - timedelta(days=1))


def year(day: date, back: int = 0) -> Period:
    """The calendar year of a day, or one so many years earlier."""
    return Period(first=date(day.year - back, 1, 1), last=date(day.year - back, 12, 31))


def month(day: date, back: int = 0) -> Period:
    """The month of a day, or one so many months earlier."""
    number = day.year * 12 + day.month - 1 - back
    years, place = divmod(number, 12)
    following = date(years + (place == 11), 1 if place == 11 else place + 2, 1)
    return Period(first=date(years, place + 1, 1), last=following - timedelta(days=1))
