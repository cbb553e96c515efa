"""The sweep: nothing stops it, nothing is looked at for ever, and a skip stops at each instant."""

from datetime import timedelta

import pytest

from records.outbox import due
from records.outbox.due import Pointer
from records.outbox.prompt import Kind, State
from records.store.contract import Unavailable
from scheduler.delivery.courier import NotAccepted
from scheduler.delivery.settings import DeliveryOutcome
from scheduler.sweep import skip


async def test_a_prompt_that_fails_stops_none_of_the_others(world, caplog):
    await world.install("m")
    for number in range(20):
        await world.request(f"c{number}")

    def fails_for_some(prompt, *rest):
        if prompt.conversation in {"c0", "c7"}:
            raise ValueError("a card that cannot be drawn")
        return world.card(prompt, *rest)

    world.render = fails_for_some
    counts = await world.sweep.run()
    assert (counts[DeliveryOutcome.SENT], counts[DeliveryOutcome.FAILED]) == (18, 2)
    failed = [one for one in caplog.records if one.levelname == "ERROR"]
    assert {(one.action, one.conversation) for one in failed} == {
        ("prompt_failed", "c0"),
        ("prompt_failed", "c7"),
    }
    world.render = world.card
    world.pass_(minutes=6)
    assert (await world.sweep.run())[DeliveryOutcome.SENT] == 2


async def test_logs_name_ids_and_nobody(world, caplog):
    caplog.set_level("INFO")
    await world.request()
    await world.sweep.run()
    await world.sweep.run()
    text = " ".join(str(vars(one)) for one in caplog.records)
    assert "prompt_parked" in text
    for private in ("Maria", "Priya", "example", "worry"):
        assert private not in text


@pytest.mark.parametrize("first", ["aaa", "zzz"])
async def test_what_is_due_again_at_one_instant_goes_as_it_was_owed(world, monkeypatch, first):
    seen, (second,) = [], {"aaa", "zzz"} - {first}
    hour = timedelta(hours=1)
    for number in range(9):
        for name, owed in ((first, 3 * hour), ("mmm", 2 * hour), (second, hour)):
            at = world.moment - owed
            await due.point(world.store, Pointer(world.moment, f"c{number}", name, at))
        # One of an earlier version says only when it is due now.
        await due.point(world.store, Pointer(world.moment, f"c{number}", "bbb"))

    async def dispatched(dispatch):
        seen.append((dispatch.pointer.conversation, dispatch.pointer.prompt))
        return DeliveryOutcome.SENT

    monkeypatch.setattr(world.deliverer, "dispatch", dispatched)
    await world.sweep.run()
    for number in range(9):
        mine = [prompt for key, prompt in seen if key == f"c{number}"]
        assert mine == [first, "mmm", second, "bbb"]


async def test_a_pointer_to_nothing_is_left_while_its_prompt_may_be_on_its_way(world):
    nothing = Pointer(world.moment, "c9", "p9")
    await due.point(world.store, nothing)
    assert (await world.sweep.run())[DeliveryOutcome.MISSING] == 1
    world.pass_(minutes=59)
    await world.sweep.run()
    assert await world.pointers("c9") == [nothing]
    world.pass_(minutes=2)
    await world.sweep.run()
    assert await world.pointers("c9") == []


async def test_a_pointer_written_with_an_old_time_is_left_at_first_sight(world):
    old = Pointer(world.moment - timedelta(days=3), "c9", "p9")
    await due.point(world.store, old)
    await world.sweep.run()
    assert await world.pointers("c9") == [old]
    world.pass_(minutes=2)
    await world.sweep.run()
    assert await world.pointers("c9") == []


async def test_a_pointer_older_than_its_prompt_is_removed_and_a_younger_one_left(world):
    await world.install("m")
    await world.request()
    reminder = await world.prompt("manager-reminder", "m")
    old = Pointer(world.moment, "c1", reminder.id)
    young = Pointer(reminder.not_before + timedelta(minutes=1), "c1", reminder.id)
    for one in (old, young):
        await due.point(world.store, one)
        await world.deliverer.deliver(one)
    left = [one for one in await world.pointers() if one.prompt == reminder.id]
    assert left == [due.pointer(reminder), young]


