"""A facilitator who has left the team: who is asked, and who hears in their place."""

import pytest

from cards.wording import wording
from records.changes.facilitator_left import has_left, is_back, stands_for, still_needs_one
from records.changes.handing_over import offer, take_over
from records.changes.ringing import ring_me
from records.changes.stopping import start, stop
from records.conversation.changes import Changes, Offer, Replaced
from records.conversation.readiness import Telling, Told
from records.outbox.prompt import CHANNEL, Kind
from records.people import Part, Participant, PersonKey
from records.preparation.preparing import settle_telling
from records.stages import WrongStage
from records.timetable.timetable import Timetable

RULES = Timetable(wording.partnership)
IDA = Participant(id="f-ida", part=Part.FACILITATOR, name="Ida Vale", mail="ida@team.example")
LEAD = Participant(id="team-lead", part=Part.FACILITATOR, name="Lea Orr", mail="lea@team.example")


def told(it, kind):
    return {one.to for one in RULES.owed(it) if one.kind is kind}


def settled(it, at):
    """The family has been told: nobody has to ring the lead worker about it."""
    return settle_telling(it, at, Telling(how=Told.TOLD, at=at, by=it.lead))


@pytest.fixture
def at(story):
    return story.at("2026-11-03 09:00")


def test_the_team_and_the_lead_are_asked_and_noting_it_twice_is_noting_it_once(story, at):
    it = has_left(story.booked(), at, (IDA,), LEAD)
    assert told(it, Kind.HAND_OVER) == {CHANNEL, "f-ida", "team-lead"}
    assert has_left(it, story.at("2026-11-03 10:00"), (IDA,), LEAD) is it
    assert it.facilitator == "f", "in their name until somebody takes it"


def test_who_left_is_not_asked_themselves(story, at):
    mine = story.booked().person("f")
    it = has_left(story.booked(), at, (IDA, mine.model_copy(update={"id": "f-1"})), None)
    assert told(it, Kind.HAND_OVER) == {CHANNEL, "f-ida"}


def test_nothing_is_owed_to_them_and_their_messages_go_to_the_lead(story, at):
    booked = settled(story.booked(), at)
    before = RULES.owed(booked)
    owed = RULES.owed(has_left(booked, at, (IDA,), LEAD))
    assert "f" in {one.to for one in before}
    assert "f" not in {one.to for one in owed}
    [closing] = [one for one in owed if one.kind is Kind.INSTEAD]
    [theirs] = [one for one in before if one.kind is Kind.CLOSING]
    it = has_left(booked, at, (IDA,), LEAD)
    assert (closing.to, closing.due) == ("team-lead", theirs.due)
    assert stands_for(closing, it) == theirs


def test_what_came_before_is_told_only_where_it_still_waits_for_an_answer(story, at):
    told_of = Changes(replaced=(Replaced(old="m", new="o", at=at),))
    held = ring_me(settled(story.held(), at).with_(changes=told_of), at, "r")
    assert told(held, Kind.REPLACED) == {"f"}
    it = has_left(held, story.at("2027-02-01 09:00"), (IDA,), LEAD)
    found = [one.cycle.partition(":")[0] for one in RULES.owed(it) if one.kind is Kind.INSTEAD]
    assert found == ["ring-me"]
    assert all(one.due >= it.changes.facilitator_left.left for one in RULES.owed(it)
               if one.kind is Kind.INSTEAD)  # fmt: skip


@pytest.mark.parametrize("by", ["mail", "key"])
def test_a_lead_who_is_named_in_it_hears_nothing_and_the_team_does(story, at, by):
    booked = story.booked()
    manager = booked.manager.model_copy(update={"key": PersonKey("key-m")})
    booked = booked.with_(
        people=tuple(manager if one.id == manager.id else one for one in booked.people)
    )
    lead = LEAD.model_copy(update={by: getattr(manager, by)})
    it = has_left(booked, at, (IDA,), lead)
    assert told(it, Kind.HAND_OVER) == {CHANNEL, "f-ida"}
    assert told(it, Kind.INSTEAD) == {"f-ida"}


def test_a_lead_whom_the_settings_name_no_more_hears_nothing(story, at):
    it = has_left(story.booked().with_(team_lead=LEAD), at, (IDA,), None)
    assert told(it, Kind.INSTEAD) == {"f-ida"}


def test_a_lead_who_is_in_the_team_is_asked_once(story, at):
    lead = LEAD.model_copy(update={"mail": IDA.mail})
    it = has_left(story.booked(), at, (IDA,), lead)
    assert told(it, Kind.HAND_OVER) == {CHANNEL, "f-ida"}


def test_once_taken_all_of_it_goes_to_who_took_it_and_the_one_before_is_not_thanked(story, at):
    it = take_over(has_left(story.booked(), at, (IDA,), LEAD), at, IDA)
    assert told(it, Kind.CLOSING) == {"facilitator2"}
    assert told(it, Kind.INSTEAD) == set()
    assert told(it, Kind.TAKEN_OVER) == {"r", "n", "o"}


def test_who_is_back_has_the_same_messages_again(story, at):
    booked = story.booked().with_(
        people=tuple(
            one.model_copy(update={"key": PersonKey("key-f")}) if one.id == "f" else one
            for one in story.booked().people
        )
    )
    away = has_left(booked, at, (IDA,), LEAD)
    assert is_back(away, at, PersonKey("somebody")) is away
    back = is_back(away, at, PersonKey("key-f"))
    assert back.changes.offer is None
    assert told(back, Kind.CLOSING) == {"f"}


def test_while_messages_are_stopped_only_that_somebody_is_needed_is_said(story, at):
    stopped = stop(story.booked(), at)
    it = has_left(stopped, at, (IDA,), LEAD)
    assert {one.kind for one in RULES.owed(it)} == {Kind.HAND_OVER}
    assert RULES.owed(stop(offer(story.booked(), at, (IDA,)), at)) == ()
    ids = {one.id for one in RULES.owed(it)}
    again = start(it, story.at("2026-11-03 12:00"))
    assert {one.id for one in RULES.owed(again) if one.kind is Kind.HAND_OVER} == ids


def test_what_was_withdrawn_is_offered_to_nobody(story, at):
    with pytest.raises(WrongStage):
        has_left(story.booked().withdraw(at), at, (IDA,), LEAD)
    it = has_left(story.booked(), at, (IDA,), LEAD).withdraw(story.at("2026-11-03 10:00"))
    assert told(it, Kind.HAND_OVER) == set()
    assert told(it, Kind.WITHDRAWN) == {"m", "n", "o"}
    assert told(it, Kind.INSTEAD) == {"team-lead"}


def test_what_is_complete_needs_one_while_something_is_left_to_do(story, at):
    complete = story.complete()
    shared = complete.with_(captured=complete.captured.model_copy(update={"shared_at": at}))
    assert still_needs_one(story.held())
    assert still_needs_one(complete)
    assert not still_needs_one(shared)
    assert still_needs_one(ring_me(shared, at, "r"))
    assert still_needs_one(shared.with_(review_on=at.date()))


def test_an_offer_of_an_earlier_version_reads_on(at):
    old = {"offers": [{"at": at.isoformat(), "by": "f"}]}
    read = Changes.model_validate(old)
    assert read.facilitator_left is None
    assert read.offer == Offer(at=at, by="f")
