"""A copy of everything while people go on: each conversation as it stood at one moment."""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.stores import EVERY_TABLE
from records.backup import copying
from records.backup.copying import conversation, counts, everything
from records.backup.form import BackupRow, Head
from records.conversation.snapshot import TABLE
from records.drafts import Draft, Drafts, Open
from records.learning.word_file_store import WordFileStore
from records.people import PersonKey
from records.register.register import Deed, Register
from records.stages import Act
from records.store.contract import Changed, Delete, Row
from records.store.memory import MemoryStore
from records.timetable.timetable import Timetable
from scheduler import leader
from tests.trips import Counting


class Busy(MemoryStore):
    """Reads a partition as the storage does: what changes meanwhile shows in the rows to come."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        self.always = False

    async def query(self, table: str, **how: Any) -> AsyncIterator[Row]:
        seen = ""
        if how.get("partition") and self.meanwhile:
            async for row in super().query(table, **how):
                seen = row.key
                yield row
                break
            meanwhile, self.meanwhile = self.meanwhile, self.meanwhile if self.always else None
            await meanwhile()
        async for row in super().query(table, **how):
            if row.key > seen:
                yield row


@pytest.fixture
def store() -> Busy:
    return Busy()


async def test_a_conversation_that_changes_while_it_is_read_is_read_again(
    store: Busy, register: Register, story: Any
) -> None:
    await register.open(story.requested(), story.answers(), "r")
    at = story.at("2026-11-02 12:00")
    later = story.answers().model_copy(update={"texts": {"worry": "more"}})

    async def change() -> None:
        deed = Deed(Act.AGREE, "m", at)
        await register.change("c1", deed, lambda it: it.agree(at, ()), lambda _: [later])

    store.meanwhile = change
    lines = await conversation(store, "c1", 1)
    rows = {line.row.key: line.row.values for line in lines if isinstance(line, BackupRow)}
    assert rows["conversation"]["audit_sequence"] == 2
    assert "more" in str(rows["answer-request-r"])
    assert [line for line in lines if isinstance(line, Head)] == [
        Head("c1", 2, str(rows["audit-00000002"]["hash"]))
    ]


async def test_one_that_never_stands_still_is_said_to(
    store: Busy, register: Register, story: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "PAUSE", 0.0)
    await register.open(story.requested(), story.answers(), "r")

    async def touch() -> None:
        row = await store.get(TABLE, "c1", "conversation")
        assert row is not None
        sequence = int(str(row.values["audit_sequence"])) + 1
        values = {**row.values, "audit_sequence": sequence}
        await store.update(TABLE, replace(row, values=values))

    store.meanwhile, store.always = touch, True
    with pytest.raises(Changed):
        await conversation(store, "c1", 1)


class Moving(MemoryStore):
    """Gives a stream as the storage does at worst: a page ends after each row.

    When so many rows have been given (`left`), something happens.
    """

    def __init__(self) -> None:
        super().__init__()
        self.left = -1
        self.then: Callable[[], Awaitable[object]] | None = None

    async def query(self, table: str, **how: Any) -> AsyncIterator[Row]:
        seen = ("", "")
        while True:
            here = [row async for row in super().query(table, **how)]
            row = next((one for one in here if (one.partition, one.key) > seen), None)
            if row is None:
                return
            seen = row.partition, row.key
            yield row
            self.left -= 1
            if self.left == 0 and self.then:
                await self.then()


async def copied(store: MemoryStore, folder: Path) -> dict[str, dict[str, str]]:
    """What was copied of each conversation: row key and values, and its head."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    async for line in everything(store, (TABLE, "files"), folder, lambda: None):
        if isinstance(line, Head):
            found[line.conversation]["head"] = f"{line.sequence} {line.hash}"
        elif line.table == TABLE:
            rows = found[line.row.partition]
            assert line.row.key not in rows
            rows[line.row.key] = str(dict(line.row.values))
    return dict(found)


@pytest.mark.parametrize("what", ["changes", "begins", "ends"])
@pytest.mark.parametrize("name", ["c1", "c2", "c3"])
async def test_what_happens_during_the_stream_is_copied_as_before_it_or_as_after_it(
    timetable: Timetable, story: Any, tmp_path: Path, name: str, what: str
) -> None:
    for after in count(1):
        store = Moving()
        register = Register(store, timetable)
        for one in ("c1", "c2", "c3"):
            if one != name or what != "begins":
                await register.open(story.requested(identity=one), story.answers(), "r")
        old = await copied(store, tmp_path)

        async def happens(store: Moving = store, register: Register = register) -> None:
            at = story.at("2026-11-02 12:00")
            later = story.answers().model_copy(update={"texts": {"worry": "more"}})
            match what:
                case "begins":
                    await register.open(story.requested(identity=name), story.answers(), "r")
                case "ends":
                    rows = [one async for one in store.query(TABLE, partition=name)]
                    await store.commit(TABLE, [Delete(one) for one in rows])
                case _:
                    deed = Deed(Act.AGREE, "m", at)
                    await register.change(
                        name, deed, lambda it: it.agree(at, ()), lambda _: [later]
                    )

        store.left, store.then = after, happens
        during = await copied(store, tmp_path)
        if store.left > 0:
            break
        new = await copied(store, tmp_path)
        assert old.get(name) != new.get(name)
        assert during.get(name) in (old.get(name), new.get(name))
        assert {**during, name: None} == {**new, name: None}
    assert after > 15  # it happened after each row that was read


