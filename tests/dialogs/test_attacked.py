"""What was once broken from outside, and holds now: each by the smallest way in."""

from datetime import timedelta

import pytest

from cards.wording import wording
from dialogs.turn.events import CardAction
from records.conversation.correcting import may_be_corrected
from records.conversation.readiness import Told
from records.evaluation.facts import facts
from records.stages import Stage
from tests.dialogs.changes.test_happening import rang, tell
from tests.dialogs.conftest import House, action, texts, values
from tests.dialogs.feedback.test_readers import led, opened, text_of, wrote
from tests.dialogs.preparation.test_telling import BEGINS, OF_BOTH, WHY, settled

# Telling the family ------------------------------------------------------------------------------


def warned(house: House, who: str, how: Told, *, last: int = 2) -> bool:
    """Whether what somebody sees now, and what became of what they saw before, keeps them to it."""
    shown = [texts(one.card) for one in house.people[who].chat[-last:] if one.card]
    short = wording.TELLING_WARNS_SHORT[WHY[how]].format(name="Priya Shah (01473 000000)")
    return all(short in one or BEGINS[how] in one for one in shown)


@OF_BOTH
async def test_what_to_keep_to_outlives_the_day_that_is_called_off(house: House, how: Told) -> None:
    key = await settled(house, how)
    await house.press("fay", {"verb": "held.not-ahead", "data": {"conversation": key}}, {})
    await house.tap("fay", wording.REBOOK)
    for who in ("pat", "nia"):
        assert warned(house, who, how), house.shown(who)


@OF_BOTH
@pytest.mark.parametrize("verb", ["held.end", "request.withdraw-yes"])
async def test_what_to_keep_to_outlives_the_conversation(
    house: House, how: Told, verb: str
) -> None:
    key = await settled(house, how)
    who = "fay" if verb == "held.end" else "priya"
    await house.press(who, {"verb": verb, "data": {"conversation": key}}, {})
    for one in ("pat", "nia"):
        assert warned(house, one, how), house.shown(one)
    assert not warned(house, "idris", how)


@OF_BOTH
async def test_who_no_longer_comes_keeps_to_it_too(house: House, how: Told) -> None:
    key = await settled(house, how)
    data = {"flow": "moving", "conversation": key}
    await house.press("fay", {"verb": "flow.open", "data": data}, {})
    await house.tap("fay", "Save the change", coming="requester,nurse")
    assert warned(house, "pat", how)


@OF_BOTH
async def test_what_was_shared_comes_with_what_to_keep_to(house: House, how: Told) -> None:
    key = await settled(house, how)
    await house.hold()
    await house.skip(weeks=8, days=1)
    await house.press("priya", {"verb": "flow.open", "data": outcome(key)}, {})
    await house.tap("priya", "Next", outcome_child="Better.")
    await house.tap("priya", "Next", outcome_you="Calmer.", share="yes")
    await house.tap("priya", "Send")
    for who in ("pat", "nia", "fay"):
        assert "shared what difference" in house.told(who)[-1]
        assert warned(house, who, how, last=1)
        await house.tap(who, wording.PRACTICE_READ)
        assert "Better." in house.shown(who)
        assert warned(house, who, how, last=1)


def outcome(key: str) -> dict[str, str]:
    return {"flow": "outcome", "conversation": key}


# Something has happened --------------------------------------------------------------------------


async def test_the_words_of_three_come_to_the_facilitator_once_things_go_on(house: House) -> None:
    await led(house)
    key = await house.held()
    await wrote(house, "priya", "pat", "nia")
    await tell(house)
    await house.skip(days=4)
    reference = (await house.record(key)).reference
    ready = f"{reference}: what people wrote is ready for you."
    assert ready not in house.told("fay")
    await house.press("fay", {"verb": "happened.rang", "data": rang(key)}, {})
    await house.skip(days=6)
    assert house.told("fay").count(ready) == 1


@pytest.mark.parametrize("stop", [False, True])
async def test_the_lead_is_asked_about_a_request_that_waits_once_things_go_on(
    house: House, stop: bool
) -> None:
    await house.arrive("kit")
    house.lead_by("kit")
    key = await house.requested()
    await house.agree()
    await house.skip(days=3)
    await tell(house)
    if stop:
        await house.press("kit", {"verb": "stop.yes", "data": {"conversation": key}}, {})
    await house.skip(days=5)
    told = len(house.told("kit"))
    verb = "stop.start" if stop else "happened.rang"
    await house.press("kit", {"verb": verb, "data": rang(key)}, {})
    await house.skip(days=3)
    assert len(house.told("kit")) == told + 1


