"""A booking that moves, back and forth, in any order."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.wording import wording
from records.booking.moving import book, move
from records.outbox.prompt import Kind
from records.register.register import Deed, Register
from records.stages import Act, WrongStage
from records.timetable.timetable import Timetable

RULES = Timetable(wording.partnership)
ENDS = ("2026-11-10 10:00", "2026-11-17 10:00", "2026-11-24 14:00")
COMING = (("r", "n", "o"), ("r", "n"), ("r", "o"))


def invited(it):
    return {one.to: one for one in RULES.owed(it) if one.kind is Kind.PREPARATION}


def test_a_new_time_is_a_new_cycle_and_everyone_is_told_once(story):
    before = story.booked()
    at = story.at("2026-11-03 09:00")
    it = move(before, at, story.booking("2026-11-17 10:00"))
    assert it.booking.cycle == 2
    assert it.booking.moved_from == before.booking.start
    assert invited(it).keys() == {"r", "n", "o"}
    assert {one.due for one in invited(it).values()} == {at}
    old = {one.id for one in RULES.owed(before)}
    assert not old & {one.id for one in RULES.owed(it) if one.kind is not Kind.PICKED_UP}


def test_the_same_again_changes_nothing(story):
    it = story.booked()
    assert move(it, story.at("2026-11-03 09:00"), story.booking("2026-11-10 10:00")) is it


def test_other_people_at_the_same_time_disturb_nobody_who_stays(story):
    before = story.booked()
    it = move(before, story.at("2026-11-03 09:00"), story.booking(ENDS[0], ("r", "n", "m")))
    assert it.booking.cycle == 1
    assert invited(it).keys() == {"r", "n", "m"}
    assert invited(it)["n"].id == invited(before)["n"].id
    assert [one.to for one in RULES.owed(it) if one.kind is Kind.LEFT_OUT] == ["o"]


def test_one_who_comes_again_after_all_is_invited_again(story):
    at, before = story.at("2026-11-03 09:00"), story.booked()
    without = move(before, at, story.booking(ENDS[0], ("r", "n")))
    it = move(without, at, story.booking(ENDS[0]))
    assert invited(it)["o"].id != invited(before)["o"].id
    assert invited(it)["n"].id == invited(before)["n"].id
    assert not [one for one in RULES.owed(it) if one.kind is Kind.LEFT_OUT]


def test_another_place_is_told_too(story):
    wanted = story.booking(ENDS[0]).model_copy(update={"place": "Room 9"})
    it = move(story.booked(), story.at("2026-11-03 09:00"), wanted)
    assert it.booking.cycle == 2


def left_out(it):
    return {one.to: one.id for one in RULES.owed(it) if one.kind is Kind.LEFT_OUT}


def test_left_off_a_new_date_is_told_to_whoever_was_to_come_to_the_one_before(story):
    at, missed = story.at("2026-11-10 10:30"), story.booked().rebook(story.at("2026-11-10 10:15"))
    again = story.booking(ENDS[1], ("r", "n"), cycle=2)
    it = book(missed, at, again)
    assert left_out(it).keys() == {"o"}
    assert left_out(book(missed, at, story.booking(ENDS[1], cycle=2))) == {}


def test_nobody_is_told_twice_that_they_are_not_expected(story):
    """Left out before it was called off, and again by the new date: once is enough; left out after
    they came again after all: that is news."""
    at = story.at("2026-11-03 09:00")
    without = move(story.booked(), at, story.booking(ENDS[0], ("r", "n")))
    told = left_out(without)
    again = book(without.rebook(at), at, story.booking(ENDS[1], ("r", "n"), cycle=2))
    assert left_out(again) == told
    back = move(again, at, story.booking(ENDS[1]))
    once_more = book(back.rebook(at), at, story.booking(ENDS[2], ("r", "n"), cycle=3))
    assert left_out(once_more).keys() == told.keys()
    assert left_out(once_more) != told


def test_only_what_is_booked_can_move(story):
    with pytest.raises(WrongStage):
        move(story.held(), story.at("2026-11-11 09:00"), story.booking(ENDS[1]))


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(st.tuples(st.sampled_from(ENDS), st.sampled_from(COMING)), max_size=8),
)
def test_whatever_the_order_nobody_is_invited_twice_to_one_booking(steps):
    from tests.records.conftest import Story

    story = Story()
    it, at = story.booked(), story.at("2026-11-03 09:00")
    ever = {one.id: one for one in RULES.owed(it)}
    for number, (end, coming) in enumerate(steps):
        before = it
        it = move(it, at + timedelta(minutes=number), story.booking(end, coming))
        now = {one.id: one for one in RULES.owed(it)}
        if it.booking.cycle != before.booking.cycle:
            dated = {Kind.PREPARATION, Kind.CLOSING, Kind.TOOK_PART}
            stale = {one for one in RULES.owed(before) if one.kind in dated}
            assert not {one.id for one in stale} & now.keys()
        fresh = [one for key, one in now.items() if key not in ever]
        assert len({(one.kind, one.to) for one in fresh}) == len(fresh)
        ever |= now
        assert set(invited(it)) == set(it.booking.coming)
    told = [(one.to, one.cycle, one.about) for one in ever.values() if one.kind is Kind.PREPARATION]
    assert len(told) == len(set(told))


async def test_two_devices_saving_the_same_move_make_one(story, register: Register):
    it = story.booked()
    it = await register.open(it, story.answers(), "key-r")
    at, wanted = story.at("2026-11-03 09:00"), story.booking(ENDS[1])
    for submission in ("a", "b", "a"):
        deed = Deed(Act.MOVE, "key-f", at, submission)
        it = await register.change(it.id, deed, lambda now: move(now, at, wanted))
    assert it.booking.cycle == 2
    file = await register.file(it.id)
    assert [line.act for line in file.audit] == ["request", "move"]
