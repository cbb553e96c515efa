"""The review: when it is asked, of whom, and what an answer ends."""

from datetime import date

import pytest

from cards.wording import wording
from records.changes.review import review, review_due
from records.conversation.replacing import replace
from records.learning.sharing import agree_review
from records.outbox.prompt import Kind
from records.people import Part, Participant
from records.stages import WrongStage
from records.timetable.timetable import Timetable

RULES = Timetable(wording.partnership)


def agreed(story, day, it=None):
    return agree_review(it or story.held(), story.at("2026-11-10 11:00"), date.fromisoformat(day))


def asked(it):
    return {one.to: one.due for one in RULES.owed(it) if one.kind is Kind.REVIEW}


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-12-14", "Mon 2026-12-14 09:00"),
        ("2026-12-19", "Mon 2026-12-21 09:00"),  # Saturday
        ("2026-12-20", "Mon 2026-12-21 09:00"),  # Sunday
        ("2026-12-25", "Tue 2026-12-29 09:00"),  # Christmas Day, weekend, its Monday off
        ("2027-01-01", "Mon 2027-01-04 09:00"),  # New Year
        ("2027-03-26", "Tue 2027-03-30 09:00"),  # Good Friday
        ("2027-03-28", "Tue 2027-03-30 09:00"),  # the clocks go forward, Easter Sunday
        ("2027-03-31", "Wed 2027-03-31 09:00"),  # summer time
        ("2027-10-31", "Mon 2027-11-01 09:00"),  # the clocks go back
    ],
)
def test_it_is_asked_at_nine_of_the_next_working_day(story, day, due):
    assert story.wall(review_due(RULES, agreed(story, day))) == due
    assert {story.wall(one) for one in asked(agreed(story, day)).values()} == {due}


def test_the_lead_worker_and_the_facilitator_are_asked(story):
    assert asked(agreed(story, "2026-12-14")).keys() == {"r", "f"}
    assert asked(story.held()) == {}
    assert asked(agreed(story, "2027-03-01", story.complete())).keys() == {"r", "f"}


def test_an_answer_ends_it_and_the_facilitator_hears_the_lead_workers(story):
    at = story.at("2026-12-14 10:00")
    it = review(agreed(story, "2026-12-14"), at, "r", "back")
    assert asked(it).keys() == {"f"}
    assert [one.to for one in RULES.owed(it) if one.kind is Kind.REVIEW_SAID] == ["f"]
    it = review(it, at, "f", "moved")
    assert asked(it) == {}


def test_another_day_asks_anew_and_the_old_day_is_void(story):
    first = agreed(story, "2026-12-14")
    it = review(first, story.at("2026-12-14 10:00"), "r", "not-yet")
    it = agreed(story, "2027-02-15", it)
    assert asked(it).keys() == {"r", "f"}
    old = {one.id for one in RULES.owed(first) if one.kind is Kind.REVIEW}
    assert not old & {one.id for one in RULES.owed(it)}


def test_a_new_lead_worker_is_asked_instead(story):
    new = Participant(id="", part=Part.OTHER, name="Dana Hill", mail="dana@new.example")
    it = replace(agreed(story, "2026-12-14"), story.at("2026-12-01 10:00"), "r", new)
    assert asked(it).keys() == {"someone1", "f"}


def test_without_a_day_there_is_nothing_to_answer(story):
    with pytest.raises(WrongStage):
        review(story.held(), story.at("2026-12-14 10:00"), "r", "moved")
