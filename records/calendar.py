"""Working days and office hours, in the partnership's own wall time.

Timed prompts go between 09:00 and 16:00 (both included) on working days, where the partnership's
file says nothing else; bank holidays are not working days. Source: pathway, Timing.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays

ENGLAND: Final = "GB-ENG"
"""England and Wales, as the `holidays` library names them."""


class NaiveTime(ValueError):
    """A datetime without a zone was given; which instant it means would be a guess."""


def aware(moment: datetime) -> datetime:
    """The moment itself, or NaiveTime."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise NaiveTime(f"{moment!r} has no time zone")
    return moment


@lru_cache(maxsize=64)
def bank_holidays(year: int, region: str = ENGLAND) -> frozenset[date]:
    """The bank holidays of a year, substitute days included. A region is such as GB-ENG."""
    country, _, part = region.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))


@dataclass(frozen=True)
class Office:
    """When a timed prompt may go. All results are UTC; all rules are wall time in `zone`.

    Between `begins` and `ends` people meet; outside it they are asked whether they mean it. At the
    ends of time every result is the first or the last moment that there is, and nothing is raised.
    """

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/London"))
    opens: time = time(9)
    closes: time = time(16)
    holidays: str = ENGLAND
    begins: time = time(8)
    ends: time = time(18)
    noon: time = time(12)

    def local(self, moment: datetime) -> datetime:
        """The wall time of a moment."""
        try:
            return aware(moment).astimezone(self.zone)
        except OverflowError:
            return _end_of_time(moment, self.zone)

    def at(self, day: date, clock: time) -> datetime:
        """A wall time as an instant. A time the spring change skips becomes the moment after it."""
        wall = datetime.combine(day, clock, self.zone)
        try:
            return wall.astimezone(UTC)
        except OverflowError:
            return _end_of_time(wall, UTC)

    def is_bank_holiday(self, day: date) -> bool:
        """Whether it is one in the partnership's region."""
        return day in bank_holidays(day.year, self.holidays)

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, bank holidays excepted."""
        return day.weekday() < 5 and not self.is_bank_holiday(day)

    def is_open(self, moment: datetime) -> bool:
        """Whether a timed prompt may go at this moment."""
        local = self.local(moment)
        return self.is_working_day(local.date()) and self.opens <= local.time() <= self.closes

    def roll_forward(self, moment: datetime) -> datetime:
        """The moment itself if open, else the next opening time."""
        if self.is_open(moment):
            return aware(moment).astimezone(UTC)
        local = self.local(moment)
        early = self.is_working_day(local.date()) and local.time() < self.opens
        return self.at(local.date(), self.opens) if early else self.next_morning(moment)

    def next_morning(self, moment: datetime) -> datetime:
        """Opening time of the first working day after the moment's own day."""
        return self.at(self._working_day(self.local(moment).date(), 1), self.opens)

    def next_noon(self, moment: datetime) -> datetime:
        """The first noon of a working day that is after the moment."""
        day = self.local(moment).date()
        today = self.at(day, self.noon)
        if self.is_working_day(day) and today > moment:
            return today
        return self.at(self._working_day(day, 1), self.noon)

    def morning_before(self, moment: datetime) -> datetime:
        """Opening time of the last working day before the moment's own day."""
        return self.at(self._working_day(self.local(moment).date(), -1), self.opens)

    def last_open_before(self, moment: datetime) -> datetime:
        """The latest moment in office hours that is before the given one."""
        local = self.local(moment)
        day = local.date()
        if self.is_working_day(day) and local.time() > self.opens:
            return min(self.at(day, self.closes), aware(moment).astimezone(UTC))
        return self.at(self._working_day(day, -1), self.closes)

    def add_days(self, moment: datetime, days: int) -> datetime:
        """Days later at the same wall time: 47 or 49 hours where the clocks change between."""
        local = self.local(moment)
        try:
            return (local + timedelta(days=days)).astimezone(UTC)
        except OverflowError:
            return self.at(days_later(local.date(), days), local.time())

    def add_months(self, moment: datetime, months: int) -> datetime:
        """So many months later at the same wall time, on the same day of the month, or on its last
        where it has no such day."""
        local = self.local(moment)
        year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
        if year > date.max.year:
            return self.at(date.max, local.time())
        last = monthrange(year, month + 1)[1]
        return self.at(date(year, month + 1, min(local.day, last)), local.time())

    def working_days(self, start: datetime, end: datetime) -> int:
        """Working days after the day of the start, up to the day of the end."""
        day, last = self.local(start).date(), self.local(end).date()
        days = (day + timedelta(days=number) for number in range(1, (last - day).days + 1))
        return sum(map(self.is_working_day, days))

    def add_working_days(self, moment: datetime, days: int) -> datetime:
        """Working days later at the same wall time, within office hours.

        A moment outside office hours counts from the next opening time.
        """
        start = self.local(self.roll_forward(moment))
        day = start.date()
        for _ in range(days):
            day = self._working_day(day, 1)
        return self.at(day, start.time())

    def _working_day(self, day: date, step: int) -> date:
        day = days_later(day, step)
        while not self.is_working_day(day) and date.min < day < date.max:
            day = days_later(day, step)
        return day


def days_later(day: date, days: int) -> date:
    """So many days later, or earlier; at the ends of time the last day or the first."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def years_later(day: date, years: int) -> date:
    """The same day in so many years; of a 29 February the day after, where there is none."""
    if day.year + years > date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _end_of_time(moment: datetime, zone: tzinfo) -> datetime:
    """The last moment that there is, or the first: whichever is nearer."""
    if moment.year > date.min.year:
        return datetime.max.replace(tzinfo=zone)
    return datetime.min.replace(tzinfo=zone)
