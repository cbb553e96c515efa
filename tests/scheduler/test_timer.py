"""The timer and the leader: who sweeps, when, and how a process stops."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from records.outbox.prompt import State
from records.store.contract import Unavailable
from records.store.memory import MemoryStore
from scheduler.leader import Leader
from scheduler.timer import Handover, Timer

LONDON = ZoneInfo("Europe/London")


class Clock:
    at = datetime(2026, 11, 2, 10, tzinfo=UTC)

    def __call__(self):
        return self.at

    def pass_(self, seconds):
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store():
    return MemoryStore()


# The leader -------------------------------------------------------------------------------------


async def test_of_many_instances_exactly_one_leads(store, clock):
    leaders = [Leader(store, f"p{number}", clock) for number in range(6)]
    for _ in range(3):
        assert sum(await asyncio.gather(*(one.hold() for one in leaders))) == 1
        clock.pass_(11)


async def test_a_leader_that_keeps_asking_keeps_the_lead(store, clock):
    one, two = Leader(store, "one", clock), Leader(store, "two", clock)
    for _ in range(12):
        assert await one.hold()
        assert not await two.hold()
        clock.pass_(10)


async def test_a_leader_that_falls_silent_is_replaced_when_its_lease_ends(store, clock):
    one, two = Leader(store, "one", clock), Leader(store, "two", clock)
    assert await one.hold()
    clock.pass_(29)
    assert not await two.hold()
    clock.pass_(1)
    assert await two.hold()
    assert not await one.hold()


async def test_a_leader_that_stops_lets_another_lead_at_once(store, clock):
    one, two = Leader(store, "one", clock), Leader(store, "two", clock)
    assert await one.hold()
    await two.release()
    assert not await two.hold()
    await one.release()
    assert await two.hold()


async def test_workers_of_one_instance_asking_at_once_do_not_lose_the_lead(store, clock):
    one = Leader(store, "one", clock)
    for _ in range(3):
        assert all(await asyncio.gather(*(one.hold() for _ in range(8))))
        clock.pass_(15)


async def test_a_lease_that_a_wrong_clock_took_for_ten_minutes_keeps_nobody_waiting(store, clock):
    one, two = Leader(store, "one", clock), Leader(store, "two", clock)
    clock.pass_(600)
    assert await one.hold()
    clock.pass_(-600)
    assert await two.hold()


# The timer --------------------------------------------------------------------------------------


class Recorder:
    """A sweep that notes when it is asked."""

    def __init__(self):
        self.runs, self.handed, self.mended, self.stopped = 0, [], 0, False
        self.failure, self.hold, self.done = None, None, 0
        self.clock_is_right = True

    async def trusts_clock(self):
        return self.clock_is_right

    async def run(self, lead):
        self.runs += 1
        if self.failure is not None:
            raise self.failure
        return await lead()

    async def deliver_now(self, prompts):
        self.handed.extend(prompts)
        if self.hold is not None:
            await self.hold.wait()
        self.done += 1

    async def mend(self):
        self.mended += 1

    def stop(self):
        self.stopped = True


@pytest.fixture
async def running(store, clock):
    timers = []

    def start(sweep, handover, **more):
        timer = Timer(sweep, handover, Leader(store, "one", clock), LONDON, **more)
        timers.append(timer)
        timer.start()
        return timer

    yield start
    for one in timers:
        await one.stop(0)


async def settled(condition):
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


async def test_it_sweeps_at_once_and_then_at_each_tick(running):
    sweep = Recorder()
    running(sweep, Handover(), tick=0.02)
    await settled(lambda: sweep.runs >= 4)


@pytest.mark.parametrize("failure", [Unavailable("away"), ValueError("a fault of ours")])
async def test_a_sweep_that_fails_is_followed_by_the_next(running, failure):
    sweep = Recorder()
    sweep.failure = failure
    running(sweep, Handover(), tick=0.02)
    await settled(lambda: sweep.runs >= 3)


async def test_what_is_announced_is_handed_over_without_a_tick(running):
    sweep, handover = Recorder(), Handover()
    running(sweep, handover, tick=3600)
    handover.announce([])
    handover.announce(["prompt"])
    await settled(lambda: sweep.handed == ["prompt"])


async def test_a_slow_delivery_does_not_hold_up_the_next_commit(running):
    sweep, handover = Recorder(), Handover()
    sweep.hold = asyncio.Event()
    running(sweep, handover, tick=3600, workers=2)
    handover.announce(["slow"])
    handover.announce(["next"])
    await settled(lambda: sweep.handed == ["slow", "next"])


async def test_a_full_queue_leaves_the_rest_to_the_sweep(monkeypatch):
    monkeypatch.setattr("scheduler.timer.MAX_WAITING", 1)
    handover = Handover()
    handover.announce(["one"])
    handover.announce(["two"])
    assert await handover.take() == ["one"]


async def test_the_repair_is_at_half_past_two_london_time_and_is_never_dropped_when_late(running):
    timer = running(Recorder(), Handover())
    night = timer._scheduler.get_job("night").next_run_time.astimezone(LONDON)
    assert (night.hour, night.minute) == (2, 30)
    for job in timer._scheduler.get_jobs():
        assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)


async def test_a_night_mends_and_then_runs_the_other_errands_even_if_one_fails(running):
    sweep, errands = Recorder(), []

    async def fails():
        raise ValueError("a fault of ours")

    async def counts():
        errands.append("done")

    timer = running(sweep, Handover(), nightly=[fails, counts])
    timer._night.set()
    await settled(lambda: errands == ["done"])
    assert sweep.mended == 1


async def test_an_hourly_errand_that_fails_leaves_the_others_their_turn(running):
    done = []

    async def fails():
        raise ValueError("a fault of ours")

    async def counts():
        done.append("done")

    timer = running(Recorder(), Handover(), hourly=[fails, counts])
    timer._hour.set()
    await settled(lambda: done == ["done"])


async def test_every_five_minutes_the_errands_for_that_are_run(running):
    done = []

    async def counts():
        done.append("done")

    timer = running(Recorder(), Handover(), tick=3600, often=[counts])
    assert timer._scheduler.get_job("often").trigger.interval == timedelta(minutes=5)
    timer._five.set()
    await settled(lambda: done == ["done"])


async def test_further_loops_run_beside_the_sweep(running):
    queue, kept = asyncio.Queue(), []

    async def keep(one):
        kept.append(one)
        if one == "bad":
            raise ValueError("a fault of ours")

    running(Recorder(), Handover(), also=[(queue.get, keep)])
    for one in ("bad", "good"):
        queue.put_nowait(one)
    await settled(lambda: kept == ["bad", "good"])


async def test_what_a_leader_does_once_goes_on_beside_the_sweeps_and_stops_when_asked(running):
    """It asks as it goes; nobody cancels it in the middle of a write."""
    sweep, slices, ended = Recorder(), [], []

    async def long(lead):
        while await lead():
            slices.append(1)
            await asyncio.sleep(0.005)
        ended.append("between two slices")

    timer = running(sweep, Handover(), tick=0.01, first=[long])
    await settled(lambda: len(slices) > 3 and sweep.runs > 3)
    await timer.stop(5)
    assert ended == ["between two slices"]


async def test_what_a_leader_does_once_is_tried_again_after_the_next_sweep(running):
    tries = []

    async def fails(_):
        tries.append(1)
        raise Unavailable("away")

    running(Recorder(), Handover(), tick=0.01, first=[fails])
    await settled(lambda: len(tries) >= 3)


async def test_a_follower_begins_nothing(running, store, clock):
    assert await Leader(store, "other", clock).hold()
    begun, sweep = [], Recorder()

    async def one(_):
        begun.append(1)

    running(sweep, Handover(), tick=0.01, first=[one])
    await settled(lambda: sweep.runs >= 4)
    assert begun == []


async def test_a_follower_does_not_mend(running, store, clock):
    assert await Leader(store, "other", clock).hold()
    sweep = Recorder()
    timer = running(sweep, Handover(), tick=3600)
    timer._night.set()
    await asyncio.sleep(0.05)
    assert sweep.mended == 0


async def test_a_clock_that_is_wrong_does_no_errands(running, store, clock):
    sweep, done = Recorder(), []
    sweep.clock_is_right = False

    async def errand():
        done.append("early")

    timer = running(sweep, Handover(), tick=3600, hourly=[errand], nightly=[errand])
    timer._night.set()
    timer._hour.set()
    await asyncio.sleep(0.05)
    assert (sweep.mended, done) == (0, [])


async def test_stopping_lets_what_is_being_sent_finish_and_gives_up_the_lead(running, store, clock):
    sweep, handover = Recorder(), Handover()
    sweep.hold = asyncio.Event()
    timer = running(sweep, handover, tick=3600)
    handover.announce(["slow"])
    await settled(lambda: sweep.handed == ["slow"])
    stopping = asyncio.create_task(timer.stop(5))
    await asyncio.sleep(0.01)
    assert (sweep.stopped, stopping.done(), sweep.done) == (True, False, 0)
    sweep.hold.set()
    await stopping
    assert sweep.done == 1
    assert await Leader(store, "other", clock).hold()


async def test_stopping_does_what_was_left_for_last_whatever_fails_of_it(running):
    done = []

    async def fails():
        raise Unavailable("away")

    async def slowly():
        await asyncio.sleep(0.02)
        done.append("lists")

    await running(Recorder(), Handover(), tick=3600, last=[fails, slowly]).stop(5)
    assert done == ["lists"]


async def test_stopping_waits_no_longer_than_it_may(running):
    sweep, handover = Recorder(), Handover()
    sweep.hold = asyncio.Event()
    timer = running(sweep, handover, tick=3600)
    handover.announce(["endless"])
    await settled(lambda: sweep.handed == ["endless"])
    async with asyncio.timeout(2):
        await timer.stop(0.05)
    assert sweep.done == 0


async def test_a_commit_reaches_the_manager_through_the_real_sweep_without_a_tick(world):
    handover = Handover()
    world.register._announce = handover.announce
    await world.install("m")
    timer = Timer(world.sweep, handover, Leader(world.store, "one", world.system), LONDON)
    timer.start()
    try:
        await world.request()
        await settled(lambda: world.courier.to("m") == [("manager-ask", False)])
    finally:
        await timer.stop(1)
    assert (await world.prompt("manager-ask", "m")).state is State.SENT
