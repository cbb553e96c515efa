"""Office hours and working days, around bank holidays and both clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.calendar import NaiveTime, Office, days_later, years_later

OFFICE = Office()
# The bounds are naive because the zone is drawn apart.
FIRST, LAST = datetime(2024, 1, 1), datetime(2035, 12, 31)  # noqa: DTZ001
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        pytest.param("2026-04-02", True, id="Maundy Thursday"),
        pytest.param("2026-04-03", False, id="Good Friday"),
        pytest.param("2026-04-06", False, id="Easter Monday"),
        pytest.param("2026-05-04", False, id="early May"),
        pytest.param("2026-05-25", False, id="spring"),
        pytest.param("2026-08-03", True, id="Scotland's August holiday is not ours"),
        pytest.param("2026-08-31", False, id="August"),
        pytest.param("2026-12-24", True, id="Christmas Eve"),
        pytest.param("2026-12-25", False, id="Christmas Day"),
        pytest.param("2026-12-28", False, id="Boxing Day's substitute"),
        pytest.param("2027-12-27", False, id="Christmas Day's substitute"),
        pytest.param("2027-12-28", False, id="Boxing Day's substitute, a Tuesday"),
        pytest.param("2028-01-03", False, id="New Year's substitute"),
        pytest.param("2026-01-02", True, id="Scotland's second of January is not ours"),
        pytest.param("2026-11-07", False, id="a Saturday"),
    ],
)
def test_bank_holidays_and_weekends_are_no_working_days(day, open_, story):
    assert OFFICE.is_working_day(datetime.fromisoformat(day).date()) is open_
    assert OFFICE.is_open(story.at(f"{day} 10:00")) is open_


@pytest.mark.parametrize(
    ("wall", "open_"),
    [("08:59", False), ("09:00", True), ("12:00", True), ("16:00", True), ("16:01", False)],
)
def test_the_office_is_open_from_nine_to_four_both_included(wall, open_, story):
    assert OFFICE.is_open(story.at(f"2026-11-03 {wall}")) is open_
    assert OFFICE.is_open(story.at(f"2026-07-07 {wall}")) is open_


@pytest.mark.parametrize(
    ("moment", "forward"),
    [
        ("2026-11-03 07:00", "Tue 2026-11-03 09:00"),
        ("2026-11-03 10:30", "Tue 2026-11-03 10:30"),
        ("2026-11-03 16:30", "Wed 2026-11-04 09:00"),
        ("2026-11-06 16:30", "Mon 2026-11-09 09:00"),
        ("2026-04-02 17:00", "Tue 2026-04-07 09:00"),
        ("2026-12-24 18:00", "Tue 2026-12-29 09:00"),
        ("2026-08-28 17:00", "Tue 2026-09-01 09:00"),
        ("2026-12-31 17:00", "Mon 2027-01-04 09:00"),
    ],
)
def test_a_timed_prompt_rolls_forward_to_nine_of_the_next_working_day(moment, forward, story):
    assert story.wall(OFFICE.roll_forward(story.at(moment))) == forward


@pytest.mark.parametrize(
    ("moment", "days", "later"),
    [
        ("2026-11-02 10:00", 2, "Wed 2026-11-04 10:00"),
        ("2026-11-05 10:00", 2, "Mon 2026-11-09 10:00"),
        ("2026-11-02 17:00", 2, "Thu 2026-11-05 09:00"),
        ("2026-11-07 12:00", 2, "Wed 2026-11-11 09:00"),
        ("2026-04-01 10:00", 2, "Tue 2026-04-07 10:00"),
        ("2026-12-23 10:00", 2, "Tue 2026-12-29 10:00"),
        ("2026-10-23 10:00", 2, "Tue 2026-10-27 10:00"),
    ],
)
def test_two_working_days_later_is_the_same_wall_time_within_office_hours(
    moment, days, later, story
):
    assert story.wall(OFFICE.add_working_days(story.at(moment), days)) == later


@pytest.mark.parametrize(
    ("moment", "hours"),
    [("2026-03-28 10:00", 47), ("2026-10-24 10:00", 49), ("2026-11-03 10:00", 48)],
)
def test_two_days_keep_the_wall_time_across_a_clock_change(moment, hours, story):
    start = story.at(moment)
    later = OFFICE.add_days(start, 2)
    assert later - start == timedelta(hours=hours)
    assert OFFICE.local(later).time() == time(10)


def test_a_wall_time_the_spring_change_skips_becomes_the_moment_after(story):
    later = OFFICE.add_days(story.at("2026-03-27 01:30"), 2)
    assert story.wall(later) == "Sun 2026-03-29 02:30"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(NaiveTime):
        OFFICE.is_open(datetime(2026, 11, 3, 10))  # noqa: DTZ001  the point of the test


@settings(deadline=None, max_examples=100)
@given(moment=MOMENTS)
def test_the_next_morning_is_open_is_nine_and_is_on_a_later_day(moment):
    morning = OFFICE.next_morning(moment)
    assert OFFICE.is_open(morning)
    assert OFFICE.local(morning).time() == OFFICE.opens
    assert OFFICE.local(morning).date() > OFFICE.local(moment).date()


@settings(deadline=None, max_examples=100)
@given(moment=MOMENTS)
def test_rolling_forward_is_open_never_earlier_and_done_once(moment):
    forward = OFFICE.roll_forward(moment)
    assert OFFICE.is_open(forward)
    assert forward >= moment
    assert OFFICE.roll_forward(forward) == forward


@settings(deadline=None, max_examples=100)
@given(moment=MOMENTS)
def test_the_last_open_moment_before_is_open_and_not_after(moment):
    before = OFFICE.last_open_before(moment)
    assert OFFICE.is_open(before)
    assert before <= moment


ENDS = [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Kiritimati", "Pacific/Niue"])
@pytest.mark.parametrize("moment", ENDS, ids=["first", "last"])
def test_nothing_overflows_at_the_ends_of_time(moment: datetime, zone: str) -> None:
    """In whichever zone a partnership is: the first or the last moment there is."""
    office = Office(ZoneInfo(zone))
    for found in (
        office.local(moment),
        office.at(moment.date(), time(0)),
        office.at(moment.date(), time(23, 59)),
        office.add_days(moment, 56),
        office.add_days(moment, -56),
        office.roll_forward(moment),
        office.next_morning(moment),
        office.morning_before(moment),
        office.last_open_before(moment),
        office.add_working_days(moment, 5),
    ):
        assert found.tzinfo is not None


def test_so_many_years_later_is_a_day_of_the_calendar() -> None:
    """Also from a 29 February, and at the end of time."""
    assert years_later(date(2027, 2, 1), 2) == date(2029, 2, 1)
    assert years_later(date(2028, 2, 29), 2) == date(2030, 3, 1)
    assert years_later(date(9998, 5, 1), 2) == date.max
    assert days_later(date.max, 1) == date.max
    assert days_later(date.min, -1) == date.min
