"""While messages are stopped, or somebody waits to be rung, what they began waits too."""

from datetime import timedelta

import pytest

from cards.wording import wording
from records.people import Person, PersonKey
from records.store.contract import Row
from tests.dialogs.conftest import House

KEPT = "What you began is kept until"


async def begun(house: House) -> str:
    """Pat has given a number and begun to write. Feedback closes on 31 March 2027, 15:30."""
    key = await house.held()
    await house.tap("pat", "7 out of 10")
    await house.tap("pat", "Next", happened="We listened.")
    return key


async def began_an_outcome(house: House) -> str:
    """Priya began to say what difference it made, on 7 April 2027, and went back a card."""
    key = await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="We lost him.")
    await house.tap("priya", "Back")
    return key


async def stop(house: House) -> None:
    if "Back to the conversation" in house.shown("fay"):
        await house.tap("fay", "Back to the conversation")
    await house.change("Stop all messages")


async def strike(house: House, wall: str) -> None:
    house.at = house.local(wall)
    await house.an_hour_strikes()


async def start(house: House, wall: str) -> None:
    house.at = house.local(wall)
    await house.tap("fay", wording.START_AGAIN)


def words(house: House, who: str) -> list[str]:
    return [one for one in house.told(who) if one.startswith(KEPT)]


# Messages are stopped -----------------------------------------------------------------------------


async def test_nobody_hears_of_a_draft_while_messages_are_stopped(house: House) -> None:
    await begun(house)
    await stop(house)
    told, kept = len(house.told("pat")), await house.dump("drafts")
    await strike(house, "2027-03-25T10:00")
    assert len(house.told("pat")) == told
    assert await house.dump("drafts") == kept


async def test_nor_of_a_draft_that_is_kept_for_thirty_days(house: House) -> None:
    await began_an_outcome(house)
    await stop(house)
    told = len(house.told("priya"))
    await strike(house, "2027-05-04T10:00")
    assert len(house.told("priya")) == told


async def test_what_was_written_before_a_stop_is_there_while_it_lasts(house: House) -> None:
    key = await begun(house)
    await stop(house)
    await strike(house, "2027-04-09T10:00")
    assert await house.draft("pat", "feedback", key)


async def test_so_is_a_request_that_was_being_changed(house: House) -> None:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    data = {"flow": "amend", "conversation": key}
    await house.press("priya", {"verb": "flow.open", "data": data}, {})
    await house.tap("priya", f"Change: {wording.Q_WORRY}")
    house.at += timedelta(minutes=1)
    await house.tap("priya", "Next", worry="Something else.")
    await stop(house)
    await strike(house, "2027-03-29T10:00")
    assert await house.draft("priya", "amend", key)
    assert words(house, "priya") == []


async def test_when_messages_go_on_after_it_closed_there_is_a_word_and_a_week(
    house: House,
) -> None:
    key = await begun(house)
    await stop(house)
    await strike(house, "2027-04-19T10:00")
    await start(house, "2027-04-20T10:00")
    await strike(house, "2027-04-20T11:00")
    await strike(house, "2027-04-20T12:00")
    assert words(house, "pat") == ["What you began is kept until Tuesday 27 April 2027"]
    await strike(house, "2027-04-27T10:00")
    data = {"flow": "feedback", "conversation": key}
    await house.press("pat", {"verb": "flow.open", "data": data}, {})
    assert "closed on Wednesday 31 March 2027" in house.shown("pat")
    assert "We listened." in house.shown("pat")


async def test_nobody_came_back_in_that_week(house: House) -> None:
    key = await begun(house)
    await stop(house)
    await start(house, "2027-04-20T10:00")
    await strike(house, "2027-04-20T11:00")
    await strike(house, "2027-04-27T12:00")
    assert await house.draft("pat", "feedback", key) is None


async def test_that_word_keeps_office_hours(house: House) -> None:
    await begun(house)
    await stop(house)
    await start(house, "2027-04-23T19:00")  # a Friday
    await strike(house, "2027-04-23T20:00")
    assert words(house, "pat") == []
    await strike(house, "2027-04-26T09:00")
    assert words(house, "pat") == ["What you began is kept until Monday 3 May 2027"]


async def test_a_draft_of_thirty_days_has_a_word_and_a_week_too(house: House) -> None:
    key = await began_an_outcome(house)
    await stop(house)
    await start(house, "2027-06-08T10:00")
    await strike(house, "2027-06-08T11:00")
    assert words(house, "priya") == ["What you began is kept until Tuesday 15 June 2027"]
    await strike(house, "2027-06-15T10:00")
    assert await house.draft("priya", "outcome", key)
    await strike(house, "2027-06-15T12:00")
    assert await house.draft("priya", "outcome", key) is None


async def test_a_word_before_the_stop_is_said_again_only_if_its_day_has_passed(
    house: House,
) -> None:
    await begun(house)
    await strike(house, "2027-03-25T10:00")
    assert len(words(house, "pat")) == 1
    await stop(house)
    await start(house, "2027-03-29T10:00")
    await strike(house, "2027-03-30T11:00")
    assert len(words(house, "pat")) == 1
    await stop(house)
    await start(house, "2027-04-06T10:00")
    await strike(house, "2027-04-06T11:00")
    assert words(house, "pat")[1:] == ["What you began is kept until Tuesday 13 April 2027"]


