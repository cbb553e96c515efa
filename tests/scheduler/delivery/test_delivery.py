"""Delivery: one test a promise. `world` is one store with a courier that keeps what arrived."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from records.changes.stopping import start, stop
from records.outbox import due
from records.outbox.parked import Parked, Waiting, shelf
from records.outbox.prompt import SETTLED, Kind, State
from records.stages import Act
from records.store.contract import Changed, Unavailable
from scheduler.delivery.courier import Ambiguous, ChatGone, NotAccepted, Unreachable
from scheduler.delivery.outbox import Outbox
from scheduler.delivery.settings import DeliveryOutcome


async def deliver(world, kind, to, deliverer=None):
    prompt = await world.prompt(kind, to)
    return await (deliverer or world.deliverer).deliver(due.pointer(prompt))


# Sent once --------------------------------------------------------------------------------------


async def test_a_prompt_that_is_due_is_sent_recorded_and_pointed_to_no_more(world):
    await world.install("m")
    await world.request()
    assert await deliver(world, "manager-ask", "m") is DeliveryOutcome.SENT
    sent = await world.prompt("manager-ask", "m")
    assert (sent.state, sent.message_id, sent.sent_at) == (State.SENT, "message-1", world.start)
    assert (sent.attempt, sent.reminders, sent.owner, sent.lease_until) == (1, 0, "", None)
    assert world.courier.to("m") == [("manager-ask", False)]
    assert {one.prompt for one in await world.pointers()}.isdisjoint({sent.id})


@pytest.mark.parametrize("processes", [2, 5])
async def test_a_prompt_claimed_twice_is_sent_once(world, processes):
    await world.install("m")
    await world.request()
    prompt = await world.prompt("manager-ask", "m")
    others = [world.instance(f"p{number}")[0] for number in range(processes)]
    outcomes = await asyncio.gather(*(one.deliver(due.pointer(prompt)) for one in others))
    assert sorted(outcomes) == ["sent"] + ["taken"] * (processes - 1)
    assert world.courier.to("m") == [("manager-ask", False)]


async def test_a_prompt_claimed_twice_by_one_process_is_sent_once(world):
    """By a sweep and right after its commit: each claim is told from every other one."""
    await world.install("m")
    await world.request()
    prompt = await world.prompt("manager-ask", "m")
    twins = [world.instance("one")[0] for _ in range(3)]
    outcomes = await asyncio.gather(*(one.deliver(due.pointer(prompt)) for one in twins))
    assert sorted(outcomes) == ["sent", "taken", "taken"]
    assert world.courier.to("m") == [("manager-ask", False)]


async def test_two_sweeps_at_once_send_each_prompt_once(world):
    await world.install("m")
    for number in range(12):
        await world.request(f"c{number}")
    sweeps = [world.sweep, world.instance("two")[1], world.instance("three")[1]]
    counts = await asyncio.gather(*(one.run() for one in sweeps))
    assert sum(one[DeliveryOutcome.SENT] for one in counts) == 12
    assert len(world.courier.to("m", "manager-ask")) == 12


async def test_a_prompt_sent_already_only_loses_its_pointer(world):
    await world.install("m")
    await world.request()
    pointer = due.pointer(await world.prompt("manager-ask", "m"))
    await world.sweep.run()
    await due.point(world.store, pointer)
    assert (await world.sweep.run())[DeliveryOutcome.SETTLED] == 1
    assert pointer not in await world.pointers()
    assert world.courier.to("m") == [("manager-ask", False)]


async def test_a_prompt_that_another_process_is_sending_is_left_to_it(world):
    await world.install("m")
    await world.request()

    async def meanwhile(*_):
        assert (
            await deliver(world, "manager-ask", "m", world.instance("two")[0])
            is DeliveryOutcome.TAKEN
        )

    world.courier.before_send = meanwhile
    assert await deliver(world, "manager-ask", "m") is DeliveryOutcome.SENT


async def test_nothing_is_sent_before_it_is_due(world):
    await world.install("m")
    await world.request()
    assert await deliver(world, "manager-reminder", "m") is DeliveryOutcome.LATER
    assert world.courier.sent == []


# A process that ends at any moment --------------------------------------------------------------


async def crashes(new_world, people, prepare, end):
    """End the process at each boundary of a sweep in turn, live on, and look at what became."""
    boundary = 0
    while True:
        boundary += 1
        world = await new_world(*people)
        await prepare(world)
        if not await world.crash_at(boundary, world.sweep.run):
            return boundary - 1
        await world.live()
        await end(world, boundary)


async def asked(world):
    await world.request()


def plain(world):
    """Messages not worded as a reminder, by prompt."""
    return [prompt for _, _, prompt, reminder in world.courier.sent if not reminder]


async def all_settled(world, boundary):
    prompts = (await world.register.file("c1")).prompts.values()
    open_ = [one for one, _ in prompts if one.state not in SETTLED]
    assert open_ == [], boundary
    assert await world.pointers() == [], boundary


async def test_a_crash_at_any_point_loses_nothing_and_repeats_nothing_but_as_a_reminder(new_world):
    async def end(world, boundary):
        asks = world.courier.to("m", "manager-ask")
        assert 1 <= len(asks) <= 2, boundary
        assert asks.count(("manager-ask", False)) <= 1, boundary
        assert asks.count(("manager-ask", True)) <= 1, boundary
        assert len(plain(world)) == len(set(plain(world))), boundary
        await all_settled(world, boundary)

    assert await crashes(new_world, "rnofm", asked, end) >= 12


async def test_a_crash_while_somebody_is_not_reached_loses_nothing_and_tells_once(new_world):
    async def end(world, boundary):
        assert (await world.prompt("manager-ask", "m")).state is State.PARKED, boundary
        found = world.courier.to("r", "not-reached")
        assert found.count(("not-reached", False)) <= 1, boundary
        assert 1 <= len(found) <= 2, boundary
        for other in ("f", "channel"):
            assert world.courier.to(other, "not-reached") == [], boundary
        person = await world.install("m")
        assert len(await world.reach.resume(person)) >= 1, boundary
        await world.live()
        assert ("manager-ask", False) in world.courier.to("m"), boundary
        assert not (await world.register.file("c1")).conversation.unreached[0].still

    assert await crashes(new_world, "rnof", asked, end) >= 30


async def test_a_crash_while_teams_asks_for_patience_loses_nothing(new_world):
    async def prepare(world):
        await world.request()
        world.courier.failures["m"] = [NotAccepted("429", 60.0)]

    async def end(world, boundary):
        asks = world.courier.to("m", "manager-ask")
        assert 1 <= len(asks) <= 2, boundary
        assert asks.count(("manager-ask", False)) <= 1, boundary
        await all_settled(world, boundary)

    assert await crashes(new_world, "rnofm", prepare, end) >= 13


async def test_a_crash_while_an_answer_is_unsure_reminds_at_most_once(new_world):
    async def prepare(world):
        await world.request()
        world.courier.failures["m"] = [Ambiguous("502")]

    async def end(world, boundary):
        asks, prompt = world.courier.to("m", "manager-ask"), await world.prompt("manager-ask", "m")
        if prompt.state is State.PARKED:  # The reminder met the 502: unsure twice, and told.
            assert (asks, world.courier.tried["m"] <= 3) == ([], True), boundary
            assert world.courier.to("r", "not-reached"), boundary
        else:
            assert asks in ([("manager-ask", True)], [("manager-ask", False)]), boundary
        await all_settled(world, boundary)

    assert await crashes(new_world, "rnofm", prepare, end) >= 13


async def test_a_crash_while_an_install_brings_prompts_back_loses_none(new_world):
    for boundary in range(1, 200):
        world = await new_world("r", "n", "o", "f")
        await world.request()
        await world.sweep.run()
        person = await world.install("m")
        if not await world.crash_at(boundary, lambda w=world, p=person: w.reach.resume(p)):
            break
        await world.sweep.mend()
        await world.live()
        assert world.courier.to("m", "manager-ask") == [("manager-ask", False)], boundary
        assert not (await world.register.file("c1")).conversation.unreached[0].still, boundary
    assert boundary > 20


async def test_a_process_that_ended_before_sending_what_only_had_to_be_sent_has_held_up_nothing(
    world,
):
    """Nothing is claimed until the card is there: another sends it at once, and as it was."""
    await world.install("m")
    await world.request()
    world.render = world.dies
    assert await world.crash_at(10**6, world.sweep.run)
    waiting = await world.prompt("manager-ask", "m")
    assert (waiting.state, waiting.attempt) == (State.WAITING, 0)
    world.render = world.card
    assert (await world.instance("two")[1].run())[DeliveryOutcome.SENT] == 1
    assert world.courier.to("m") == [("manager-ask", False)]


async def test_a_claim_whose_process_ended_before_sending_is_taken_over(world):
    """Whom the conversation knows by an address only is bound first, so it is claimed first."""
    await world.request()
    await world.install("m")
    world.render = world.dies
    assert await world.crash_at(10**6, world.sweep.run)
    assert (await world.prompt("manager-ask", "m")).state is State.CLAIMED
    world.render = lambda *_: pytest.fail("claimed by another")
    assert (await world.instance("two")[1].run())[DeliveryOutcome.TAKEN] == 1
    world.pass_(minutes=5)
    world.render = world.card
    assert (await world.instance("two")[1].run())[DeliveryOutcome.SENT] == 1
    sent = await world.prompt("manager-ask", "m")
    assert (sent.attempt, world.courier.to("m")) == (2, [("manager-ask", False)])


async def test_a_process_that_ended_while_sending_leaves_a_reminder_for_the_morning(world):
    await world.install("m")
    await world.request()

    async def dies_on_the_way(*_):
        world.dies()

    world.courier.before_send = dies_on_the_way
    assert await world.crash_at(10**6, world.sweep.run)
    world.courier.before_send = None
    assert (await world.prompt("manager-ask", "m")).state is State.SENDING
    world.pass_(minutes=6)
    assert (await world.sweep.run())[DeliveryOutcome.UNSURE] == 1
    unsure = await world.prompt("manager-ask", "m")
    assert (unsure.state, unsure.reminders) == (State.UNSURE, 1)
    assert world.wall(unsure.not_before) == "Tue 2026-11-03 09:00"
    world.until("2026-11-03 09:00")
    await world.sweep.run()
    assert world.courier.to("m") == [("manager-ask", True)]


# Still owed -------------------------------------------------------------------------------------


async def test_a_prompt_of_an_earlier_booking_is_cancelled(world):
    await world.request()
    await world.book("2026-11-10 10:00")
    stale = await world.prompt("closing", "f")
    await world.book("2026-11-17 10:00", cycle=2)
    world.until("2026-11-10 09:56")
    await world.sweep.run()
    assert (await world.prompt("closing", "f", id=stale.id)).state is State.CANCELLED
    assert world.courier.to("f", "closing") == []
    world.until("2026-11-17 09:55")
    await world.sweep.run()
    assert world.courier.to("f", "closing") == [("closing", False)]


async def test_an_answer_between_due_and_delivery_cancels_the_prompt(world):
    await world.install("m")
    await world.request()
    await world.act(Act.AGREE, lambda it: it.agree(world.moment, ()))
    assert await deliver(world, "manager-ask", "m") is DeliveryOutcome.CANCELLED
    assert world.courier.to("m") == []


async def test_an_answer_after_an_unsure_send_spares_the_reminder(world):
    await world.install("m")
    await world.request()
    world.courier.failures["m"] = [Ambiguous("504")]
    await world.sweep.run()
    await world.act(Act.DECLINE, lambda it: it.decline(world.moment))
    world.pass_(days=2)
    await world.sweep.run()
    assert (await world.prompt("manager-ask", "m")).state is State.CANCELLED
    assert world.courier.to("m") == []


async def test_a_prompt_that_became_due_later_than_it_was_written_waits(world):
    await world.request()
    await world.book("2026-11-10 10:00")
    early = (await world.prompt("closing", "f")).model_copy(update={"not_before": world.moment})
    row_of = await world.store.get("conversations", "c1", f"prompt-{early.id}")
    values = {**row_of.values, "not_before": world.moment}
    await world.store.update(
        "conversations", type(row_of)(row_of.partition, row_of.key, values, row_of.etag)
    )
    await due.point(world.store, due.pointer(early))
    assert await world.deliverer.deliver(due.pointer(early)) is DeliveryOutcome.LATER
    moved = await world.prompt("closing", "f")
    assert world.wall(moved.not_before) == "Tue 2026-11-10 09:55"
    assert due.pointer(moved) in await world.pointers()


# Owed again -------------------------------------------------------------------------------------


async def held_without_noor(world, *failures):
    """Noor was not sent the feedback card yet when it turned out that she had not come."""
    await world.request()
    await world.book("2026-11-10 10:00")
    world.until("2026-11-10 10:00")
    await world.hold()
    world.courier.failures["n"] = list(failures)
    await world.sweep.run()
    await world.act(Act.NOT_THERE, lambda it: it.not_there(world.moment, "n"))
    world.pass_(hours=25)
    await world.sweep.run()


async def test_somebody_who_came_after_all_is_asked_what_was_cancelled(world):
    await held_without_noor(world, *[NotAccepted("429")] * 9)
    assert (await world.prompt("feedback", "n")).state is State.CANCELLED
    world.courier.failures.clear()
    await world.hold()
    await world.sweep.run()
    await world.sweep.run()
    assert world.courier.to("n", "feedback") == [("feedback", False)]


async def test_what_a_change_wakes_goes_at_once(world):
    await held_without_noor(world, *[NotAccepted("429")] * 9)
    world.courier.failures.clear()
    world.announced.clear()
    await world.hold()
    await world.sweep.deliver_now(world.announced)
    assert world.courier.to("n", "feedback") == [("feedback", False)]


async def test_what_may_have_arrived_before_it_was_cancelled_comes_as_a_reminder(world):
    await held_without_noor(world, Ambiguous("504"))
    assert (await world.prompt("feedback", "n")).state is State.CANCELLED
    await world.hold()
    await world.sweep.run()
    await world.sweep.run()
    assert world.courier.to("n", "feedback") == [("feedback", True)]


async def test_who_gets_the_app_while_it_is_not_owed_is_asked_once_it_is(world):
    await held_without_noor(world, *[Unreachable("blocked", 403)] * 9)
    await world.reach.resume(await world.install("n"))
    world.courier.failures.clear()
    await world.hold()
    await world.sweep.run()
    assert world.courier.to("n", "feedback") == [("feedback", False)]


def under_the_claim(world, slow):
    """The first look, before anything is claimed, is as it is; the one under the claim is slow."""
    real = world.register.file

    async def first(conversation):
        world.register.file = slow
        return await real(conversation)

    return first


async def test_what_is_owed_again_while_it_is_being_cancelled_is_not_missed(world):
    await world.request()
    await world.book("2026-11-10 10:00")
    world.until("2026-11-10 10:00")
    await world.hold()
    await world.act(Act.NOT_THERE, lambda it: it.not_there(world.moment, "n"))
    real = world.register.file

    async def slow(conversation):
        found = await real(conversation)
        world.register.file = real
        await world.hold()
        return found

    world.register.file = under_the_claim(world, slow)
    assert await deliver(world, "feedback", "n") is DeliveryOutcome.LEFT
    await world.sweep.run()  # By its pointer, which was written with it.
    assert world.courier.to("n", "feedback") == [("feedback", False)]


async def test_the_night_wakes_what_was_cancelled_and_is_owed(world):
    await world.request()
    await world.book("2026-11-20 10:00")
    prompt = await world.prompt("preparation", "n")
    entry = await Outbox(world.store).read("c1", prompt.id)
    await Outbox(world.store).cancel(entry, stopped=False)
    assert (await world.sweep.mend()).prompts == 1
    assert (await world.sweep.mend()).prompts == 0
    await world.sweep.run()
    assert world.courier.to("n", "preparation") == [("preparation", False)]


async def test_what_was_cancelled_before_a_stop_and_not_by_it_is_woken_after_it(world):
    await held_without_noor(world, *[NotAccepted("429")] * 9)
    world.courier.failures.clear()
    await world.act(Act.STOP, lambda it: stop(it, world.moment))
    world.pass_(minutes=30)
    await world.act(Act.START, lambda it: start(it, world.moment))
    await world.hold()
    await world.sweep.run()
    assert world.courier.to("n", "feedback") == [("feedback", False)]


async def test_what_a_stop_kept_back_is_not_sent_when_messages_go_on(world):
    """Silence is kinder than completeness: the facilitator rings. Source: decision 0018."""
    await world.request()
    await world.book("2026-11-20 10:00")
    world.courier.failures["n"] = [NotAccepted("429")]
    await world.sweep.run()
    world.pass_(minutes=1)
    await world.act(Act.STOP, lambda it: stop(it, world.moment))
    world.pass_(minutes=30)
    await world.sweep.run()
    await world.act(Act.START, lambda it: start(it, world.moment))
    await world.sweep.run()
    await world.sweep.mend()
    await world.sweep.run()
    assert world.courier.to("n", "preparation") == []


async def test_what_a_stop_kept_back_stays_so_where_messages_go_on_at_that_very_moment(world):
    await world.request()
    await world.book("2026-11-20 10:00")
    world.courier.failures["n"] = [NotAccepted("429")]
    await world.sweep.run()
    world.pass_(minutes=1)
    await world.act(Act.STOP, lambda it: stop(it, world.moment))
    world.pass_(minutes=30)
    real, reads = world.register.file, []

    async def slow(conversation):
        reads.append(conversation)
        if len(reads) == 3:
            world.register.file = real
            await world.act(Act.START, lambda it: start(it, world.moment))
        return await real(conversation)

    world.register.file = slow
    assert await deliver(world, "preparation", "n") is DeliveryOutcome.CANCELLED
    await world.sweep.run()
    assert world.courier.to("n", "preparation") == []


async def test_what_is_due_after_a_stop_is_woken_where_it_was_cancelled_in_it(world):
    await world.request()
    await world.book("2026-11-20 10:00")
    await world.act(Act.STOP, lambda it: stop(it, world.moment))
    entry = await Outbox(world.store).read("c1", (await world.prompt("closing", "f")).id)
    await Outbox(world.store).cancel(entry, stopped=True)
    world.pass_(minutes=30)
    await world.act(Act.START, lambda it: start(it, world.moment))
    assert (await world.prompt("closing", "f")).state is State.WAITING
    world.until("2026-11-20 11:30")
    await world.sweep.run()
    assert len(world.courier.to("f", "closing")) == 1


# Not reached ------------------------------------------------------------------------------------


async def test_an_unreachable_manager_is_parked_and_the_requester_alone_is_told(world):
    await world.request()
    counts = await world.sweep.run()
    assert counts[DeliveryOutcome.PARKED] == 1
    parked = await world.prompt("manager-ask", "m")
    assert (parked.state, parked.reason) == (State.PARKED, "no way to reach")
    file = await world.register.file("c1")
    assert [(one.who, one.still) for one in file.conversation.unreached] == [("m", True)]
    assert (file.audit[-1].act, file.audit[-1].by) == (Act.NOT_REACHED, "assistant")
    assert {one.to for one in world.announced if one.kind is Kind.NOT_REACHED} == {"r"}
    await world.sweep.run()
    assert world.courier.to("r") == [("not-reached", False)]


async def test_once_picked_up_the_facilitator_and_the_requester_are_told(world):
    await world.install("m")
    await world.request()
    await world.sweep.run()
    await world.book("2026-11-10 10:00")
    await world.directory.gone(world.key("n"))
    await world.sweep.run()
    await world.sweep.run()
    assert world.courier.to("r", "not-reached") == [("not-reached", False)]
    assert world.courier.to("f", "not-reached") == [("not-reached", False)]
    assert world.courier.to("channel", "not-reached") == []


async def test_an_install_brings_the_parked_prompt_back_and_it_is_delivered(world):
    await world.request()
    await world.sweep.run()
    world.pass_(hours=3)
    person = await world.install("m")
    back = await world.reach.resume(person)
    assert [(one.kind, one.to, one.state) for one in back] == [
        (Kind.MANAGER_ASK, "m", State.WAITING)
    ]
    await world.sweep.deliver_now(back)
    assert world.courier.to("m") == [("manager-ask", False)]
    file = await world.register.file("c1")
    assert [one.still for one in file.conversation.unreached] == [False]
    assert [one.act for one in file.audit[-2:]] == [Act.REACHED, Act.BOUND]
    assert await world.reach.resume(person) == ()


async def test_what_teams_goes_on_refusing_is_told_once(world):
    """Each sign of life tries again; those who were told that nothing comes are not told again."""
    await world.install("m", "r")
    await world.request()
    world.courier.failures["m"] = [Unreachable("no", 403) for _ in range(4)]
    await deliver(world, "manager-ask", "m")
    for _ in range(3):
        await world.sweep.deliver_now(await world.reach.resume(await world.install("m")))
        await world.sweep.run()
    assert world.courier.to("m") == []
    it = (await world.register.file("c1")).conversation
    assert [(one.times, one.still) for one in it.unreached] == [(1, True)]
    assert world.courier.to("r", "not-reached") == [("not-reached", False)]


@pytest.mark.parametrize("status", [400, 401, 413])
async def test_what_an_earlier_version_parked_as_refused_comes_at_the_next_sign_of_life(
    world, status
):
    """Then a message that was refused counted as its recipient not being reached."""
    await world.install("m")
    await world.request()
    prompt = await world.prompt("manager-ask", "m")
    named = next(one for one in world.people if one.id == "m")
    await Parked(world.store).note(Waiting(shelf(named), "c1", prompt.id, refused=True))
    await world.reach._say_not_reached(prompt, named)
    entry = await Outbox(world.store).read("c1", prompt.id)
    await Outbox(world.store).settle(entry, State.PARKED, reason=f"Teams answered {status}")
    assert await world.reach.resume(await world.directory.find(world.key("r"))) == ()
    await world.sweep.deliver_now(await world.reach.resume(await world.install("m")))
    assert world.courier.to("m") == [("manager-ask", False)]
    it = (await world.register.file("c1")).conversation
    assert [one.still for one in it.unreached] == [False]


async def test_an_install_after_the_notice_was_due_spares_the_notice(world):
    await world.request()
    await deliver(world, "manager-ask", "m")
    await world.reach.resume(await world.install("m"))
    await world.sweep.run()
    assert world.courier.to("r", "not-reached") == []
    assert world.courier.to("m") == [("manager-ask", False)]


async def test_an_install_too_late_brings_nothing_back(world):
    await world.request()
    await world.sweep.run()
    await world.act(Act.WITHDRAW, lambda it: it.withdraw(world.moment))
    assert await world.reach.resume(await world.install("m")) == ()
    assert (await world.prompt("manager-ask", "m")).state is State.CANCELLED


async def test_an_install_during_the_parking_is_not_overlooked(world):
    await world.request()
    change = world.register.change

    async def install_first(*arguments, **more):
        world.register.change = change
        person = await world.install("m")
        await world.reach.resume(person)
        return await change(*arguments, **more)

    world.register.change = install_first
    await world.sweep.run()
    await world.sweep.run()
    assert world.courier.to("m") == [("manager-ask", False)]
    assert not (await world.register.file("c1")).conversation.unreached[0].still


@pytest.mark.parametrize("gone", [Unreachable, ChatGone])
async def test_somebody_who_removed_the_app_is_gone_until_the_next_install(world, gone):
    await world.install("m")
    await world.request()
    world.courier.failures["m"] = [gone("Teams answered 403", 403)]
    assert await deliver(world, "manager-ask", "m") is DeliveryOutcome.PARKED
    assert not (await world.directory.find(world.key("m"))).reachable
    back = await world.reach.resume(await world.install("m"))
    await world.sweep.deliver_now(back)
    assert world.courier.to("m") == [("manager-ask", False)]


async def test_a_notice_about_somebody_not_reached_causes_no_further_one(world):
    await world.request()
    await world.directory.gone(world.key("r"))
    for _ in range(4):
        await world.sweep.run()
        world.pass_(hours=1)
    assert (await world.prompt("not-reached", "r")).state is State.PARKED
    unreached = (await world.register.file("c1")).conversation.unreached
    assert [one.who for one in unreached] == ["m"]


async def test_without_a_channel_its_prompts_are_parked_and_logged_and_nobody_is_told(
    world, caplog
):
    await world.install("m")
    world.channel = None
    await world.request()
    await world.sweep.run()
    await world.book("2026-11-10 10:00")
    await world.act(Act.REBOOK, lambda it: it)
    await world.request("c2")
    await world.act(Act.AGREE, lambda it: it.agree(world.moment, ()), "c2")
    await world.sweep.run()
    assert (await world.prompt("waiting", "channel", "c2")).state is State.PARKED
    assert (await world.register.file("c2")).conversation.unreached == ()
    assert [one.action for one in caplog.records if one.levelname == "ERROR"] == [
        "channel_not_reached"
    ]


async def test_the_channel_needs_no_install(world):
    await world.install("m")
    await world.request()
    await world.act(Act.AGREE, lambda it: it.agree(world.moment, ()))
    await world.sweep.run()
    assert world.courier.to("channel") == [("waiting", False)]


# Not accepted, unsure ---------------------------------------------------------------------------


async def test_a_retry_after_is_honoured_and_then_it_is_sent_as_it_was(world):
    await world.install("m")
    await world.request()
    world.courier.failures["m"] = [NotAccepted("429", 120.0)]
    assert await deliver(world, "manager-ask", "m") is DeliveryOutcome.AGAIN
    waiting = await world.prompt("manager-ask", "m")
    assert waiting.state is State.WAITING
    assert waiting.not_before - world.moment == timedelta(seconds=122.5)
    world.pass_(seconds=60)
    await world.sweep.run()
    assert world.courier.tried["m"] == 1
    world.pass_(seconds=63)
    await world.sweep.run()
    assert world.courier.to("m") == [("manager-ask", False)]
    assert (await world.prompt("manager-ask", "m")).attempt == 2


async def test_teams_away_for_hours_costs_patience_and_no_prompt(world):
    await world.install("m")
    await world.request()
    world.courier.failures["m"] = [NotAccepted("no connection") for _ in range(40)]
    for _ in range(500):
        await world.sweep.run()
        world.pass_(minutes=1)
        if world.courier.sent:
            break
    assert world.courier.to("m") == [("manager-ask", False)]


async def test_a_question_that_may_have_arrived_is_repeated_as_a_reminder_after_a_day(world):
    await world.request()
    await world.book("2026-11-10 10:00")
    world.until("2026-11-10 09:55")
    await world.hold()
    world.courier.failures["n"] = [Ambiguous("reset")]
    world.courier.sent.clear()
    assert await deliver(world, "feedback", "n") is DeliveryOutcome.UNSURE
    assert (await world.prompt("feedback", "n")).state is State.UNSURE
    world.pass_(hours=23, minutes=59)
    await world.sweep.run()
    assert world.courier.to("n", "feedback") == []
    world.pass_(minutes=1)
    await world.sweep.run()
    assert world.courier.to("n", "feedback") == [("feedback", True)]
    sent = await world.prompt("feedback", "n")
    assert (sent.state, sent.reminders, sent.attempt) == (State.SENT, 1, 2)


async def test_a_notice_that_may_have_arrived_is_repeated_once_after_a_quarter_hour(world):
    await world.request()
    await world.act(Act.AGREE, lambda it: it.agree(world.moment, ()))
    world.courier.failures["r"] = [Ambiguous("502")]
    assert await deliver(world, "agreed", "r") is DeliveryOutcome.UNSURE
    world.pass_(minutes=14)
    await world.sweep.run()
    assert world.courier.to("r") == []
    world.pass_(minutes=1)
    await world.sweep.run()
    world.pass_(days=3)
    await world.sweep.run()
    assert world.courier.to("r", "agreed") == [("agreed", True)]


async def test_unsure_twice_is_parked_told_and_never_sent_a_third_time(world):
    await world.install("m")
    await world.request()
    world.courier.failures["m"] = [Ambiguous("502"), Ambiguous("502")]
    await world.sweep.run()
    world.until("2026-11-03 09:00")
    await world.sweep.run()
    parked = await world.prompt("manager-ask", "m")
    assert (parked.state, parked.reason) == (State.PARKED, "unsure twice: 502")
    assert (await world.register.file("c1")).conversation.unreached[0].who == "m"
    world.until("2026-11-04 09:30")
    await world.sweep.run()
    assert world.courier.tried["m"] == 2


async def test_a_courier_that_never_answers_counts_as_unsure(world):
    await world.install("m")
    world.limits = type(world.limits)(send=timedelta(milliseconds=10))
    slow, _ = world.instance("slow")
    await world.request()

    async def forever(*_):
        await asyncio.Event().wait()

    world.courier.before_send = forever
    assert await deliver(world, "manager-ask", "m", slow) is DeliveryOutcome.UNSURE


async def test_a_claim_too_old_to_post_under_is_released_and_not_posted(world):
    await world.install("m")
    await world.request()

    update = world.store.update

    async def slow_intent(table, row):
        world.elapsed += 261 * (row.values.get("state") == State.SENDING)
        return await update(table, row)

    world.store.update = slow_intent
    assert await deliver(world, "manager-ask", "m") is DeliveryOutcome.LEFT
    assert world.courier.tried["m"] == 0
    released = await world.prompt("manager-ask", "m")
    assert (released.state, released.owner) == (State.WAITING, "")
    world.store.update = update
    await world.sweep.run()
    assert world.courier.to("m") == [("manager-ask", False)]


@pytest.mark.parametrize("written", [True, False])
@pytest.mark.parametrize(
    "failure", [Unavailable("no answer"), Changed("conversations", "c1", None)], ids=repr
)
async def test_a_store_that_does_not_say_whether_the_intent_is_kept_is_asked_until_it_does(
    world, written, failure
):
    """Nothing was posted yet: whoever found the intent alone would send a reminder for nothing."""
    await world.install("m")
    await world.request()
    update, away = world.store.update, []

    async def unsure(table, row):
        if row.values.get("state") != State.SENDING or len(away) > 2:
            return await update(table, row)
        away.append(row)
        if written:
            await update(table, row)
        raise failure

    world.store.update = unsure
    assert await deliver(world, "manager-ask", "m") is DeliveryOutcome.SENT
    assert world.courier.to("m") == [("manager-ask", False)]
    assert away
    assert (await world.prompt("manager-ask", "m")).state is State.SENT


async def test_an_intent_that_somebody_else_has_overtaken_is_left_to_them(world):
    await world.install("m")
    await world.request()
    update = world.store.update

    async def overtaken(table, row):
        if row.values.get("state") == State.SENDING:
            there = await world.store.get(table, row.partition, row.key)
            await update(table, replace(there, values={**there.values, "owner": "another"}))
            raise Unavailable("no answer")
        return await update(table, row)

    world.store.update = overtaken
    assert await deliver(world, "manager-ask", "m") is DeliveryOutcome.TAKEN
    assert world.courier.to("m") == []


async def test_a_store_away_after_the_send_is_waited_for_so_nothing_is_sent_twice(world):
    await world.install("m")
    await world.request()
    tries = []

    class Away(Unavailable):
        def __init__(self):
            tries.append(self)
            if len(tries) > 3:
                world.store.away = None

    async def then_away(*_):
        world.store.away = Away

    world.courier.before_send = then_away
    assert await deliver(world, "manager-ask", "m") is DeliveryOutcome.SENT
    assert (await world.prompt("manager-ask", "m")).state is State.SENT


async def test_a_slow_sender_whose_claim_was_given_up_still_records_its_message(world):
    await world.install("m")
    await world.request()

    async def long(*_):
        world.pass_(minutes=6)
        other = world.instance("two")[0]
        assert await deliver(world, "manager-ask", "m", other) is DeliveryOutcome.UNSURE

    world.courier.before_send = long
    assert await deliver(world, "manager-ask", "m") is DeliveryOutcome.SENT
    assert (await world.prompt("manager-ask", "m")).state is State.SENT
    world.courier.before_send = None
    world.pass_(days=3)
    await world.sweep.run()
    assert world.courier.to("m", "manager-ask") == [("manager-ask", False)]


# Late and stopping ------------------------------------------------------------------------------


async def test_what_is_overdue_by_days_is_still_sent(world):
    await world.install("m")
    await world.request()
    world.pass_(days=9, hours=1)
    await world.sweep.run()
    kinds = [kind for kind, _ in world.courier.to("m")]
    assert sorted(kinds) == ["manager-ask", "manager-reminder"]


async def test_a_timed_prompt_missed_in_office_hours_is_not_sent_at_night(world):
    await world.install("m")
    await world.request()
    await world.sweep.run()
    world.until("2026-11-05 02:00")
    await world.sweep.run()
    assert world.courier.to("m", "manager-reminder") == []
    world.until("2026-11-05 09:00")
    await world.sweep.run()
    assert world.courier.to("m", "manager-reminder") == [("manager-reminder", False)]


async def test_a_process_that_stops_claims_nothing_more_and_releases_what_it_has_not_posted(world):
    await world.install("m")
    await world.request()

    def stop_first(*arguments):
        world.deliverer.stop()
        return world.card(*arguments)

    world.render = stop_first
    assert await deliver(world, "manager-ask", "m") is DeliveryOutcome.LEFT
    assert (await world.prompt("manager-ask", "m")).state is State.WAITING
    assert await deliver(world, "manager-ask", "m") is DeliveryOutcome.LEFT
    world.render = world.card
    assert (
        await deliver(world, "manager-ask", "m", world.instance("two")[0]) is DeliveryOutcome.SENT
    )
