"""*My requests* is what waits for somebody and what is theirs, whatever part they have in it."""

import pytest

from cards.home import MOST
from cards.kit.elements import parts
from cards.wording import wording
from dialogs.turn.events import CardAction
from dialogs.waiting import ASKS
from records.outbox.kinds import KINDS
from tests.dialogs.conftest import House


async def finds(house: House, who: str, what: str, key: str) -> None:
    """It waits for them; nobody is told of a conversation that they are not in."""
    reference = (await house.record(key)).reference
    await house.say(who, "my requests")
    assert wording.WAITS_TITLE in house.shown(who)
    assert f"{what}\n({reference}: " in house.shown(who)


async def opens(house: House, who: str, title: str) -> None:
    """The button of what waits, whichever conversation it is of."""
    reference = (await house.record(await house.newest())).reference
    await house.tap(who, f"{reference}: {title}")


async def has_nothing(house: House, who: str, what: str) -> None:
    await house.say(who, "my requests")
    assert what not in house.shown(who)


async def test_a_manager_finds_the_request_again_until_they_have_answered(house: House) -> None:
    key = await house.requested()
    await finds(house, "martin", wording.WAITS_AGREE, key)
    await opens(house, "martin", wording.DOOR_REQUEST)
    await house.tap("martin", "Agree")
    await has_nothing(house, "martin", wording.WAITS_AGREE)


async def test_after_a_wrong_button_and_cancel_the_request_still_waits(house: House) -> None:
    key = await house.requested()
    await house.turn("martin", CardAction("flow.open", {"flow": "deputy", "conversation": key}))
    await house.say("martin", "cancel")
    await finds(house, "martin", wording.WAITS_AGREE, key)


async def test_everybody_who_comes_finds_how_to_get_ready(house: House) -> None:
    key = await house.booked()
    for who in ("priya", "nia", "pat"):
        await finds(house, who, wording.WAITS_PREPARE, key)
    assert "It is booked." in house.shown("priya")
    await house.say("priya", "my requests")
    assert wording.STATUS_TITLE in house.shown("priya"), "their own stands under it"


async def test_a_facilitator_finds_the_close_and_those_who_came_the_feedback(house: House) -> None:
    key = await house.booked()
    house.at = house.local("2027-02-03T16:00")
    await finds(house, "fay", wording.WAITS_CLOSING, key)
    await house.hold(at="2027-02-03T16:00")
    await has_nothing(house, "fay", wording.WAITS_CLOSING)
    await finds(house, "pat", wording.WAITS_FEEDBACK, key)
    await opens(house, "pat", wording.WAITS_FEEDBACK_OPEN)
    await house.tap("pat", "6 out of 10")
    await house.give_feedback("priya", 7, happened="We listened.")
    await has_nothing(house, "priya", wording.WAITS_FEEDBACK)


async def test_the_lead_worker_finds_the_outcome_after_eight_weeks(house: House) -> None:
    key = await house.held()
    await has_nothing(house, "priya", wording.WAITS_OUTCOME)
    await house.skip(weeks=9)
    await finds(house, "priya", wording.WAITS_OUTCOME, key)
    await opens(house, "priya", wording.DOOR_OUTCOME)
    assert "difference" in house.shown("priya")


async def test_a_stranger_finds_nothing(house: House) -> None:
    await house.booked()
    await house.arrive("kit")
    await house.say("kit", "my requests")
    assert wording.STATUS_NONE in house.shown("kit")


async def test_more_than_a_page_is_paged_and_what_waits_comes_first(house: House) -> None:
    await house.requested()
    for _ in range(MOST + 1):
        await house.fill_request()
        await house.tap("priya", "Send")
    await house.say("martin", "my requests")
    assert house.shown("martin").count(wording.WAITS_AGREE) == MOST
    assert wording.MORE_REQUESTS.format(count=2) in house.shown("martin")
    await house.tap("martin", wording.SHOW_MORE)
    assert house.shown("martin").count(wording.WAITS_AGREE) == 2
    await house.say("priya", "my requests")
    card = house.people["priya"].card
    assert len([one for one in parts(card) if one["type"] == "Action.Execute"]) == MOST + 1


@pytest.mark.parametrize("kind", ASKS)
def test_what_waits_is_a_question_of_one_person_or_how_to_prepare(kind: object) -> None:
    known = KINDS[kind]  # type: ignore[index]  # a kind
    assert known.asks or known.card == "preparation"


# Put away, and owed all the same ------------------------------------------------------------------


async def opened_at_all(house: House, who: str, flow: str, key: str) -> None:
    await house.turn(who, CardAction("flow.open", {"flow": flow, "conversation": key}))


async def test_what_is_owed_stays_owed_when_it_is_cancelled(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "7 out of 10")
    await house.tap("pat", wording.BACK)
    await house.discard("pat")
    assert wording.DRAFT_PUT_AWAY in house.shown("pat")
    assert wording.WAITS_FEEDBACK not in house.shown("pat"), "the number counts"
    await opened_at_all(house, "nia", "feedback", key)
    await house.discard("nia")
    await opens(house, "nia", wording.WAITS_FEEDBACK_OPEN)
    await house.tap("nia", "4 out of 10")
    assert [one.by for one in (await house.record(key)).feedback] == ["other1", "nurse"]


async def test_cancelling_leads_back_to_the_choice(house: House) -> None:
    key = await house.requested()
    await house.tap("martin", "Talk first")
    await house.discard("martin")
    assert (await house.record(key)).stage == "requested"
    await opens(house, "martin", wording.DOOR_REQUEST)
    for title in ("Agree", "Talk first", "Not this route, because…"):
        assert f"({title})" in house.shown("martin")


async def test_what_is_owed_to_nobody_is_put_away_alone(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.discard("priya")
    assert house.people["priya"].card.get("actions", []) == []
