"""Days and times as they are typed, at the ends of time, and at an hour when few people meet."""

from typing import Any

import pytest

from cards.wording import wording
from tests.dialogs.conftest import BOOKING, House, values


async def finding(house: House) -> str:
    """Fay has the booking's card before her."""
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.tap("fay", "Find a date")
    return key


async def book(house: House, **change: str) -> None:
    await house.tap("fay", "Book the date", **{**BOOKING, **change})


@pytest.mark.parametrize(
    "typed",
    [
        "2027-05-12",
        "12/05/2027",
        "12.5.2027",
        "12 May 2027",
        "Wednesday 12th May 2027",
        "May 12, 2027",
        "12-May-2027",
        "Wed. the 12th of May, 2027.",
        "12 May 2027\N{ZERO WIDTH SPACE}",
    ],
)
async def test_a_day_is_read_as_it_is_written(house: House, typed: str) -> None:
    """The day first, as it is written here."""
    key = await finding(house)
    await book(house, day=typed)
    it = await house.record(key)
    assert it.booking is not None
    assert it.booking.wall_start == "2027-05-12T14:00"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2:00 PM", "14:00"),
        ("2.30pm", "14:30"),
        ("14.30", "14:30"),
        ("1400", "14:00"),
        ("2pm", "14:00"),
        ("noon", "12:00"),
        ("14:00.", "14:00"),
        ("14:00\N{ZERO WIDTH SPACE}", "14:00"),
        ("9:00", "09:00"),
        ("930", "09:30"),
    ],
)
async def test_a_time_is_read_as_it_is_written(house: House, typed: str, read: str) -> None:
    """Never as seconds after midnight."""
    key = await finding(house)
    await book(house, start=typed, end="16:00")
    it = await house.record(key)
    assert it.booking is not None
    assert it.booking.wall_start == f"2027-02-03T{read}"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"day": "31 June 2027"}, "DATE_NOT_READ"),
        ({"day": "31/06/2027"}, "DATE_NOT_READ"),
        ({"day": "Monday 12 May 2027"}, "DATE_NOT_READ"),
        ({"day": "12 May"}, "DATE_NOT_READ"),
        ({"day": "1400"}, "DATE_NOT_READ"),
        ({"start": "14:00Z"}, "TIME_NOT_READ"),
        ({"start": "14:00+01:00"}, "TIME_NOT_READ"),
        ({"start": "9"}, "TIME_NOT_READ"),
        ({"end": "24:00"}, "TIME_NOT_READ"),
        ({"day": "9999-12-31"}, "DATE_FAR"),
        ({"day": "2127-02-03"}, "DATE_FAR"),
        ({"day": "2029-02-02"}, "DATE_FAR"),
        ({"day": "0001-01-01"}, "BOOK_PAST"),
        ({"day": "1601-01-01"}, "BOOK_PAST"),
    ],
    ids=str,
)
async def test_what_cannot_be_is_said_kindly_and_stays(
    house: House, change: dict[str, Any], said: str
) -> None:
    """Nothing breaks, nothing is booked, and all that was typed is there still."""
    key = await finding(house)
    await book(house, **change)
    assert getattr(wording, said) in house.shown("fay")
    assert (await house.record(key)).stage == "picked-up"
    assert values(house.people["fay"].card) | change == values(house.people["fay"].card)
    await book(house)
    assert (await house.record(key)).stage == "booked"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"day": "2027-02-06"}, "Saturday 6 February 2027 is at the weekend."),
        ({"day": "2027-12-27"}, "Monday 27 December 2027 is a bank holiday."),
        ({"start": "07:59"}, wording.BOOK_HOURS),
        ({"end": "18:01"}, wording.BOOK_HOURS),
        ({"start": "2:00", "end": "3:00"}, wording.BOOK_HOURS),
    ],
    ids=str,
)
async def test_an_unusual_time_is_asked_about_once_and_then_taken(
    house: House, change: dict[str, str], said: str
) -> None:
    """What was typed is kept, and the same button says that it is meant."""
    key = await finding(house)
    await book(house, **change)
    assert said in house.shown("fay")
    assert wording.BOOK_SURE.format(button=wording.BOOK) in house.shown("fay")
    assert values(house.people["fay"].card)["place"] == BOOKING["place"]
    assert (await house.record(key)).stage == "picked-up"
    assert not any("Endeavour" in one for one in house.told("pat"))
    await house.tap("fay", "Book the date")
    assert (await house.record(key)).stage == "booked"


async def test_another_unusual_time_is_asked_about_anew(house: House) -> None:
    """It is another answer."""
    key = await finding(house)
    await book(house, day="2027-02-06")
    await book(house, day="2027-02-07")
    assert "Sunday 7 February 2027" in house.shown("fay")
    assert (await house.record(key)).stage == "picked-up"


@pytest.mark.parametrize("hours", [("08:00", "18:00"), ("14:00", "15:30")])
async def test_within_the_day_nothing_is_asked(house: House, hours: tuple[str, str]) -> None:
    """Both ends belong to it."""
    key = await finding(house)
    await book(house, start=hours[0], end=hours[1])
    assert (await house.record(key)).stage == "booked"


