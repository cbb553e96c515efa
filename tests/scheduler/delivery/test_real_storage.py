"""The same promises over a real table storage: times, etags and transactions as they are there."""

import asyncio

from records.outbox.prompt import State
from scheduler.delivery.courier import NotAccepted
from scheduler.delivery.settings import DeliveryOutcome


async def test_three_sweeps_at_once_send_each_prompt_once(stored_world):
    world = stored_world
    await world.install("m")
    for number in range(8):
        await world.request(f"c{number}")
    sweeps = [world.sweep, world.instance("two")[1], world.instance("three")[1]]
    counts = await asyncio.gather(*(one.run() for one in sweeps))
    assert sum(one[DeliveryOutcome.SENT] for one in counts) == 8
    assert world.courier.to("m") == [("manager-ask", False)] * 8
    for number in range(8):
        left = await world.pointers(f"c{number}")
        reminder = await world.prompt("manager-reminder", "m", f"c{number}")
        silent = await world.prompt("manager-silent", "r", f"c{number}")
        assert {one.prompt for one in left} == {reminder.id, silent.id}


async def test_a_retry_moves_the_pointer_and_the_prompt_is_sent(stored_world):
    world = stored_world
    await world.install("m")
    await world.request()
    world.courier.failures["m"] = [NotAccepted("429", 60.0)]
    await world.sweep.run()
    assert len(await world.pointers()) == 3
    world.pass_(minutes=2)
    await world.sweep.run()
    assert len(await world.pointers()) == 2
    assert (await world.prompt("manager-ask", "m")).state is State.SENT


async def test_not_reached_is_told_and_an_install_brings_the_prompt_back(stored_world):
    world = stored_world
    await world.request()
    await world.sweep.run()
    await world.sweep.run()
    assert world.courier.to("r") == [("not-reached", False)]
    await world.sweep.deliver_now(await world.reach.resume(await world.install("m")))
    assert world.courier.to("m") == [("manager-ask", False)]
