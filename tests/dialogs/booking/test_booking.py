"""Pick-up, booking, the day itself, and the morning after."""

import asyncio
from typing import Any

import pytest

from cards.wording import wording
from records.conversation.readiness import Point
from records.people import Part
from tests.dialogs.conftest import STORY, House, values

GOOD = {
    "day": "2027-02-03",
    "start": "14:00",
    "end": "15:30",
    "place": "Endeavour House",
    "lead": "requester",
    "coming": "requester,nurse,other1",
}


async def picked_up(house: House) -> str:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.tap("fay", "Find a date")
    return key


async def test_two_facilitators_at_the_same_moment_and_one_has_it(house: House) -> None:
    key = await house.requested()
    await house.agree()
    for who in ("fay", "idris"):
        await house.tap(who, "I'll facilitate")
    taps = {who: house.data(who, "Yes, and I'll facilitate") for who in ("fay", "idris")}
    await asyncio.gather(
        house.turn("fay", taps["fay"]),
        house.turn("idris", taps["idris"], root=house.second()),
    )
    it = await house.record(key)
    facilitator = it.person(it.facilitator)
    assert facilitator is not None
    winner = "fay" if facilitator.name == "Fay Larsen" else "idris"
    loser = "idris" if winner == "fay" else "fay"
    await house.open_door(winner)
    assert STORY["worry"] in house.shown(winner)
    assert f"{facilitator.name} has picked up {it.reference}." in house.shown(loser)
    assert STORY["worry"] not in house.shown(loser)
    assert sum(one.part is Part.FACILITATOR for one in it.people) == 1


async def test_somebody_involved_cannot_facilitate(house: House) -> None:
    house.listed = (*house.listed, "pat@police.example", "martin@socialcare.example")
    key = await house.requested()
    await house.agree()
    for who in ("pat", "martin"):
        for verb in ("pickup.look", "pickup.take"):
            await house.press(who, {"verb": verb, "data": {"conversation": key}}, {})
            assert "somebody else has to facilitate it" in house.shown(who)
            assert STORY["worry"] not in house.shown(who)
    assert (await house.record(key)).stage == "agreed"


async def test_whoever_is_asked_whether_they_are_independent_sees_who_is_the_manager(
    house: House,
) -> None:
    await house.requested()
    await house.agree()
    await house.tap("fay", "I'll facilitate")
    assert "Martin Cole  Manager, Social Care" in house.shown("fay")


async def test_a_requester_who_is_on_the_team_is_not_asked_to_facilitate_their_own(
    house: House,
) -> None:
    house.listed = (*house.listed, house.people["priya"].mail)
    key = await house.requested()
    await house.agree()
    waits = wording.WAITING_WHY.format(reference=(await house.record(key)).reference)
    assert waits not in house.told("priya")
    assert waits in house.told("fay")
    await house.press("priya", {"verb": "pickup.take", "data": {"conversation": key}}, {})
    assert (await house.record(key)).stage == "agreed"
    told = len(house.told("priya"))
    await house.skip(days=10)
    assert not [text for text in house.told("priya")[told:] if "waits for a facilitator" in text]
    await house.press("priya", {"verb": "request.withdraw", "data": {"conversation": key}}, {})
    assert not [text for text in house.told("priya") if "has withdrawn the request" in text]
    assert [text for text in house.told("fay") if "has withdrawn the request" in text]


async def test_the_card_that_books_says_once_what_it_is(house: House) -> None:
    key = await picked_up(house)
    assert house.shown("fay").count(wording.BOOK_TITLE) == 1
    assert (await house.record(key)).reference in house.shown("fay")


async def test_not_independent_leaves_it_for_others(house: House) -> None:
    key = await house.requested()
    await house.agree()
    await house.tap("fay", "I'll facilitate")
    await house.tap("fay", "No, leave it for others")
    assert "is left for others" in house.shown("fay")
    assert (await house.record(key)).stage == "agreed"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"day": "2027-01-29"}, wording.BOOK_PAST),
        ({"start": "15:00", "end": "14:00"}, wording.BOOK_ORDER),
        ({"end": "14:00"}, wording.BOOK_ORDER),
        ({"coming": ""}, wording.CHOOSE_SOME),
        ({"day": "2027-02-30"}, wording.CHOOSE_DATE),
        ({"day": "soon"}, wording.CHOOSE_DATE),
        ({"day": ""}, wording.CHOOSE_DATE),
        ({"start": "25:99"}, wording.CHOOSE_TIME),
        ({"start": ""}, wording.CHOOSE_TIME),
        ({"place": " "}, wording.EMPTY),
        ({"lead": ""}, wording.CHOOSE_ONE),
    ],
    ids=str,
)
async def test_a_booking_that_cannot_be_is_refused_on_its_card(
    house: House, change: dict[str, Any], said: str
) -> None:
    key = await picked_up(house)
    await house.tap("fay", "Book the date", **{**GOOD, **change})
    assert said in house.shown("fay")
    assert (await house.record(key)).stage == "picked-up"
    now = values(house.people["fay"].card)
    for field, value in GOOD.items():
        if field not in change:
            assert now[field] == value
    await house.tap("fay", "Book the date", **GOOD)
    assert (await house.record(key)).stage == "booked"


