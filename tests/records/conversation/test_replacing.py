"""Somebody else takes a place: who is owed what, who may still do what, and what stays."""

import pytest

from cards.wording import wording
from records.conversation.conversation import expected
from records.conversation.replacing import comes_instead, replace
from records.outbox.prompt import Kind
from records.people import Attending, Part, Participant
from records.stages import WrongStage
from records.timetable.timetable import Timetable

RULES = Timetable(wording.partnership)
DANA = Participant(id="-", part=Part.OTHER, name="Dana Hill", mail="dana@new.example", agency="New")


def owed_to(it, who):
    return {one.kind for one in RULES.owed(it) if one.to == who}


def at(story, wall="2026-11-04 10:00"):
    return story.at(wall)


def test_an_attendee_is_replaced_and_the_new_one_gets_the_invitation(story):
    it = replace(story.booked(), at(story), "o", DANA)
    assert it.booking.coming == ("r", "n", "someone1")
    assert it.person("o").left == at(story)
    assert it.person("someone1").name == "Dana Hill"
    assert owed_to(it, "o") == set()
    assert Kind.PREPARATION in owed_to(it, "someone1")
    assert it.agencies() == ("Social Care", "Health", "New")


def test_what_the_others_are_owed_stays_the_same(story):
    before, after = story.booked(), replace(story.booked(), at(story), "o", DANA)
    gone = {"o", "someone1"}
    ids = [{one.id for one in RULES.owed(it) if one.to not in gone} for it in (before, after)]
    assert ids[0] < ids[1]
    told = [one for one in RULES.owed(after) if one.kind is Kind.REPLACED]
    assert [(one.to, one.about) for one in told] == [("f", "someone1")]


def test_an_id_is_never_used_again(story):
    it = story.booked()
    for name in ("o", "someone1", "n", "someone2", "someone3"):
        it = replace(it, at(story), name, DANA.model_copy(update={"mail": f"{name}@x.example"}))
    ids = [one.id for one in it.people]
    assert len(ids) == len(set(ids))
    assert it.booking.coming == ("r", "someone5", "someone4")


def test_the_manager_of_a_waiting_request_is_asked_at_once(story):
    it = story.requested().talk_first(story.at("2026-11-02 11:00"))
    assert owed_to(it, "m") == set()
    it = replace(it, at(story), "m", DANA)
    assert it.manager.id == "someone1"
    assert owed_to(it, "someone1") == {Kind.MANAGER_ASK, Kind.MANAGER_REMINDER}
    asked = {one.kind: one.due for one in RULES.owed(it)}
    assert asked[Kind.MANAGER_ASK] == at(story)
    assert story.wall(asked[Kind.MANAGER_REMINDER]) == "Fri 2026-11-06 10:00"


def test_the_requester_cannot_become_their_own_manager(story):
    it = story.requested()
    own = it.requester.model_copy(update={"mail": "priya@care.example"})
    it = it.with_(people=(own, *it.people[1:]))
    with pytest.raises(WrongStage):
        replace(it, at(story), "m", DANA.model_copy(update={"mail": "Priya@care.example"}))


def test_the_requester_hands_on_coming_and_leading_and_stays_the_requester(story):
    it = replace(story.booked(), at(story), "r", DANA)
    assert it.requester.id == "r"
    assert it.requester.left is None
    assert it.lead == "someone1"
    assert it.booking.coming == ("someone1", "n", "o")
    assert it.requester.attending is Attending.NO


def test_before_a_booking_the_lead_worker_is_remembered(story):
    it = replace(story.picked_up(), at(story), "r", DANA)
    assert it.lead == "someone1"
    assert "r" not in expected(it.people)
    assert "someone1" in expected(it.people)


def test_a_new_lead_worker_is_asked_after_eight_weeks_and_the_old_one_is_not(story):
    it = replace(story.held(), at(story, "2026-12-01 10:00"), "r", DANA)
    due = {one.kind: one.due for one in RULES.owed(it) if one.to == "someone1"}
    assert story.wall(due[Kind.OUTCOME]) == "Tue 2027-01-05 10:00"
    assert {Kind.OUTCOME, Kind.OUTCOME_REMINDER} & owed_to(it, "r") == set()


def test_one_who_takes_the_lead_late_has_a_week_before_the_reminder(story):
    it = replace(story.held(), at(story, "2027-01-20 10:00"), "r", DANA)
    due = {one.kind: one.due for one in RULES.owed(it) if one.to == "someone1"}
    assert story.wall(due[Kind.OUTCOME]) == "Wed 2027-01-20 10:00"
    assert story.wall(due[Kind.OUTCOME_REMINDER]) == "Wed 2027-01-27 10:00"


def test_who_came_came(story):
    it = replace(story.held(), at(story, "2026-11-11 09:00"), "o", DANA)
    assert it.held.came == ("r", "n", "o")
    assert owed_to(it, "o") == set()


def test_a_booking_that_did_not_go_ahead_remembers_the_new_one(story):
    it = story.booked().rebook(story.at("2026-11-10 12:00"))
    it = replace(it, at(story, "2026-11-11 09:00"), "o", DANA)
    assert it.missed.coming == ("r", "n", "someone1")


def test_somebody_who_comes_anyway_does_not_come_twice(story):
    nurse = story.people[2]
    it = replace(story.booked(), at(story), "o", nurse.model_copy(update={"id": "-"}))
    assert it.booking.coming == ("r", "n")
    assert [one.id for one in it.present] == ["r", "m", "n", "f"]


def test_a_manager_who_sends_somebody_stays_the_manager(story):
    it = story.booked()
    coming = it.booking.model_copy(update={"coming": ("r", "m", "n")})
    it = comes_instead(it.with_(booking=coming), at(story), "m", DANA)
    assert it.manager.id == "m"
    assert it.booking.coming == ("r", "someone1", "n")
    assert it.person("someone1").part is Part.OTHER


@pytest.mark.parametrize("who", ["f", "nobody"])
def test_a_facilitator_and_a_stranger_are_not_replaced_like_this(story, who):
    with pytest.raises(WrongStage):
        replace(story.booked(), at(story), who, DANA)


def test_one_who_left_cannot_be_replaced_again(story):
    it = replace(story.booked(), at(story), "o", DANA)
    with pytest.raises(WrongStage):
        replace(it, at(story), "o", DANA)


def test_nobody_is_told_about_somebody_who_left(story):
    it = story.booked().not_reached(at(story), "o", ())
    assert any(one.about == "o" for one in RULES.owed(it))
    it = replace(it, at(story), "o", DANA)
    assert not any(one.about == "o" for one in RULES.owed(it))


def test_feedback_given_before_leaving_stays(story):
    it = story.held().give_feedback(story.at("2026-11-10 11:00"), "o", complete=True)
    it = replace(it, at(story, "2026-11-11 09:00"), "o", DANA)
    [given] = it.feedback
    assert (given.by, given.first_at) == ("o", story.at("2026-11-10 11:00"))
    assert given.complete
