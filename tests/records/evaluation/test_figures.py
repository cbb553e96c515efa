"""The figures of a period: what is counted where, and what is shown of it once it is closed.

That nothing which is held back follows from what is shown is tried in test_attacker.py.
"""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.wording import wording
from records.calendar import Office
from records.conversation.feedback import Answers
from records.evaluation.counted import (
    EVERY,
    OTHERS,
    Behind,
    Counted,
    EndsMeant,
    counted,
    numbers,
)
from records.evaluation.facts import Facts, facts
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
from records.evaluation.shown import Figure, shown, themes, whole
from records.evaluation.year import shown_of_year
from records.partnership.evaluated import Evaluation, OwnPeriod
from records.stages import Stage

OFFICE = Office()
SUFFOLKS = Evaluation()
Q4 = Period(first=date(2026, 10, 1), last=date(2026, 12, 31))


def of(story, *every, period=Q4):
    return counted(every, period, wording.partnership)


def one(story, **more):
    plain = {"conversation": "c", "made_from": 1, "asked": story.at("2026-11-02 10:00"),
             "stage": Stage.HELD, "agreed": True, "agency": "Social Care"}  # fmt: skip
    return Facts.model_validate(plain | more)


def held(story, came=0, in_time=0, later=0, scale=None, **more):
    counts = {"came": came, "in_time": in_time, "later": later}
    chosen = tuple((scale or {}).get(number, 0) for number in range(11))
    return one(story, held=story.at("2026-11-10 10:00"), scale=chosen, **counts, **more)


def rows(figures, table):
    return {one.name: (one.low, one.high) for one in figures if one.table == table}


def told(counts):
    return shown(counts, wording.partnership)


def behind(people, conversations=3):
    return Behind(people=people, conversations=conversations)


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
    assert found.requests == 6
    assert found.splits["became"] == {"agreed": 1, "not-this-route": 2, OTHERS: 3}
    assert found.splits["why-not"] == {"meeting": 1, OTHERS: 1}
    for table in ("level", "open", "asked-by"):
        assert sum(found.splits[table].values()) == 6


def test_a_request_counts_in_its_own_period_and_its_conversation_in_its_own(story):
    late = one(story, asked=story.at("2026-12-30 10:00"), held=story.at("2027-01-12 10:00"), days=7)
    q1 = Period(first=date(2027, 1, 1), last=date(2027, 3, 31))
    assert (of(story, late).requests, of(story, late).held) == (1, 0)
    after = of(story, late, period=q1)
    assert (after.requests, after.held, after.days) == (0, 1, {7: 1})


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


def test_an_agency_counts_once_as_the_partnership_spells_it_and_all_others_are_one(story):
    names = ("Suffolk Police", "suffolk  police", "Zoo", "Circus")
    found = of(story, *(held(story, agencies=(name,)) for name in names))
    assert found.agencies == {"Suffolk Police": 2, OTHERS: 2}
    both = of(story, held(story, agencies=("Zoo", "Circus", "Health")))
    assert both.agencies == {"Health": 1, OTHERS: 1}


def test_a_level_that_the_file_no_longer_has_is_among_all_others(story):
    found = of(story, *(one(story, level=level) for level in ("5", "2", "", "5", "unknown")))
    assert found.splits["level"] == {"2": 1, OTHERS: 4}


def test_people_are_counted_with_the_conversations_they_come_from(story):
    found = of(
        story,
        held(story, came=3, in_time=2, later=1, scale={4: 1, 7: 2}),
        held(story, came=3, in_time=1, scale={7: 1}),
        held(story, came=2),
    )
    assert found.people == {
        "answered": behind(4, 2),
        "in-time": behind(3, 2),
        "later": behind(1, 1),
        "not-answered": behind(4, 2),
    }
    assert found.scale["0-10"] == behind(4, 2)
    assert found.scale["7-10"] == behind(3, 2)
    assert found.scale["4"] == behind(1, 1)