async def test_the_facilitator_is_asked_about_telling_the_family_once_things_go_on(
    house: House,
) -> None:
    await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book(day="2027-03-03")
    key = await house.newest()
    await tell(house)
    await house.skip(days=4)
    told = len(house.told("fay"))
    await house.press("fay", {"verb": "happened.rang", "data": rang(key)}, {})
    await house.skip(days=3)
    assert "telling the family" in "".join(house.told("fay")[told:])


@pytest.mark.parametrize("before", [True, False])
async def test_where_the_facilitator_has_left_the_lead_is_asked_to_ring_and_whom(
    house: House, before: bool
) -> None:
    await house.arrive("kit")
    house.lead_by("kit")
    key = await house.booked()
    if before:
        await house.leaves_the_team("fay")
    shown = await tell(house)
    if before:
        assert "Kit Farrow is asked to ring you today" in shown
        assert "Fay Larsen" not in shown
    else:
        await house.leaves_the_team("fay")
    assert "Please ring Priya Shah (01473 000000) today" in house.shown("kit")
    assert wording.STOP_ALL not in house.shown("kit")
    await house.tap("kit", wording.RANG_GO_ON)
    assert (await house.record(key)).changes.waits == ()


async def test_each_button_of_that_card_does_something_for_who_has_it(house: House) -> None:
    await house.arrive("kit")
    house.lead_by("kit")
    key = await house.booked()
    await house.leaves_the_team("fay")
    await tell(house)
    await house.tap("kit", wording.CALL_OFF)
    await house.tap("kit", wording.REBOOK)
    assert (await house.record(key)).stage is Stage.PICKED_UP


async def test_without_a_lead_the_team_is_asked_and_calls_nothing_off(house: House) -> None:
    await house.booked()
    await house.leaves_the_team("fay")
    await tell(house)
    assert "Please ring Priya Shah (01473 000000) today" in house.shown("idris")
    assert wording.CALL_OFF not in house.shown("idris")
    assert wording.ILL_FACILITATE in house.shown("idris")


async def test_an_old_card_settles_nothing_that_has_happened_since(house: House) -> None:
    key = await house.booked()
    await tell(house)
    old = action(house.people["fay"].card, wording.RANG_GO_ON)
    await house.press("fay", old, {})
    house.at += timedelta(hours=2)
    await tell(house)
    await house.press("fay", old, {})
    it = await house.record(key)
    assert [one.who for one in it.changes.waits] == ["requester"]
    assert wording.HAPPENED_SETTLED.format(reference=it.reference) in house.shown("fay")


async def test_while_messages_are_stopped_it_says_whom_to_ring(house: House) -> None:
    key = await house.booked()
    await house.press("fay", {"verb": "stop.yes", "data": {"conversation": key}}, {})
    await house.say("priya", "something has happened")
    assert wording.HAPPENED_NONE not in house.shown("priya")
    await house.tap("priya", "About this one")
    assert "Please ring Fay Larsen" in house.shown("priya")
    await house.say("pat", "something has happened")
    assert wording.HAPPENED_NONE in house.shown("pat")


# Addresses and numbers ---------------------------------------------------------------------------


@pytest.mark.parametrize("whose", ["priya", "fay", "nia"])
async def test_an_address_is_not_corrected_to_another_one_of_somebody_in_it(
    house: House, whose: str
) -> None:
    house.people[whose].sign_in = f"{whose}.alias@socialcare.example"
    key = await house.booked()
    before = await house.record(key)
    data = {"conversation": key, "who": "other1"}
    await house.press("priya", {"verb": "correct.open", "data": data}, {})
    await house.tap("priya", wording.CORRECT_SAVE, mail=house.people[whose].sign_in)
    assert (await house.record(key)).people == before.people


async def test_an_agreement_never_becomes_the_word_of_another_manager(house: House) -> None:
    """It was agreed to by whoever has the address that was typed."""
    key = await house.requested()
    await house.agree()
    before = await house.record(key)
    data = {"conversation": key, "who": "manager"}
    await house.press("priya", {"verb": "correct.open", "data": data}, {})
    assert wording.CORRECT_NOT.format(reference=before.reference) in house.shown("priya")
    assert (await house.record(key)).manager == before.manager


async def test_a_manager_named_since_can_still_be_corrected(house: House) -> None:
    key = await house.requested()
    await house.agree()
    house.at += timedelta(minutes=5)
    await house.press("priya", {"verb": "request.see", "data": {"conversation": key}}, {})
    await house.tap("priya", "Name another manager")
    mail = "mona@socialcare.example"
    await house.tap("priya", "Name this manager", manager_name="Mona Hill", manager_mail=mail)
    it = await house.record(key)
    assert it.manager.mail == mail
    assert may_be_corrected(it, it.manager.id) == it.manager


