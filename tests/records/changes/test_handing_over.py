"""A facilitator hands over: one has it at any time, and the first of two who take it."""

import asyncio

import pytest

from cards.wording import wording
from records.changes.handing_over import keep, offer, take_over
from records.outbox.prompt import CHANNEL, Kind
from records.people import Part, Participant, PersonKey
from records.register.register import Deed, Register
from records.stages import Act, WrongStage
from records.timetable.timetable import Timetable

RULES = Timetable(wording.partnership)
IDA = Participant(id="f-ida", part=Part.FACILITATOR, name="Ida Vale", mail="ida@team.example")


def told(it, kind):
    return {one.to for one in RULES.owed(it) if one.kind is kind}


def test_the_team_is_asked_and_the_date_stays(story):
    it = offer(story.booked(), story.at("2026-11-03 09:00"), (IDA,))
    assert told(it, Kind.HAND_OVER) == {CHANNEL, "f-ida"}
    assert it.facilitator == "f"
    assert it.booking == story.booked().booking


def test_asking_twice_is_asking_once(story):
    it = offer(story.booked(), story.at("2026-11-03 09:00"), (IDA,))
    assert offer(it, story.at("2026-11-04 09:00"), (IDA,)) is it


def test_nobody_is_asked_to_take_over_what_was_withdrawn_or_ended(story):
    at = story.at("2026-11-03 09:00")
    offered = offer(story.booked(), at, (IDA,))
    for over in (offered.withdraw(at), offered.end(at)):
        assert told(over, Kind.HAND_OVER) == set()
    taken = take_over(offered, at, IDA)
    assert told(taken.withdraw(at), Kind.TAKEN_OVER) == set()


def test_kept_after_all_nobody_is_asked_and_a_new_offer_asks_anew(story):
    at = story.at("2026-11-03 09:00")
    first = offer(story.booked(), at, (IDA,))
    kept = keep(first, at)
    assert told(kept, Kind.HAND_OVER) == set()
    again = offer(kept, at, (IDA,))
    ids = [{one.id for one in RULES.owed(it) if one.kind is Kind.HAND_OVER}
           for it in (first, again)]  # fmt: skip
    assert not ids[0] & ids[1]


def test_once_taken_everyone_who_deals_with_them_hears_who_it_is(story):
    at = story.at("2026-11-03 09:00")
    it = take_over(offer(story.booked(), at, (IDA,)), at, IDA)
    assert it.facilitator == "facilitator2"
    assert it.person("f").left == at
    assert told(it, Kind.TAKEN_OVER) == {"r", "n", "o", "f"}
    assert told(it, Kind.CLOSING) == {"facilitator2"}
    assert told(it, Kind.HAND_OVER) == set()


def test_before_a_booking_only_the_requester_and_the_one_before_hear_of_it(story):
    at = story.at("2026-11-03 09:00")
    it = take_over(offer(story.picked_up(), at, (IDA,)), at, IDA)
    assert told(it, Kind.TAKEN_OVER) == {"r", "f"}


def test_nobody_takes_what_is_not_offered(story):
    with pytest.raises(WrongStage):
        take_over(story.booked(), story.at("2026-11-03 09:00"), IDA)


async def test_of_two_who_take_it_at_once_the_first_has_it(story, register: Register):
    it = offer(story.booked(), story.at("2026-11-03 09:00"), (IDA,))
    it = await register.open(it, story.answers(), "key-r")
    at = story.at("2026-11-03 10:00")

    async def take(name):
        one = IDA.model_copy(update={"name": name, "key": PersonKey(f"key-{name}")})
        deed = Deed(Act.TAKE_OVER, f"key-{name}", at)
        await register.change(it.id, deed, lambda now: take_over(now, at, one))

    done = await asyncio.gather(take("Ida"), take("Oskar"), return_exceptions=True)
    assert sum(isinstance(one, WrongStage) for one in done) == 1
    record = (await register.file(it.id)).conversation
    here = [one for one in record.present if one.part is Part.FACILITATOR]
    assert [one.id for one in here] == [record.facilitator] == ["facilitator2"]
