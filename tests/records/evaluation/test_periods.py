"""Quarters, years and a partnership's own periods: which there are, and which are refused."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.evaluation.periods import (
    Period,
    longest_of,
    month,
    parts,
    period_of,
    periods,
    quarter,
    years,
)
from records.partnership.evaluated import Evaluation

APRIL = Evaluation()
PILOT = Evaluation.model_validate(
    {"periods": [{"name": "Pilot", "first": date(2026, 11, 16), "last": date(2027, 3, 31)}]}
)


def of(first: str, last: str, name: str = "") -> Period:
    return Period(first=date.fromisoformat(first), last=date.fromisoformat(last), name=name)


def test_quarters_begin_with_the_month_of_the_file() -> None:
    assert quarter(APRIL, date(2027, 3, 31)) == of("2027-01-01", "2027-03-31")
    september = Evaluation(year_begins=9)
    assert quarter(september, date(2027, 1, 10)) == of("2026-12-01", "2027-02-28")
    assert month(date(2028, 3, 5), 1) == of("2028-02-01", "2028-02-29")


def test_a_year_is_its_four_quarters() -> None:
    (year,) = years(APRIL, date(2027, 1, 1), date(2027, 1, 1))
    assert year == of("2026-04-01", "2027-03-31")
    found = parts(APRIL, year)
    assert [one.first.month for one in found] == [4, 7, 10, 1]
    assert (found[0].first, found[-1].last) == (year.first, year.last)
    assert parts(APRIL, found[0]) == ()


def test_a_pilot_has_days_of_its_own_and_the_quarters_it_lies_in_are_none() -> None:
    found = periods(PILOT, date(2026, 7, 1), date(2027, 6, 30))
    assert found == (
        of("2026-07-01", "2026-09-30"),
        of("2026-11-16", "2027-03-31", "Pilot"),
        of("2027-04-01", "2027-06-30"),
    )
    assert period_of(PILOT, date(2026, 11, 15)) is None, "before it began"
    assert years(PILOT, date(2026, 4, 1), date(2028, 3, 31)) == (of("2027-04-01", "2028-03-31"),)
    assert longest_of(PILOT, date(2027, 2, 1)) == found[1]
    assert longest_of(PILOT, date(2027, 5, 1)) == of("2027-04-01", "2028-03-31")


@given(
    st.integers(1, 12),
    st.dates(date(2020, 1, 1), date(2039, 12, 31)),
    st.integers(0, 1500),
)
def test_every_day_is_in_one_quarter_and_one_year(begins: int, since: date, days: int) -> None:
    of_file = Evaluation(year_begins=begins)
    until = since + timedelta(days=days)
    found = periods(of_file, since, until)
    assert found[0].has(since)
    assert found[-1].has(until)
    for one, following in pairwise(found):
        assert following.first == one.last + timedelta(days=1)
    for year in years(of_file, since, until):
        assert sum((one.last - one.first).days + 1 for one in parts(of_file, year)) in (365, 366)


@pytest.mark.parametrize(
    ("periods", "wrong"),
    [
        ([("A", "2027-01-01", "2027-03-31"), ("B", "2027-03-31", "2027-06-30")], "begin after"),
        ([("A", "2027-01-01", "2027-02-28")], "last day of a quarter"),
        ([("A", "2027-01-01", "2027-02-28"), ("B", "2027-03-05", "2027-06-30")], "last day of"),
        ([("A", "2027-03-31", "2027-01-01")], "from 2 to 366 days"),
        ([("A", "2026-01-01", "2027-06-30")], "from 2 to 366 days"),
        ([("A", "2027-01-01", "2027-03-31"), ("a", "2027-04-01", "2027-06-30")], "stands here"),
    ],
)
def test_periods_that_overlap_or_leave_days_out_are_refused(
    periods: list[tuple[str, str, str]], wrong: str
) -> None:
    own = [{"name": n, "first": first, "last": last} for n, first, last in periods]
    found = list(Evaluation.model_validate({"periods": own}).disagreements())
    assert any(name == "periods" and wrong in why for name, why in found)


def test_a_key_is_read_back_and_a_bad_one_is_none() -> None:
    one = of("2026-04-01", "2027-03-31")
    assert Period.of_key(one.key) == one
    for bad in ("", "x", "2027-03-31_2026-04-01", "2026-04-01"):
        assert Period.of_key(bad) is None
