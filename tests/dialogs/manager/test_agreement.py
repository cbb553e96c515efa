"""The manager: agree, talk first, or not this route; reminded only if silent."""

import pytest

from cards.changes.amending import request_now
from cards.wording import wording
from dialogs.turn.events import CardAction
from records.conversation.feedback import NO_ANSWERS
from records.people import Part
from tests.dialogs.conftest import STORY, House, action, texts, values


async def test_the_manager_sees_the_request_and_three_answers(house: House) -> None:
    await house.requested()
    await house.open_door("martin")
    shown = house.shown("martin")
    first = shown.splitlines()[1]
    assert first == (
        "Priya Shah (Social Care) is asking for your agreement to a learning conversation."
    )
    for text in STORY.values():
        assert text in shown
    for title in ("Agree", "Talk first", "Not this route, because…"):
        assert f"({title})" in shown


async def test_who_else_is_named_stands_on_the_opened_request_too(house: House) -> None:
    await house.requested()
    named = "Also named: Nia Okafor (Health), Pat Reed (Suffolk Police)"
    assert named in house.shown("martin")
    await house.tap("martin", wording.DOOR_REQUEST)
    assert wording.AGREE in house.shown("martin")
    assert named in house.shown("martin")


async def test_agree_tells_the_requester_and_the_facilitation_team(house: House) -> None:
    key = await house.requested()
    await house.agree()
    it = await house.record(key)
    assert f"You agreed to {it.reference}" in house.shown("martin")
    assert house.told("priya") == [f"{it.reference}: Martin Cole agreed to your request."]
    for who in ("fay", "idris"):
        assert house.told(who) == [f"{it.reference} is waiting for a facilitator."]
    assert house.told("pat") == house.told("nia") == []


async def test_talk_first_brings_the_message_and_stays_open(house: House) -> None:
    key = await house.requested()
    await house.tap("martin", "Talk first")
    await house.tap("martin", "Send", message="Can we talk on Tuesday?")
    await house.open_door("priya")
    assert "Can we talk on Tuesday?" in house.shown("priya")
    assert "Can we talk on Tuesday?" not in "".join(house.told("priya"))
    assert (await house.record(key)).stage == "requested"
    assert "(Agree)" in house.shown("martin")
    assert wording.STATUS_TALK in await mine(house)
    await house.skip(days=7)
    assert len(house.told("martin")) == 1


async def mine(house: House) -> str:
    await house.say("priya", "my requests")
    return house.shown("priya")


async def test_asked_again_the_manager_gets_the_card_again(house: House) -> None:
    key = await house.requested()
    await house.tap("martin", "Talk first")
    await house.tap("martin", "Send", message="Can we talk?")
    await house.open_door("priya")
    tap = house.data("priya", "We have talked; ask again")
    await house.turn("priya", tap)
    await house.turn("priya", tap)
    assert len(house.told("martin")) == 2
    assert (await house.record(key)).asks == 2
    await house.agree()
    assert (await house.record(key)).stage == "agreed"


async def test_the_door_to_a_managers_words_says_where_to_ask_again(house: House) -> None:
    await house.requested()
    await house.tap("martin", "Talk first")
    await house.tap("martin", "Send", message="Can we talk?")
    shown = house.shown("priya")
    assert "Can we talk?" not in shown
    assert wording.TALK_CAME_NEXT in shown


async def test_asking_again_after_agreement_shows_where_it_is(house: House) -> None:
    await house.requested()
    await house.tap("martin", "Talk first")
    await house.tap("martin", "Send", message="Can we talk?")
    await house.open_door("priya")
    tap = house.data("priya", "We have talked; ask again")
    await house.turn("priya", tap)
    await house.agree()
    await house.turn("priya", tap)
    assert "Martin Cole is asked again now." not in house.shown("priya")
    assert "Your manager agreed." in house.shown("priya")


async def test_not_this_route_closes_the_request_and_says_why(house: House) -> None:
    key = await house.requested()
    await house.tap("martin", "Not this route, because…")
    await house.tap("martin", "Send", because="Supervision first.")
    await house.tap("priya", wording.DOOR_WORDS)
    assert "Supervision first." in house.shown("priya")
    assert (await house.record(key)).stage == "not-this-route"
    assert house.told("fay") == []
    await house.skip(weeks=2)
    assert len(house.told("martin")) == 1


@pytest.mark.parametrize("answer", ["Talk first", "Not this route, because…"])
async def test_a_wrong_button_leads_back_to_the_request(house: House, answer: str) -> None:
    """The card takes the door's place in the message, on every device."""
    key = await house.requested()
    await house.tap("martin", answer)
    await house.tap("martin", wording.SEE_AGAIN)
    assert all(text in house.shown("martin") for text in STORY.values())
    agree = house.data("martin", "Agree")
    await house.say("martin", "Sorry, wrong button.")
    it = await house.record(key)
    assert (it.stage, it.talks) == ("requested", ())
    await house.turn("martin", agree)
    assert (await house.record(key)).stage == "agreed"


async def test_words_half_written_to_the_requester_are_there_on_a_second_look(house: House) -> None:
    await house.requested()
    await house.tap("martin", "Talk first")
    await house.tap("martin", wording.SEE_AGAIN, message="Can we ta")
    await house.tap("martin", "Talk first")
    assert values(house.people["martin"].card)["message"] == "Can we ta"


async def test_words_typed_in_the_chat_close_no_request(house: House) -> None:
    key = await house.requested()
    await house.tap("martin", "Not this route, because…")
    await house.say("martin", "Sorry, wrong button, I agree.")
    assert (await house.record(key)).stage == "requested"
    assert wording.ANSWERED_TYPED_UNSENT in house.shown("martin")
    await house.tap("martin", "Send")
    assert (await house.record(key)).stage == "not-this-route"
    await house.tap("priya", wording.DOOR_WORDS)
    assert "Sorry, wrong button, I agree." in house.shown("priya")


