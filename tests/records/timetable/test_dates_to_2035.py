"""Every clock change and bank holiday to 2035, by rules of our own: the calendar is not asked."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.wording import wording
from records.calendar import bank_holidays
from records.outbox.kinds import KINDS, Kind
from records.timetable.timetable import Timetable
from tests.records.conftest import LONDON, Story

RULES, STORY = Timetable(wording.partnership), Story()
YEARS = range(2026, 2036)
DAY = timedelta(days=1)


def last_sunday(year, month):
    day = date(year, month, 31)
    return day - DAY * ((day.weekday() + 1) % 7)


CHANGES = [last_sunday(year, month) for year in YEARS for month in (3, 10)]


def easter(year):
    """Easter Sunday. Source: the anonymous Gregorian rule, Nature 1876."""
    a, (b, c) = year % 19, divmod(year, 100)
    g = (8 * b + 13) // 25
    h = (19 * a + b - b // 4 - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * (b % 4) + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def monday(year, month, *, last):
    first = date(year, month, 1)
    days = [first + DAY * n for n in range(31) if (first + DAY * n).month == month]
    return [day for day in days if day.weekday() == 0][-1 if last else 0]


def free_days(year):
    """Bank holidays in England that fall on a weekday. Source: gov.uk/bank-holidays, its rules."""
    free = {easter(year) - 2 * DAY, easter(year) + DAY, monday(year, 5, last=False)}
    free |= {monday(year, 5, last=True), monday(year, 8, last=True)}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        day = fixed
        while day.weekday() >= 5 or day in free:
            day += DAY
        free.add(day)
    return free


FREE = {day for year in (2025, *YEARS, 2036) for day in free_days(year)}
"""With the years around them: a look back from January 2026 meets the Christmas before."""


def works(day):
    return day.weekday() < 5 and day not in FREE


def in_hours(moment):
    wall = moment.astimezone(LONDON)
    return works(wall.date()) and time(9) <= wall.time() <= time(16)


@pytest.mark.parametrize("year", YEARS)
def test_the_bank_holidays_are_those_of_england(year):
    assert {day for day in bank_holidays(year) if day.weekday() < 5} == free_days(year)


@pytest.mark.parametrize("sunday", CHANGES, ids=str)
def test_the_clocks_change_on_that_sunday(sunday):
    before, after = (
        datetime.combine(day, time(12), LONDON).utcoffset() for day in (sunday - DAY, sunday)
    )
    assert abs(after - before) == timedelta(hours=1)


def every_stage(end):
    """One conversation that ends then, in each stage that owes something at a time of its own."""
    asked = end - 30 * DAY
    wall = f"{end.astimezone(LONDON):%Y-%m-%d %H:%M}"
    requested = STORY.requested().model_copy(
        update={"created": asked, "stage_since": asked, "asked_at": asked}
    )
    agreed = requested.agree(asked + DAY, (STORY.facilitator,))
    people = (*STORY.people, STORY.facilitator)
    booked = agreed.pick_up(asked + 2 * DAY, STORY.facilitator).book(
        asked + 2 * DAY, STORY.booking(wall), people
    )
    held = booked.took_place(end - timedelta(minutes=5), ("r", "n", "o"), people)
    return requested, agreed, booked, held


def check(end):
    """All that a conversation ending then owes at a time of its own."""
    wall = end.astimezone(LONDON)
    *before, held = every_stage(end)
    timed = [one for it in (*before, held) for one in RULES.owed(it) if KINDS[one.kind].timed]
    assert {
        Kind.MANAGER_REMINDER,
        Kind.PREPARATION_REMINDER,
        Kind.FEEDBACK_PROMPT,
        Kind.OUTCOME,
    } <= {one.kind for one in timed}
    assert [one for one in timed if not in_hours(one.due)] == []
    for days, found in ((2, RULES.feedback_deadline(held)), (56, RULES.outcome_date(held))):
        shown = found.astimezone(LONDON)
        assert (shown.date(), shown.time()) == (wall.date() + days * DAY, wall.time())
    for one in timed:
        local = one.due.astimezone(LONDON)
        if one.kind is Kind.PREPARATION_REMINDER:
            between = (local.date() + DAY * n for n in range(1, (wall.date() - local.date()).days))
            assert local.time() == time(9)
            assert local.date() < wall.date()
            assert not any(map(works, between)), "a working day nearer to it"
        if one.kind is Kind.OUTCOME:
            assert timedelta(0) <= one.due - RULES.outcome_date(held) < 5 * DAY


@pytest.mark.parametrize("sunday", CHANGES, ids=str)
@pytest.mark.parametrize("days", [-57, -3, -2, -1, 0, 1])
def test_around_each_clock_change_the_wall_time_is_kept(sunday, days):
    for hour in (8, 10, 16, 19):
        check(datetime.combine(sunday + days * DAY, time(hour, 30), LONDON).astimezone(UTC))


AROUND = sorted(day for day in FREE if day.year > 2025)


@settings(deadline=None, max_examples=150)
@given(free=st.sampled_from(AROUND), days=st.integers(-60, 3), minutes=st.integers(420, 1300))
def test_around_each_bank_holiday_timed_messages_keep_office_hours(free, days, minutes):
    day = free + days * DAY
    check(datetime.combine(day, time(*divmod(minutes, 60)), LONDON).astimezone(UTC))


@settings(deadline=None, max_examples=150)
@given(
    day=st.dates(date(2026, 2, 1), date(2035, 12, 31)),
    clock=st.times(time(6), time(22)).map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_on_any_day_to_2035_timed_messages_keep_office_hours(day, clock):
    check(datetime.combine(day, clock, LONDON).astimezone(UTC))
