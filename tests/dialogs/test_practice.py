"""A rehearsal: marked on every card, walks everything, counted nowhere, and gone after 14 days."""

import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from cards.wording import wording
from records.conversation.conversation import PRACTICE, is_practice
from records.evaluation.facts import ASKED, HELD
from records.learning.word_file_store import WordFileStore
from records.outbox.prompt import Kind
from records.register.repair import repair
from records.stages import Act, Stage
from records.store.contract import Row, Unavailable
from scheduler.delivery.courier import NotAccepted, Parcel
from tests.dialogs.conftest import CHANNEL, STORY, House, texts

TABLES = ("conversations", "board", "byperson", "bymail", "references", "due", "drafts", "shown",
          "parked", "files")  # fmt: skip
Q1 = {"in": "2027-01-01_2027-03-31"}


async def rehearse(house: House, *away: str) -> str:
    """A practice request that was sent, with these not here yet; its conversation's id."""
    people = ("priya", "martin", "fay", "idris", "pat", "nia")
    await house.arrive(*(one for one in people if one not in away))
    await house.fill_request("priya", typed="practice")
    await house.tap("priya", "Send")
    return await the_one(house)


async def the_one(house: House) -> str:
    found = {row.partition for row in await house.dump() if is_practice(row.partition)}
    assert len(found) == 1
    return found.pop()


async def booked(house: House) -> str:
    key = await rehearse(house)
    await house.agree()
    await house.pick_up()
    await house.book("fay", coming="requester,nurse,other1")
    return key


async def channel(house: House) -> None:
    place = house.people["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
    await house.directory.channel_seen(place)


async def everything(house: House, *tables: str) -> str:
    """Every row of these tables, as text."""
    found = [row async for row in _rows(house, tables or TABLES)]
    return "\n".join(f"{row.partition} {row.key} {dict(row.values)}" for row in found)


async def _rows(house: House, tables: tuple[str, ...]) -> AsyncIterator[Row]:
    for table in tables:
        async for row in house.store.query(table):
            yield row


async def test_every_card_and_every_notification_begins_with_practice(house: House) -> None:
    await channel(house)
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    house.cards.clear()
    house.parcels.clear()
    key = await walked(house)
    assert len(house.cards) > 40
    for card in house.cards:
        assert texts(card).startswith(wording.PRACTICE_NOTE), texts(card)
    assert len(house.parcels) > 15
    for _, parcel in house.parcels:
        assert parcel.summary.startswith("PRACTICE: "), parcel.summary
    assert {to for to, _ in house.parcels} >= {CHANNEL, "chat-martin", "chat-pat"}
    assert (await house.record(key)).stage is Stage.COMPLETE


async def walked(house: House) -> str:
    """From the first word to the outcome and what was recorded, within the 14 days."""
    key = await rehearse(house)
    await house.agree()
    await house.pick_up()
    await house.book("fay", coming="requester,nurse,other1")
    await house.hold()
    await house.give_feedback("pat", 7, happened="We met.", may_quote="yes")
    await house.press("fay", {"verb": "learning.type-up", "data": {"conversation": key}}, {})
    await house.tap("fay", "Look it over before sharing")
    await house.tap("fay", "Share the document")
    await house.tap("priya", "Say who I shared it with")
    await house.tap("priya", "Confirm who has it", shared_with="other1")
    await house.tap("pat", "Recorded on our system")
    await house.skip(days=5)
    await house.press(
        "priya", {"verb": "flow.open", "data": {"flow": "outcome", "conversation": key}}, {}
    )
    await house.tap("priya", "Next", outcome_child="Better.", may_quote="yes")
    await house.tap("priya", "Next", outcome_you="Calmer.")
    await house.tap("priya", "Send")
    return key


async def test_its_reference_says_so_and_the_board_shows_it_marked_and_finds_it(
    house: House,
) -> None:
    key = await rehearse(house)
    reference = (await house.record(key)).reference
    assert reference.startswith("PRACTICE-")
    await house.say("fay", "board")
    assert reference in house.shown("fay")  # its agency too, once its manager agreed
    await house.tap("fay", "Find", find=reference.lower().replace("-", " "))
    assert reference in house.shown("fay")
    await house.say("priya", "my requests")
    assert reference in house.shown("priya")


async def test_it_is_counted_nowhere_and_nobody_is_quoted(house: House) -> None:
    await walked(house)
    await repair(house.store, house.timetable)
    rows = [row for row in await house.dump("board") if row.partition in (ASKED, HELD)]
    assert rows == []
    assert not [row for row in await house.dump("board") if "quote" in row.partition]
    assert not [row for row in await house.dump("board") if row.partition == "stage-complete"]
    await house.press("fay", {"verb": "evaluation.show", "data": Q1}, {})
    assert wording.EVALUATION_NEVER in house.shown("fay")


async def test_an_open_request_stays_as_it_is_beside_it(house: House) -> None:
    await house.arrive("priya")
    await house.say("priya", "request")
    await house.tap("priya", "No")
    await house.tap("priya", "Next", about="adult", reasons="stuck")
    await house.say("priya", "practice")
    assert house.shown("priya").startswith(wording.PRACTICE_NOTE)
    assert "(No)" in house.shown("priya"), "it begins at its own beginning"
    await house.tap("priya", "No")
    real = await house.draft("priya", "request")
    assert real is not None
    assert (real.step, is_practice(real.conversation)) == ("you", False)
    await house.say("priya", "request")
    assert not house.shown("priya").startswith(wording.PRACTICE_NOTE)
    await house.say("priya", "practice")
    assert house.shown("priya").startswith(wording.PRACTICE_NOTE)
    drafted = await house.draft("priya", "practice")
    assert drafted is not None
    assert drafted.conversation.startswith(PRACTICE)


async def test_a_colleague_who_plays_the_manager_is_not_remembered_as_one(house: House) -> None:
    await rehearse(house)
    person = await house.directory.find(house.people["priya"].actor.key)
    assert person is not None
    assert person.manager_mail == ""


async def test_ones_own_manager_is_not_filled_in_nor_passed_over(house: House) -> None:
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_request()
    await house.tap("priya", "Send")
    await house.say("priya", "practice")
    await house.tap("priya", "No")
    await house.tap("priya", "Next", about="child", reasons="stuck")
    shown = house.shown("priya")
    assert wording.MANAGER_NAME in shown
    assert "Team East" in shown
    drafted = await house.draft("priya", "practice")
    assert drafted is not None
    assert "manager_mail" not in drafted.answers


async def test_a_real_one_is_never_marked_whatever_is_written_in_it(house: House) -> None:
    await house.arrive("priya", "martin", "fay", "idris", "pat", "nia")
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry="Like PRACTICE-7K3QX that we had.")
    await house.fill_from("priya", "hope_you")
    await house.tap("priya", "Send")
    await house.agree()
    for card in house.cards:
        assert wording.PRACTICE_NOTE not in texts(card)
    assert not [one for _, one in house.parcels if one.summary.startswith("PRACTICE")]


