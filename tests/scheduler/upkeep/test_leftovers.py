"""What a crash left of handed-in files goes at night; what stands, or is still coming in, stays."""

from functools import partial

import pytest

from records.conversation.snapshot import RECORD, read_record
from records.conversation.snapshot import TABLE as CONVERSATIONS
from records.learning.sharing import put_file
from records.learning.word_file_store import PIECE, TABLE, WordFileStore
from records.people import PersonKey
from records.stages import Act
from records.store.contract import Row, Unavailable
from scheduler.upkeep.leftovers import Leftovers

BODY = b"x" * (PIECE + 1)
ME = PersonKey("key-f")


@pytest.fixture
def leftovers(world):
    return Leftovers(world.store, world.clocks)


async def held(world):
    await world.request()
    await world.book("2026-11-10 10:00")
    await world.hold()


async def save(world, name, conversation="c1"):
    await WordFileStore(world.store).save(conversation, BODY, name=name, by=ME, at=world.now())


async def names(world):
    return {row.key.partition(".")[0] async for row in world.store.query(TABLE)}


async def half(world, name):
    """As a process leaves it that dies before the head was written."""
    await save(world, name)
    await world.store.delete(TABLE, "c1", f"{name}.head")


async def test_half_a_file_is_removed_once_it_is_a_day_old(world, leftovers):
    await held(world)
    await half(world, "f1")
    world.pass_(hours=23)
    assert await leftovers.look() == 0
    assert await names(world) == {"f1"}
    world.pass_(hours=2)
    assert await leftovers.look() == 1
    assert await names(world) == set()
    assert await leftovers.look() == 0


async def test_the_file_that_stands_stays_and_the_one_before_it_goes(world, leftovers):
    """The process died between letting the new one stand and removing the old one."""
    await held(world)
    for name in ("f1", "f2"):
        await stands(world, name)
    world.pass_(days=300)
    assert await leftovers.look() == 1
    assert await names(world) == {"f2"}
    assert await WordFileStore(world.store).read("c1", "f2") == BODY


async def test_what_might_still_be_wanted_is_left(world, leftovers):
    """No conversation yet, as while a backup is brought back; one that cannot be read; pieces of
    which nobody knows how old they are."""
    await held(world)
    await save(world, "f1", "c2")
    await save(world, "f2", "c3")
    await world.store.put(CONVERSATIONS, Row("c3", RECORD, {"stage": "no such stage"}))
    await world.store.put(TABLE, Row("c1", "f3.piece-0000", {"data": "eA=="}))
    world.pass_(days=30)
    assert await leftovers.look() == 0
    assert await names(world) == {"f1", "f2", "f3"}


async def test_wherever_a_process_dies_only_what_stands_is_left(new_world):
    """Handing in a second file: pieces, head, the conversation, then the first one goes."""
    for boundary in range(1, 100):
        world = await new_world("f")
        await held(world)
        await stands(world, "f1")
        crashed = await world.crash_at(boundary, partial(another, world))
        world.pass_(days=2)
        await Leftovers(world.store, world.clocks).look()
        it, _ = await read_record(world.store, "c1")
        assert await names(world) == {it.captured.file}, boundary
        assert await WordFileStore(world.store).read("c1", it.captured.file) == BODY
        if not crashed:
            break
    assert boundary > 8


async def stands(world, name):
    await save(world, name)
    await world.act(Act.LEARNING_FILE, lambda it: put_file(it, world.now(), name))


async def another(world):
    await stands(world, "f2")
    await WordFileStore(world.store).remove("c1", "f1")


async def test_with_the_storage_away_it_is_tried_another_night(world, leftovers, monkeypatch):
    await held(world)
    await half(world, "f1")
    world.pass_(days=2)

    async def away(*_):
        raise Unavailable

    monkeypatch.setattr(world.store, "delete", away)
    with pytest.raises(Unavailable):
        await leftovers.look()
    monkeypatch.undo()
    assert await leftovers.look() == 1
