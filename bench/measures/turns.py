"""Processor time of an answer beside the peers', in one run: rounds in which every server takes its
turn, one at a time and sixteen at once.

Each cost is of the server's process alone, until it rests: what is left for after the reply counts.
A ratio is taken within a round and a concurrency, and the median of all of them counts. What we
answer is durable, and is read back from the storage after each round; a peer keeps nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from bench.checks import Wrong, kept, same
from bench.client import Answer
from bench.environments import PEERS
from bench.processes import Server
from bench.registry import Figure, measurement
from bench.rig import Bot, Got, Rig
from bench.steps import WHOLE, plain_tap
from bench.town import Member

AT_ONCE: Final = (1, 16)
OURS: Final = "ours"
THEIRS: Final = "tap"
RATIOS: Final = {
    "turn_vs_agents": ("turn", "agents"),
    "feedback_vs_agents": ("feedback", "agents"),
    "turn_vs_stock": ("turn", "stock"),
    "feedback_vs_stock": ("feedback", "stock"),
    "turn_vs_teams": ("turn", "teams"),
    "feedback_vs_teams": ("feedback", "teams"),
    "help_vs_floor": ("help", "floor"),
}
EACH: Final = 4
"""Answers of a peer in a round, for each person who acts in ours."""
SMALLEST: Final = 500
"""Bytes of a message that can have the card of *help* in it."""


@dataclass(frozen=True)
class Cost:
    """What the answers to one step took of one server, in seconds; `updates` and `messages` are
    what Teams got meanwhile."""

    server: str
    kind: str
    at_once: int
    round: int
    cpu: float
    walls: tuple[float, ...]
    updates: int
    messages: int


@dataclass(frozen=True)
class Sum:
    """The same for all answers of a kind in one round, for each of them."""

    cpu: float
    wall: float
    updates: float
    messages: float


class Meter:
    """Takes costs."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self.taken: list[Cost] = []

    async def begin(self, server: Server) -> None:
        """From here on it counts."""
        self._got = await self._rig.got()
        self._cpu = await server.at_rest()

    async def end(
        self, server: Server, kind: str, at_once: int, number: int, answers: list[Answer]
    ) -> Got:
        """Up to here; what Teams got meanwhile."""
        cpu = await server.at_rest() - self._cpu
        now, before = await self._rig.got(self._got.messages), self._got
        walls = tuple(one.seconds for one in answers)
        sent = now.updates - before.updates, now.messages - before.messages
        cost = Cost(server.name, kind, at_once, number, cpu, walls, *sent)
        self.taken.append(cost)
        self._rig.row("turns", **vars(cost))
        return now

    def sums(self) -> dict[tuple[str, str, int, int], Sum]:
        """By server, kind, concurrency and round; what is under number 0 was to warm up."""
        found: dict[tuple[str, str, int, int], list[Cost]] = {}
        for one in self.taken:
            if one.round:
                key = one.server, one.kind, one.at_once, one.round
                found.setdefault(key, []).append(one)
        return {key: _summed(costs) for key, costs in found.items()}


def _summed(costs: Sequence[Cost]) -> Sum:
    walls = [wall for one in costs for wall in one.walls]
    return Sum(
        sum(one.cpu for one in costs) / len(walls),
        median(walls),
        sum(one.updates for one in costs) / len(walls),
        sum(one.messages for one in costs) / len(walls),
    )


@measurement(*RATIOS)
async def turns(rig: Rig) -> Iterable[Figure]:
    """Every round of every server. Raises Wrong."""
    meter, read_back = Meter(rig), 0
    async with AsyncExitStack() as running:
        bot = await running.enter_async_context(rig.bot())
        card = await _card_of_ours(rig, bot)
        peers = [await running.enter_async_context(rig.peer(one, card)) for one in PEERS]
        servers = [bot.server, *peers]
        for server in servers:
            await _refuses(rig, server)
        for number in range(rig.rounds + 1):
            for at_once in AT_ONCE:
                turn = (number + AT_ONCE.index(at_once)) % len(servers)
                for server in (*servers[turn:], *servers[:turn]):
                    if server is bot.server:
                        read_back += await ours(bot, meter, at_once, number)
                    else:
                        await theirs(rig, server, card, meter, at_once, number)
    print(f"  {read_back} of our texts and numbers were read back, none was lost")
    return list(figures(meter.sums()))


