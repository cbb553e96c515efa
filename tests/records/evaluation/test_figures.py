"""The figures of a period: what is counted where, and what is never said of fewer than five."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.wording import wording
from records.calendar import Office
from records.conversation.feedback import Answers
from records.evaluation.facts import Facts, facts
from records.evaluation.few_people import Band, Feedback, bands, of_people
from records.evaluation.figures import FigureRow, Figures, figures
from records.evaluation.periods import Period, month, quarter, year
from records.stages import Stage

OFFICE = Office()
FEWEST = wording.partnership.thresholds.fewest_people
Q4 = Period(first=date(2026, 10, 1), last=date(2026, 12, 31))


def of(story, *every, period=Q4, now="2027-06-01 10:00"):
    return figures(every, period, story.at(now), wording.partnership)


def one(story, **more):
    plain = {"conversation": "c", "made_from": 1, "asked": story.at("2026-11-02 10:00"),
             "stage": Stage.HELD, "agreed": True, "agency": "Social Care"}  # fmt: skip
    return Facts.model_validate(plain | more)


def held(story, came=0, in_time=0, later=0, scale=None, **more):
    counts = {"came": came, "in_time": in_time, "later": later}
    chosen = tuple((scale or {}).get(number, 0) for number in range(11))
    return one(story, held=story.at("2026-11-10 10:00"), scale=chosen, **counts, **more)


# What a conversation adds ------------------------------------------------------------------------


def answered(by, scale, story):
    at = story.at("2026-11-10 11:00")
    return Answers(what="feedback", by=by, version=1, at=at, texts={}, scale=scale)


def test_a_conversation_adds_what_happened_to_it(story, timetable):
    it = story.held().give_feedback(story.at("2026-11-10 11:00"), "r", complete=True)
    it = it.give_feedback(story.at("2026-11-12 10:01"), "n", complete=False)
    it = it.give_outcome(story.at("2027-01-06 09:00"), "r")
    found = facts(it, (answered("r", 7, story), answered("n", 3, story)), timetable)
    assert (found.came, found.in_time, found.later) == (3, 1, 1)  # 10:00 is the deadline
    assert (found.scale[7], found.scale[3], sum(found.scale)) == (1, 1, 2)
    assert found.days == 6  # Monday the 2nd to Tuesday the 10th
    assert found.agencies == ("Health", "Police", "Social Care")
    assert found.outcome == story.at("2027-01-06 09:00")


def meant(by, story, ends="", version=1):
    asked = {"scale.0": ends, "scale.10": ends} if ends else {}
    return answered(by, 5, story).model_copy(update={"asked": asked, "version": version})


def test_what_the_ends_of_the_scale_meant_is_counted_with_the_answer(story, timetable):
    at = story.at("2026-11-10 11:00")
    it = story.held()
    for who in ("r", "n", "o"):
        it = it.give_feedback(at, who, complete=True)
    told = (meant("r", story, "Not at all."), meant("n", story, "Badly.", 2), meant("o", story))
    assert sorted(facts(it, told, timetable).meanings.values()) == [(1, 1), (1, 1), (2, 1)]
    same = (meant("r", story, version=2), meant("n", story), meant("o", story))
    assert list(facts(it, same, timetable).meanings.values()) == [(1, 3)]


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [(5, 5, [(1, 5), (2, 5)]), (9, 4, [(1, None), (2, None)]), (9, 0, [])],
)
def test_a_question_set_that_fewer_than_five_answered_gives_no_number(story, first, second, shown):
    one_set = held(story, came=first, scale={5: first}, meanings={"a": (1, first)})
    other = held(story, came=second, meanings={"b": (2, second)} if second else {})
    assert [(one.number, one.people) for one in of(story, one_set, other).meanings] == shown


def test_somebody_who_was_not_there_after_all_is_not_counted(story, timetable):
    it = story.held().give_feedback(story.at("2026-11-10 11:00"), "n", complete=True)
    it = it.not_there(story.at("2026-11-10 12:00"), "n")
    found = facts(it, (answered("n", 3, story),), timetable)
    assert (found.came, found.in_time, sum(found.scale)) == (2, 0, 0)


def test_what_a_manager_chose_is_counted_and_what_they_wrote_is_not(story, timetable):
    it = story.requested().decline(story.at("2026-11-03 10:00"))
    at = story.at("2026-11-03 10:00")
    texts = {"text": "Talk to me", "short": "supervision"}
    words = Answers(what="not-this-route", by="1", version=1, at=at, texts=texts)
    found = facts(it, (words,), timetable)
    assert (found.agreed, found.why_not) == (False, "supervision")
    assert "Talk to me" not in found.model_dump_json()


def test_facts_hold_no_name_of_anybody(story, timetable):
    it = story.held().give_feedback(story.at("2026-11-10 11:00"), "r", complete=True)
    kept = facts(it, (), timetable).model_dump_json()
    for person in (*story.people, story.facilitator):
        assert person.name not in kept


def test_working_days_are_counted_over_a_weekend_and_a_bank_holiday(story):
    def days(start, end):
        return OFFICE.working_days(story.at(start), story.at(end))

    assert days("2026-11-02 16:00", "2026-11-02 17:00") == 0
    assert days("2026-11-06 10:00", "2026-11-09 09:00") == 1
    assert days("2026-12-24 10:00", "2026-12-29 10:00") == 1  # the 25th and the 28th are holidays
    assert days("2026-11-10 10:00", "2026-11-02 10:00") == 0


# What is counted where ---------------------------------------------------------------------------


def test_requests_add_up(story):
    found = of(
        story,
        one(story),
        one(story, stage=Stage.WITHDRAWN),
        one(story, stage=Stage.WITHDRAWN, agreed=False),
        one(story, stage=Stage.NOT_THIS_ROUTE, agreed=False, why_not="meeting"),
        one(story, stage=Stage.NOT_THIS_ROUTE, agreed=False),
        one(story, stage=Stage.REQUESTED, agreed=False),
    )
    parts = (found.agreed, found.not_agreed, found.withdrawn_before, found.waiting)
    assert parts == (2, 2, 1, 1)
    assert found.requests == sum(parts)
    assert found.fell_through == 1
    assert found.reasons == (FigureRow(name="", count=1), FigureRow(name="meeting", count=1))
    assert sum(row.count for row in found.levels) == found.requests
    assert sum(row.count for row in found.open_to) == found.requests


def test_a_request_counts_in_its_own_period_and_its_conversation_in_its_own(story):
    late = one(story, asked=story.at("2026-12-30 10:00"), held=story.at("2027-01-12 10:00"), days=7)
    q1 = Period(first=date(2027, 1, 1), last=date(2027, 3, 31))
    assert (of(story, late).requests, of(story, late).held) == (1, 0)
    after = of(story, late, period=q1)
    assert (after.requests, after.held, after.days.middle) == (0, 1, 7)


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ("2026-09-30 23:59", 0),
        ("2026-10-01 00:00", 1),
        ("2026-12-31 23:59", 1),
        ("2027-01-01 00:00", 0),
    ],
)
def test_a_period_is_whole_days_of_the_partnerships_own_time(story, asked, counts):
    assert of(story, one(story, asked=story.at(asked))).requests == counts


def test_an_agency_counts_once_however_it_is_spelt_and_is_never_ranked(story):
    names = ["Police", "police", "Police", "Zoo", "Zoo", "Zoo", "Zoo", "Adult Care"]
    found = of(story, *(held(story, agencies=(name,)) for name in names))
    assert [(row.name, row.count) for row in found.agencies] == [
        ("Adult Care", 1),
        ("Police", 3),
        ("Zoo", 4),
    ]


def test_a_level_that_the_file_no_longer_has_is_counted_as_it_was_kept(story):
    found = of(story, *(one(story, level=level) for level in ("5", "2", "", "5", "unknown")))
    names = [row.name for row in found.levels]
    assert names == ["1", "2", "3", "4", "unknown", "5", ""]
    assert sum(row.count for row in found.levels) == 5
    assert next(row.count for row in found.levels if row.name == "5") == 2


def test_outcomes_are_given_awaited_or_not_yet_due(story):
    due = {"outcome_due": story.at("2027-01-05 10:00")}
    every = (
        held(story, outcome=story.at("2027-01-05 11:00"), **due),
        held(story, **due),
        held(story, outcome_due=story.at("2027-08-05 10:00")),
    )
    found = of(story, *every)
    assert (found.outcomes, found.outcomes_awaited, found.outcomes_later) == (1, 1, 1)


def test_the_same_figures_come_in_whatever_order_the_conversations_do(story):
    every = [held(story, came=3, in_time=2, scale={n % 11: 2}, days=n, level=str(n % 5),
                  agencies=(f"A{n % 3}", f"a{n % 2}")) for n in range(40)]  # fmt: skip
    mixed = list(every)
    random.Random(7).shuffle(mixed)
    assert of(story, *every) == of(story, *mixed)


def test_nothing_in_a_period_is_no_figures_and_no_error(story):
    found = of(story)
    assert found.is_empty
    assert (found.days, found.scale, found.feedback) == (None, (), Feedback())


# Fewer than five ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("came", "in_time", "later", "shown"),
    [
        (20, 6, 5, {"came": 20, "answered": 11, "not_answered": 9, "in_time": 6, "later": 5}),
        # Four came later: who answered is shown, and not in two parts.
        (20, 7, 4, {"came": 20, "answered": 11, "not_answered": 9}),
        # Four did not answer: the answers are shown, and neither those nor all who came.
        (15, 6, 5, {"answered": 11, "in_time": 6, "later": 5}),
        # Everybody answered: that is fewer than five who did not.
        (11, 6, 5, {"answered": 11, "in_time": 6, "later": 5}),
        # Four answered: all who came are shown, and no part of them.
        (20, 3, 1, {"came": 20}),
        # Five came: to show it would say that nobody answered.
        (5, 0, 0, {}),
        # Four and four: nothing.
        (8, 4, 0, {}),
        (4, 2, 1, {}),
        (0, 0, 0, {}),
    ],
)
def test_no_figure_about_people_is_under_five_or_gives_one_away(story, came, in_time, later, shown):
    found = of(story, held(story, came=came, in_time=in_time, later=later)).feedback
    assert found == Feedback.model_validate(shown)


COUNTS = st.integers(0, 40)


@settings(deadline=None)  # it tries many ways; a busy machine is slow
@given(rest=COUNTS, in_time=COUNTS, later=COUNTS)
def test_no_part_under_five_can_be_worked_out(rest, in_time, later):
    """Every way people can be split that shows the same figures is one the reader cannot exclude:
    a part under five is never the same in all of them."""
    shown = _shown(rest, in_time, later)
    parts = {"not_answered": rest, "in_time": in_time, "later": later, "answered": in_time + later}
    for name, value in shown.items():
        assert value is None or value >= FEWEST, name
    for name, value in parts.items():
        if value < FEWEST:
            assert any(_parts(*way)[name] != value for way in _ways(shown)), (name, value, shown)


def _shown(rest, in_time, later):
    return of_people(rest + in_time + later, in_time, later, FEWEST).model_dump()


def _parts(rest, in_time, later):
    return {
        "not_answered": rest,
        "in_time": in_time,
        "later": later,
        "answered": in_time + later,
    }


def _ways(shown):
    """Splits near the edge that look the same to a reader."""
    for rest in range(42):
        answered = shown["answered"]
        totals = range(9) if answered is None else (answered,)
        for total in totals:
            for in_time in range(total + 1):
                way = (rest, in_time, total - in_time)
                if _shown(*way) == shown:
                    yield way


def test_the_scale_is_put_together_until_each_band_is_five_people():
    scale = [0, 0, 0, 1, 2, 0, 3, 6, 9, 1, 2]
    assert bands(scale, FEWEST) == (
        Band(low=0, high=6, people=6),
        Band(low=7, high=7, people=6),
        Band(low=8, high=10, people=12),
    )


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), min_size=11, max_size=11))
def test_bands_cover_the_scale_without_gaps_and_none_is_under_five(scale):
    found = bands(scale, FEWEST)
    if sum(scale) < FEWEST:
        assert found == ()
        return
    assert found[0].low == 0
    assert found[-1].high == 10
    for before, after in pairwise(found):
        assert after.low == before.high + 1
    for band in found:
        assert band.people == sum(scale[band.low : band.high + 1]) >= FEWEST


def test_the_scale_adds_up_to_the_answers_that_are_shown(story):
    found = of(story, held(story, came=9, in_time=6, later=1, scale={2: 1, 6: 2, 8: 4}))
    assert sum(band.people for band in found.scale) == found.feedback.answered == 7
    assert found.feedback.came is None  # nine would say that two did not answer


def test_figures_say_nothing_of_a_persons_own_number(story):
    found = of(story, held(story, came=4, in_time=4, scale={1: 1, 9: 3}))
    assert found.scale == ()
    assert Figures.model_validate_json(found.model_dump_json()) == found


# Periods ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "first", "last"),
    [
        (quarter(date(2026, 11, 2)), "2026-10-01", "2026-12-31"),
        (quarter(date(2026, 11, 2), 1), "2026-07-01", "2026-09-30"),
        (quarter(date(2027, 1, 1), 1), "2026-10-01", "2026-12-31"),
        (quarter(date(2027, 3, 31)), "2027-01-01", "2027-03-31"),
        (year(date(2027, 1, 1), 1), "2026-01-01", "2026-12-31"),
        (month(date(2027, 1, 4), 1), "2026-12-01", "2026-12-31"),
        (month(date(2028, 3, 4), 1), "2028-02-01", "2028-02-29"),
        (month(date(2026, 12, 31)), "2026-12-01", "2026-12-31"),
    ],
)
def test_periods_begin_and_end_where_people_expect(found, first, last):
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert Period.of_key(found.key) == found


@pytest.mark.parametrize(
    "key", ["", "2026-10-01", "2026-12-31_2026-10-01", "x_y", "_", "2026-13-01_2026-13-02"]
)
def test_a_key_that_is_no_period_is_none(key):
    assert Period.of_key(key) is None


def test_a_quarter_is_three_months_on_every_day_of_four_years():
    day = date(2026, 1, 1)
    while day.year < 2030:
        found = quarter(day)
        assert found.first <= day <= found.last
        assert (found.last + timedelta(days=1)).day == found.first.day == 1
        day += timedelta(days=1)
