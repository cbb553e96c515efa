"""A manager who stays silent, and a request that nobody picks up."""

import asyncio

from cards.wording import wording
from dialogs.turn.events import CardAction
from records.people import Part, Participant
from tests.dialogs.conftest import CHANNEL, House

LEAD = Participant(
    id="team-lead", part=Part.FACILITATOR, name="The team lead", mail="nia@x.example"
)


async def silent(house: House) -> str:
    """Five working days on, and not a word from the manager."""
    key = await house.requested()
    await house.skip(days=7)
    assert wording.SILENT_ASK in house.shown("priya")
    return key


async def test_after_five_working_days_the_requester_is_asked_what_to_do(house: House) -> None:
    key = await silent(house)
    reference = (await house.record(key)).reference
    assert house.told("priya") == [f"{reference}: Martin Cole has not answered yet."]
    for title in ("Wait a little longer", "Remind them again", "Withdraw the request"):
        assert f"({title})" in house.shown("priya")


async def test_a_manager_who_answered_or_talks_first_is_not_called_silent(house: House) -> None:
    await house.requested()
    await house.tap("martin", "Talk first")
    await house.tap("martin", "Send", message="Can we talk?")
    await house.skip(weeks=3)
    assert not [one for one in house.told("priya") if "has not answered" in one]


async def test_wait_leaves_it_with_the_manager_for_good(house: House) -> None:
    key = await silent(house)
    tap = house.data("priya", "Wait a little longer")
    await house.turn("priya", tap)
    assert "stays with Martin Cole for now" in house.shown("priya")
    before = (await house.record(key)).audit_sequence
    await house.turn("priya", tap)
    assert (await house.record(key)).audit_sequence == before
    assert await house.skip(weeks=4) == 0


async def test_remind_again_reminds_once_and_asks_after_five_more_days(house: House) -> None:
    await silent(house)
    tap = house.data("priya", "Remind them again")
    await asyncio.gather(house.turn("priya", tap), house.turn("priya", tap))
    assert "Martin Cole is reminded now." in house.shown("priya")
    assert [": A reminder: " in one for one in house.told("martin")] == [False, True, True]
    assert await house.skip(days=6) == 0
    assert await house.skip(days=2) == 1
    assert wording.SILENT_ASK in house.shown("priya")


async def test_an_old_remind_again_does_not_remind_a_second_time(house: House) -> None:
    await silent(house)
    tap = house.data("priya", "Remind them again")
    await house.turn("priya", tap)
    await house.skip(days=8)
    await house.turn("priya", tap)
    assert len(house.told("martin")) == 3


async def test_the_choices_stay_under_my_requests(house: House) -> None:
    key = await silent(house)
    await house.tap("priya", "Wait a little longer")
    await house.turn("priya", CardAction("request.see", {"conversation": key}))
    await house.tap("priya", "Remind them again")
    assert "Martin Cole is reminded now." in house.shown("priya")


async def test_a_choice_on_a_card_from_before_the_answer_shows_where_it_is(house: House) -> None:
    await silent(house)
    taps = [house.data("priya", title) for title in ("Wait a little longer", "Remind them again")]
    await house.agree()
    for tap in taps:
        await house.turn("priya", tap)
        assert "Your manager agreed." in house.shown("priya")
    assert len(house.told("martin")) == 2


# Nobody picks it up -----------------------------------------------------------------------------


async def agreed(house: House, lead: Participant | None = None) -> str:
    house.team_lead = lead
    house.root = house.second()
    place = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(place)
    key = await house.requested()
    await house.agree()
    return key


def new(house: House, seen: dict[str, int]) -> dict[str, list[str]]:
    return {who: told for who in house.people if (told := house.told(who)[seen.get(who, 0) :])}


def seen_so_far(house: House) -> dict[str, int]:
    return {who: len(house.told(who)) for who in house.people}


async def test_after_two_working_days_channel_and_team_are_reminded(house: House) -> None:
    key = await agreed(house)
    it, seen = await house.record(key), seen_so_far(house)
    assert await house.skip(days=2) == 3
    why = f"{it.reference}: a reminder. It is still waiting for a facilitator."
    assert new(house, seen) == {"fay": [why], "idris": [why]}
    assert house.channel[-1].summary == why
    await house.tap("fay", "I'll facilitate")
    assert wording.INDEPENDENT_TITLE in house.shown("fay")


