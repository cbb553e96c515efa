"""Moving a booking, and calling it off, as people see it."""

from records.outbox.prompt import Kind, State
from tests.dialogs.conftest import House, values


async def test_everyone_is_told_once_where_it_has_moved_to(house: House) -> None:
    key = await house.booked()
    before = {who: len(house.told(who)) for who in house.people}
    await house.change("Move the conversation")
    now = values(house.people["fay"].card)
    assert (now["day"], now["start"], now["end"]) == ("2027-02-03", "14:00", "15:30")
    await house.tap("fay", "Save the change", day="2027-02-10")
    assert "LC-" in house.shown("fay")
    for who in ("priya", "nia", "pat"):
        assert len(house.told(who)) == before[who] + 1
        moved = "has moved to Wednesday 10 February 2027, 14:00 (was Wednesday 3 February 2027"
        assert moved in house.shown(who)
    assert len(house.told("martin")) == before["martin"]
    file = await house.file(key)
    house.at = house.local("2027-02-04T12:00")
    await house.sweep.run()
    closing = [one for one, _ in (await house.file(key)).prompts.values()
               if one.kind is Kind.CLOSING]  # fmt: skip
    assert {one.cycle: one.state for one in closing} == {
        "1": State.CANCELLED,
        "2": State.WAITING,
    }
    assert "did you take part" not in house.shown("pat")
    assert file.conversation.booking is not None


async def test_the_same_date_saved_again_tells_nobody(house: House) -> None:
    key = await house.booked()
    before = await house.record(key)
    told = len(house.parcels)
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change")
    assert await house.record(key) == before
    assert len(house.parcels) == told
    assert f"{before.reference} is booked" in house.shown("fay")


async def test_somebody_who_no_longer_comes_is_told_and_a_new_one_is_invited(house: House) -> None:
    await house.booked()
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", coming="requester,nurse,manager")
    assert "You are no longer expected at" in house.shown("pat")
    assert "invites you to a learning conversation" in house.shown("martin")
    assert len(house.told("nia")) == 1


async def test_who_is_left_off_the_new_date_hears_so_once(house: House) -> None:
    """They were told that a new date is being found: without a word they would wait for it."""
    key = await house.booked()
    await house.change("Call off the conversation")
    await house.tap("fay", "Find a new date")
    told = len(house.told("pat"))
    assert "is finding a new date" in house.shown("pat")
    await house.tap("fay", "Find a date")
    day = {"day": "2027-02-12", "start": "10:00", "end": "11:00"}
    await house.tap("fay", "Book the date", **day, coming="requester,nurse")
    reference = (await house.record(key)).reference
    new = f"{reference} now takes place on Friday 12 February 2027, 10:00."
    assert f"{new} You are not expected this time." in house.shown("pat")
    assert "please ring Fay Larsen" in house.shown("pat")
    await house.skip(days=5)
    assert len(house.told("pat")) == told + 1
    assert "invites you to a learning conversation" in house.shown("nia")


async def test_one_who_is_new_at_a_moved_date_is_simply_invited(house: House) -> None:
    await house.booked()
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", day="2027-02-10", coming="requester,manager")
    assert "invites you to a learning conversation" in house.shown("martin")
    assert "has moved to" in house.shown("priya")


async def test_a_past_date_is_asked_again_with_all_that_was_filled_in(house: House) -> None:
    key = await house.booked()
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", day="2027-01-04", place="Room 9")
    assert values(house.people["fay"].card)["place"] == "Room 9"
    assert (await house.record(key)).booking.cycle == 1  # type: ignore[union-attr]


async def test_before_the_day_it_is_called_off(house: House) -> None:
    await house.booked()
    await house.change("Call off the conversation")
    assert "Call off LC-" in house.shown("fay")
    await house.tap("fay", "Find a new date")
    assert "is called off" in house.shown("fay")
    assert "is called off. Fay Larsen is finding a new date." in house.shown("pat")
    assert "did not go ahead" not in house.shown("pat")


async def test_called_off_for_good(house: House) -> None:
    await house.booked()
    await house.change("Call off the conversation")
    await house.tap("fay", "End it for good")
    assert "is called off. No new date is planned." in house.shown("pat")
    assert await house.skip(weeks=12) == 0


async def test_after_its_start_the_same_button_asks_what_did_not_go_ahead(house: House) -> None:
    await house.booked()
    house.at = house.local("2027-02-03T16:00")
    await house.change("Call off the conversation")
    await house.tap("fay", "Find a new date")
    assert "did not go ahead" in house.shown("pat")