async def test_a_time_that_stands_there_is_not_asked_about_when_something_else_moves(
    house: House,
) -> None:
    """Only the place is another one."""
    key = await finding(house)
    await book(house, day="2027-02-06")
    await house.tap("fay", "Book the date")
    await house.change("Move the conversation")
    await house.tap("fay", "Save the change", place="Another room")
    it = await house.record(key)
    assert it.booking is not None
    assert it.booking.place == "Another room"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "31 June 2027", "1400"])
async def test_a_review_has_a_day_that_can_be(house: House, day: str) -> None:
    """Neither long gone nor beyond what is planned."""
    key = await house.held()
    opening = {"verb": "flow.open", "data": {"flow": "review-day", "conversation": key}}
    await house.press("fay", opening, {})
    await house.tap("fay", "Set the review date", review_on=day)
    said = (wording.DATE_FAR, wording.REVIEW_DATE_PAST, wording.DATE_NOT_READ)
    assert any(one in house.shown("fay") for one in said)
    assert values(house.people["fay"].card)["review_on"] == day
    await house.tap("fay", "Set the review date", review_on="12 May 2027")
    assert str((await house.record(key)).review_on) == "2027-05-12"


@pytest.mark.parametrize(
    ("first", "last"),
    [("9999-01-01", "9999-12-31"), ("0001-01-01", "0001-12-31"), ("2127-01-01", "2127-03-31")],
)
async def test_figures_of_any_period_are_counted(house: House, first: str, last: str) -> None:
    """A card that carries them is nobody's, and nothing breaks."""
    await house.arrive("fay")
    await house.say("fay", "evaluation")
    await house.press("fay", {"verb": "evaluation.show", "data": {"in": f"{first}_{last}"}}, {})
    assert wording.EVALUATION in house.shown("fay")


async def met(house: House, **change: str) -> str:
    """A conversation that was held at short notice, at ten, and is booked in the afternoon."""
    key = await finding(house)
    house.at = house.local("2027-02-02T15:00")
    await book(house, day="2027-02-02", start="10:00", end="11:00", **change)
    return key


async def test_a_time_that_has_passed_is_asked_about_and_nobody_is_invited_to_it(
    house: House,
) -> None:
    """They met at short notice: it is booked after the day, closed, and feedback is asked for."""
    key = await met(house)
    assert wording.BOOK_MET.format(day="Tuesday 2 February 2027") in house.shown("fay")
    assert (await house.record(key)).stage == "picked-up"
    await house.tap("fay", "Book the date")
    assert (await house.record(key)).stage == "booked"
    assert wording.BOOKED_MET in house.shown("fay")
    assert wording.BOOKED_NEXT not in house.shown("fay")
    assert await house.skip(hours=1) == 0
    assert not any("invites you" in one for who in house.people for one in house.told(who))
    await house.tap("fay", wording.CLOSING)
    await house.tap("fay", wording.CAME_SEND)
    assert "feedback" in house.shown("pat").casefold()


async def test_the_morning_after_it_was_booked_the_facilitator_is_asked_to_close_it(
    house: House,
) -> None:
    """Not at once: the receipt has the button."""
    await met(house)
    await house.tap("fay", "Book the date")
    told = len(house.told("fay"))
    assert await house.skip(hours=17) == 0
    await house.skip(hours=1)
    assert len(house.told("fay")) == told + 1
    assert "was on Tuesday 2 February 2027, 10:00. Shall the feedback" in house.shown("fay")
    assert wording.BEFORE_FINISH not in house.shown("fay")  # nobody sits there any more


async def test_nobody_met_before_it_was_asked_for(house: House) -> None:
    """The year is wrong, or the day."""
    key = await finding(house)
    house.at = house.local("2027-02-03T15:00")
    for day in ("2027-01-31", "2026-02-03"):
        await book(house, day=day)
        assert wording.BOOK_PAST in house.shown("fay")
        await house.tap("fay", "Book the date", day=day)
        assert (await house.record(key)).stage == "picked-up"


async def test_a_booking_moves_to_a_time_that_has_passed(house: House) -> None:
    """Who was to come to the later one hears that it is over; the others were there."""
    key = await house.booked()
    house.at = house.local("2027-02-02T15:00")
    told = len(house.told("pat"))
    await house.change("Move the conversation")
    day = {"day": "2027-02-02", "start": "10:00", "end": "11:00"}
    await house.tap("fay", "Save the change", **day, coming="requester,nurse")
    assert wording.BOOK_MET.format(day="Tuesday 2 February 2027") in house.shown("fay")
    await house.tap("fay", "Save the change")
    assert (await house.record(key)).booking.cycle == 2  # type: ignore[union-attr]
    assert "It took place on Tuesday 2 February 2027, 10:00." in house.shown("pat")
    assert len(house.told("pat")) == told + 1
    assert "has moved" not in house.shown("nia")
