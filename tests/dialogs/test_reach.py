"""Somebody has not got the app: those who can do something are told, and nothing is lost."""

from cards.wording import wording
from dialogs.turn.events import Installed
from tests.dialogs.conftest import CHANNEL, House, texts


async def without(house: House, *missing: str) -> None:
    reference = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(reference)
    await house.arrive(*(who for who in house.people if who not in missing))


async def test_without_the_manager_the_requester_alone_is_told_what_to_do(house: House) -> None:
    await without(house, "martin")
    await house.fill_request()
    await house.tap("priya", "Send")
    it = await house.record(await house.newest())
    told = texts(house.people["priya"].chat[-1].card or {})
    assert f"Martin Cole cannot be reached in Teams yet, for {it.reference}." in told
    assert "Please ask Martin Cole to open Learning Conversations in Teams" in told
    assert "martin@socialcare.example" in told
    for who in ("fay", "idris"):
        assert "Martin Cole cannot be reached" not in house.shown(who)
    assert not any("Martin Cole cannot be reached" in texts(one.card) for one in house.channel)
    assert house.told("pat") == house.told("nia") == []


async def test_the_managers_card_arrives_by_itself_when_they_install(house: House) -> None:
    await without(house, "martin")
    await house.fill_request()
    await house.tap("priya", "Send")
    await house.turn("martin", Installed())
    assert len(house.told("martin")) == 1
    assert f"({wording.DOOR_REQUEST})" in house.shown("martin")
    await house.agree()
    assert (await house.record(await house.newest())).stage == "agreed"


async def test_somebody_who_only_says_hello_gets_what_waits_too(house: House) -> None:
    await without(house, "martin")
    await house.fill_request()
    await house.tap("priya", "Send")
    await house.say("martin", "hello")
    assert len(house.told("martin")) == 1


async def test_an_attendee_without_the_app_is_told_of_to_requester_and_facilitator(
    house: House,
) -> None:
    await without(house, "pat")
    await house.fill_request()
    await house.tap("priya", "Send")
    await house.agree()
    await house.pick_up()
    await house.book(coming="requester,other1")
    for who in ("priya", "fay"):
        assert any("cannot be reached" in one for one in house.told(who))
        assert any(
            "Pat Reed cannot be reached in Teams yet" in texts(reply.card or {})
            for reply in house.people[who].chat
        )
    assert not any("cannot be reached" in one for one in house.told("idris"))
    await house.turn("pat", Installed())
    assert any("you are invited" in one for one in house.told("pat"))


async def test_somebody_who_left_gets_what_was_owed_when_they_are_back(house: House) -> None:
    await without(house)
    await house.leave("martin")
    await house.fill_request()
    await house.tap("priya", "Send")
    assert house.told("martin") == []
    await house.turn("martin", Installed())
    assert len(house.told("martin")) == 1


async def test_a_facilitator_who_heard_of_it_before_pick_up_does_not_hear_it_again(
    house: House,
) -> None:
    await without(house)
    await house.fill_request()
    await house.tap("priya", "Send")
    await house.leave("priya")
    await house.agree()
    assert await heard(house, "fay") == 1
    await house.say("fay", "waiting")
    it = await house.record(await house.newest())
    await house.pick_up("fay", it.reference)
    await house.sweep.run()
    assert (await house.record(await house.newest())).stage == "picked-up"
    assert await heard(house, "fay") == 1


async def test_a_facilitator_who_cannot_be_reached_is_not_reported_to_the_requester(
    house: House,
) -> None:
    await without(house, "idris")
    await house.fill_request()
    await house.tap("priya", "Send")
    await house.agree()
    assert await heard(house, "priya") == 0
    assert await heard(house, "fay") == 1
    assert any("cannot be reached" in one.summary for one in house.channel)


async def heard(house: House, who: str) -> int:
    """How often somebody was told that somebody cannot be reached."""
    return sum("cannot be reached" in one for one in house.told(who))
