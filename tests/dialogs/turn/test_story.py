"""Who sees the story, and who never does."""

from cards.wording import wording
from dialogs.turn.events import CardAction
from tests.dialogs.conftest import CHANNEL, STORY, House, texts

WHOLE = tuple(STORY.values())


def in_(shown: str) -> bool:
    return any(text in shown for text in WHOLE)


async def walked(house: House) -> str:
    """From request to outcome, with everybody's chat and the channel there."""
    await house.directory.channel_seen(house.people["fay"].reference.model_copy(
        update={"conversation_id": CHANNEL}))  # fmt: skip
    key = await house.held()
    for who in ("priya", "nia", "pat"):
        await house.tap(who, "6 out of 10")
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="Back at school.")
    await house.tap("priya", "Next", outcome_you="Calmer.")
    await house.tap("priya", "Send")
    return key


async def test_no_notification_tells_anything_of_the_story(house: House) -> None:
    await walked(house)
    assert len(house.parcels) > 10
    for _, parcel in house.parcels:
        assert not in_(parcel.summary)
        assert parcel.summary


async def test_the_channel_and_those_who_come_never_see_the_story(house: House) -> None:
    await walked(house)
    places = {"chat-nia", "chat-pat", "chat-idris", CHANNEL}
    seen = [parcel for to, parcel in house.parcels if to in places]
    assert {to for to, _ in house.parcels} >= places
    for parcel in seen:
        assert not in_(texts(parcel.card))


async def test_the_channel_card_names_reference_agency_and_reasons_only(house: House) -> None:
    key = await walked(house)
    it = await house.record(key)
    shown = texts(house.channel[0].card)
    assert it.reference in shown
    assert "Social Care" in shown
    assert wording.REASONS["stuck"] in shown  # type: ignore[index]
    for name in ("Priya", "Martin", "Pat", "Nia"):
        assert name not in shown


async def test_the_story_opens_only_after_independence_is_declared(house: House) -> None:
    await house.requested()
    await house.agree()
    assert not in_(house.shown("fay"))
    await house.tap("fay", "I'll facilitate")
    assert "Pat Reed" in house.shown("fay")
    assert not in_(house.shown("fay"))
    await house.tap("fay", "Yes, and I'll facilitate")
    await house.open_door("fay")
    assert in_(house.shown("fay"))


async def test_show_all_is_for_those_who_may_read_the_story(house: House) -> None:
    key = await house.booked()
    for who in ("priya", "martin", "fay"):
        event = CardAction("story.show", {"conversation": key, "field": "worry"})
        await house.turn(who, event)
        assert STORY["worry"] in house.shown(who)
        await house.tap(who, "Back to the request")
        assert wording.NOT_FOR_YOU not in house.shown(who)
    for who in ("idris", "pat", "nia"):
        await house.turn(who, event)
        assert wording.NOT_FOR_YOU in house.shown(who)


async def test_receipts_show_nothing_of_what_was_written(house: House) -> None:
    await house.requested()
    assert not in_(house.shown("priya"))
    await house.agree()
    assert not in_(house.shown("martin"))


async def test_the_log_holds_no_names_and_no_words(house: House, caplog: object) -> None:
    caplog.set_level(0)  # type: ignore[attr-defined]
    await house.fill_request()
    await house.tap("priya", "Send")
    await house.turn("pat", CardAction("manager.agree", {"conversation": await house.newest()}))
    logged = "".join(str(vars(one)) for one in caplog.records)  # type: ignore[attr-defined]
    assert "refused" in logged
    for text in (*WHOLE, "Priya", "Martin", "@"):
        assert text not in logged
