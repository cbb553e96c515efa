"""*Stop all messages*: who sees what, what is not sent, and how it goes on."""

import pytest

from cards.wording import wording
from dialogs.flow.flow import InFlow
from dialogs.root.root import Root
from dialogs.root.routes import TAPS
from dialogs.turn.events import CardAction, Message
from dialogs.turn.route import Route
from records.outbox.prompt import Kind, State
from records.people import Part, Participant
from tests.dialogs.conftest import House


async def stop(house: House) -> None:
    await house.say("fay", "my conversations")
    await house.tap("fay", next(one["title"] for one in house.people["fay"].card["actions"]))
    await house.tap("fay", "Something has changed")
    await house.tap("fay", "Stop all messages")


async def test_nothing_is_sent_and_nobody_is_told(house: House) -> None:
    await house.booked()
    await stop(house)
    before = len(house.parcels)
    await house.skip(weeks=12)
    assert len(house.parcels) == before


async def test_the_facilitator_sees_whom_to_ring(house: House) -> None:
    await house.booked()
    await stop(house)
    shown = house.shown("fay")
    assert "I have told nobody. Please ring:" in shown
    assert "Priya Shah Social Care: 01473 000000" in shown
    assert "Pat Reed Suffolk Police: pat@police.example" in shown


async def test_a_card_opened_later_says_whom_to_ring(house: House) -> None:
    key = await house.held()
    await stop(house)
    before = await house.dump()
    await house.tap("pat", "6 out of 10")
    it = await house.record(key)
    said = f"Messages for {it.reference} are stopped. Please ring Fay Larsen."
    assert said in house.shown("pat")
    assert await house.dump() == before


async def test_what_was_typed_is_still_there_when_messages_stop_in_between(house: House) -> None:
    await house.held()
    await house.tap("pat", "6 out of 10")
    fays = house.people["fay"]
    await stop(house)
    assert fays.card
    await house.tap("pat", "Next", happened="We listened to each other.")
    assert "are stopped" in house.shown("pat")
    assert "We listened to each other." in house.shown("pat")


async def test_started_again_what_is_still_open_is_asked_once(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    await stop(house)
    told = {who: len(house.told(who)) for who in ("pat", "nia", "priya")}
    await house.skip(days=9)
    await house.tap("fay", "Start again")
    assert "have started again" in house.shown("fay")
    await house.skip(days=3)
    assert len(house.told("nia")) == told["nia"] + 1
    assert len(house.told("pat")) == told["pat"]
    await house.skip(weeks=8)
    asked = [one for one, _ in (await house.file(key)).prompts.values() if one.to == "requester"]
    assert {one.kind for one in asked if one.state is State.SENT} >= {Kind.OUTCOME}


async def test_the_button_asks_nothing_more_and_is_taken_back_by_one(house: House) -> None:
    key = await house.booked()
    await stop(house)
    assert (await house.record(key)).stopped_at is not None
    assert wording.STOPPED_RING in house.shown("fay")
    await house.tap("fay", wording.START_AGAIN)
    assert (await house.record(key)).stopped_at is None


async def stopped_before_pick_up(house: House) -> str:
    """Something has happened to a request, and the team's lead has stopped its messages."""
    await house.arrive("kit")
    house.lead_by("kit")
    key = await house.requested()
    await house.say("priya", "something has happened")
    await house.tap("priya", "About this one")
    await house.tap("kit", "Stop all messages")
    return key


async def test_a_request_that_was_stopped_before_pick_up_can_be_withdrawn(house: House) -> None:
    key = await stopped_before_pick_up(house)
    told = {who: len(house.told(who)) for who in house.people}
    await house.press("priya", {"verb": "request.see", "data": {"conversation": key}}, {})
    assert "are stopped. Please ring Kit Farrow" in house.shown("priya")
    await house.tap("priya", "Withdraw the request")
    it = await house.record(key)
    assert it.stage == "withdrawn"
    assert it.stopped_at is None
    assert it.changes.waits == ()
    assert wording.WITHDRAWN_NEXT in house.shown("priya")
    await house.skip(days=30)
    new = {who: house.told(who)[told[who] :] for who in house.people}
    said = wording.WITHDRAWN_NOTICE.format(reference=it.reference, name="Priya Shah")
    assert new.pop("martin") == [said], "everyone who had heard of it is told, once"
    assert not any(new.values())


@pytest.mark.parametrize("who", ["martin", "pat", "idris", "kit", "fay"])
async def test_a_stopped_request_is_withdrawn_by_nobody_else(house: House, who: str) -> None:
    key = await stopped_before_pick_up(house)
    before = await house.record(key)
    await house.press(who, {"verb": "request.withdraw", "data": {"conversation": key}}, {})
    assert await house.record(key) == before
    assert "Withdraw the request" not in house.shown(who)


async def test_what_a_facilitator_stopped_is_withdrawn_once_they_let_it_go_on(
    house: House,
) -> None:
    key = await house.booked()
    await stop(house)
    await house.press("priya", {"verb": "request.withdraw", "data": {"conversation": key}}, {})
    assert "are stopped. Please ring Fay Larsen" in house.shown("priya")
    assert "Withdraw the request" not in house.shown("priya")
    assert (await house.record(key)).stage == "booked"


async def test_my_requests_says_that_messages_are_stopped(house: House) -> None:
    await house.booked()
    await stop(house)
    await house.say("priya", "my requests")
    assert "Messages are stopped for now." in house.shown("priya")


async def test_a_conversation_of_somebody_else_is_not_listed(house: House) -> None:
    await house.booked()
    for who in ("idris", "priya", "pat"):
        await house.say(who, "my conversations")
        assert "LC-" not in house.shown(who)


async def test_who_is_not_in_it_hears_the_same_as_of_one_that_is_not_there(house: House) -> None:
    """Also the Practice Team, which hears of a conversation only once it is complete."""
    house.practice_team = (
        Participant(id="p", part=Part.OTHER, name="Kit Farrow", mail="kit@facilitation.example"),
    )
    house.root = Root(house.services())
    key = await house.held()
    await stop(house)
    reference = (await house.record(key)).reference
    for who in ("kit", "idris"):
        reply = await house.root.handle(house.a_turn(who, Message(reference)))
        assert reference not in f"{reply.card}{reply.summary}"
        for verb, route in TAPS.items():
            for conversation in (key, "0" * 32):
                tap = CardAction(verb, {"conversation": conversation, "flow": "feedback"})
                reply = await house.root.handle(house.a_turn(who, tap))
                if isinstance(route, Route | InFlow) and not getattr(route, "free", False):
                    assert reply.summary == wording.NOT_FOR_YOU, (who, verb)
                    assert reference not in f"{reply.card}{reply.summary}"


async def test_the_practice_team_that_was_told_of_it_hears_that_it_is_stopped(
    house: House,
) -> None:
    kit = Participant(id="p", part=Part.OTHER, name="Kit Farrow", mail="kit@facilitation.example")
    house.practice_team = (kit,)
    house.root = Root(house.services())
    key = await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="Calmer.")
    await house.tap("priya", "Next", outcome_you="Lighter.")
    await house.tap("priya", "Send")
    await stop(house)
    tap = CardAction("outcome.read", {"conversation": key})
    reply = await house.root.handle(house.a_turn("kit", tap))
    assert (await house.record(key)).reference in reply.summary