@pytest.mark.parametrize(("field", "value"), [("lead", "nobody"), ("coming", "nobody,facilitator")])
async def test_somebody_unknown_is_left_out_of_a_booking(
    house: House, field: str, value: str
) -> None:
    key = await picked_up(house)
    await house.tap("fay", "Book the date", **{**GOOD, field: value})
    it = await house.record(key)
    if it.booking is not None:
        known = {one.id for one in it.people if one.part is not Part.FACILITATOR}
        assert it.booking.lead in known
        assert it.booking.coming
        assert set(it.booking.coming) <= known


async def test_everyone_who_comes_gets_the_date_and_how_to_prepare(house: House) -> None:
    await house.booked()
    for who in ("priya", "nia", "pat"):
        shown = house.shown(who)
        assert "Wednesday 3 February 2027, 14:00 to 15:30" in shown
        for point in (Point.RECORDS, Point.MIND, Point.RIGHT_PERSON, Point.ROLE):
            assert wording.PREPARATION[point] in shown
    assert len(house.told("martin")) == 1


async def test_we_are_closing_before_the_start_is_too_early(house: House) -> None:
    key = await house.booked()
    await house.tap("fay", "We are closing")
    assert "is booked for Wednesday 3 February 2027, 14:00." in house.shown("fay")
    assert (await house.record(key)).stage == "booked"


async def test_the_closing_card_comes_five_minutes_before_the_end(house: House) -> None:
    await house.booked()
    house.at = house.local("2027-02-03T15:24")
    await house.sweep.run()
    assert "Shall the feedback card go out?" not in house.shown("fay")
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    assert "Shall the feedback card go out?" in house.shown("fay")


async def test_nobody_came_is_asked_again(house: House) -> None:
    key = await house.booked()
    house.at = house.local("2027-02-03T15:25")
    await house.tap("fay", "We are closing")
    await house.tap("fay", "Send the feedback card", came="")
    assert wording.CAME_NOBODY in house.shown("fay")
    assert (await house.record(key)).stage == "booked"


async def test_a_new_date_tells_everyone_and_the_old_cards_are_void(house: House) -> None:
    key = await house.booked()
    await house.change("Call off the conversation")
    await house.tap("fay", "Find a new date")
    for who in ("priya", "nia", "pat"):
        assert "is finding a new date" in house.shown(who)
    await house.tap("fay", "Find a date")
    now = values(house.people["fay"].card)
    assert now["place"] == "Endeavour House, room 2"
    await house.tap("fay", "Book the date", **{**GOOD, "day": "2027-02-10"})
    it = await house.record(key)
    assert it.booking is not None
    assert it.booking.cycle == 2
    assert "Wednesday 10 February 2027" in house.shown("pat")
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    assert "Shall the feedback card go out?" not in house.shown("fay")


async def test_end_it_tells_everyone_and_nothing_more_comes(house: House) -> None:
    await house.booked()
    await house.change("Call off the conversation")
    await house.tap("fay", "End it for good")
    for who in ("nia", "pat"):
        assert "is called off. No new date is planned." in house.shown(who)
    assert await house.skip(weeks=12) == 0


# The morning after ------------------------------------------------------------------------------


async def morning_after(house: House) -> str:
    key = await house.booked()
    await house.skip(days=3)
    for who in ("priya", "nia", "pat"):
        assert "did you take part on Wednesday 3 February 2027?" in house.shown(who)
    return key


async def test_yes_asks_the_scale_at_once(house: House) -> None:
    key = await morning_after(house)
    await house.tap("pat", "Yes")
    assert wording.Q_SCALE in house.shown("pat")
    await house.tap("pat", "7 out of 10")
    answers = (await house.file(key)).answers_of("feedback", "other1")
    assert answers is not None
    assert answers.scale == 7


async def test_i_was_not_there_is_asked_nothing_more(house: House) -> None:
    await morning_after(house)
    await house.tap("pat", "I was not there")
    assert wording.TOOK_PART_DONE.partition("{")[0] in house.shown("pat")
    before = len(house.told("pat"))
    await house.tap("nia", "Yes")
    await house.skip(weeks=10)
    assert len(house.told("pat")) == before


async def test_it_did_not_go_ahead_asks_the_facilitator(house: House) -> None:
    key = await morning_after(house)
    await house.tap("pat", "It didn't go ahead")
    assert "Fay Larsen is asked" in house.shown("pat")
    assert "Pat Reed says that" in house.shown("fay")
    assert (await house.record(key)).stage == "booked"
    await house.tap("fay", "It took place")
    await house.tap("fay", "Send the feedback card")
    assert (await house.record(key)).stage == "held"