async def test_after_14_days_nothing_of_it_is_kept_and_its_messages_say_that_it_is_over(
    house: House,
) -> None:
    await channel(house)
    key = await rehearse(house, "nia")
    await house.agree()
    await house.pick_up()
    await house.book("fay", coming="requester,nurse,other1")
    reference = (await house.record(key)).reference
    await house.press(
        "fay", {"verb": "flow.open", "data": {"flow": "moving", "conversation": key}}, {}
    )
    files = WordFileStore(house.store)
    await files.save(key, b"x", name="f1", by=house.people["fay"].actor.key, at=house.at)
    await house.tidy()
    for table in TABLES:
        there = await everything(house, table)
        assert key in there or reference in there, table
    await house.skip(days=13, hours=23)
    await house.an_hour_strikes()
    assert (await house.record(key)).practice_over is None
    await house.skip(hours=1)
    await house.an_hour_strikes()
    kept = await everything(house)
    assert key not in kept
    assert reference not in kept
    for who in ("martin", "pat", "fay"):
        shown = [texts(one.card) for one in house.people[who].chat if one.card]
        told = [one for one in shown if wording.PRACTICE_ENDED_MORE in one]
        assert told, who
    for words in STORY.values():
        assert words not in kept


async def test_looking_twice_and_the_repair_bring_nothing_of_it_back(house: House) -> None:
    key = await booked(house)
    await house.skip(days=15)
    await house.an_hour_strikes()
    before = await everything(house)
    told = len(house.parcels)
    await repair(house.store, house.timetable)
    await house.an_hour_strikes()
    await house.skip(weeks=10)
    assert await everything(house) == before
    assert key not in before
    assert len(house.parcels) == told
    card = house.people["fay"].card
    await house.press("fay", {"verb": "pickup.see", "data": {"conversation": key}}, {})
    assert card != house.people["fay"].card
    assert reference_free(house, key)


def reference_free(house: House, key: str) -> bool:
    return key not in json.dumps(house.people["fay"].card)


