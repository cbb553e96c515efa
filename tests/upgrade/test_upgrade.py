"""An export of an earlier version, brought back into this one: nothing lost, nothing sent twice.

README.md beside this says what the export holds and how it was made.
"""

import json
import secrets
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.upgrade.conftest import Index
from tests.upgrade.town import (
    AT,
    HERE,
    Copied,
    MemoryStore,
    Row,
    Store,
    TableStore,
    Town,
    bring_back,
    first_break,
)

OWN = ("conversations", "files", "references", "drafts", "people", "mail", "shown", "digests")
"""Tables that nothing but what people do may change; the others are lists and pointers."""


async def rows(store: Store, table: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Every row of a table, by its keys."""
    return {(one.partition, one.key): dict(one.values) async for one in store.query(table)}


async def messages(store: Store) -> dict[str, Row]:
    """Every message of every conversation, by conversation and id."""
    return {
        f"{one.partition}/{one.key.removeprefix('prompt-')}": one
        async for one in store.query("conversations")
        if one.key.startswith("prompt-")
    }


async def test_the_export_holds_what_it_is_for(exported: MemoryStore, index: Index) -> None:
    """A smaller one would make all the other tests say less."""
    stages = {stage for _, _, stage in index["conversations"].values()}
    assert stages == {
        "requested", "agreed", "picked-up", "booked", "held", "complete", "not-this-route",
        "withdrawn", "ended",
    }  # fmt: skip
    states = Counter(str(one.values["state"]) for one in (await messages(exported)).values())
    assert set(states) == {
        "waiting", "claimed", "sending", "unsure", "sent", "parked", "cancelled"
    }  # fmt: skip
    assert len({one["flow"] for one in index["drafts"]}) == 22
    for table in (*OWN, "parked", "byperson", "board", "due"):
        assert await rows(exported, table), table


async def test_every_row_that_is_somebodys_stays_as_it_was(
    exported: MemoryStore, mended: MemoryStore, index: Index
) -> None:
    """The repair of this version takes no word, person, draft or message away, and alters none.

    It may add to them, and put a draft away whose time was over before.
    """
    late = {f"{one['flow']}-{one['key']}" for one in index["drafts"] if one["late"]}
    for table in OWN:
        now = await rows(mended, table)
        for keys, values in (await rows(exported, table)).items():
            if table == "drafts" and keys[1] in late and keys not in now:
                continue
            there = {name: now[keys].get(name) for name in values if name != "schema"}
            assert there == {name: values[name] for name in there}, (table, keys)


async def test_a_second_repair_finds_nothing_more(mended: MemoryStore) -> None:
    store = Copied(mended)
    await Town(store, AT).sweep.mend()
    for table in (*OWN, "parked", "byperson", "board", "due"):
        assert await rows(store, table) == await rows(mended, table), table


async def test_the_migration_binds_whoever_has_the_app_and_changes_no_id(
    mended: MemoryStore, migrated: MemoryStore, index: Index
) -> None:
    """Only who never had the app, or whom settings list, is known by an address alone."""
    before, after = Town(Copied(mended), AT), Town(Copied(migrated), AT)
    unknown = set()
    for key, _, _ in index["conversations"].values():
        was, now = await before.file(key), await after.file(key)
        assert now.prompts.keys() == was.prompts.keys()
        assert [one.id for one in now.conversation.people] == [
            one.id for one in was.conversation.people
        ]
        unknown |= {one.name for one in now.conversation.people if not one.key}
        assert first_break(list(now.audit), now.conversation.audit_head) is None
    assert unknown == {"Olwen Price", "Gus Mould", "Una Grey"}


async def test_each_conversation_reads_as_it_did_and_its_trail_holds(
    town: Town, index: Index
) -> None:
    for name, (key, reference, stage) in index["conversations"].items():
        file = await town.file(key)
        it = file.conversation
        assert (it.reference, it.stage) == (reference, stage), name
        assert first_break(list(file.audit), it.audit_head) is None, name
        assert len(file.audit) == it.audit_sequence, name
        assert not file.unreadable, name
        kept = [row for row in await town.dump() if row.partition == key]
        answers = {row.key: row.values for row in kept if row.key.startswith("answer-")}
        assert file.answers.keys() == answers.keys(), name
        for where, (one, _) in file.answers.items():
            assert one.texts == json.loads(str(answers[where]["texts_json"])), (name, where)


async def test_what_was_due_goes_out_once_and_nothing_is_sent_again(
    town: Town, index: Index
) -> None:
    before = await messages(town.store)
    await town.sweep.run()
    assert sorted(town.sent) == [tuple(one) for one in index["due"]]
    await town.sweep.run()
    assert len(town.sent) == len(index["due"])
    after = await messages(town.store)
    for name, one in before.items():
        if one.values["state"] == "sent":
            assert after[name].values == one.values, name


async def test_in_a_quarter_nobody_gets_a_message_twice(town: Town) -> None:
    """Not even those of which it is unknown whether they arrived: they are asked once more."""
    known = {name for name, one in (await messages(town.store)).items()
             if one.values["state"] == "sent"}  # fmt: skip
    await town.skip(weeks=13)
    sent = Counter(name for name, _, _ in town.sent)
    assert len(sent) > 50
    assert set(sent.values()) == {1}
    assert not known & set(sent)
    for place in {place for place, _ in town.parcels}:
        assert place != "chat-olwen"
        assert place != "chat-gus"


async def test_what_may_have_arrived_comes_once_more_as_a_reminder(town: Town) -> None:
    open_ = {
        name: str(one.values["to"])
        for name, one in (await messages(town.store)).items()
        if one.values["state"] in ("unsure", "sending")
    }
    assert len(open_) == 3
    await town.skip(days=2)
    assert {name for name, _, _ in town.sent} >= set(open_)
    after = await messages(town.store)
    for name in open_:
        assert (after[name].values["state"], after[name].values["reminders"]) == ("sent", 1)


@pytest.mark.parametrize("who", ["olwen", "gus"])
async def test_who_was_known_by_address_only_gets_what_waited_when_they_come(
    town: Town, who: str
) -> None:
    waited = {
        name: one
        for name, one in (await messages(town.store)).items()
        if one.values["state"] == "parked"
    }
    await town.arrive(who)
    mine = [name for name, to, _ in town.sent if to == who]
    assert mine
    assert set(mine) <= set(waited)
    assert len(set(mine)) == len(mine)
    assert len(town.people[who].chat) == len(mine) + 1  # and the welcome
    told = len(town.sent)
    await town.arrive(who)
    assert len(town.sent) == told


async def test_over_a_real_storage_it_is_the_same(
    azurite: str, mended: MemoryStore, index: Index
) -> None:
    prefix = f"u{secrets.token_hex(4)}"
    store = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix=prefix)
    try:
        await bring_back(store, HERE / "export-0.1.0.jsonl.gz")
        town = Town(store, AT)
        await town.sweep.mend()
        for table in (*OWN, "parked", "byperson", "board", "due"):
            assert await rows(store, table) == await rows(mended, table), table
        for _ in range(2):
            await town.sweep.run()
        assert sorted(town.sent) == [tuple(one) for one in index["due"]]
    finally:
        await store.close()
