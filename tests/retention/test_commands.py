"""`retention` and `hold` at an operator's terminal: what is said, and what is done."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.commands import hold, retention
from bot.commands.line import asked_for
from bot.commands.parts import OperatorParts
from bot.settings import Settings
from dialogs.turn.events import CardAction
from records.addresses import Holders
from records.conversation.conversation import Layer
from records.register.register import Deed, Register
from records.retention import holds
from records.retention.holds import Of
from records.stages import Act
from tests.deploy.tested_page import ROOT
from tests.dialogs.conftest import House, texts

REVIEW = date(2027, 6, 30)


def records_of(house: House) -> OperatorParts:
    """What a command works with, over the records of this house."""
    return OperatorParts(
        store=house.store,
        directory=house.directory,
        holders=Holders(house.store, house.directory.find, None),
        register=Register(house.store, house.timetable),
        clocks=house.clocks,
    )


async def withdrawn(house: House) -> str:
    key = await house.requested()
    deed = Deed(Act.WITHDRAW, "priya", house.at)
    await house.register.change(key, deed, lambda it: it.withdraw(deed.at))
    await house.deliver()
    return key


def looked(capsys: Any) -> str:
    return str(capsys.readouterr().out)


async def test_a_dry_run_writes_nothing_and_a_real_one_gives_a_receipt(
    house: House, capsys: Any
) -> None:
    key = await withdrawn(house)
    removal = retention.removal_over(records_of(house), Settings(demo=True), house)
    house.at += timedelta(days=180)
    before = await house.dump()
    assert retention.listed([one async for one in removal.plan()]) == 0
    assert await house.dump() == before
    out = looked(capsys)
    assert "not told yet" in out
    assert "to go: 4; held: 0" in out
    assert retention.told(await removal.look()) == 0
    assert "answers 1, learning 1, people 1, words 1" in looked(capsys)
    house.at += timedelta(days=8)
    retention.told(await removal.look())
    assert "Removed: answers 1, learning 1, people 1, words 1" in looked(capsys)
    assert (await house.record(key)).lacks(Layer.PEOPLE)


async def test_a_hold_is_set_seen_listed_and_lifted(house: House, capsys: Any) -> None:
    key = await withdrawn(house)
    records, reference = records_of(house), (await house.record(key)).reference
    assert await hold.keep(records, reference, "An inquiry.", REVIEW) == 0
    assert (await house.record(key)).hold is not None
    looked(capsys)
    assert await hold.show(records) == 0
    out = looked(capsys)
    assert reference in out
    assert "An inquiry." in out
    removal = retention.removal_over(records, Settings(demo=True), house)
    for _ in range(3):
        house.at += timedelta(days=180)
        night = await removal.look()
        assert not [one for one in Layer if night.removed[one]]
    # Two of the team were asked and never had a part in it; whoever is named in it stays known.
    there = {one.key for one in (await house.record(key)).people if one.key}
    assert there
    assert all([await house.directory.find(one) for one in there])
    await hold.show(records)
    assert "LOOK AT IT AGAIN" in looked(capsys)
    assert await hold.lift(records, reference) == 0
    assert (await house.record(key)).hold is None
    assert await hold.lift(records, reference) == 1


async def test_a_person_is_held_with_all_they_are_in(house: House, capsys: Any) -> None:
    key = await withdrawn(house)
    records = records_of(house)
    assert await hold.keep(records, "priya@socialcare.example", "A claim.", REVIEW) == 0
    assert "1 conversation" in looked(capsys)
    priya = (await house.record(key)).requester.key
    assert await holds.find(house.store, Of.PERSON, priya) is not None
    for nobody in ("nobody@nowhere.example", "LC-00000"):
        assert await hold.keep(records, nobody, "A claim.", REVIEW) == 1
    # A hold of the conversation itself outlives that of the person, and the other way round.
    reference = (await house.record(key)).reference
    await hold.keep(records, reference, "An inquiry.", REVIEW)
    assert await hold.lift(records, "priya@socialcare.example") == 0
    assert (await house.record(key)).hold is not None


async def test_the_facilitator_sees_a_hold_on_their_card(house: House) -> None:
    key = await house.booked()
    reference = (await house.record(key)).reference
    await hold.keep(records_of(house), reference, "An inquiry.", REVIEW)
    reply = await house.turn("fay", CardAction("pickup.see", {"conversation": key}))
    assert "Legal hold since" in texts(reply.card)
    assert "An inquiry." not in texts(reply.card)
    reply = await house.turn("priya", CardAction("request.see", {"conversation": key}))
    assert "Legal hold" not in texts(reply.card)


async def test_a_hold_is_in_the_log_and_the_trail_without_its_reason(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    key = await withdrawn(house)
    records, reference = records_of(house), (await house.record(key)).reference
    caplog.set_level("DEBUG")
    await hold.keep(records, reference, "An inquiry zqwhy.", REVIEW)
    await hold.lift(records, reference)
    told = {one.action: one for one in caplog.records if hasattr(one, "action")}
    assert {told[one].id for one in ("hold_set", "hold_lifted")} == {key}
    assert not [one for one in caplog.records if "zqwhy" in f"{vars(one)}"]
    priya = await house.directory.find(house.people["priya"].actor.key)
    assert priya is not None
    caplog.clear()
    await hold.keep(records, "priya@socialcare.example", "A claim.", REVIEW)
    await hold.lift(records, "priya@socialcare.example")
    assert priya.mark
    assert {one.id for one in caplog.records if hasattr(one, "action")} >= {priya.mark}
    assert not [one for one in caplog.records if priya.key in f"{vars(one)}"]
    trail = (await house.file(key)).audit
    assert [one.act for one in trail][2:4] == [Act.HELD_BACK, Act.LET_GO]
    assert "zqwhy" not in f"{trail}"


async def test_what_a_night_logs_is_counts_alone_and_stands_in_operations(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    key = await withdrawn(house)
    records, reference = records_of(house), (await house.record(key)).reference
    removal = retention.removal_over(records, Settings(demo=True), house)
    house.at += timedelta(days=180)
    await removal.look()
    await hold.keep(records, reference, "An inquiry.", REVIEW)
    await removal.look()
    await hold.lift(records, reference)
    await removal.look()
    house.down.update(one.reference.conversation_id for one in house.people.values())
    house.at += timedelta(days=8)
    await removal.look()
    house.at += timedelta(days=8)
    await removal.look()
    night = [vars(one) for one in caplog.records if one.msg == "retention"]
    told = {one["action"]: set(one) & {"part", "count", "conversation", "id"} for one in night}
    waited = {f"retention_{what}" for what in ("told", "removed", "held", "waits")}
    assert told == {one: {"part", "count"} for one in waited}
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [one for one in told if f"| `{one}` |" not in page] == []


@pytest.mark.parametrize(
    "given",
    [
        ["hold", "set", "LC-7K3QX", "--reason", "x"],
        ["hold", "set", "LC-7K3QX", "--review-on", "2027-06-30"],
        ["hold"],
        ["retention", "--wet"],
    ],
)
def test_what_makes_no_sense_is_said(given: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        asked_for(given)
    assert stopped.value.code == 2


def test_a_settings_file_without_tables_has_nothing(capsys: Any) -> None:
    bare = Settings(demo=True)
    assert retention.run(bare, dry=True) == 1
    assert hold.run(bare, "list", "", "", None) == 1