async def test_an_old_agree_after_not_this_route_changes_nothing(house: House) -> None:
    key = await house.requested()
    await house.open_door("martin")
    agree = house.data("martin", "Agree")
    await house.tap("martin", "Not this route, because…")
    await house.tap("martin", "Send", because="Supervision first.")
    await house.turn("martin", agree)
    assert "Priya Shah has been told" in house.shown("martin")
    assert (await house.record(key)).stage == "not-this-route"


async def test_agree_after_withdraw_says_that_it_was_withdrawn(house: House) -> None:
    key = await house.requested()
    await house.open_door("martin")
    agree = house.data("martin", "Agree")
    await withdraw(house)
    await house.turn("martin", agree)
    assert "has withdrawn the request" in house.shown("martin")
    assert (await house.record(key)).stage == "withdrawn"


async def test_words_written_while_it_was_withdrawn_are_shown_back(house: House) -> None:
    await house.requested()
    await house.tap("martin", "Talk first")
    send = house.data("martin", "Send", message="Let us talk on Tuesday.")
    await withdraw(house)
    await house.turn("martin", send)
    assert "has withdrawn the request" in house.shown("martin")
    assert "Let us talk on Tuesday." in house.shown("martin")


async def withdraw(house: House) -> None:
    await house.say("priya", "my requests")
    reference = (await house.record(await house.newest())).reference
    await house.tap("priya", f"Open {reference}")
    await house.tap("priya", "Withdraw the request")


async def test_the_manager_is_reminded_after_two_working_days(house: House) -> None:
    await house.requested()
    assert await house.skip(days=1, hours=23) == 0
    assert await house.skip(hours=2) == 1
    assert ": A reminder: Priya Shah" in house.told("martin")[1]
    assert await house.skip(weeks=4) == 1
    assert len(house.told("martin")) == 2
    assert "Martin Cole has not answered yet" in house.told("priya")[-1]


async def test_a_manager_who_answered_is_not_reminded(house: House) -> None:
    await house.requested()
    await house.agree()
    await house.skip(days=5)
    assert len(house.told("martin")) == 1


async def test_withdraw_asks_nothing_more_and_the_answers_stay(house: House) -> None:
    key = await house.requested()
    await house.turn("priya", CardAction("request.withdraw", {"conversation": key}))
    assert (await house.record(key)).stage == "withdrawn"
    await house.tap("priya", "Read my answers")
    assert all(text in house.shown("priya") for text in STORY.values())


async def heard_of_withdrawal(house: House) -> set[str]:
    before = {who: len(house.told(who)) for who in house.people}
    await house.turn(
        "priya", CardAction("request.withdraw-yes", {"conversation": await house.newest()})
    )
    assert "is withdrawn" in house.shown("priya")
    return {who for who in house.people if len(house.told(who)) > before[who]}


async def test_withdrawn_before_agreement_only_the_manager_is_told(house: House) -> None:
    await house.requested()
    assert await heard_of_withdrawal(house) == {"martin"}


async def test_withdrawn_after_agreement_those_who_could_facilitate_are_told(house: House) -> None:
    await house.requested()
    await house.agree()
    assert await heard_of_withdrawal(house) == {"martin", "fay", "idris"}


async def test_withdrawn_after_pick_up_the_facilitator_is_told(house: House) -> None:
    await house.requested()
    await house.agree()
    await house.pick_up()
    told = await heard_of_withdrawal(house)
    assert {"martin", "fay"} <= told
    assert not told & {"pat", "nia", "priya"}


async def test_withdrawn_after_booking_everyone_who_was_to_come_is_told(house: House) -> None:
    await house.booked()
    told = await heard_of_withdrawal(house)
    assert {"martin", "fay", "pat", "nia"} <= told
    assert "priya" not in told
    await house.skip(weeks=10)
    assert "Feedback" not in "".join(house.told("pat"))


async def test_where_nobody_facilitates_nobody_is_promised_to_anybody(house: House) -> None:
    house.listed = ()
    key = await house.requested()
    assert wording.SENT_NOBODY in house.shown("priya")
    await house.agree()
    assert wording.AGREED_NOBODY.format(name="Priya Shah") in house.shown("martin")
    assert wording.REQUEST_AGREED_NOBODY in house.shown("priya")
    for who in ("priya", "martin"):
        assert "independent" not in house.shown(who)
        assert "The facilitation team has been told" not in house.shown(who)
    assert (await house.record(key)).stage == "agreed"


async def test_a_list_from_before_leads_the_manager_to_the_request_and_to_their_answer(
    house: House,
) -> None:
    key = await house.requested()
    await house.say("martin", "my requests")
    named = f"{(await house.record(key)).reference}: {wording.DOOR_REQUEST}"
    listed = action(house.people["martin"].card, named)
    await house.press("martin", listed, {})
    await house.agree()
    agreed = wording.AGREED_TITLE.split("{")[0]
    await house.press("martin", listed, {})
    assert STORY["worry"] in house.shown("martin")
    assert agreed in house.shown("martin")


async def test_who_is_the_manager_since_the_agreement_is_not_said_to_have_agreed(
    house: House,
) -> None:
    key = await house.requested()
    await house.agree()
    it = await house.record(key)
    agreed = wording.AGREED_TITLE.split("{")[0]
    assert agreed in texts(request_now(it, NO_ANSWERS))
    later = it.manager.model_copy(update={"joined": house.at})
    people = tuple(later if one.part is Part.MANAGER else one for one in it.people)
    after = it.model_copy(update={"people": people})
    assert agreed not in texts(request_now(after, NO_ANSWERS))
