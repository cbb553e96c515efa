"""A slow chat holds one worker: one send is under way in it, the others go on."""

import asyncio
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from records.changes.stopping import stop
from records.conversation.replacing import replace as replace_person
from records.outbox.prompt import Kind, State
from records.people import Part, Participant
from records.stages import Act
from scheduler.delivery.courier import NotAccepted
from scheduler.delivery.lines import Dispatch, Lines
from scheduler.delivery.settings import DeliveryOutcome
from scheduler.leader import Leader
from scheduler.sweep import Sweep
from scheduler.timer import Handover, Timer

LONDON = ZoneInfo("Europe/London")


class SlowChat:
    """Teams takes its time over one chat: each message waits until it is let go."""

    def __init__(self, world, chat):
        self.chat, self.under_way, self.most, self.begun = chat, 0, 0, 0
        self.go = asyncio.Semaphore(0)
        world.courier.before_send = self.sending

    async def sending(self, to, parcel):
        if to.conversation_id != self.chat:
            return
        self.begun += 1
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await self.go.acquire()
        finally:
            self.under_way -= 1

    def let_go(self, count=1_000):
        for _ in range(count):
            self.go.release()


async def settled(condition):
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


async def agreed(world, identity):
    """Something for the requester, whose chat is quick."""
    await world.request(identity)
    await world.act(Act.AGREE, lambda it: it.agree(world.moment, ()), identity)


async def test_commits_for_a_slow_chat_hold_one_of_the_workers_and_others_go_on(world):
    handover = Handover()
    await world.install("m")
    await agreed(world, "quick")
    quick = list(world.announced)
    world.register._announce = handover.announce
    slow = SlowChat(world, "m")
    assert await Leader(world.store, "other", world.system).hold()  # so that nobody sweeps here
    timer = Timer(world.sweep, handover, Leader(world.store, "one", world.system), LONDON)
    timer.start()
    for number in range(10):
        await world.request(f"c{number}")
    try:
        await settled(lambda: slow.begun > 0 and handover._queue.empty())
        handover.announce(quick)
        await settled(lambda: world.courier.to("r", "agreed"))
        assert slow.most == 1
        slow.let_go()
        await settled(lambda: len(world.courier.to("m")) == 10)
        assert slow.most == 1
    finally:
        await timer.stop(1)
    assert world.courier.to("m") == [("manager-ask", False)] * 10


async def test_a_sweep_goes_on_beside_a_slow_chat_and_sends_what_is_for_it_in_turn(world):
    await world.install("m")
    for number in range(30):
        await world.request(f"c{number:02}")
    await agreed(world, "quick")
    slow = SlowChat(world, "m")
    sweep = asyncio.create_task(world.sweep.run())
    await settled(lambda: world.courier.to("r", "agreed"))
    assert (slow.most, world.courier.to("m")) == (1, [])
    slow.let_go()
    assert (await sweep)[DeliveryOutcome.SENT] == 32
    assert (slow.most, world.courier.to("m")) == (1, [("manager-ask", False)] * 30)


async def test_the_line_of_a_slow_chat_keeps_no_sweep_from_its_end_and_stays_due(world):
    await world.install("m")
    for number in range(5):
        await world.request(f"c{number}")

    async def takes_its_time(*_):
        world.pass_(seconds=11)

    world.courier.before_send = takes_its_time
    for number in range(5):
        counts = await world.sweep.run()
        assert counts[DeliveryOutcome.SENT] == 1
        assert counts[DeliveryOutcome.IN_LINE] == 4 - number
    assert world.courier.to("m") == [("manager-ask", False)] * 5


async def test_what_one_conversation_owes_one_person_at_one_instant_goes_as_it_was_owed(
    stored_world,
):
    world = stored_world
    await world.install("m")
    for number in range(6):
        await world.request(f"c{number}")
    world.pass_(days=9, hours=1)
    order = defaultdict(list)

    def drawn(prompt, *rest):
        parcel = world.card(prompt, *rest)
        return replace(parcel, card=parcel.card | {"of": prompt.conversation})

    async def sending(to, parcel):
        if to.conversation_id == "m":
            order[parcel.card["of"]].append(parcel.card["kind"])

    world.render, world.courier.before_send = drawn, sending
    await world.sweep.run()
    asked = [Kind.MANAGER_ASK, Kind.MANAGER_REMINDER]
    assert order == {f"c{number}": asked for number in range(6)}


async def test_what_waited_in_line_is_looked_at_anew_when_its_turn_comes(world):
    await world.install("m")
    for identity in ("c1", "c2"):
        await world.request(identity)
    slow = SlowChat(world, "m")
    sweep = asyncio.create_task(world.sweep.run())
    await settled(lambda: slow.under_way == 1)
    sent_first = world.courier.tried["m"]
    for identity in ("c1", "c2"):
        await world.act(Act.WITHDRAW, lambda it: it.withdraw(world.moment), identity)
    world.pass_(seconds=2)
    slow.let_go()
    counts = await sweep
    assert (sent_first, counts[DeliveryOutcome.SENT]) == (1, 1)
    assert counts[DeliveryOutcome.CANCELLED] == 1
    assert len(world.courier.to("m", "manager-ask")) == 1