def test_sums_of_different_conversations_add_up(story):
    every = [
        held(
            story, came=3, in_time=2, scale={n % 11: 2}, days=n, level=str(n % 5),
            agencies=("Health", f"a{n % 2}"), meanings={"m": (n, 2)},
        )
        for n in range(40)
    ]  # fmt: skip
    assert of(story, *every[:13]) + of(story, *every[13:]) == of(story, *every)
    mixed = list(every)
    random.Random(7).shuffle(mixed)
    assert of(story, *every) == of(story, *mixed)


def test_nothing_in_a_period_is_two_counts_of_nothing(story):
    assert told(of(story)) == whole(Counted())
    assert [one.exact for one in whole(Counted())] == [0, 0]


# What is shown -----------------------------------------------------------------------------------


def test_before_anything_else_it_is_always_told_how_many_were_asked_for_and_took_place(story):
    few = told(of(story, held(story, came=3, in_time=3, scale={7: 3})))
    assert few == (
        Figure(table="asked", name="all", low=1, high=1),
        Figure(table="held", name="all", low=1, high=1),
    )


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ({"yes": 10, "no": 9, OTHERS: 8}, {"yes": 10, "no": 9, OTHERS: 8}),
        ({"yes": 10, "no": 4, OTHERS: 8}, {"yes": 10, OTHERS: 12}),
        ({"yes": 10, "no": 9, OTHERS: 4}, {"yes": 10, OTHERS: 13}),
        ({"yes": 4, "no": 4, OTHERS: 20}, {}),
        ({"yes": 26, "no": 2, OTHERS: 2}, {}),
    ],
)
def test_a_row_is_shown_where_it_and_what_is_left_are_five_or_more(counts, found):
    requests = sum(counts.values())
    figures = told(Counted(requests=requests, splits={"open": counts}))
    assert rows(figures, "open") == {name: (count, count) for name, count in found.items()}


@pytest.mark.parametrize(
    ("count", "low", "high"), [(12, 12, 12), (4, 0, 4), (0, 0, 4), (26, 26, 30), (30, 26, 30)]
)
def test_an_outcome_is_told_or_that_few_have_one_or_have_none(count, low, high):
    figures = told(Counted(held=30, told=count))
    assert rows(figures, "told") == {"all": (low, high)}


def test_people_are_counted_from_five_of_three_conversations_up():
    for people, conversations, is_shown in ((5, 3, True), (4, 3, False), (9, 2, False)):
        counts = Counted(held=9, people={"answered": behind(people, conversations)})
        assert bool(rows(told(counts), "people")) is is_shown


def test_those_who_answered_in_time_and_later_are_told_apart_only_both():
    people = {"answered": behind(20), "in-time": behind(16), "later": behind(4)}
    assert rows(told(Counted(held=9, people=people)), "people") == {"answered": (20, 20)}
    people = {**people, "in-time": behind(15), "later": behind(5)}
    assert rows(told(Counted(held=9, people=people)), "people").keys() == {
        "answered", "in-time", "later",
    }  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), min_size=11, max_size=11))
def test_bands_cover_the_scale_without_gaps_and_none_is_under_five(scale):
    parts_of = {part: behind(sum(scale[n] for n in numbers(part))) for part in EVERY}
    people = {"answered": behind(sum(scale))}
    found = rows(told(Counted(held=9, people=people, scale=parts_of)), "scale")
    if sum(scale) < 5:
        assert found == {}
        return
    assert [n for part in found for n in numbers(part)] == list(range(11))
    assert all(low == high >= 5 for low, high in found.values())


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (5, 5, {"1": (5, 5), "2": (5, 5)}),
        (9, 4, {"1": (0, None), "2": (0, None)}),
        (9, 1, {"1": (0, None), "2": (0, None)}),
        (10, 0, {"1": (10, 10)}),
        (9, 0, {}),
        (8, 1, {}),
    ],
)
def test_a_question_set_that_fewer_than_five_answered_gives_no_number(first, second, found):
    meanings = {"a": EndsMeant(number=1, behind=behind(first))}
    if second:
        meanings["b"] = EndsMeant(number=2, behind=behind(second))
    people = {"answered": behind(first + second)}
    assert rows(told(Counted(held=9, people=people, meanings=meanings)), "meanings") == found


