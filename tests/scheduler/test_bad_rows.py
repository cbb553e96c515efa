"""Rows that are not what they should be: logged by their ids, mended or left, and nobody waits."""

import pytest

from records import shown_cards
from records.board import board
from records.board.places import OPEN
from records.conversation.snapshot import RECORD, TABLE, prompt_key, read_file
from records.drafts import TABLE as DRAFTS
from records.drafts import Drafts
from records.outbox import due
from records.outbox.parked import TABLE as PARKED
from records.outbox.prompt import State
from records.people import PersonKey
from records.register import projections
from records.register.repair import repair
from records.store.azure import TableStore
from records.store.codec import SCHEMA
from records.store.contract import Row
from scheduler.delivery.settings import DeliveryOutcome

DAMAGES = {
    "an unknown state": ({"state": "posted"}, True),
    "no time": ({"due": "soon"}, False),
    "broken JSON": ({"about_json": "{"}, False),
    "nothing at all": (None, True),
    "another kind": ({"kind": "riddle"}, False),
    "sent, and broken": ({"state": "sent", "due": "soon"}, None),
    "being sent, and broken": ({"state": "sending", "due": "soon"}, True),
    "being reminded, and broken": ({"state": "sending", "reminders": 1, "due": "soon"}, None),
    "to be reminded, and broken": ({"state": "unsure", "reminders": 1, "due": "soon"}, True),
}
"""What became of the row, and whether what is then sent is a reminder; None: nothing is sent."""


@pytest.fixture(params=["memory", "tables"])
def anywhere(request):
    """The world over either store."""
    return request.getfixturevalue("world" if request.param == "memory" else "stored_world")


async def damage(store, table, partition, key, changes):
    """Some values replaced, or all of them gone."""
    row = await store.get(table, partition, key)
    values = {} if changes is None else {**row.values, **changes}
    return await store.put(table, Row(partition, key, values))


async def drop(store, table):
    """The whole table is gone."""
    if isinstance(store, TableStore):
        await store._service.delete_table(store._prefix + table)
        return
    del store._tables[table]


def told(caplog, action="row_unreadable"):
    return [one for one in caplog.records if getattr(one, "action", "") == action]


@pytest.mark.parametrize("name", DAMAGES)
async def test_a_damaged_outbox_row_is_mended_and_its_message_goes_once(anywhere, caplog, name):
    world, (changes, reminder) = anywhere, DAMAGES[name]
    await world.install("m")
    for identity in ("c1", "c2"):
        await world.request(identity)
    ask = await world.prompt("manager-ask", "m")
    await damage(world.store, TABLE, "c1", prompt_key(ask.id), changes)
    await world.sweep.run()
    await world.sweep.run()
    arrived = [one for one in world.courier.sent if one[2] == ask.id and one[0] == "m"]
    # Both conversations owe it under the same id; one of the two messages is the sound one's.
    assert sorted(one[3] for one in arrived) == sorted(
        [False, reminder] if reminder is not None else [False]
    )
    mended = await world.prompt("manager-ask", "m")
    assert mended.state is (State.PARKED if name.startswith("being reminded") else State.SENT)
    assert {(one.partition, one.row) for one in told(caplog)} == {("c1", prompt_key(ask.id))}
    text = " ".join(str(vars(one)) for one in caplog.records)
    assert not any(private in text for private in ("Maria", "Priya", "example", "worry"))


async def test_the_night_mends_damaged_outbox_rows_too_and_a_change_goes_through(anywhere):
    world = anywhere
    await world.install("m")
    await world.request()
    for kind, to in (("manager-ask", "m"), ("manager-reminder", "m")):
        one = await world.prompt(kind, to)
        await damage(world.store, TABLE, "c1", prompt_key(one.id), {"due": "soon"})
    await drop(world.store, due.TABLE)
    mended = await repair(world.store, world.timetable)
    assert (mended.conversations, mended.mended, mended.unreadable) == (1, 2, 0)
    assert (await repair(world.store, world.timetable)).mended == 0
    await world.sweep.run()
    assert world.courier.to("m") == [("manager-ask", False)]


async def test_a_change_is_made_beside_an_outbox_row_that_cannot_be_read(world):
    await world.request()
    reminder = await world.prompt("manager-reminder", "m")
    await damage(world.store, TABLE, "c1", prompt_key(reminder.id), None)
    await world.book("2026-11-10 10:00")
    assert (await read_file(world.store, "c1")).conversation.booking is not None


async def test_what_a_newer_version_wrote_is_left_to_it_and_said_once(anywhere, caplog):
    world = anywhere
    await world.install("m")
    for identity in ("c1", "c2"):
        await world.request(identity)
    ask = await world.prompt("manager-ask", "m")
    changes = {"schema": SCHEMA + 1, "state": "on-its-way"}
    newer = await damage(world.store, TABLE, "c1", prompt_key(ask.id), changes)
    for _ in range(2):
        await world.sweep.run()
    assert (await world.store.get(TABLE, "c1", newer.key)).etag == newer.etag
    assert due.pointer(ask) in await world.pointers()
    assert world.courier.to("m") == [("manager-ask", False)]
    assert told(caplog)


async def test_an_older_and_a_newer_conversation_are_read_and_delivered(anywhere):
    world = anywhere
    await world.install("m")
    for identity in ("c1", "c2"):
        await world.request(identity)
    row = await world.store.get(TABLE, "c1", RECORD)
    older = {name: value for name, value in row.values.items() if name != "talks_json"}
    await world.store.put(TABLE, Row("c1", RECORD, {**older, "schema": 0}))
    newer = {"schema": SCHEMA + 1, "mood": "calm", "new_json": "[1]"}
    await damage(world.store, TABLE, "c2", RECORD, newer)
    assert (await world.sweep.run())[DeliveryOutcome.SENT] == 2
    assert (await repair(world.store, world.timetable)).unreadable == 0


