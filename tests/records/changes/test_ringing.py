"""Who waits to be rung is asked nothing; what follows is the facilitator's to say."""

import pytest

from cards.wording import wording
from records.changes.ringing import ask_again, ring_me
from records.outbox.prompt import Kind
from records.stages import WrongStage
from records.timetable.timetable import Timetable

RULES = Timetable(wording.partnership)


def due(it, kind, who="r"):
    return [one.due for one in RULES.owed(it) if (one.kind, one.to) == (kind, who)]


def test_the_facilitator_hears_of_it_and_the_reminder_does_not_go(story):
    at = story.at("2027-01-06 11:00")
    it = ring_me(story.held(), at, "r")
    assert due(it, Kind.RING_ME, "f") == [at]
    assert due(it, Kind.OUTCOME_REMINDER) == []
    assert ring_me(it, story.at("2027-01-07 11:00"), "r") is it


def test_others_are_asked_as_before(story):
    before = story.held()
    it = ring_me(before, story.at("2026-11-10 11:00"), "r")
    assert due(it, Kind.FEEDBACK_PROMPT, "n") == due(before, Kind.FEEDBACK_PROMPT, "n")
    assert due(it, Kind.FEEDBACK_PROMPT, "r") == []


def test_asked_again_when_the_facilitator_says_and_only_once(story):
    rung, later = story.at("2027-01-06 11:00"), story.at("2027-02-03 11:00")
    it = ask_again(ring_me(story.held(), rung, "r"), rung, "r", later)
    assert [story.wall(one) for one in due(it, Kind.OUTCOME_REMINDER)] == ["Wed 2027-02-03 11:00"]
    assert due(it, Kind.RING_ME, "f") == []


def test_rung_twice_is_asked_after_the_second_time_alone(story):
    it = story.held()
    for wall, later in (("2027-01-06 11:00", "2027-02-03 11:00"),
                        ("2027-02-03 12:00", "2027-03-03 12:00")):  # fmt: skip
        it = ask_again(ring_me(it, story.at(wall), "r"), story.at(wall), "r", story.at(later))
    assert len(due(it, Kind.OUTCOME_REMINDER)) == 2  # the first was sent in between
    assert story.wall(max(due(it, Kind.OUTCOME_REMINDER))) == "Wed 2027-03-03 12:00"
    ids = [one.id for one in RULES.owed(it)]
    assert len(ids) == len(set(ids))


def test_rung_before_the_eight_weeks_the_question_comes_when_it_would_have(story):
    rung, later = story.at("2026-11-20 11:00"), story.at("2026-12-18 11:00")
    it = ask_again(ring_me(story.held(), rung, "r"), rung, "r", later)
    assert [story.wall(one) for one in due(it, Kind.OUTCOME)] == ["Tue 2027-01-05 10:00"]
    assert len(due(it, Kind.OUTCOME_REMINDER)) == 1


def test_only_one_who_asked_can_be_settled(story):
    with pytest.raises(WrongStage):
        ask_again(story.held(), story.at("2027-01-06 11:00"), "r", story.at("2027-02-03 11:00"))