async def test_a_new_pointer_stands_before_the_row_that_moves_to_it(world):
    await world.install("m")
    await world.request()
    world.courier.failures["m"] = [NotAccepted("429", 60.0)]
    order = []
    put, update = world.store.put, world.store.update

    async def note_put(table, row):
        order.append((table, "put"))
        return await put(table, row)

    async def note_update(table, row):
        order.append((table, row.values.get("state")))
        return await update(table, row)

    world.store.put, world.store.update = note_put, note_update
    await world.deliverer.deliver(due.pointer(await world.prompt("manager-ask", "m")))
    assert order == [
        ("conversations", "sending"),
        ("due", "put"),
        ("conversations", "waiting"),
    ]


async def test_what_a_commit_made_due_goes_at_once_and_the_rest_waits(world):
    await world.install("m")
    await world.request()
    counts = await world.sweep.deliver_now(world.announced)
    assert counts == {DeliveryOutcome.SENT: 1}
    assert world.courier.to("m") == [("manager-ask", False)]


async def test_a_whole_conversation_is_prepared_at_once(world):
    await world.request()
    world.announced.clear()
    await world.book("2026-11-10 10:00")
    await world.sweep.deliver_now(world.announced)
    for who in ("r", "n", "o"):
        assert world.courier.to(who, "preparation") == [("preparation", False)]


async def test_without_the_lead_nothing_is_swept(world):
    await world.install("m")
    await world.request()

    async def follows():
        return False

    assert await world.sweep.run(follows) == {}
    assert world.courier.sent == []


async def test_after_an_outage_the_first_go_out_while_the_rest_are_unread(world, monkeypatch):
    monkeypatch.setattr("scheduler.sweep.BATCH", 10)
    await world.install("m")
    for number in range(30):
        await world.request(f"c{number:02}")
    read, query = [], world.store.query

    async def counting(*places, **more):
        async for row in query(*places, **more):
            if places == ("due",):
                read.append(len(world.courier.sent))
            yield row

    world.store.query = counting
    await world.sweep.run()
    assert len(world.courier.sent) == 30
    assert read[0] == 0
    assert 0 < read[15] < read[-1]


@pytest.mark.parametrize("how", ["lost", "away"])
async def test_a_lead_lost_midway_ends_the_sweep_and_what_is_left_stays_due(world, how):
    await world.install("m")
    for number in range(30):
        await world.request(f"c{number}")
    asked = 0

    async def at_first():
        nonlocal asked
        asked += 1
        if asked > 10 and how == "away":
            raise Unavailable("away")
        return asked <= 10

    first = (await world.sweep.run(at_first))[DeliveryOutcome.SENT]
    assert 0 < first < 30
    assert first + (await world.sweep.run())[DeliveryOutcome.SENT] == 30


@pytest.mark.parametrize(("skew", "sends"), [(29.0, 1), (-31.0, 0), (31.0, 0)])
async def test_a_clock_far_from_the_storages_claims_nothing(world, skew, sends):
    await world.install("m")
    await world.request()

    async def check():
        return skew

    world.store.check = check
    await world.sweep.run()
    assert (len(world.courier.sent), world.sweep.skewed) == (sends, not sends)
    await world.sweep.deliver_now(world.announced)
    assert len(world.courier.sent) == sends


async def test_what_a_commit_made_due_waits_for_the_first_look_at_the_clock(world):
    await world.install("m")
    await world.request()

    async def check():
        return -600.0

    world.store.check = check
    assert await world.sweep.deliver_now(world.announced) == {}
    assert world.courier.sent == []