async def test_a_conversation_that_cannot_be_read_keeps_nobody_waiting(anywhere, caplog):
    world = anywhere
    await world.install("m")
    for identity in ("c1", "c2", "c3"):
        await world.request(identity)
    sound = await world.store.get(TABLE, "c2", RECORD)
    await damage(world.store, TABLE, "c2", RECORD, {"people_json": "[{"})
    counts = await world.sweep.run()
    assert (counts[DeliveryOutcome.SENT], counts[DeliveryOutcome.FAILED]) == (2, 1)
    mended = await world.sweep.mend()
    assert (mended.conversations, mended.unreadable) == (2, 1)
    assert ("c2", RECORD) in {(one.partition, one.row) for one in told(caplog)}
    # Put right, it goes on once the claim has run out.
    await world.store.put(TABLE, Row("c2", RECORD, sound.values))
    world.pass_(minutes=6)
    assert (await world.sweep.run())[DeliveryOutcome.SENT] == 1


async def test_a_damaged_pointer_is_read_by_its_key_and_one_to_nowhere_is_removed(anywhere):
    world = anywhere
    await world.install("m")
    await world.request()
    ask = due.pointer(await world.prompt("manager-ask", "m"))
    await damage(world.store, due.TABLE, ask.partition, ask.key, None)
    # No instant at all; one that is none, and sorts before the day's own; and one after it.
    nonsense = ["nonsense", "2026-when", "20261102Tsoon", "_"]
    for key in nonsense:
        await world.store.put(due.TABLE, Row(ask.partition, key, {"at": "soon"}))
    assert await due.next_due(world.store, world.moment) == ask.at
    assert (await world.sweep.run())[DeliveryOutcome.SENT] == 1
    assert await world.store.get(due.TABLE, ask.partition, "2026-when") is None
    await world.sweep.mend()
    left = [row.key async for row in world.store.query(due.TABLE, partition=ask.partition)]
    assert set(left).isdisjoint({"nonsense", "_"})
    assert due.pointer(await world.prompt("manager-reminder", "m")) in await world.pointers()


async def test_damaged_lists_are_passed_over_and_written_anew_at_night(anywhere):
    world = anywhere
    for identity in ("c1", "c2"):
        await world.request(identity)
    key = world.key("r")
    await damage(world.store, board.BOARD, board.ROWS, "c1", {"stage": "nowhere"})
    await damage(world.store, projections.BY_PERSON, key, "c1", None)

    async def listed():
        entries = [one.conversation async for one in board.all_of(world.store, OPEN)]
        return entries, [
            one.conversation async for one in projections.own_entries(world.store, key)
        ]

    assert await listed() == (["c2"], ["c2"])
    await world.sweep.mend()
    both = ["c1", "c2"]
    assert [sorted(one) for one in await listed()] == [both, both]


async def test_damaged_drafts_and_cards_are_passed_over(anywhere, caplog):
    world = anywhere
    await world.store.put(DRAFTS, Row("somebody", "request", {"flow": 7}))
    await world.store.put(shown_cards.TABLE, Row("c1", "k1", {}))
    assert [one async for one in Drafts(world.store).everybodys()] == []
    assert [one async for one in Drafts(world.store).all_of(PersonKey("somebody"))] == []
    assert [one async for one in shown_cards.ShownCards(world.store).everywhere()] == []
    assert {one.row for one in told(caplog)} == {"request", "k1"}


async def test_a_damaged_shelf_still_brings_back_what_was_parked(anywhere):
    world = anywhere
    for identity in ("c1", "c2"):
        await world.request(identity)
    await world.sweep.run()
    rows = [row async for row in world.store.query(PARKED)]
    await damage(world.store, PARKED, rows[0].partition, rows[0].key, None)
    ask = await world.prompt("manager-ask", "m", rows[1].key.rpartition("-")[0])
    await damage(world.store, TABLE, ask.conversation, prompt_key(ask.id), {"due": "soon"})
    back = await world.reach.resume(await world.install("m"))
    assert [one.conversation for one in back] == [rows[0].key.rpartition("-")[0]]


async def test_pointers_whose_table_is_gone_come_back_at_night(anywhere):
    world = anywhere
    await world.install("m")
    await world.request()
    await drop(world.store, due.TABLE)
    assert await world.sweep.run() == {}
    assert (await world.sweep.mend()).pointers == 3
    assert (await world.sweep.run())[DeliveryOutcome.SENT] == 1


async def test_conversations_whose_table_is_gone_for_a_while_are_delivered_when_it_is_back(
    anywhere,
):
    world = anywhere
    await world.install("m")
    await world.request()
    rows = [row async for row in world.store.query(TABLE)]
    await drop(world.store, TABLE)
    for _ in range(2):
        counts = await world.sweep.run()
        assert (counts[DeliveryOutcome.MISSING], counts[DeliveryOutcome.FAILED]) == (1, 0)
        assert (await world.sweep.mend()).conversations == 0
        world.pass_(minutes=2)
    for row in rows:
        await world.store.create(TABLE, row)
    assert (await world.sweep.run())[DeliveryOutcome.SENT] == 1
    assert world.courier.to("m") == [("manager-ask", False)]
    world.pass_(minutes=2)
    assert await world.sweep.run() == {}