async def _refuses(rig: Rig, server: Server) -> None:
    """A token that was tampered with is not taken, but by the floor. Raises Wrong."""
    spoilt = f"{rig.token[:-8]}AAAAAAAA"
    (answer,) = await rig.load.send(server.url, spoilt, [plain_tap(rig.services, 0)], 1)
    print(f"  {server.name}: a token that was tampered with gets status {answer.status}")
    if answer.status == 200 and server.name != "floor":
        raise Wrong(f"{server.name} takes any token")


async def _card_of_ours(rig: Rig, bot: Bot) -> Mapping[str, Any]:
    """The card in the middle of those in our measured answers, by size; of one walk. Its width is
    written as the Teams SDK has it: that takes no other."""
    (member,) = await bot.town.newcomers(1)
    cards = []
    for step in WHOLE:
        await bot.do([member], step, 1)
        if step.measured in ("turn", "feedback"):
            cards.append(member.card)
    cards.sort(key=lambda one: len(str(one)))
    rig.row("cards", sizes=[len(str(one)) for one in cards])
    return {**cards[len(cards) // 2], "msteams": {"width": "full"}}


async def ours(bot: Bot, meter: Meter, at_once: int, number: int) -> int:
    """A round of ours: new people do everything once, and all of it is read back: how much."""
    members = await bot.town.newcomers(bot.rig.people)
    for step in WHOLE:
        if step.measured:
            await meter.begin(bot.server)
        answers = await bot.do(members, step, at_once)
        if step.measured:
            got = await meter.end(bot.server, step.measured, at_once, number, answers)
            if not step.shows:
                all_were_told(members, got.latest)
    return await kept(bot.store, members)


def all_were_told(members: Iterable[Member], latest: Iterable[tuple[str, int]]) -> None:
    """Each of them got one message, and there is a card in it. Raises Wrong."""
    for member in members:
        mine = [size for chat, size in latest if chat == member.place.id]
        if len(mine) != 1 or mine[0] < SMALLEST:
            raise Wrong(f"{member.one.name} got messages of {mine} bytes, and no card")


async def theirs(
    rig: Rig, server: Server, card: Mapping[str, Any], meter: Meter, at_once: int, number: int
) -> None:
    """A round of a peer: as many taps, each answered by the card."""
    await meter.begin(server)
    bodies = [plain_tap(rig.services, place) for place in range(rig.people * EACH)]
    answers = await rig.send(server, bodies, at_once)
    await meter.end(server, THEIRS, at_once, number, answers)
    for answer in answers:
        same(answer, dict(card))


def figures(sums: Mapping[tuple[str, str, int, int], Sum]) -> Iterator[Figure]:
    """The table's, and the ratios."""
    rows: dict[tuple[str, str, int], list[Sum]] = {}
    for (server, kind, at_once, _), found in sums.items():
        rows.setdefault((server, kind, at_once), []).append(found)
    for (server, kind, at_once), every in sorted(rows.items()):
        row = f"{server} {kind}, {at_once} at once"
        yield Figure(f"{row}: cpu, ms", [one.cpu * 1_000 for one in every])
        yield Figure(f"{row}: p50, ms", [one.wall * 1_000 for one in every])
        yield Figure(f"{row}: updates of messages", [one.updates for one in every])
        yield Figure(f"{row}: new messages", [one.messages for one in every])
    for name, (kind, peer) in RATIOS.items():
        mine = {key[2:]: one for key, one in sums.items() if key[:2] == (OURS, kind)}
        their = {key[2:]: one for key, one in sums.items() if key[:2] == (peer, THEIRS)}
        yield Figure(name, [mine[key].cpu / their[key].cpu for key in sorted(mine)])
