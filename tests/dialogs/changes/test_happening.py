"""*Something has happened*: reminders wait, the date does not, somebody rings, and who decides."""

from datetime import timedelta

import pytest

from cards.wording import wording
from records.outbox.kinds import KINDS, Kind
from records.stages import Stage
from tests.dialogs.conftest import House

SAID = (
    "Thank you for telling us. Reminders about {reference} are paused for everyone. {name} is "
    "asked to ring you today. You do not have to write what happened. The date stands until {name} "
    "changes it. In danger, ring 999."
)


async def tell(house: House, who: str = "priya") -> str:
    """By the typed command, which shows the button."""
    await house.say(who, "something has happened")
    await house.tap(who, "About this one")
    return house.shown(who)


async def seen(house: House, who: str, key: str) -> None:
    await house.press(who, {"verb": "request.see", "data": {"conversation": key}}, {})


def timed(house: House, it: object) -> set[Kind]:
    owed = house.timetable.owed(it)  # type: ignore[arg-type]
    return {one.kind for one in owed if KINDS[one.kind].timed and one.due > house.at}


async def test_whoever_says_so_reads_these_words_and_is_asked_nothing_more(house: House) -> None:
    key = await house.booked()
    await house.tap("priya", "Something has happened")
    reference = (await house.record(key)).reference
    said = SAID.format(reference=reference, name="Fay Larsen")
    assert said == wording.HAPPENED_DONE.format(reference=reference, name="Fay Larsen")
    assert said in house.shown("priya")
    assert "Input." not in str(house.people["priya"].card)


async def test_typed_words_alone_do_nothing(house: House) -> None:
    key = await house.booked()
    told = len(house.told("fay"))
    for words in ("something has happened", "Something's happened."):
        await house.say("priya", words)
        assert wording.HAPPENED_WHICH in house.shown("priya")
    assert (await house.record(key)).changes.waits == ()
    assert len(house.told("fay")) == told


async def test_the_facilitator_is_asked_at_once_whatever_the_hour(house: House) -> None:
    key = await house.booked()
    house.at = house.local("2027-02-01T22:30")
    await tell(house)
    reference = (await house.record(key)).reference
    assert house.told("fay")[-1] == wording.HAPPENED_SUMMARY.format(reference=reference)
    assert "Please ring Priya Shah (01473 000000) today" in house.shown("fay")
    for title in (wording.RANG_GO_ON, wording.STOP_ALL, wording.CALL_OFF):
        assert title in house.shown("fay")


async def test_reminders_wait_for_everyone_and_the_date_stands(house: House) -> None:
    key = await house.booked()
    before = await house.record(key)
    assert Kind.PREPARATION_REMINDER in timed(house, before)
    await tell(house)
    it = await house.record(key)
    assert timed(house, it) == {Kind.STILL_TO_RING}
    assert it.booking == before.booking
    told = {who: len(house.told(who)) for who in ("pat", "nia", "priya")}
    house.at = house.local("2027-02-03T12:00")
    await house.sweep.run()
    assert told == {who: len(house.told(who)) for who in told}


async def test_what_somebodys_own_act_causes_still_goes(house: House) -> None:
    key = await house.booked()
    await tell(house)
    told = len(house.told("pat"))
    await house.press("fay", {"verb": "changes.see", "data": {"conversation": key}}, {})
    await house.tap("fay", "Move the conversation")
    await house.tap("fay", "Save the change", day="2027-02-10")
    assert len(house.told("pat")) == told + 1
    it = await house.record(key)
    assert Kind.CLOSING in {one.kind for one in house.timetable.owed(it)}


async def test_a_reminder_that_the_requester_asks_for_goes(house: House) -> None:
    await house.requested()
    await tell(house)
    told = len(house.told("martin"))
    await house.skip(days=8)
    assert len(house.told("martin")) == told, "nobody's act"
    key = await house.newest()
    await seen(house, "priya", key)
    await house.tap("priya", "Remind them again")
    assert len(house.told("martin")) == told + 1


async def test_what_fell_due_meanwhile_is_asked_once_it_goes_on(house: House) -> None:
    key = await house.held()
    await tell(house)
    told = len(house.told("pat"))
    await house.skip(days=5)
    assert len(house.told("pat")) == told, "the two-day prompt waits"
    await house.press("fay", {"verb": "happened.rang", "data": rang(key)}, {})
    await house.skip(days=3)
    assert len(house.told("pat")) == told + 1
    await house.skip(days=10)
    assert len(house.told("pat")) == told + 1, "once"


async def test_a_question_and_its_reminder_that_both_fell_due_are_one_question(
    house: House,
) -> None:
    key = await house.held()
    await house.skip(weeks=7)
    await tell(house)
    told = len(house.told("priya"))
    await house.skip(weeks=3)
    assert len(house.told("priya")) == told
    await house.press("fay", {"verb": "happened.rang", "data": rang(key)}, {})
    await house.skip(days=5)
    assert len(house.told("priya")) == told + 1