async def test_who_said_how_it_was_does_not_become_somebody_else(house: House) -> None:
    key = await house.held()
    await house.press("fay", {"verb": "board.open", "data": {"conversation": key}}, {})
    before = house.shown("fay")
    await house.give_feedback("pat", 2, happened="Words of pat.")
    await house.press("fay", {"verb": "board.open", "data": {"conversation": key}}, {})
    assert house.shown("fay") == before, "nobody learns here who gave feedback"
    await house.tap("fay", "Correct the address: Pat Reed")
    await house.tap("fay", "Save and send again", mail="pat.reed@police.example")
    it = await house.record(key)
    (right,) = (one for one in it.present if one.name == "Pat Reed")
    assert [one.by for one in it.feedback] == ["other1"], "what they gave stays theirs"
    assert it.answered(right.id) is None
    counted = facts(it, (), house.timetable)
    assert counted.in_time + counted.later == 0, "they were not there, so it is not counted"


async def test_a_number_is_no_longer_than_a_number(house: House) -> None:
    key = await house.booked()
    await house.say("priya", "my number 01473 " + "1" * 20_000)
    assert (await house.record(key)).requester.contact == "01473 000000"
    assert wording.MY_NUMBER_NOT in house.shown("priya")
    await house.turn("priya", CardAction("happened.tell", {"conversation": key}))
    assert "(01473 000000)" in house.shown("fay")


# Inputs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [["a"], {"x": 1}, None, 7, True])
async def test_a_number_of_the_document_that_is_no_text_is_none(
    house: House, value: object
) -> None:
    key = await house.held()
    data = {"flow": "learning", "conversation": key, "to": "scaling"}
    await house.press("fay", {"verb": "learning.type-up", "data": {"conversation": key}}, {})
    await house.press("fay", {"verb": "flow.change", "data": data}, {})
    given = {"scaling_numbers.requester": value, "scaling_numbers.other1": "7"}
    await house.tap("fay", "Save and go on", **given)
    await house.press("fay", {"verb": "flow.change", "data": data}, {})
    there = values(house.people["fay"].card)
    assert there.get("scaling_numbers.other1") == "7"
    assert "scaling_numbers.requester" not in there


# Who cannot come ---------------------------------------------------------------------------------


async def test_a_lead_worker_who_cannot_come_is_still_asked_about_the_family(
    house: House,
) -> None:
    """The reminder that would ask it on that morning does not come to them."""
    key = await house.booked()
    await house.press("priya", {"verb": "prepare.nobody", "data": {"conversation": key}}, {})
    told = len(house.told("priya"))
    await house.skip(days=1)
    assert len(house.told("priya")) == told + 1
    assert wording.TELLING_ASK in house.shown("priya")


# Contradictions that stand ------------------------------------------------------------------------


@pytest.mark.parametrize("share", ["yes", ""])
async def test_never_your_manager_is_said_where_it_is_so(house: House, share: str) -> None:
    await led(house)
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book(coming="requester,nurse,other1,manager")
    await house.hold()
    await house.skip(weeks=8, days=1)
    await house.press("priya", {"verb": "flow.open", "data": outcome(key)}, {})
    assert "Your manager came, and reads it only if you share it." in house.shown("priya")
    assert "never your manager" not in house.shown("priya")
    await house.tap("priya", "Next", outcome_child="Better.")
    await house.tap("priya", "Next", outcome_you="Calmer.", share=share)
    await house.tap("priya", "Send")
    reply = await opened(house, "martin", "shared.read", key)
    assert ("Better." in text_of(reply)) == bool(share)
    assert ("never your manager" in house.shown("priya")) == (not share)
    assert "Seen by: Lena Moss (the team lead)" in house.shown("priya")


@pytest.mark.parametrize("who", ["pat", "martin"])
async def test_whoever_facilitates_takes_nobodys_place_in_it(house: House, who: str) -> None:
    """Independence: they would be one of those who come, or the manager who agreed."""
    key = await house.booked()
    before = await house.record(key)
    data = {"flow": "someone-else", "conversation": key}
    await house.press(who, {"verb": "flow.open", "data": data}, {})
    new = {"new_name": "Fay Larsen", "new_mail": "fay@facilitation.example"}
    await house.tap(who, "Save the change", **new, new_agency="Police")
    assert (await house.record(key)).people == before.people