async def test_after_four_working_days_the_team_lead_and_the_requester_hear(house: House) -> None:
    lead = LEAD.model_copy(update={"mail": "pat@lead.example"})
    house.people["pat"].mail = "pat@lead.example"
    await agreed(house, lead)
    await house.skip(days=2)
    seen = seen_so_far(house)
    assert await house.skip(days=2) == 2
    assert set(new(house, seen)) == {"pat", "priya"}
    assert "The team lead has been asked" in house.shown("priya")
    assert "type waiting" in house.shown("pat")
    assert await house.skip(weeks=4) == 0


async def test_without_a_team_lead_channel_and_team_hear_again(house: House) -> None:
    await agreed(house)
    await house.skip(days=2)
    seen = seen_so_far(house)
    assert await house.skip(days=2) == 4
    assert set(new(house, seen)) == {"fay", "idris", "priya"}
    assert "The whole team has been reminded" in house.shown("priya")


async def test_a_lead_who_is_named_in_it_is_not_asked(house: House) -> None:
    await agreed(house, LEAD.model_copy(update={"mail": "PAT@police.example"}))
    await house.skip(days=4)
    assert house.told("pat") == []


async def test_whoever_leaves_it_for_others_is_not_reminded(house: House) -> None:
    await agreed(house)
    await house.tap("idris", "I'll facilitate")
    await house.tap("idris", "No, leave it for others")
    seen = seen_so_far(house)
    await house.skip(days=2)
    assert set(new(house, seen)) == {"fay"}


async def test_where_everybody_is_too_close_another_area_is_asked(house: House) -> None:
    key = await agreed(house)
    it, seen = await house.record(key), seen_so_far(house)
    for who in ("idris", "fay"):
        await house.tap(who, "I'll facilitate")
        await house.tap(who, "No, leave it for others")
    assert set(new(house, seen)) == {"priya"}
    assert "a facilitator from another area" in house.shown("priya")
    assert house.channel[-1].summary == (
        f"{it.reference}: everyone here is named in it or too close to it. "
        "Ask another area's facilitator."
    )
    assert await house.skip(weeks=4) == 0


async def test_another_areas_facilitator_picks_it_up_once_in_the_team(house: House) -> None:
    key = await agreed(house, LEAD)
    for who in ("idris", "fay"):
        await house.tap(who, "I'll facilitate")
        await house.tap(who, "No, leave it for others")
    house.people["mo"] = type(house.people["fay"])("mo", "Mo Bell", "mo@north.example")
    house.listed = (*house.listed, "mo@north.example")
    await house.arrive("mo")
    await house.say("mo", "waiting")
    reference = (await house.record(key)).reference
    await house.pick_up("mo", reference)
    assert (await house.record(key)).stage == "picked-up"
    assert "Mo Bell picked up your request" in house.told("priya")[-1]


async def test_leaving_it_after_somebody_took_it_says_who_did(house: House) -> None:
    key = await agreed(house)
    await house.tap("idris", "I'll facilitate")
    leave = house.data("idris", "No, leave it for others")
    await house.pick_up()
    await house.turn("idris", leave)
    assert "Fay Larsen has picked up" in house.shown("idris")
    assert (await house.record(key)).aside == ()


async def test_a_withdrawal_reaches_the_lead_who_was_asked_and_nobody_twice(house: House) -> None:
    house.people["pat"].mail = "pat@lead.example"
    key = await agreed(house, LEAD.model_copy(update={"mail": "pat@lead.example"}))
    await house.skip(days=4)
    seen = seen_so_far(house)
    await house.turn("priya", CardAction("request.withdraw-yes", {"conversation": key}))
    told = new(house, seen)
    assert set(told) == {"martin", "fay", "idris", "pat"}
    assert all(len(one) == 1 for one in told.values())


async def test_a_withdrawal_before_the_lead_was_asked_is_no_news_to_the_lead(house: House) -> None:
    house.people["pat"].mail = "pat@lead.example"
    key = await agreed(house, LEAD.model_copy(update={"mail": "pat@lead.example"}))
    await house.skip(days=2)
    await house.turn("priya", CardAction("request.withdraw-yes", {"conversation": key}))
    assert house.told("pat") == []