async def test_a_stop_takes_no_day_from_the_week_after_the_word(house: House) -> None:
    key = await began_an_outcome(house)
    await strike(house, "2027-04-30T15:30")
    assert words(house, "priya") == ["What you began is kept until Friday 7 May 2027"]
    await stop(house)
    await start(house, "2027-05-06T10:00")
    await strike(house, "2027-05-12T10:00")
    assert await house.draft("priya", "outcome", key)
    assert len(words(house, "priya")) == 1
    await strike(house, "2027-05-13T11:00")
    assert await house.draft("priya", "outcome", key) is None


async def test_a_conversation_that_stays_stopped_keeps_no_draft_for_ever(house: House) -> None:
    key = await begun(house)
    await stop(house)
    told, stopped = len(house.told("pat")), house.at
    house.at = stopped + timedelta(days=179)
    await house.an_hour_strikes()
    assert await house.draft("pat", "feedback", key)
    house.at = stopped + timedelta(days=180)
    await house.an_hour_strikes()
    assert await house.draft("pat", "feedback", key) is None
    assert len(house.told("pat")) == told


async def test_a_long_silence_removes_nothing_sooner(house: House) -> None:
    """Somebody who waits to be rung may go on writing: that has its thirty days all the same."""
    key = await began_an_outcome(house)
    await house.tap("priya", wording.RING_ME)
    data = {"flow": "outcome", "conversation": key}
    house.at += timedelta(days=170)
    await house.press("priya", {"verb": "flow.open", "data": data}, {})
    await house.tap("priya", "Next", outcome_child="We miss him.")
    house.at += timedelta(days=25)
    await house.an_hour_strikes()
    assert await house.draft("priya", "outcome", key)


async def test_a_stop_just_before_the_word_is_heard(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = await begun(house)
    find = house.directory.find

    async def meanwhile(person: PersonKey) -> Person | None:
        monkeypatch.setattr(house.directory, "find", find)
        await stop(house)
        return await find(person)

    house.at = house.local("2027-03-25T10:00")
    await house.tidy()
    monkeypatch.setattr(house.directory, "find", meanwhile)
    await house.old.look()
    assert (await house.record(key)).stopped_at is not None
    assert words(house, "pat") == []
    await start(house, "2027-03-25T11:00")
    await strike(house, "2027-03-25T12:00")
    assert len(words(house, "pat")) == 1


async def test_of_a_young_draft_the_conversation_is_not_even_read(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await began_an_outcome(house)
    await house.tidy()
    read: list[str] = []
    get = house.store.get

    async def noted(table: str, partition: str, key: str) -> Row | None:
        read.append(table)
        return await get(table, partition, key)

    monkeypatch.setattr(house.store, "get", noted)
    await house.old.look()
    assert "conversations" not in read
    house.at = house.local("2027-05-04T10:00")
    await house.old.look()
    assert "conversations" in read


# Somebody waits to be rung ------------------------------------------------------------------------


async def test_who_waits_to_be_rung_hears_of_no_draft(house: House) -> None:
    key = await began_an_outcome(house)
    await house.tap("priya", "Things have changed: ring me")
    told = len(house.told("priya"))
    await strike(house, "2027-05-04T10:00")
    await strike(house, "2027-05-25T10:00")
    assert house.told("priya")[told:] == []
    assert await house.draft("priya", "outcome", key)


async def test_once_it_is_time_to_ask_again_they_do(house: House) -> None:
    key = await began_an_outcome(house)
    await house.tap("priya", wording.RING_ME)
    house.at = house.local("2027-05-04T10:00")
    await house.tap("fay", wording.ASK_LATER)  # from 1 June on
    await strike(house, "2027-05-31T12:00")
    assert words(house, "priya") == []
    await strike(house, "2027-06-01T12:00")
    assert words(house, "priya") == ["What you began is kept until Tuesday 8 June 2027"]
    assert await house.draft("priya", "outcome", key)


async def test_others_hear_of_theirs_as_ever(house: House) -> None:
    await began_an_outcome(house)
    await house.tap("fay", "Type up the learning")
    await house.tap("fay", "Write 4. What are we worried about?")
    house.at += timedelta(minutes=1)
    await house.tap("fay", "Save and go on", worries_text="x" * 4_500)
    await house.tap("priya", wording.RING_ME)
    await strike(house, "2027-05-04T10:00")
    assert len(words(house, "fay")) == 1


async def test_one_named_by_mail_alone_is_known_too(house: House) -> None:
    """Nia leads: the record knows her by her address, not by a key."""
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book(lead="nurse")
    await house.hold()
    await house.skip(weeks=9)
    await house.tap("nia", "Next", outcome_child="We lost him.")
    await house.tap("nia", "Back")
    await house.tap("nia", wording.RING_ME)
    await strike(house, "2027-05-04T10:00")
    assert words(house, "nia") == []
    assert await house.draft("nia", "outcome", key)
