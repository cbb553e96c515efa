"""*My requests* is what waits for somebody and what is theirs, whatever part they have in it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from cards.home import MOST
from cards.kit.elements import parts
from cards.wording import wording
from dialogs.turn.events import CardAction
from dialogs.waiting import ASKS
from records.outbox.kinds import KINDS
from tests.dialogs.conftest import BOOKING, STORY, House


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


async def test_who_is_ready_finds_the_day_and_is_asked_for_nothing(house: House) -> None:
    key = await house.booked()
    await house.tap("pat", "Yes to both")
    await finds(house, "pat", wording.WAITS_PREPARE, key)
    await house.say("pat", "my requests")
    await opens(house, "pat", wording.WAITS_PREPARE_OPEN)
    await house.tap("pat", "Read the agreement")
    await house.tap("pat", "I accept")
    await finds_the_day_alone(house, "pat")


async def test_who_cannot_come_is_not_asked_to_get_ready(house: House) -> None:
    await house.booked()
    await house.tap("nia", wording.CANNOT)
    await house.tap("nia", wording.CANNOT_NOBODY)
    await finds_the_day_alone(house, "nia")
    assert wording.COME_AFTER_ALL in house.shown("nia"), "they may change their mind there"


async def finds_the_day_alone(house: House, who: str) -> None:
    """The day of a conversation that they come to, with the way to its card; nothing waits."""
    await house.say(who, "my requests")
    shown = house.shown(who)
    reference = (await house.record(await house.newest())).reference
    assert wording.WAITS_TITLE not in shown
    assert wording.STATUS_TITLE not in shown, "somebody else asked for it"
    assert wording.YOUR_CONVERSATIONS in shown
    assert "Wednesday 3 February 2027" in shown
    await house.tap(who, wording.OPEN_ONE.format(reference=reference))
    assert wording.PREPARE_TITLE in house.shown(who)


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
    await opens(house, "priya", wording.WAITS_OUTCOME_OPEN)
    assert "difference" in house.shown("priya")


async def test_the_lead_worker_finds_the_document_until_they_have_passed_it_on(
    house: House,
) -> None:
    key = await house.held()
    await house.press("fay", {"verb": "learning.share-yes", "data": {"conversation": key}}, {})
    assert (await house.record(key)).captured.shared_at is not None
    await finds(house, "priya", wording.WAITS_PASS_ON, key)
    await opens(house, "priya", wording.WAITS_PASS_ON_OPEN)
    await house.tap("priya", wording.PASSED_ON_CONFIRM, shared_with="nurse")
    await has_nothing(house, "priya", wording.WAITS_PASS_ON)


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
    await house.tap("martin", wording.SHOW_NEXT.format(count=2))
    assert house.shown("martin").count(wording.WAITS_AGREE) == 2
    await house.say("priya", "my requests")
    card = house.people["priya"].card
    assert len([one for one in parts(card) if one["type"] == "Action.Execute"]) == MOST + 1


async def facilitated(house: House, how_many: int) -> list[str]:
    """So many conversations of fay's, each picked up an hour after the one before."""
    house.at += timedelta(hours=1)
    first = await house.requested()
    keys = [first]
    for _ in range(how_many - 1):
        await house.fill_request()
        await house.tap("priya", "Send")
        keys += [one async for one in every(house) if one not in keys]
    for key in keys:
        await house.press("martin", {"verb": "manager.agree", "data": {"conversation": key}}, {})
        await house.press("fay", {"verb": "pickup.take", "data": {"conversation": key}}, {})
        house.at += timedelta(hours=1)
    return keys


async def every(house: House) -> AsyncIterator[str]:
    for row in await house.dump():
        if row.key == "conversation":
            yield row.partition


async def test_my_conversations_are_paged_and_what_waits_longest_comes_first(
    house: House,
) -> None:
    keys = await facilitated(house, MOST + 2)
    booked, *waiting = keys
    await house.press(
        "fay", {"verb": "flow.open", "data": {"flow": "booking", "conversation": booked}}, {}
    )
    await house.tap("fay", "Book the date", **BOOKING)
    await house.say("fay", "my conversations")
    order = [(await house.record(key)).reference for key in waiting]
    shown = house.shown("fay")
    assert wording.WAITS_TITLE in shown
    assert wording.FACILITATING_REST not in shown
    assert references(shown, keys_of=order) == order[:MOST]
    await house.tap("fay", wording.SHOW_NEXT.format(count=2))
    shown = house.shown("fay")
    last = (await house.record(booked)).reference
    assert shown.index(order[-1]) < shown.index(wording.FACILITATING_REST) < shown.index(last)
    assert wording.SHOW_NEXT.partition("{")[0] not in shown
    await house.tap("fay", f"Open {last}")
    assert wording.BOOKED_TITLE.format(reference=last) in house.shown("fay")


