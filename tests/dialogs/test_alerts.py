"""What the facilitation team is asked in its channel alerts it; nothing else does."""

from collections.abc import Sequence

from bot.teams.outgoing import card_message
from scheduler.delivery.courier import Parcel
from scheduler.upkeep.errands import Digest
from tests.dialogs.conftest import CHANNEL, House

ALERT = {"notification": {"alert": True}}


async def in_a_channel(house: House) -> None:
    place = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(place)


def alerting(found: Sequence[Parcel]) -> list[str]:
    return [one.summary for one in found if one.alert]


async def test_a_request_that_waits_and_one_that_still_does_alert_the_channel(
    house: House,
) -> None:
    await in_a_channel(house)
    await house.requested()
    await house.agree()
    assert len(alerting(house.channel)) == len(house.channel) == 1
    await house.skip(days=7)
    assert len(alerting(house.channel)) == len(house.channel) > 1


async def test_handing_over_alerts(house: House) -> None:
    await in_a_channel(house)
    await house.booked()
    await house.change("Ask for another facilitator")
    await house.tap("fay", "Yes, ask the team")
    assert "needs a new facilitator" in alerting(house.channel)[-1]


async def test_what_is_only_told_does_not(house: House) -> None:
    await in_a_channel(house)
    key = await house.requested()
    await house.agree()
    before = len(house.channel)
    await house.say("priya", "my requests")
    await house.tap("priya", f"Open {(await house.record(key)).reference}")
    await house.tap("priya", "Withdraw the request")
    told = house.channel[before:]
    assert len(told) == 1
    assert alerting(told) == []


async def test_no_message_to_a_person_alerts_and_each_has_its_summary(house: House) -> None:
    await in_a_channel(house)
    await house.held()
    personal = [parcel for to, parcel in house.parcels if to != CHANNEL]
    assert len(personal) > 10
    assert alerting(personal) == []
    assert all(one.summary for one in personal)


async def test_the_month_in_figures_asks_nobody_anything(house: House) -> None:
    await in_a_channel(house)
    house.at = house.local("2027-03-01T10:00")
    clocks, office = house.clocks, house.timetable.office
    await Digest(house.store, house.directory.channel, house, office, clocks).look()
    assert len(house.channel) == 1
    assert alerting(house.channel) == []


def test_an_alert_is_a_word_to_teams_beside_the_summary(house: House) -> None:
    to = house.people["fay"].reference
    card = {"type": "AdaptiveCard"}
    loud = card_message(to, Parcel(card, "It waits.", alert=True))
    quiet = card_message(to, Parcel(card, "It waits."))
    assert loud == {**quiet, "channelData": ALERT}
    assert quiet["summary"] == "It waits."
    assert "channelData" not in quiet
