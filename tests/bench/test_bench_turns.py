"""What our code costs beside its peers: processor time of this process, side by side in one run.

Ratios only: they hold from machine to machine as seconds do not. Each pair takes turns, and the
median round counts, so that a busy moment falls on both or on neither.
"""

import asyncio
import json
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from statistics import median

import pytest
from botbuilder.core import TurnContext  # type: ignore[import-untyped]  # ships no types
from botbuilder.core.cloud_adapter_base import (  # type: ignore[import-untyped]  # ships no types
    CloudAdapterBase,
)
from botbuilder.schema import Activity  # type: ignore[import-untyped]  # ships no types
from botframework.connector.auth import (  # type: ignore[import-untyped]  # ships no types
    BotFrameworkAuthenticationFactory,
)

from bot.clock import SystemClock
from bot.edge.adapter import Receiver
from bot.edge.auth import OpenGate
from bot.edge.body import read_object
from bot.edge.incoming import read_activity
from bot.edge.turns import Turns
from bot.teams.connector import Connector, teams_session
from bot.teams.pacing import Pace
from bot.teams.service_urls import ServiceUrls
from bot.teams.teams_courier import TeamsCourier
from bot.teams.tokens import NoTokens
from cards.kit.page import Page
from cards.request.check import request_check
from dialogs.turn.events import Message, Reply, Turn

pytestmark = pytest.mark.bench
ROUNDS = 7
Job = Callable[[], Awaitable[object]]
Record = Callable[[str, float], None]


async def cpu(job: Job, times: int) -> float:
    """Processor seconds of this process, all threads, for doing it so many times."""
    begun = time.process_time()
    for _ in range(times):
        await job()
    return time.process_time() - begun


async def side_by_side(ours: Job, theirs: Job, times: int) -> float:
    """Our cost as a share of theirs: the medians of rounds that take turns."""
    for job in (ours, theirs):
        await cpu(job, max(times // 5, 1))
    rounds = [(await cpu(ours, times), await cpu(theirs, times)) for _ in range(ROUNDS)]
    return median(a for a, _ in rounds) / median(b for _, b in rounds)


@pytest.fixture
def teams() -> Iterator[str]:
    """The address of a Teams that takes everything."""
    command = [sys.executable, str(Path(__file__).with_name("quiet_teams.py"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found is not None
        yield found[0]
        process.terminate()


def message(teams: str) -> bytes:
    """A typed message as Teams posts it."""
    activity = {
        "type": "message",
        "id": "activity-1",
        "timestamp": "2026-03-02T09:00:00.000Z",
        "channelId": "msteams",
        "serviceUrl": f"{teams}/uk",
        "from": {"id": "29:priya", "name": "Priya Shah", "aadObjectId": "object-priya"},
        "recipient": {"id": "28:bot", "name": "Learning Conversations"},
        "conversation": {"id": "a:chat", "conversationType": "personal", "tenantId": "tenant"},
        "channelData": {"tenant": {"id": "tenant"}},
        "textFormat": "plain",
        "locale": "en-GB",
        "text": "Workers feel that they are not moving towards the same goal.",
    }
    return json.dumps(activity).encode()


@pytest.fixture
async def edge(teams: str) -> AsyncIterator[Receiver]:
    """Our edge over an echo, without a token to check, as the stock one below."""

    async def echo(turn: Turn) -> Reply:
        assert isinstance(turn.event, Message)
        return Reply(summary=f"You said: {turn.event.text}")

    async def no_mails(_: str) -> bool:
        return False

    urls = ServiceUrls((), loopback=True)
    async with teams_session(10) as http:
        connector = Connector(http, NoTokens(), urls.allows)
        pace = Pace(instances=1, monotonic=time.monotonic, sleep=asyncio.sleep)
        turns = Turns(
            echo,
            lambda turn: Reply(),
            connector,
            TeamsCourier(connector, pace, SystemClock()),
            tenants=None,
            refusal=Reply(),
            needs_mails=no_mails,
            seconds=7,
            demo=True,
        )
        yield Receiver(OpenGate(urls), connector, turns)


class StockAdapter(CloudAdapterBase):  # type: ignore[misc]  # an untyped base
    """botbuilder-core's own pipeline, authentication and clients, as they come."""


async def test_a_turn_through_the_edge_beside_a_stock_echo(
    edge: Receiver, teams: str, record: Record
) -> None:
    body = message(teams)
    stock = StockAdapter(BotFrameworkAuthenticationFactory.create())
    answered = 0

    async def echo(context: TurnContext) -> None:
        nonlocal answered
        sent = await context.send_activity(f"You said: {context.activity.text}")
        answered += sent.id == "1"

    async def theirs() -> None:
        await stock.process_activity("", Activity().deserialize(json.loads(body)), echo)

    async def ours() -> None:
        outcome = await edge.receive(read_activity(read_object(body)), "")
        assert outcome.status == 200

    await theirs()
    assert answered == 1
    record("edge_turn_vs_stock_echo_cpu", await side_by_side(ours, theirs, 40))


async def test_drawing_a_card_beside_writing_its_json(record: Record) -> None:
    """The fullest card there is: *Check your answers*, with five long answers."""
    long = "They meet every week and every week they leave with another plan. " * 40
    texts = ("worry", "hope_you", "hope_you_known", "hope_child", "hope_child_known")
    answers = {"about": "child", "reasons": "goal,stuck", **dict.fromkeys(texts, long)}
    page = Page(flow="request", step="check", conversation="1", submission="1", answers=answers)
    card = request_check(page)

    async def ours() -> None:
        json.dumps(request_check(page))

    async def theirs() -> None:
        json.dumps(card)

    record("card_drawn_and_written_vs_written_cpu", await side_by_side(ours, theirs, 50))
