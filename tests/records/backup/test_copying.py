"""A copy of everything while people go on: each conversation as it stood at one moment."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.stores import EVERY_TABLE
from records.backup import copying
from records.backup.copying import conversation, counts, everything
from records.backup.form import BackupRow, Head
from records.conversation.snapshot import TABLE
from records.learning.word_file_store import WordFileStore
from records.people import PersonKey
from records.register.register import Deed, Register
from records.stages import Act
from records.store.contract import Changed, Row
from records.store.memory import MemoryStore
from scheduler import leader


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


async def test_files_go_with_their_conversation_and_those_without_one_too(
    register: Register, story: Any
) -> None:
    store = register.store
    await register.open(story.requested(), story.answers(), "r")
    for name in ("c1", "nobody"):
        at, me = story.at("2026-11-02 12:00"), PersonKey("key-r")
        await WordFileStore(store).save(name, b"text", name="one", by=me, at=at)
    await store.create(TABLE, Row("orphan", "prompt-1", {"state": "waiting"}))
    lines = [line async for line in everything(store, EVERY_TABLE)]
    rows = [(one.table, one.row.partition) for one in lines if isinstance(one, BackupRow)]
    assert rows.count(("files", "c1")) == rows.count(("files", "nobody")) == 2
    assert rows.count((TABLE, "orphan")) == 1
    assert [one.conversation for one in lines if isinstance(one, Head)] == ["c1"]
    there = await counts(store, EVERY_TABLE)
    assert sum(there.values()) == len(rows) == len(set(map(str, lines))) - 1


async def test_every_table_there_is_is_copied_but_the_lease() -> None:
    from tests.faults.kept import filled  # the whole product, which no other test here needs

    world = await filled(10)
    assert set(world.store._tables) == set(EVERY_TABLE)
    assert leader.TABLE not in EVERY_TABLE
