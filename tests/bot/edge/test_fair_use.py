"""Nobody starves the others: what one person may send and have under way, and who is not held up.

Teams is real HTTP on loopback here, and answers one person's replies when it is told to. What is
compared is the order of events, never a span of time.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.app import build_app
from bot.clock import SystemClock
from bot.connections import Parts, open_parts
from bot.edge.budget import MOST_KNOWN, MOST_WAITING, SAID, Budget, OverBudget
from bot.settings import Settings
from cards.wording import wording
from records.people import PersonKey
from records.store.memory import MemoryStore

PRIYA, MARTIN = PersonKey("priya"), PersonKey("martin")
MANY = 300
Serve = Callable[[web.Application], Awaitable[str]]


class SlowTeams:
    """Answers everybody at once but those whose chat is in `slow`: them, once it is let go."""

    def __init__(self) -> None:
        self.slow: set[str] = set()
        self.let_go, self.url = asyncio.Event(), ""
        self.held: list[str] = []
        self.sent: list[tuple[str, Any]] = []
        self.arrived = asyncio.Condition()

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._any)
        return app

    async def _any(self, request: web.Request) -> web.Response:
        chat, body = request.path.split("/")[3], await request.json()
        async with self.arrived:
            if chat in self.slow:
                self.held.append(chat)
            else:
                self.sent.append((chat, body))
            self.arrived.notify_all()
        if chat in self.slow:
            await self.let_go.wait()
        return web.json_response({"id": "m"}, status=201)

    async def has_sent_to(self, chat: str) -> Any:
        """The first message that came for a chat; waits for it."""
        async with self.arrived:
            await self.arrived.wait_for(lambda: any(to == chat for to, _ in self.sent))
        return next(body for to, body in self.sent if to == chat)


class Everybody:
    """People who write to the bot, each in their own chat."""

    def __init__(self, bot: str, teams: SlowTeams, http: aiohttp.ClientSession) -> None:
        self.bot, self.teams, self.http = bot, teams, http
        self.answered, self.number = 0, 0

    async def post(self, who: str, **changes: Any) -> Any:
        self.number += 1
        body = {
            "type": "message",
            "id": f"activity-{self.number}",
            "channelId": "msteams",
            "serviceUrl": self.teams.url,
            "from": {"id": f"29:{who}", "name": who, "aadObjectId": f"object-{who}"},
            "recipient": {"id": "28:bot", "name": "Learning"},
            "conversation": {"id": f"chat-{who}", "conversationType": "personal"},
            **changes,
        }
        async with self.http.post(f"{self.bot}/api/messages", json=body) as got:
            text = await got.text()
            assert got.status in (200, 201, 202), text
            self.answered += 1
            return await got.json() if text else {}

    async def tap(self, who: str, verb: str, **data: Any) -> Any:
        action = {"action": {"type": "Action.Execute", "verb": verb, "data": data}}
        return await self.post(who, type="invoke", name="adaptiveCard/action", value=action)


@pytest.fixture
async def teams(serve: Serve) -> SlowTeams:
    made = SlowTeams()
    made.url = await serve(made.app())
    return made


@pytest.fixture
async def everybody(
    serve: Serve, teams: SlowTeams, stack: AsyncExitStack
) -> AsyncIterator[Everybody]:
    settings = Settings(demo=True, turn_seconds=2)
    app = build_app(
        settings, partnership=wording.partnership, clock=SystemClock(), store=MemoryStore()
    )
    url = await serve(app)
    pool = aiohttp.TCPConnector(limit=0)
    http = await stack.enter_async_context(aiohttp.ClientSession(connector=pool))
    yield Everybody(url, teams, http)
    teams.let_go.set()


async def test_while_one_person_has_many_replies_under_way_another_gets_theirs(
    everybody: Everybody, teams: SlowTeams
) -> None:
    teams.slow.add("chat-priya")
    flood = [asyncio.create_task(everybody.post("priya", text="help")) for _ in range(MANY)]
    async with asyncio.timeout(30):
        while everybody.answered + len(teams.held) < 100:
            await asyncio.sleep(0.01)
        await everybody.post("martin", text="help")
        body = await teams.has_sent_to("chat-martin")
    assert body["summary"] == wording.HELP_SUMMARY
    assert not teams.let_go.is_set()
    # Four of hers, and the sentence that it was too much; not the whole pool of connections.
    assert 0 < len(teams.held) <= 5
    teams.let_go.set()
    await asyncio.gather(*flood)


async def test_whoever_sends_too_much_is_told_once_and_each_is_one_line(
    everybody: Everybody, teams: SlowTeams, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await asyncio.gather(*(everybody.post("priya", text="help") for _ in range(MANY)))
    said = [body["summary"] for _, body in teams.sent]
    refused = [r for r in caplog.records if getattr(r, "action", "") == "turn_over_budget"]
    assert said.count(wording.TOO_MANY_AT_ONCE) == 1
    # Each had an answer: help, or on a busy machine that it took too long.
    assert wording.HELP_SUMMARY in said
    assert len(said) - 1 + len(refused) == MANY
    assert len(refused) > MANY // 2
    assert not {"priya", "help"} & {str(value) for one in refused for value in vars(one).values()}


async def test_what_stood_in_a_card_that_was_not_taken_comes_back_in_it(
    everybody: Everybody,
) -> None:
    story = "That nobody listens to each other any more."
    data = {"flow": "request", "step": "worry", "conversation": "c", "submission": "s"}
    taps = [everybody.tap("priya", "flow.next", **data, worry=story) for _ in range(80)]
    for reply in await asyncio.gather(*taps):
        assert story in str(reply)


async def test_that_the_app_was_removed_is_noted_however_much_came(
    everybody: Everybody, caplog: pytest.LogCaptureFixture
) -> None:
    await asyncio.gather(*(everybody.post("priya", text="help") for _ in range(80)))
    caplog.clear()
    await everybody.post("priya", type="installationUpdate", action="remove")
    assert [r for r in caplog.records if getattr(r, "action", "") == "turn_over_budget"] == []


@pytest.fixture
async def parts(stack: AsyncExitStack) -> Parts:
    return await open_parts(stack, Settings(demo=True), SystemClock())


@pytest.mark.parametrize("first", ["replies", "deliveries"])
async def test_replies_and_messages_that_are_due_never_wait_for_each_other(
    parts: Parts, teams: SlowTeams, first: str
) -> None:
    many, other = parts.connector, parts.deliveries
    if first == "deliveries":
        many, other = other, many
    teams.slow.add("chat-slow")
    activity = {"type": "message"}
    flood = [
        asyncio.create_task(many.send_to_conversation(teams.url, "chat-slow", activity))
        for _ in range(MANY)
    ]
    async with asyncio.timeout(30):
        async with teams.arrived:
            await teams.arrived.wait_for(lambda: len(teams.held) >= 100)
        await other.send_to_conversation(teams.url, "chat-quick", activity)
    assert [chat for chat, _ in teams.sent] == ["chat-quick"]
    teams.let_go.set()
    await asyncio.gather(*flood)


# The budget itself --------------------------------------------------------------------------------


class Ticks:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


async def take(budget: Budget, who: PersonKey, until: asyncio.Event | None = None) -> bool:
    """Whether a turn was taken; it goes on until the event."""
    try:
        async with budget.turn(who):
            if until is not None:
                await until.wait()
            return True
    except OverBudget:
        return False


async def test_a_burst_goes_through_and_what_is_over_does_not() -> None:
    budget = Budget(a_minute=5, at_once=10, wait=0.01)
    assert [await take(budget, PRIYA) for _ in range(6)] == [True] * 5 + [False]
    assert await take(budget, MARTIN)


async def test_what_is_over_waits_until_something_is_done() -> None:
    budget, done = Budget(a_minute=100, at_once=1, wait=30), asyncio.Event()
    first = asyncio.create_task(take(budget, PRIYA, done))
    second = asyncio.create_task(take(budget, PRIYA))
    await asyncio.sleep(0)
    assert await take(budget, MARTIN)
    assert not second.done()
    done.set()
    assert await asyncio.gather(first, second) == [True, True]


async def test_a_turn_that_was_not_taken_gives_its_place_back() -> None:
    budget = Budget(a_minute=1, at_once=1, wait=0.01)
    assert [await take(budget, PRIYA) for _ in range(4)] == [True, False, False, False]
    mine = budget._of(PRIYA)
    assert (mine.under_way._value, mine.waiting) == (1, 0)


async def test_only_some_of_one_persons_turns_may_wait() -> None:
    budget, done = Budget(a_minute=1_000, at_once=1, wait=30), asyncio.Event()
    under_way = asyncio.create_task(take(budget, PRIYA, done))
    await asyncio.sleep(0)
    waiting = [asyncio.create_task(take(budget, PRIYA)) for _ in range(MOST_WAITING)]
    await asyncio.sleep(0)
    assert not await take(budget, PRIYA)
    done.set()
    assert all(await asyncio.gather(under_way, *waiting))


async def test_it_is_said_once_and_again_after_a_while() -> None:
    ticks = Ticks()
    budget = Budget(a_minute=1, at_once=1, wait=0.001, monotonic=ticks)
    assert await take(budget, PRIYA)

    async def says() -> bool:
        with pytest.raises(OverBudget) as over:
            async with budget.turn(PRIYA):
                pass
        return over.value.say

    assert [await says(), await says()] == [True, False]
    ticks.at += SAID
    assert await says()


async def test_not_more_are_known_than_fit_in_memory() -> None:
    budget = Budget(a_minute=1, at_once=1)
    for number in range(MOST_KNOWN + 5):
        assert await take(budget, PersonKey(str(number)))
    assert len(budget._people) == MOST_KNOWN