async def test_a_message_that_fails_hands_its_chat_on(world):
    await world.install("m")
    for number in range(6):
        await world.request(f"c{number}")

    def draws_some(prompt, *rest):
        if prompt.conversation in ("c0", "c3"):
            raise ValueError("cannot be drawn")
        return world.card(prompt, *rest)

    world.render = draws_some
    world.courier.failures["m"] = [NotAccepted("429", 1.0)]
    counts = await world.sweep.run()
    assert (counts[DeliveryOutcome.FAILED], counts[DeliveryOutcome.AGAIN]) == (2, 1)
    assert counts[DeliveryOutcome.SENT] == 3
    # What cannot be drawn is tried again once its claim has run out, and not at every sweep.
    again = await world.sweep.run()
    assert (again[DeliveryOutcome.TAKEN], again[DeliveryOutcome.FAILED]) == (2, 0)
    world.render = world.card
    world.pass_(minutes=6)
    assert (await world.sweep.run())[DeliveryOutcome.SENT] == 3


async def test_a_worker_that_is_cancelled_in_a_chat_leaves_it(world):
    await world.install("m")
    for number in range(3):
        await world.request(f"c{number}")
    slow = SlowChat(world, "m")
    sweep = asyncio.create_task(world.sweep.run())
    await settled(lambda: slow.under_way == 1)
    sweep.cancel()
    await asyncio.gather(sweep, return_exceptions=True)
    world.courier.before_send = None
    assert (await world.sweep.run())[DeliveryOutcome.SENT] == 2
    world.pass_(minutes=6)
    assert (await world.sweep.run())[DeliveryOutcome.UNSURE] == 1


async def test_a_process_that_stops_leaves_those_in_line_as_they_were(world):
    await world.install("m")
    for number in range(4):
        await world.request(f"c{number}")
    slow = SlowChat(world, "m")
    sweep = asyncio.create_task(world.sweep.run())
    await settled(lambda: slow.under_way == 1)
    world.sweep.stop()
    slow.let_go()
    assert (await sweep)[DeliveryOutcome.SENT] == 1
    states = [(await world.prompt("manager-ask", "m", f"c{n}")).state for n in range(4)]
    assert sorted(states) == sorted([State.SENT, *[State.WAITING] * 3])


async def test_what_is_for_somebody_else_by_now_is_not_sent_where_it_stood_in_line(world):
    """Its recipient was replaced meanwhile: whoever had the chat before says nothing of them."""
    await world.install("m")
    for identity in ("c1", "c2"):
        await world.request(identity)
    slow = SlowChat(world, "m")
    sweep = asyncio.create_task(world.sweep.run())
    await settled(lambda: slow.under_way == 1)
    owen = world.participant("m").model_copy(update={"key": world.key("o"), "mail": ""})
    for identity in ("c1", "c2"):
        there = tuple(owen if one.id == "m" else one for one in world.people)
        await world.act(Act.AMEND, lambda it, there=there: it.with_(people=there), identity)
    world.elapsed += 1
    world.moment += timedelta(seconds=1)
    slow.let_go()
    assert (await sweep)[DeliveryOutcome.SENT] == 2
    assert (len(world.courier.to("m")), len(world.courier.to("o"))) == (1, 1)


async def test_one_chats_line_says_nothing_of_another_chat():
    lines, asked = Lines(lambda: 0.0), []
    first, second = (Dispatch(None, None) for _ in range(2))

    async def find(who):
        asked.append(who)
        return who, None

    assert lines.enter("m", first)
    assert not lines.enter("m", second)
    assert await lines.found("m", first, lambda: find("m")) == ("m", None)
    assert lines.after(first) is second
    assert lines.enter("o", second)
    assert await lines.found("o", second, lambda: find("o")) == ("o", None)
    assert await lines.found("m", second, lambda: find("m")) == ("m", None)
    assert asked == ["m", "o"]


async def asked_one_after_another(world):
    """Three questions of one conversation, and a sweep that begins each once the one before is
    sent. Time stands still."""
    await world.install("m")
    await world.request()
    await world.book("2026-11-10 10:00")
    world.until("2026-11-10 10:00")
    await world.sweep.run()
    await world.hold()
    world.courier.sent.clear()
    there = (world.store, world.deliverer, world.reach, world.timetable, world.clocks)
    return Sweep(*there, at_once=1)


async def test_nothing_goes_out_of_one_conversation_once_its_messages_were_stopped(world):
    sweep = await asked_one_after_another(world)

    async def stops_all(*_):
        await world.act(Act.STOP, lambda it: stop(it, world.moment))

    world.courier.before_send = stops_all
    counts = await sweep.run()
    assert (counts[DeliveryOutcome.SENT], counts[DeliveryOutcome.CANCELLED]) == (1, 2)
    assert len(world.courier.sent) == 1


async def test_nothing_goes_to_somebody_whose_place_was_taken_while_another_was_written_to(world):
    sweep = await asked_one_after_another(world)
    tapped = []

    async def replaces_the_others(to, _):
        if tapped:
            return
        tapped.append(to.conversation_id)
        who = next(one for one in ("n", "o") if one != to.conversation_id)
        new = Participant(id="", part=Part.OTHER, name="Ida Holt", mail="ida@care.example")
        await world.act(Act.REPLACE, lambda it: replace_person(it, world.moment, who, new))
        tapped.append(who)

    world.courier.before_send = replaces_the_others
    await sweep.run()
    first, gone = tapped
    assert world.courier.to(first)
    assert world.courier.to(gone) == []