@pytest.mark.parametrize(("wanted", "found"), [(True, {"all": (7, 7)}), (False, {})])
def test_times_are_one_median_and_off_unless_they_are_wanted(wanted, found):
    partnership = wording.partnership
    evaluation = partnership.evaluation.model_copy(update={"median_days": wanted})
    those = partnership.model_copy(update={"evaluation": evaluation})
    counts = Counted(held=30, days={3: 10, 7: 11, 20: 9})
    assert rows(shown(counts, those), "days") == found
    assert rows(shown(counts, those, of_a_year=True), "days") == {}
    quarters = [counts, Counted()]
    kept = [shown(one, those, of_a_year=True) for one in quarters]
    assert rows(shown_of_year(quarters, kept, those), "days") == found
    assert rows(shown(Counted(held=8, days={7: 8}), those), "days") == {}


def test_themes_are_told_as_outcomes_are():
    partnership = wording.partnership
    evaluation = partnership.evaluation.model_copy(update={"themes": ("Trust", "Time")})
    those = partnership.model_copy(update={"evaluation": evaluation})
    assert rows(themes({"Trust": 12}, 30, those), "themes") == {"Trust": (12, 12), "Time": (0, 4)}
    assert themes({"Trust": 8}, 8, those) == ()


# A year ------------------------------------------------------------------------------------------


def of_year(*held_in):
    every = [Counted(requests=n, held=n, told=n // 2) for n in held_in]
    return shown_of_year(every, list(map(told, every)), wording.partnership)


def test_a_year_is_the_sum_of_what_its_quarters_show():
    found = of_year(20, 30, 40, 20)
    assert rows(found, "held") == {"all": (110, 110)}
    assert rows(found, "told") == {"all": (55, 55)}


def test_a_quarter_that_is_too_small_is_told_only_together_with_others():
    alone = of_year(20, 30, 40, 4)
    assert rows(alone, "told") == {"all": (45, 49)}
    both = of_year(20, 30, 7, 6)
    assert rows(both, "told") == {"all": (31, 31)}


# Periods ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "first", "last"),
    [
        (quarter(SUFFOLKS, date(2026, 11, 2)), "2026-10-01", "2026-12-31"),
        (quarter(SUFFOLKS, date(2027, 3, 31)), "2027-01-01", "2027-03-31"),
        (month(date(2027, 1, 4), 1), "2026-12-01", "2026-12-31"),
        (month(date(2028, 3, 4), 1), "2028-02-01", "2028-02-29"),
        (month(date(2026, 12, 31)), "2026-12-01", "2026-12-31"),
        (longest_of(SUFFOLKS, date(2027, 2, 3)), "2026-04-01", "2027-03-31"),
        (period_of(SUFFOLKS, date(2027, 2, 3)), "2027-01-01", "2027-03-31"),
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


@pytest.mark.parametrize("begins", range(1, 13))
def test_quarters_and_own_periods_share_no_day_and_leave_none_out(begins):
    pilot = OwnPeriod(
        name="Pilot", first=date(2026, 9, 7), last=quarter(
            Evaluation(year_begins=begins), date(2027, 2, 1)
        ).last,
    )  # fmt: skip
    for those in (Evaluation(year_begins=begins), Evaluation(year_begins=begins, periods=(pilot,))):
        assert not list(those.disagreements())
        every = periods(those, date(2027, 6, 1), date(2030, 1, 1))
        for before, after in pairwise(every):
            assert after.first == before.last + timedelta(days=1)


def test_a_year_is_four_quarters_and_none_where_a_pilot_lies_in_it():
    [year, *_] = years(SUFFOLKS, date(2026, 11, 2), date(2026, 12, 1))
    assert year.key == "2026-04-01_2027-03-31"
    assert len(parts(SUFFOLKS, year)) == 4
    pilot = OwnPeriod(name="Pilot", first=date(2026, 9, 7), last=date(2026, 12, 31))
    those = Evaluation(periods=(pilot,))
    assert years(those, date(2026, 11, 2), date(2026, 12, 1)) == ()
    assert period_of(those, date(2026, 11, 2)).name == "Pilot"
    assert parts(SUFFOLKS, Q4) == ()
