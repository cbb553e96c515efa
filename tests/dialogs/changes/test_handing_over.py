"""Handing over: the date stays, one has it at any time, and the story closes behind the old one."""

import asyncio

from records.people import Part
from tests.dialogs.conftest import CHANNEL, STORY, House


async def offered(house: House) -> str:
    place = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(place)
    key = await house.booked()
    await house.tap("fay", "Something has changed")
    await house.tap("fay", "Ask for another facilitator")
    await house.tap("fay", "Yes, ask the team")
    return key


async def test_nobody_who_is_named_in_it_is_asked_to_take_it_over(house: House) -> None:
    named = [house.people[who].mail for who in ("priya", "martin")]
    house.listed = (*house.listed, *named)
    key = await house.booked()
    await house.press("fay", {"verb": "handover.yes", "data": {"conversation": key}}, {})
    assert "needs a new facilitator" in house.told("idris")[-1]
    for who in ("priya", "martin"):
        assert not [text for text in house.told(who) if "needs a new facilitator" in text]


async def test_the_team_is_asked_and_sees_nothing_of_the_story(house: House) -> None:
    await offered(house)
    said = "needs a new facilitator. It is booked for Wednesday 3 February 2027, 14:00."
    assert said in house.shown("idris")
    assert any("needs a new facilitator" in one.summary for one in house.channel)
    assert STORY["worry"] not in house.shown("idris")
    assert not any("needs a new facilitator" in one for one in house.told("fay"))


async def test_it_stays_theirs_until_somebody_takes_it(house: House) -> None:
    await offered(house)
    await house.tap("fay", "Back to the conversation")
    assert "is booked" in house.shown("fay")


async def test_the_one_who_takes_it_reads_the_story_and_the_old_one_no_more(house: House) -> None:
    key = await offered(house)
    await house.tap("idris", "I'll facilitate")
    assert STORY["worry"] not in house.shown("idris")
    await house.tap("idris", "Yes, and I'll facilitate")
    await house.open_door("idris")
    assert STORY["worry"] in house.shown("idris")
    it = await house.record(key)
    assert it.booking is not None
    assert it.booking.cycle == 1
    for verb in ("pickup.see", "story.show", "changes.open", "stop.ask"):
        data = {"conversation": key, "field": "worry"}
        await house.press("fay", {"verb": verb, "data": data}, {})
        assert STORY["worry"] not in house.shown("fay")
        assert "are stopped" not in house.shown("fay")


async def test_everyone_who_comes_hears_once_who_facilitates_now(house: House) -> None:
    key = await offered(house)
    before = {who: len(house.told(who)) for who in house.people}
    await house.pick_up("idris")
    reference = (await house.record(key)).reference
    for who in ("priya", "nia", "pat", "fay"):
        fresh = house.told(who)[before[who] :]
        assert fresh == [f"{reference}: Idris Vaughan facilitates it now."]
    assert len(house.told("martin")) == before["martin"]


async def test_of_two_who_take_it_at_the_same_moment_one_has_it(house: House) -> None:
    house.listed = (*house.listed, "kit@facilitation.example")
    await house.arrive("kit")
    key = await offered(house)
    for who in ("idris", "kit"):
        await house.tap(who, "I'll facilitate")
    taps = {who: house.data(who, "Yes, and I'll facilitate") for who in ("idris", "kit")}
    await asyncio.gather(
        house.turn("idris", taps["idris"]),
        house.turn("kit", taps["kit"], root=house.second()),
    )
    it = await house.record(key)
    here = [one.id for one in it.present if one.part is Part.FACILITATOR]
    assert here == [it.facilitator]
    for who in ("idris", "kit"):
        await house.open_door(who)
    shown = [STORY["worry"] in house.shown(who) for who in ("idris", "kit")]
    assert sorted(shown) == [False, True]


async def test_kept_after_all_nobody_can_take_it(house: House) -> None:
    key = await offered(house)
    await house.tap("fay", "I will keep it after all")
    assert "stays with you." in house.shown("fay")
    await house.tap("idris", "I'll facilitate")
    assert "does not need a new facilitator any more" in house.shown("idris")
    await house.press("idris", {"verb": "handover.take", "data": {"conversation": key}}, {})
    assert (await house.record(key)).facilitator == "facilitator"


async def test_somebody_involved_cannot_take_it(house: House) -> None:
    house.listed = (*house.listed, "pat@police.example")
    key = await offered(house)
    await house.press("pat", {"verb": "handover.take", "data": {"conversation": key}}, {})
    assert "somebody else has to facilitate it" in house.shown("pat")


async def test_the_closing_card_goes_to_the_new_one(house: House) -> None:
    await offered(house)
    await house.pick_up("idris")
    house.at = house.local("2027-02-03T15:25")
    await house.sweep.run()
    assert "Shall the feedback card go out?" in house.shown("idris")
    assert "Shall the feedback card go out?" not in house.shown("fay")


async def test_after_the_day_nobody_is_told_that_it_is_still_to_come(house: House) -> None:
    await house.held()
    await house.leaves_the_team("fay")
    asked = [one for one in house.told("idris") if "needs a new facilitator" in one]
    assert asked
    assert all("It took place on Wednesday 3 February 2027." in one for one in asked)
    assert "booked for" not in "".join(asked)