def references(shown: str, keys_of: list[str]) -> list[str]:
    found = [one for one in keys_of if one in shown]
    return sorted(found, key=shown.index)


async def test_my_conversations_of_somebody_else_are_not_shown_by_an_old_button(
    house: House,
) -> None:
    key = await house.booked()
    for who in ("priya", "martin", "idris", "pat"):
        reply = await house.turn(who, CardAction("changes.mine", {"begin": 0}))
        assert (await house.record(key)).reference not in house.shown(who)
        assert wording.FACILITATING_NONE in house.shown(who), reply


async def test_where_nothing_waits_no_heading_says_so(house: House) -> None:
    await house.booked()
    await house.say("fay", "my conversations")
    assert wording.WAITS_TITLE not in house.shown("fay")
    assert wording.FACILITATING_REST not in house.shown("fay")
    await house.hold()
    await house.say("fay", "my conversations")
    assert wording.WAITS_TITLE in house.shown("fay"), "the document is to be typed up"
    key = await house.newest()
    await house.press("fay", {"verb": "stop.yes", "data": {"conversation": key}}, {})
    await house.say("fay", "my conversations")
    assert wording.WAITS_TITLE not in house.shown("fay"), "while messages are stopped nothing does"


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
    assert wording.CANCELLED_EMPTY in house.shown("pat")
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


async def test_the_manager_who_agreed_and_does_not_come_finds_where_it_stands(house: House) -> None:
    """One line, while it is under way, and nothing of the story."""
    key = await house.requested()
    await house.agree()
    reference = (await house.record(key)).reference
    await house.say("martin", "my requests")
    shown = house.shown("martin")
    assert wording.YOUR_CONVERSATIONS in shown
    assert f"{reference}: {wording.FACILITATOR_STATUS['agreed']}" in shown  # type: ignore[index]
    assert f"Open {reference}" not in shown
    assert not [one for one in STORY.values() if one in shown]
    await house.pick_up()
    await house.book(coming="requester,nurse,other1")
    await house.say("martin", "my requests")
    assert f"{reference}: {wording.FACILITATOR_STATUS['booked']}" in house.shown("martin")  # type: ignore[index]


async def test_who_does_not_agree_or_has_done_so_long_ago_finds_no_line(house: House) -> None:
    key = await house.requested()
    reference = (await house.record(key)).reference
    await house.say("martin", "my requests")
    assert wording.YOUR_CONVERSATIONS not in house.shown("martin"), "they are asked, no more"
    await opens(house, "martin", wording.DOOR_REQUEST)
    await house.tap("martin", "Agree")
    await house.press("priya", {"verb": "request.withdraw", "data": {"conversation": key}}, {})
    await house.say("martin", "my requests")
    assert reference not in house.shown("martin")


async def test_whether_they_took_part_is_found_again_with_its_three_answers(house: House) -> None:
    key = await house.booked()
    await house.skip(days=3)
    await finds(house, "pat", wording.WAITS_TOOK_PART, key)
    await opens(house, "pat", wording.WAITS_TOOK_PART_OPEN)
    for title in (wording.TOOK_PART_YES, wording.TOOK_PART_NO, wording.NOT_AHEAD):
        assert f"({title})" in house.shown("pat")
    await house.tap("pat", wording.TOOK_PART_YES)
    assert wording.Q_SCALE in house.shown("pat")
    await has_nothing(house, "pat", wording.WAITS_TOOK_PART)
    old = CardAction("feedback.took-part", {"conversation": key})
    await house.turn("pat", old)
    assert wording.TOOK_PART_NO not in house.shown("pat"), "they have said so"


async def test_before_the_day_nobody_is_asked_whether_they_took_part(house: House) -> None:
    key = await house.booked()
    await has_nothing(house, "pat", wording.WAITS_TOOK_PART)
    await house.turn("pat", CardAction("feedback.took-part", {"conversation": key}))
    reference = (await house.record(key)).reference
    assert house.shown("pat") == wording.FEEDBACK_NOT_YET.format(reference=reference)


async def test_feedback_half_written_is_found_to_go_on_with(house: House) -> None:
    """The number counts, so nobody asks any more; the words wait for Send."""
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    await has_nothing(house, "pat", wording.WAITS_UNSENT)
    await house.press("pat", {"verb": "feedback.see", "data": {"conversation": key}}, {})
    await house.tap("pat", "Next", happened="We listened to each other.")
    await finds(house, "pat", wording.WAITS_UNSENT, key)
    assert "We listened" not in house.shown("pat")
    await opens(house, "pat", wording.WAITS_UNSENT_OPEN)
    assert "We listened to each other." in house.shown("pat")
    for _ in range(2):
        await house.tap("pat", "Next")
    await house.tap("pat", "Send")
    await has_nothing(house, "pat", wording.WAITS_UNSENT)
