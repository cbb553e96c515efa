"""What is owed while messages are stopped, and once they go on."""

import pytest

from cards.wording import wording
from records.changes.stopping import KEPT, after_pauses, start, stop
from records.outbox.kinds import KINDS, Kind
from records.outbox.prompt import Owed
from records.stages import WrongStage
from records.timetable.timetable import Timetable

RULES = Timetable(wording.partnership)


def kinds(it, who=None):
    return {one.kind for one in RULES.owed(it) if who in (None, one.to)}


def due(it, kind, who):
    return next(one.due for one in RULES.owed(it) if (one.kind, one.to) == (kind, who))


def paused(it, story, since, until):
    return start(stop(it, story.at(since)), story.at(until))


def test_nothing_is_owed_while_messages_are_stopped(story):
    for it in (story.picked_up(), story.booked(), story.held(), story.complete()):
        assert RULES.owed(stop(it, story.at("2026-11-03 09:00"))) == ()


def test_stopping_twice_is_stopping_once_and_so_is_starting(story):
    at = story.at("2026-11-03 09:00")
    once = stop(story.booked(), at)
    assert stop(once, story.at("2026-11-04 09:00")) is once
    again = start(once, at)
    assert start(again, at) is again


def test_what_is_over_before_anybody_met_cannot_be_stopped(story):
    over = story.requested().decline(story.at("2026-11-02 14:00"))
    with pytest.raises(WrongStage):
        stop(over, story.at("2026-11-03 09:00"))


def test_a_pause_in_which_nothing_fell_due_changes_nothing(story):
    before = story.booked()
    it = paused(before, story, "2026-11-03 09:00", "2026-11-04 09:00")
    assert RULES.owed(it) == RULES.owed(before)


def test_a_first_card_that_fell_into_the_pause_is_asked_in_office_hours(story):
    it = paused(story.held(), story, "2026-11-10 09:50", "2026-11-10 20:00")
    assert story.wall(due(it, Kind.FEEDBACK, "n")) == "Wed 2026-11-11 09:00"
    assert story.wall(due(it, Kind.FEEDBACK_PROMPT, "n")) == "Thu 2026-11-12 10:00"


def test_of_two_questions_that_fell_into_the_pause_only_the_first_is_asked(story):
    it = paused(story.held(), story, "2026-11-10 09:50", "2026-11-20 12:00")
    assert kinds(it, "n") == {Kind.FEEDBACK}
    it = paused(story.held(), story, "2026-12-01 09:00", "2027-01-20 12:00")
    assert kinds(it, "r") >= {Kind.OUTCOME}
    assert Kind.OUTCOME_REMINDER not in kinds(it)
    assert story.wall(due(it, Kind.OUTCOME, "r")) == "Wed 2027-01-20 12:00"


def test_a_prompt_whose_card_was_sent_before_is_asked_once_more(story):
    before = story.held()
    it = paused(before, story, "2026-11-10 12:00", "2026-11-20 12:00")
    assert story.wall(due(it, Kind.FEEDBACK_PROMPT, "n")) == "Fri 2026-11-20 12:00"
    # The card itself is the one that was sent: the same id, and so never sent again.
    sent = {one.id for one in RULES.owed(before) if one.kind is Kind.FEEDBACK}
    assert sent <= {one.id for one in RULES.owed(it)}


def test_feedback_is_not_asked_once_it_is_no_longer_taken(story):
    it = paused(story.held(), story, "2026-11-10 09:50", "2027-01-20 12:00")
    assert not {Kind.FEEDBACK, Kind.FEEDBACK_PROMPT} & kinds(it)


def test_an_invitation_is_worth_sending_only_before_the_day(story):
    for until, kept in (("2026-11-05 09:00", True), ("2026-11-12 09:00", False)):
        it = paused(story.booked(), story, "2026-11-02 12:30", until)
        assert (Kind.PREPARATION in kinds(it)) == kept
        assert Kind.CLOSING not in kinds(it) or kept


def test_two_pauses_ask_once_after_the_second(story):
    it = paused(story.held(), story, "2026-11-10 09:50", "2026-11-11 08:00")
    it = paused(it, story, "2026-11-11 08:30", "2026-11-13 10:00")
    assert story.wall(due(it, Kind.FEEDBACK, "n")) == "Fri 2026-11-13 10:00"
    ids = [one.id for one in RULES.owed(it)]
    assert len(ids) == len(set(ids))


def test_what_lies_ahead_stays_as_it_was(story):
    before = story.held()
    it = paused(before, story, "2026-11-12 09:00", "2026-12-12 09:00")
    assert due(it, Kind.OUTCOME, "r") == due(before, Kind.OUTCOME, "r")


def test_what_was_due_at_the_very_moment_of_the_stop_keeps_its_id_and_is_not_sent_again(story):
    before = story.held()
    it = paused(before, story, "2026-11-10 09:55", "2026-11-10 20:00")
    cards = [[one.id for one in RULES.owed(i) if one.kind is Kind.FEEDBACK] for i in (before, it)]
    assert len(cards[0]) == 3
    assert cards[0] == cards[1]


QUESTIONS = {kind for kind, one in KINDS.items() if one.asks} | KEPT
BEFOREHAND = {Kind.PREPARATION, Kind.PREPARATION_REMINDER}
FEEDBACK = {Kind.FEEDBACK, Kind.FEEDBACK_PROMPT, Kind.TOOK_PART}


@pytest.mark.parametrize(
    ("until", "worth"),
    [
        ("2026-11-09 12:00", QUESTIONS | BEFOREHAND),
        ("2026-11-10 12:00", QUESTIONS - {Kind.CLOSING}),
        ("2027-01-20 12:00", QUESTIONS - {Kind.CLOSING} - FEEDBACK),
    ],
    ids=["before the conversation", "after it", "when feedback has closed"],
)
def test_of_all_that_a_stop_held_up_what_is_open_by_then_is_said(until, worth, story):
    it = paused(story.held(), story, "2026-11-06 09:00", until)
    fell = [
        Owed(kind=kind, to=f"to {kind}", cycle="1", due=story.at("2026-11-07 09:00"))
        for kind in Kind
    ]
    assert {one.kind for one in after_pauses(RULES, it, fell)} == worth
