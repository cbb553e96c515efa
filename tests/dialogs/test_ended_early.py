"""It ended early: one tap in place of another, and what follows counts from when it ended."""

from cards.wording import wording
from records.outbox.kinds import Kind
from tests.dialogs.conftest import House


async def stopped_at(house: House, at: str) -> str:
    """The conversation is booked from 14:00 to 15:30; at this time its facilitator says so."""
    key = await house.booked()
    house.at = house.local(at)
    await house.sweep.run()
    it = await house.record(key)
    opening = {"flow": "took-place", "conversation": it.id}
    await house.press("fay", {"verb": "flow.open", "data": opening}, {})
    assert wording.ENDED_EARLY_HOW in house.shown("fay")
    await house.tap("fay", wording.ENDED_EARLY)
    return key


async def test_one_tap_sends_the_feedback_and_everything_counts_from_then(house: House) -> None:
    key = await stopped_at(house, "2027-02-03T14:40")
    it = await house.record(key)
    assert it.stage == "held"
    assert it.held is not None
    assert (it.held.early, it.held.came) == (True, ("requester", "nurse", "other1"))
    assert it.booking is not None
    assert it.booking.end == it.held.at == house.at
    shown = house.shown("fay")
    assert "count from Wednesday 3 February 2027, 14:40." in shown
    assert wording.ENDED_EARLY_NEXT in shown
    for who in ("priya", "pat", "nia"):
        assert wording.Q_SCALE in house.shown(who)
        assert "Please answer by Friday 5 February 2027, 14:40." in house.shown(who)
    outcome = house.timetable.outcome_date(it)
    assert outcome == house.local("2027-03-31T14:40")


async def test_nothing_of_the_booked_end_comes_after_it(house: House) -> None:
    key = await stopped_at(house, "2027-02-03T14:40")
    told = house.told("fay")
    house.at = house.local("2027-02-04T12:00")
    await house.sweep.run()
    assert house.told("fay") == told  # nobody asks once more whether they are closing
    assert not [one for one in house.timetable.owed(await house.record(key))
                if one.kind in (Kind.CLOSING, Kind.TOOK_PART)]  # fmt: skip


async def test_said_afterwards_the_booked_end_stands(house: House) -> None:
    """Nobody knows when it ended; that it did is noted."""
    key = await stopped_at(house, "2027-02-03T17:00")
    it = await house.record(key)
    assert it.held is not None
    assert it.held.early
    assert it.booking is not None
    assert it.booking.end == house.local("2027-02-03T15:30")
    assert "count from Wednesday 3 February 2027, 15:30." in house.shown("fay")


async def test_who_sends_in_the_usual_way_says_nothing_of_it(house: House) -> None:
    key = await house.held()
    it = await house.record(key)
    assert it.held is not None
    assert not it.held.early
    assert it.booking is not None
    assert it.booking.end == house.local("2027-02-03T15:30")
    assert wording.ENDED_EARLY_NEXT not in house.shown("fay")


async def test_a_moment_before_it_begins_it_ends_no_earlier_than_it_began(house: House) -> None:
    key = await stopped_at(house, "2027-02-03T13:50")
    booking = (await house.record(key)).booking
    assert booking is not None
    assert booking.end == booking.start


async def test_who_came_and_a_substitute_count_as_they_do_otherwise(house: House) -> None:
    key = await house.booked()
    house.at = house.local("2027-02-03T14:30")
    await house.press(
        "fay", {"verb": "flow.open", "data": {"flow": "took-place", "conversation": key}}, {}
    )
    more = {"other_name": "Una Grey", "other_mail": "una@police.example"}
    await house.tap("fay", wording.ENDED_EARLY, came="requester", **more)
    it = await house.record(key)
    assert it.held is not None
    assert it.held.came == ("requester", "substitute1")
    assert it.held.early
