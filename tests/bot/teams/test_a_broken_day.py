"""Teams takes nothing of us for a day: nothing is lost, nobody marked, and it heals by itself."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.teams.connector import NotAllowed, RefusedToken
from bot.teams.outbreak import LONGEST, Trouble
from records.conversation.snapshot import read_file
from records.outbox.prompt import Prompt, State
from records.stages import Act
from scheduler.delivery.reach import owed_now
from tests.bot.teams.strict import RealCourier, answer
from tests.sampled import some

EVERYBODY = "rmnof"
BROKEN: dict[str, Callable[[], Exception]] = {
    "the registration": lambda: answer(401, "BotNotRegistered"),
    "the token": lambda: answer(401),
    "the secret": lambda: RefusedToken("no token"),
    "an administrator": lambda: answer(403, "BotDisabledByAdmin", "sub-code"),
    "the list of addresses": lambda: NotAllowed("https://teams.example/uk"),
}


class Day:
    """What falls due from Monday 10:00 on: a request every half hour, and what follows of each."""

    def __init__(self, world: RealCourier) -> None:
        self.world = world
        self.keys: list[str] = []

    async def goes_on(self, hours: int, *, acts: bool = True) -> None:
        for minute in range(0, hours * 60, 10):
            if acts and minute % 30 == 0:
                await self.next_acts(len(self.keys))
            await self.world.sweep.run()
            self.world.pass_(minutes=10)

    async def next_acts(self, number: int) -> None:
        """One more request; the one of an hour before is agreed, of two hours before picked up."""
        world = self.world
        self.keys.append(f"c{number:02}")
        await world.request(self.keys[-1])
        if number >= 2:
            agreed, at = self.keys[number - 2], world.moment
            await world.act(Act.AGREE, lambda it: it.agree(at, (world.facilitator,)), agreed)
        if number >= 4:
            mine, at = self.keys[number - 4], world.moment
            await world.act(Act.PICK_UP, lambda it: it.pick_up(at, world.facilitator), mine)
        if number >= 6:
            await world.book("2026-11-20 10:00", cycle=2, identity=self.keys[number - 6])

    async def due(self) -> list[Prompt]:
        """Everything that is owed and due by now, as it is kept."""
        found = []
        for key in self.keys:
            file = await read_file(self.world.store, key)
            for prompt, _ in file.prompts.values():
                owed = owed_now(self.world.timetable, file, prompt.id)
                if owed is not None and owed.due <= self.world.moment:
                    found.append(prompt)
        return found

    async def marked(self) -> list[str]:
        """Whoever counts as not reached, by anything that says so."""
        gone = [who for who in EVERYBODY if not await self.world.reached(who)]
        return gone + [who for key in self.keys for who in await self.world.unreached(key)]


def told(caplog: pytest.LogCaptureFixture, action: str) -> int:
    return len([one for one in caplog.records if getattr(one, "action", "") == action])


@pytest.fixture
async def world() -> RealCourier:
    made = RealCourier()
    await made.install(*EVERYBODY)
    return made


@pytest.mark.parametrize("what", some(BROKEN, 0))
async def test_a_day_of_due_messages_is_not_lost_and_nobody_is_marked(
    world: RealCourier, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    day = Day(world)
    world.teams.says = lambda url, chat: BROKEN[what]()
    await day.goes_on(24)
    waiting = await day.due()
    assert len(waiting) > 100
    assert {one.state for one in waiting} == {State.WAITING}
    assert await day.marked() == []
    # It is said once, and as long as it lasts.
    assert told(caplog, "teams_out_of_order") == 1
    assert [one.levelname for one in caplog.records].count("ERROR") == 1
    assert len(world.outbreaks.lasting()) == 1
    # Asked slowly: an hour apart in the end, however much there is to send.
    asked = sorted({at for at, _ in world.teams.asked})
    assert len(world.teams.asked) < 24 * 20
    assert asked[-1] - asked[-2] >= timedelta(minutes=50)

    world.teams.says = lambda url, chat: None
    healed = world.moment
    await day.goes_on(2, acts=False)
    late = {one.kind for one in await day.due() if one.state is not State.SENT}
    assert late == set()
    assert await day.marked() == []
    assert world.outbreaks.lasting() == []
    assert (told(caplog, "teams_out_of_order"), told(caplog, "teams_again")) == (1, 1)
    assert world.teams.taken[0].at - healed <= timedelta(seconds=LONGEST + 600)
    assert {one.reminders for one in await day.due()} == {0}


async def test_what_waited_goes_out_in_order_and_in_pace(world: RealCourier) -> None:
    """A week: by then the reminder of what the manager was asked is due as well."""
    world.teams.says = lambda url, chat: answer(403, "BotDisabledByAdmin")
    for number in range(20):
        await world.request(f"c{number}")
    for _ in range(7 * 24 * 6):
        await world.sweep.run()
        world.pass_(minutes=10)
    world.teams.says = lambda url, chat: None
    for _ in range(12):
        await world.sweep.run()
        world.pass_(minutes=10)

    sent = [one for one in world.teams.taken if one.chat == "m"]
    for number in range(20):
        mine = [one.card["kind"] for one in sent if one.card["conversation"] == f"c{number}"]
        assert mine == ["manager-ask", "manager-reminder"]
    in_a_second = [
        [one.at for one in sent if 0 <= (one.at - it.at).total_seconds() < 1] for it in sent
    ]
    assert max(map(len, in_a_second)) <= 7


async def test_one_persons_block_is_theirs_alone_also_in_an_outbreak(world: RealCourier) -> None:
    day = Day(world)
    world.teams.says = lambda url, chat: (
        answer(403, "ConversationBlockedByUser", "sub-code") if chat == "m" else answer(401)
    )
    await day.goes_on(6)
    assert set(await day.marked()) <= {"m"}
    world.teams.says = lambda url, chat: (
        answer(403, "ConversationBlockedByUser", "sub-code") if chat == "m" else None
    )
    await day.goes_on(3, acts=False)
    assert set(await day.marked()) == {"m"}
    left = {one.to: one.state for one in await day.due() if one.state is not State.SENT}
    assert left == {"m": State.PARKED}
    world.teams.says = lambda url, chat: None
    await world.sweep.deliver_now(await world.reach.resume(await world.install("m")))
    await day.goes_on(1, acts=False)
    assert await day.marked() == []
    assert {one.state for one in await day.due()} == {State.SENT}


async def test_a_tenant_whose_administrator_blocks_the_app_holds_up_no_other(
    world: RealCourier,
) -> None:
    there = world.place("m").model_copy(update={"tenant": "u"})
    await world.directory.moved(world.key("m"), world.place("m"), there)
    day = Day(world)
    world.teams.says = lambda url, chat: answer(403, "BotDisabledByAdmin") if chat == "m" else None
    await day.goes_on(6)
    left = {one.to for one in await day.due() if one.state is not State.SENT}
    assert left == {"m"}
    assert await day.marked() == []
    assert world.outbreaks.lasting() == [str(Trouble.BLOCKED)]


async def test_a_copy_that_is_started_meanwhile_finds_out_for_itself(
    world: RealCourier, caplog: pytest.LogCaptureFixture
) -> None:
    day = Day(world)
    world.teams.says = lambda url, chat: answer(401, "BotNotRegistered")
    await day.goes_on(6)
    world.outbreaks = type(world.outbreaks)(world.monotonic)
    world.courier = world.courier_of_its_own(world.outbreaks)
    world.deliverer, world.sweep = world.instance("two")
    await day.goes_on(4)
    assert told(caplog, "teams_out_of_order") == 2  # one for each process
    world.teams.says = lambda url, chat: None
    await day.goes_on(2, acts=False)
    assert {one.state for one in await day.due()} == {State.SENT}
    assert await day.marked() == []