async def test_what_is_sent_during_the_stream_is_copied_as_draft_or_as_what_it_became(
    timetable: Timetable, story: Any, tmp_path: Path
) -> None:
    tables = (TABLE, "files", "people", "drafts")
    for after in count(1):
        store = Moving()
        register, drafts = Register(store, timetable), Drafts(store)
        await register.open(story.requested(identity="c1"), story.answers(), "r")
        for one in ("o", "r"):
            await store.create("people", Row(one, "person", {"name": one}))
        at = story.at("2026-11-02 12:00")
        begun = Draft(owner=PersonKey("r"), flow="request", conversation="c2", version=1,
                      step="worry", answers={"worry": "w"}, begun=at, touched=at)  # fmt: skip
        opened = await drafts.save(Open(begun))

        async def sends(
            register: Register = register, drafts: Drafts = drafts, opened: Open = opened
        ) -> None:
            await register.open(story.requested(identity="c2"), story.answers(), "r")
            await drafts.remove(opened)

        store.left, store.then = after, sends
        lines = [line async for line in everything(store, tables, tmp_path, lambda: None)]
        if store.left > 0:
            break
        there = {(one.table, one.row.partition) for one in lines if isinstance(one, BackupRow)}
        assert {(TABLE, "c2"), ("drafts", "r")} & there, after
        assert len(lines) == len(set(map(str, lines)))
    assert after > 10


async def test_all_are_read_as_one_stream_and_only_what_changed_by_itself(
    tmp_path: Path,
) -> None:
    from tests.faults.kept import filled  # the whole product, which few tests here need

    world, conversations = await filled(200), 200
    store = Counting(world.store)
    there = await counts(store, EVERY_TABLE)
    read = count()
    lines = [
        line async for line in everything(store, EVERY_TABLE, tmp_path, lambda: void(next(read)))
    ]
    heads = sum(isinstance(one, Head) for one in lines)
    assert sum(there.values()) == len(lines) - heads
    # A chain's head is looked at before it and after it.
    assert sum(there.values()) <= next(read) <= sum(there.values()) + 2 * (heads - conversations)
    assert heads > conversations  # and one of each chain of reads
    # Each table is counted and read once, whatever is in it.
    assert len(store.trips) <= 2 * len(EVERY_TABLE) + 0.1 * conversations
    assert not [one for one in store.trips if one.operation != "query"]
    assert not list(tmp_path.iterdir())


def void(_: object) -> None:
    """For one who only counts."""


async def test_files_go_with_their_conversation_and_those_without_one_too(
    register: Register, story: Any, tmp_path: Path
) -> None:
    store = register.store
    await register.open(story.requested(), story.answers(), "r")
    for name in ("c1", "nobody"):
        at, me = story.at("2026-11-02 12:00"), PersonKey("key-r")
        await WordFileStore(store).save(name, b"text", name="one", by=me, at=at)
    for table in (TABLE, "files"):
        await store.create(table, Row("orphan", "prompt-1", {"state": "waiting"}))
    lines = [line async for line in everything(store, EVERY_TABLE, tmp_path, lambda: None)]
    rows = [(one.table, one.row.partition) for one in lines if isinstance(one, BackupRow)]
    assert rows.count(("files", "c1")) == rows.count(("files", "nobody")) == 2
    assert rows.count((TABLE, "orphan")) == rows.count(("files", "orphan")) == 1
    assert [one.conversation for one in lines if isinstance(one, Head)] == ["c1"]
    there = await counts(store, EVERY_TABLE)
    assert sum(there.values()) == len(rows) == len(set(map(str, lines))) - 1


SELDOM = {"holds", "retention", "erasures", "releases", "figures", "collation"}
"""Tables that are made once something is held, removed, erased, released, closed or collated."""


async def test_every_table_there_is_is_copied_but_the_lease() -> None:
    from tests.faults.kept import filled  # the whole product, which no other test here needs

    world = await filled(10)
    assert set(world.store._tables) | SELDOM == set(EVERY_TABLE)
    assert leader.TABLE not in EVERY_TABLE