@pytest.mark.parametrize("minutes", [10, -10])
async def test_a_clock_that_jumps_between_two_sweeps_claims_nothing_until_it_is_right(
    world, minutes
):
    await world.install("m")
    world.store.check = lambda: _after(-world.jump.total_seconds())
    await world.sweep.run()
    world.jump = timedelta(minutes=minutes)
    await world.request()
    assert await world.sweep.deliver_now(world.announced) == {}
    assert world.sweep.skewed
    world.jump = timedelta()
    await world.sweep.deliver_now(world.announced)
    assert world.courier.to("m") == [("manager-ask", False)]


async def test_a_clock_that_jumps_in_the_middle_of_a_sweep_ends_it(world):
    await world.install("m")
    for number in range(60):
        await world.request(f"c{number}")
    world.store.check = lambda: _after(-world.jump.total_seconds())
    send = world.courier.send

    async def then_jumps(to, parcel):
        world.jump = timedelta(minutes=10)
        return await send(to, parcel)

    world.courier.send = then_jumps
    assert 0 < (await world.sweep.run())[DeliveryOutcome.SENT] < 60
    assert await world.sweep.run() == {}
    world.courier.send, world.jump = send, timedelta()
    await world.sweep.run()
    assert world.courier.to("m") == [("manager-ask", False)] * 60


async def _after(seconds):
    return seconds


async def test_the_repair_brings_pointers_back_and_then_everything_is_sent(world):
    await world.install("m")
    await world.request()
    for one in await world.pointers():
        await due.unpoint(world.store, one)
    assert (await world.sweep.run()) == {}
    assert (await world.sweep.mend()).pointers == 3
    assert (await world.sweep.run())[DeliveryOutcome.SENT] == 1


# The demo's clock -------------------------------------------------------------------------------


async def skipping(world, **time):
    instants = []

    async def set_clock(at):
        instants.append(world.wall(at))
        world.moment = at

    until = world.moment + timedelta(**time)
    sent = await skip(until, set_clock, sweep=world.sweep, store=world.store, now=world.now)
    return sent, instants


async def test_a_skip_stops_at_each_due_instant_in_order(world):
    await world.install("m")
    await world.request()
    await world.book("2026-11-10 10:00")
    world.moment = world.timetable.office.at(
        world.start.date() + timedelta(days=8), world.timetable.office.opens
    )
    world.moment += timedelta(minutes=55)
    await world.hold()
    sent, instants = await skipping(world, days=70)
    assert instants == [
        "Wed 2026-11-11 09:00",  # nobody need be asked any more whether they took part
        "Thu 2026-11-12 10:00",
        "Tue 2027-01-05 10:00",
        "Tue 2027-01-12 10:00",
        "Tue 2027-01-19 09:55",
    ]
    assert sent == len(world.courier.sent)
    outcomes = [kind for kind, _ in world.courier.to("r")]
    assert outcomes[-3:] == ["feedback-prompt", "outcome", "outcome-reminder"]


async def test_a_skip_delivers_what_its_own_messages_cause(world):
    await world.request()
    sent, _ = await skipping(world, days=1)
    assert sent == 1, "before the manager agreed only the requester hears of it"
    assert world.courier.to("r") == [("not-reached", False)]


async def test_a_skip_passes_what_stays_due_and_ends(world):
    await world.install("m")
    await world.request()
    await world.request("c2")

    def fails(prompt, *rest):
        if prompt.conversation == "c1":
            raise ValueError("cannot be drawn")
        return world.card(prompt, *rest)

    world.render = fails
    sent, instants = await skipping(world, days=3)
    assert sent == 2
    assert instants == ["Wed 2026-11-04 10:00", "Thu 2026-11-05 10:00"]


async def test_a_skip_meets_retries_on_the_way(world):
    await world.install("m")
    await world.request()
    world.courier.failures["m"] = [NotAccepted("no connection") for _ in range(3)]
    sent, _ = await skipping(world, hours=1)
    assert sent == 1
    assert (await world.prompt("manager-ask", "m")).state is State.SENT
    assert world.courier.to("m", Kind.MANAGER_ASK) == [("manager-ask", False)]