async def test_a_reminder_of_a_day_that_has_passed_is_not_sent_after_it(house: House) -> None:
    key = await house.booked()
    await tell(house)
    told = len(house.told("pat"))
    house.at = house.local("2027-02-03T14:30")
    await house.press("fay", {"verb": "happened.rang", "data": rang(key)}, {})
    house.at = house.local("2027-02-03T15:00")
    await house.sweep.run()
    assert len(house.told("pat")) == told


def rang(key: str, who: str = "requester") -> dict[str, str]:
    return {"conversation": key, "who": who}


async def test_the_facilitator_says_that_they_rang_and_it_goes_on(house: House) -> None:
    key = await house.booked()
    await tell(house)
    await house.tap("fay", "I have rung them: go on")
    it = await house.record(key)
    assert it.changes.waits == ()
    assert wording.RANG_DONE.format(reference=it.reference) in house.shown("fay")
    assert Kind.PREPARATION_REMINDER in timed(house, it)
    await house.press("fay", {"verb": "happened.rang", "data": rang(key)}, {})
    assert wording.HAPPENED_SETTLED.format(reference=it.reference) in house.shown("fay")


async def test_two_who_say_so_are_both_to_be_rung(house: House) -> None:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book(lead="other1")
    await tell(house)
    await tell(house, "pat")
    await house.press("fay", {"verb": "happened.rang", "data": rang(key)}, {})
    it = await house.record(key)
    assert [one.who for one in it.changes.waits] == ["other1"]
    assert "Pat Reed" in house.shown("fay")
    assert timed(house, it) == {Kind.STILL_TO_RING}
    await house.press("fay", {"verb": "happened.rang", "data": rang(key, "other1")}, {})
    assert (await house.record(key)).changes.waits == ()


async def test_saying_so_twice_asks_once(house: House) -> None:
    await house.booked()
    await tell(house)
    told = len(house.told("fay"))
    await tell(house)
    assert len(house.told("fay")) == told


async def test_stopping_all_messages_and_starting_again_settles_it(house: House) -> None:
    key = await house.booked()
    await tell(house)
    await house.tap("fay", "Stop all messages")
    it = await house.record(key)
    assert it.stopped_at is not None, "the button asks nothing more"
    assert house.timetable.owed(it) == ()
    await house.tap("fay", "Start again")
    it = await house.record(key)
    assert it.changes.waits == ()
    assert Kind.PREPARATION_REMINDER in timed(house, it)


async def test_calling_it_off_settles_it(house: House) -> None:
    key = await house.booked()
    await tell(house)
    await house.tap("fay", "Call off the conversation")
    await house.tap("fay", "Find a new date")
    it = await house.record(key)
    assert it.stage is Stage.PICKED_UP
    assert it.changes.waits == ()


# Who is asked where the facilitator has not rung -------------------------------------------------


@pytest.mark.parametrize(
    ("said", "noon"),
    [
        ("2027-02-01T10:00", "2027-02-01T12:00"),
        ("2027-02-01T12:00", "2027-02-02T12:00"),
        ("2027-02-05T15:00", "2027-02-08T12:00"),
        ("2027-03-25T18:00", "2027-03-30T12:00"),
    ],
)
async def test_the_team_lead_is_asked_at_the_next_working_noon(
    house: House, said: str, noon: str
) -> None:
    """Also over a weekend, and over Easter with the change of the clocks."""
    await house.arrive("kit")
    house.lead_by("kit")
    await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book(day="2027-06-02")
    house.at = house.local(said)
    await tell(house)
    assert house.told("kit") == []
    house.at = house.local(noon) - timedelta(minutes=1)
    await house.sweep.run()
    assert house.told("kit") == []
    house.at = house.local(noon)
    await house.sweep.run()
    assert len(house.told("kit")) == 1
    shown = house.shown("kit")
    assert "nobody has said yet that they rang Priya Shah (01473 000000)" in shown
    assert "Fay Larsen was asked" in shown


async def test_the_lead_is_not_asked_once_somebody_rang(house: House) -> None:
    await house.arrive("kit")
    house.lead_by("kit")
    await house.booked()
    await tell(house)
    await house.tap("fay", "I have rung them: go on")
    await house.skip(days=1)
    assert house.told("kit") == []


async def test_before_pick_up_the_team_lead_rings_and_decides(house: House) -> None:
    await house.arrive("kit")
    house.lead_by("kit")
    key = await house.requested()
    shown = await tell(house)
    assert "Kit Farrow is asked to ring you today" in shown
    assert "Please ring Priya Shah (01473 000000) today" in house.shown("kit")
    assert "Call off the conversation" not in house.shown("kit"), "no date is booked"
    await house.tap("kit", "Stop all messages")
    assert (await house.record(key)).stopped_at is not None
    await house.tap("kit", "Start again")
    it = await house.record(key)
    assert it.stopped_at is None
    assert it.changes.waits == ()


async def test_without_a_lead_the_team_is_asked_before_pick_up(house: House) -> None:
    key = await house.requested()
    await tell(house)
    for who in ("fay", "idris"):
        assert "Please ring Priya Shah" in house.shown(who)
    await house.tap("idris", "I have rung them: go on")
    assert (await house.record(key)).changes.waits == ()