async def test_a_real_one_beside_it_is_left_alone(house: House) -> None:
    await booked(house)
    await house.arrive("kit")
    await house.fill_request("kit")
    await house.tap("kit", "Send")
    [real] = {row.partition for row in await house.dump() if not is_practice(row.partition)}
    before = [row for row in await house.dump() if row.partition == real]
    await house.skip(hours=1)
    await house.skip(days=15)
    await house.an_hour_strikes()
    after = {row.key: row for row in await house.dump() if row.partition == real}
    assert {row.key for row in before} <= after.keys()
    await house.say("kit", "my requests")
    assert (await house.record(real)).reference in house.shown("kit")


@pytest.mark.parametrize("step", range(0, 60, 3))
async def test_killed_at_any_step_it_is_removed_by_the_next_look(
    house: House, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    await channel(house)
    key = await booked(house)
    reference = (await house.record(key)).reference
    await house.skip(days=14)
    await house.tidy()
    done, delete, commit = 0, house.store.delete, house.store.commit

    def tick() -> None:
        nonlocal done
        done += 1
        if done > step:
            raise Unavailable

    async def deleting(*args: Any, **more: Any) -> None:
        tick()
        await delete(*args, **more)

    async def committing(*args: Any, **more: Any) -> Any:
        tick()
        return await commit(*args, **more)

    monkeypatch.setattr(house.store, "delete", deleting)
    monkeypatch.setattr(house.store, "commit", committing)
    with contextlib.suppress(Unavailable):
        await house.an_hour_strikes()
    monkeypatch.undo()
    await repair(house.store, house.timetable)
    told = len(house.parcels)
    await house.sweep.run()
    await house.skip(hours=1)
    await house.an_hour_strikes()
    await house.tidy()
    kept = await everything(house)
    assert key not in kept
    assert reference not in kept
    if done > 1:
        assert len(house.parcels) == told, "nothing more is sent once it is over"


async def test_messages_are_closed_first_and_tried_again_for_a_week(house: House) -> None:
    key = await booked(house)
    await house.skip(days=14)
    replace, away = house.replace, True

    async def refusing(to: Any, message: str, parcel: Parcel) -> None:
        if away:
            raise NotAccepted("away")
        await replace(to, message, parcel)

    house.replace = refusing  # type: ignore[method-assign]  # Teams is away
    await house.an_hour_strikes()
    it = await house.record(key)
    assert it.practice_over is not None
    assert house.timetable.owed(it) == ()
    assert [one.act for one in (await house.file(key)).audit].count(Act.PRACTICE_OVER) == 1
    await house.press("fay", {"verb": "changes.open", "data": {"conversation": key}}, {})
    assert "(Something has changed)" not in house.shown("fay")
    for row in await house.dump("byperson"):
        await house.store.delete("byperson", row.partition, row.key)
    await repair(house.store, house.timetable)
    assert await house.dump("byperson") == []
    assert [row.partition for row in await house.dump("board")] == ["rows"]
    away = False
    await house.skip(hours=1)
    await house.an_hour_strikes()
    assert key not in await everything(house)


async def test_what_teams_never_takes_keeps_it_no_longer_than_a_week(house: House) -> None:
    key = await booked(house)
    await house.skip(days=14)

    async def refusing(to: Any, message: str, parcel: Parcel) -> None:
        raise NotAccepted("away")

    house.replace = refusing  # type: ignore[method-assign]  # Teams is away
    await house.an_hour_strikes()
    assert key in await everything(house)
    await house.skip(days=7)
    await house.an_hour_strikes()
    assert key not in await everything(house)


async def test_the_lead_worker_is_asked_what_it_changed_within_the_14_days(house: House) -> None:
    key = await booked(house)
    await house.hold()
    await house.skip(days=5)
    sent = [one for one, _ in (await house.file(key)).prompts.values() if one.sent_at]
    assert Kind.OUTCOME in {one.kind for one in sent}


async def test_stopped_at_the_first_question_it_goes_on_by_its_own_word(house: House) -> None:
    await house.arrive("priya")
    await house.say("priya", "practice")
    await house.tap("priya", "Yes")
    await house.tap("priya", "Stop here")
    assert wording.PRACTICE_STOPPED_MORE in house.shown("priya")
    assert house.shown("priya").startswith(wording.PRACTICE_NOTE)
    assert wording.RISK_STOPPED_MORE not in house.shown("priya")


async def test_another_one_asked_for_from_a_rehearsal_is_a_rehearsal(house: House) -> None:
    key = await booked(house)
    await house.hold()
    await house.press("priya", {"verb": "review.again", "data": {"conversation": key}}, {})
    assert house.shown("priya").startswith(wording.PRACTICE_NOTE)
    assert await house.draft("priya", "practice") is not None
    assert await house.draft("priya", "request") is None


async def test_help_has_it(house: House) -> None:
    await house.arrive("priya")
    await house.say("priya", "help")
    assert "practice" in house.shown("priya")
