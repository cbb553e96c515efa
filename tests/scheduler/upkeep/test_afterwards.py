"""What waits until the reply is out, and what becomes of it where a process ends."""

import asyncio
import logging

import pytest

from records.board import board
from records.board.places import OPEN
from records.conversation.snapshot import RECORD, TABLE
from records.outbox import due
from records.register import projections
from records.register.register import Register
from records.stages import Act, Stage
from records.store.codec import Unreadable
from records.store.contract import Row, Unavailable
from scheduler.delivery.settings import DeliveryOutcome
from scheduler.upkeep.afterwards import Afterwards


@pytest.fixture
def afterwards():
    return Afterwards()


async def test_what_a_turn_leaves_for_later_begins_when_it_has_replied(afterwards):
    said = []

    async def errand():
        said.append("lists")

    with afterwards.after_this():
        await asyncio.gather(*(asyncio.sleep(0, afterwards.later(errand)) for _ in range(2)))
        await afterwards.quiet()
        said.append("reply")
    await afterwards.quiet()
    assert said == ["reply", "lists", "lists"]


async def test_what_is_done_once_waits_for_its_time_and_is_the_latest():
    at, done = [0.0], []
    afterwards = Afterwards(lambda: at[0])

    def errand(name):
        async def do():
            done.append(name)

        return do

    afterwards.once("maria", errand("maria, before"), 60)
    at[0] = 59.0
    afterwards.once("tom", errand("tom"), 60)
    afterwards.once("maria", errand("maria"), 60)
    at[0] = 60.0
    await (await asyncio.wait_for(afterwards.ripe(), 1))()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(afterwards.ripe(), 0.05)
    assert done == ["maria"]
    await afterwards.quiet()
    assert done == ["maria", "tom"], "none is left behind where the process is asked to stop"


async def test_what_is_done_once_is_waited_for(afterwards):
    done = asyncio.Event()

    async def do():
        done.set()

    waiting = asyncio.create_task(afterwards.ripe())
    await asyncio.sleep(0)
    afterwards.once("maria", do, 0.02)
    await (await asyncio.wait_for(waiting, 1))()
    assert done.is_set()


async def test_what_no_turn_leaves_goes_at_once(afterwards):
    async def errand():
        return None

    afterwards.later(errand)
    assert await asyncio.wait_for(afterwards.take(), 1) is errand


async def test_a_task_that_outlives_its_turn_loses_nothing(afterwards):
    done, over = [], asyncio.Event()

    async def errand():
        done.append(1)

    async def outlives():
        await over.wait()
        afterwards.later(errand)

    with afterwards.after_this():
        task = asyncio.create_task(outlives())
        await asyncio.sleep(0)
    over.set()
    await task
    await afterwards.quiet()
    assert done == [1]


@pytest.mark.parametrize(
    "failure", [Unavailable("away"), Unreadable("Conversation", "c1", RECORD), ValueError("odd")]
)
async def test_an_errand_that_fails_holds_up_no_other(afterwards, failure, caplog):
    done = []

    async def fails():
        raise failure

    async def works():
        done.append(1)

    for one in (fails, works):
        afterwards.later(one)
    with caplog.at_level(logging.WARNING):
        await afterwards.quiet()
    assert (done, len(caplog.records)) == ([1], 1)


async def test_a_queue_that_is_full_leaves_the_rest_to_the_sweep(monkeypatch, caplog):
    monkeypatch.setattr("scheduler.upkeep.afterwards.MAX_WAITING", 1)
    afterwards, done = Afterwards(), []

    async def errand():
        done.append(1)

    for _ in range(3):
        afterwards.later(errand)
    await afterwards.quiet()
    assert done == [1]
    assert [one.action for one in caplog.records] == ["afterwards_full"] * 2


# The sweep ----------------------------------------------------------------------------------------


@pytest.fixture
def killed(world):
    """Another copy's register: it replies, and is killed before it comes to any list."""
    world.register = Register(world.store, world.timetable, later=[].append)
    return world


async def listed(world):
    rows = [one async for one in board.all_of(world.store, OPEN)]
    return {one.conversation: one.stage for one in rows}


async def waiting(world):
    every = [one async for one in due.due(world.store, world.moment)]
    return [one.prompt for one in every if one.prompt.startswith("lists")]


async def test_lists_that_a_killed_copy_left_are_redone_by_the_next_sweep(killed):
    await killed.request()
    await killed.act(Act.AGREE, lambda it: it.agree(killed.moment, ()))
    assert await listed(killed) == {}
    await killed.sweep.run()
    assert await listed(killed) == {}, "the copy itself is given a few seconds"
    killed.pass_(seconds=10)
    counts = await killed.sweep.run()
    assert counts[DeliveryOutcome.LISTED] == 2
    assert await listed(killed) == {"c1": Stage.AGREED}
    own = [one async for one in projections.own_entries(killed.store, killed.key("r"))]
    assert [one.stage for one in own] == [Stage.AGREED]
    assert await waiting(killed) == []


async def test_a_pointer_to_lists_outlives_a_sweep_that_came_before_its_change(killed):
    """The storage is slow: the sweep finds the pointer before the transaction is through."""
    early = due.Pointer(killed.moment, "c1", "lists1")
    await due.point(killed.store, early)
    killed.pass_(minutes=1)
    counts = await killed.sweep.run()
    assert (counts[DeliveryOutcome.MISSING], await waiting(killed)) == (1, ["lists1"])
    await killed.request()
    killed.pass_(seconds=20)
    await killed.sweep.run()
    assert await listed(killed) == {"c1": Stage.REQUESTED}
    assert await waiting(killed) == []


async def test_a_pointer_to_lists_of_a_change_that_never_was_goes_after_an_hour(killed):
    await due.point(killed.store, due.Pointer(killed.moment, "nowhere", "lists1"))
    for minutes in (30, 31, 2):
        killed.pass_(minutes=minutes)
        await killed.sweep.run()
    assert await waiting(killed) == []


async def test_a_record_that_cannot_be_read_keeps_nobody_elses_lists_waiting(killed, caplog):
    for name in ("c1", "c2"):
        await killed.request(name)
    await killed.store.put(TABLE, Row("c1", RECORD, {"stage": "nowhere"}))
    killed.pass_(seconds=10)
    for _ in range(2):
        await killed.sweep.run()
    assert await listed(killed) == {"c2": Stage.REQUESTED}
    assert await waiting(killed) == ["lists1"]
    told = [one for one in caplog.records if one.action == "row_unreadable"]
    assert [one.partition for one in told if one.row == RECORD] == ["c1"]


async def test_a_sweep_that_is_asked_to_stop_leaves_lists_to_another(killed):
    await killed.request()
    killed.pass_(seconds=10)
    killed.sweep.stop()
    counts = await killed.sweep.run()
    assert counts[DeliveryOutcome.LEFT] >= 1
    assert await waiting(killed) == ["lists1"]