@pytest.mark.parametrize("who", ["martin", "pat", "nia", "idris", "kit"])
async def test_nobody_else_decides(house: House, who: str) -> None:
    await house.arrive("kit")
    key = await house.booked()
    await tell(house)
    before = await house.record(key)
    for verb in ("happened.rang", "stop.yes", "held.end", "happened.tell"):
        if who == "idris" and verb == "happened.rang":
            continue  # where there is no team lead, a member of the team may have rung
        await house.press(who, {"verb": verb, "data": rang(key)}, {})
    assert await house.record(key) == before


async def test_a_member_of_the_team_does_not_decide_where_there_is_a_lead(house: House) -> None:
    await house.arrive("kit")
    house.lead_by("kit")
    key = await house.requested()
    await tell(house)
    for verb in ("happened.rang", "stop.yes"):
        await house.press("idris", {"verb": verb, "data": rang(key)}, {})
    it = await house.record(key)
    assert it.changes.waits
    assert it.stopped_at is None


async def test_nothing_of_the_story_comes_with_it(house: House, story: dict[str, str]) -> None:
    await house.arrive("kit")
    house.lead_by("kit")
    await house.booked()
    await tell(house)
    await house.skip(days=1)
    for who in ("fay", "kit"):
        card = str(house.people[who].card)
        assert not any(text in card for text in story.values())


# Where it stands -------------------------------------------------------------------------------


async def test_it_stands_on_the_cards_of_requester_and_lead_worker_at_every_stage(
    house: House,
) -> None:
    key = await house.requested()
    await seen(house, "priya", key)
    assert wording.HAPPENED in house.shown("priya")
    await house.agree()
    await house.pick_up()
    await house.book(lead="other1")
    for who in ("priya", "pat"):
        assert wording.HAPPENED in house.shown(who)
    assert wording.HAPPENED not in house.shown("nia")
    await house.hold()
    for who in ("priya", "pat", "nia"):
        await house.give_feedback(who, 7)
        assert (wording.HAPPENED in house.shown(who)) == (who != "nia")
    await house.skip(weeks=9)
    await house.open_door("pat")
    assert wording.HAPPENED in house.shown("pat")
    await house.tap("pat", "Next", outcome_child="Better.")
    await house.tap("pat", "Next", outcome_you="Calmer.")
    await house.tap("pat", "Send")
    assert wording.HAPPENED in house.shown("pat")


async def test_it_stands_on_the_later_ones_too(house: House) -> None:
    """Passing the document on, the words to record, and the review."""
    key = await house.held()
    data = {"conversation": key}
    for verb in ("learning.type-up", "learning.share-yes"):
        await house.press("fay", {"verb": verb, "data": data}, {})
    assert wording.HAPPENED in house.shown("priya")
    await house.tap("priya", "Say who I shared it with")
    await house.tap("priya", "Confirm who has it", shared_with="other1")
    assert wording.HAPPENED in str([one.card for one in house.people["priya"].chat[-3:]])
    for who in ("priya", "pat"):
        await house.press(who, {"verb": "learning.recorded", "data": data}, {})
        assert (wording.HAPPENED in house.shown(who)) == (who == "priya")
    await house.press("fay", {"verb": "flow.open", "data": {**data, "flow": "review-day"}}, {})
    await house.tap("fay", "Set the review date", review_on="2027-04-28")
    house.at = house.local("2027-04-28T10:00")
    for who in ("priya", "fay"):
        await house.press(who, {"verb": "flow.open", "data": {**data, "flow": "review"}}, {})
        assert (wording.HAPPENED in house.shown(who)) == (who == "priya")
    await house.tap("priya", "Send", movement="moved")
    assert wording.HAPPENED in house.shown("priya")


async def test_what_is_half_written_is_kept_when_it_is_tapped(house: House) -> None:
    key = await house.held()
    await house.skip(weeks=9)
    await house.open_door("priya")
    await house.tap("priya", "Something has happened", outcome_child="He is back at school.")
    draft = await house.draft("priya", "outcome", key)
    assert draft is not None
    assert draft.answers["outcome_child"] == "He is back at school."


async def test_it_cannot_be_said_of_what_has_ended(house: House) -> None:
    key = await house.requested()
    await house.press("priya", {"verb": "request.withdraw-yes", "data": {"conversation": key}}, {})
    await house.say("priya", "something has happened")
    assert wording.HAPPENED_NONE in house.shown("priya")
    await seen(house, "priya", key)
    assert wording.HAPPENED not in house.shown("priya")


async def test_without_a_team_lead_the_facilitators_colleagues_hear_that_nobody_rang(
    house: House,
) -> None:
    await house.booked()
    await tell(house)
    before = list(house.told("fay"))
    house.at = house.local("2027-02-02T12:00")
    await house.sweep.run()
    assert house.told("fay") == before
    assert "Priya Shah" in house.shown("idris")


async def test_whoever_said_so_finds_the_way_back_to_what_waits(house: House) -> None:
    await house.booked()
    await tell(house)
    await house.tap("priya", wording.MY_REQUESTS)
    assert wording.WAITS_TITLE in house.shown("priya")
