"""Handed-in files, over both stores: whole, or not there."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from records.learning.word_file_store import PIECE, TABLE, Damaged, WordFileStore
from records.people import PersonKey
from records.store.contract import Row, Store

AT = datetime(2027, 2, 3, 15, tzinfo=UTC)
BY = PersonKey("5f" * 16)


async def save(keeping: WordFileStore, name: str, body: bytes, conversation: str = "c1") -> None:
    await keeping.save(conversation, body, name=name, by=BY, at=AT)


@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 5 * 1024 * 1024])
async def test_a_file_is_read_back_as_it_was(store: Store, size: int) -> None:
    keeping, body = WordFileStore(store), os.urandom(size)
    await save(keeping, "f1", body)
    assert await keeping.read("c1", "f1") == body


async def test_a_file_belongs_to_its_conversation(store: Store) -> None:
    keeping = WordFileStore(store)
    await save(keeping, "f1", b"x")
    assert await keeping.read("c2", "f1") is None
    assert await keeping.read("c1", "f2") is None


async def test_a_file_whose_head_was_never_written_is_not_there(store: Store) -> None:
    keeping = WordFileStore(store)
    await save(keeping, "f1", b"x" * (PIECE + 1))
    await store.delete(TABLE, "c1", "f1.head")
    assert await keeping.read("c1", "f1") is None


async def test_a_file_that_lost_a_piece_is_never_given_out(store: Store) -> None:
    keeping = WordFileStore(store)
    await save(keeping, "f1", b"x" * (PIECE + 1))
    await store.delete(TABLE, "c1", "f1.piece-0001")
    with pytest.raises(Damaged):
        await keeping.read("c1", "f1")


async def test_removing_one_file_leaves_the_others(store: Store) -> None:
    keeping = WordFileStore(store)
    for name in ("f1", "f10", "f2"):
        await save(keeping, name, b"x" * (PIECE + 1))
    await save(keeping, "f1", b"y", "c2")
    await keeping.remove("c1", "f1")
    await keeping.remove("c1", "")
    kept = [row.key async for row in store.query(TABLE, partition="c1")]
    assert {key.split(".")[0] for key in kept} == {"f10", "f2"}
    assert len(kept) == 6
    assert await keeping.read("c2", "f1") == b"y"


async def test_only_what_was_handed_in_before_then_is_older(store: Store) -> None:
    keeping = WordFileStore(store)
    await save(keeping, "f1", b"x" * (PIECE + 1))
    await save(keeping, "f2", b"y", "c2")
    await store.delete(TABLE, "c2", "f2.head")
    await store.put(TABLE, Row("c3", "f3.piece-0000", {"data": "eA=="}))
    assert sorted(await keeping.older(AT + timedelta(seconds=1))) == [("c1", "f1"), ("c2", "f2")]
    assert await keeping.older(AT) == []
