"""How long somebody waits for an answer where each trip to the storage takes 50 ms more, and how
many trips that is.

A trip is counted where its answer was there before the reply was: a reply waits for no other, and
nothing that begins after it is back so soon.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from bench.checks import kept
from bench.registry import Figure, measurement
from bench.rig import Bot, Delayed, Rig
from bench.steps import WHOLE

DELAY: Final = 0.05
"""Seconds that a trip takes more: a storage in another region, or one that is busy."""
QUIET: Final = 0.3
"""Seconds without a trip, after which nothing of an earlier answer is left to do."""
NAMES: Final = {"turn": "request_trips", "feedback": "feedback_text_trips", "scale": "scale_trips"}
WAITS: Final = {"turn": "request_wait_50ms", "feedback": "feedback_wait_50ms"}
TOGETHER: Final = 16
"""How many answer at once."""
KINDS: Final = ("turn", "feedback", "scale", "help")
Kept = dict[str, list[float]]


@dataclass(frozen=True)
class Alone:
    """By kind of answer, one for each: trips before the reply, trips in all, seconds."""

    before: Kept = field(default_factory=lambda: defaultdict(list))
    in_all: Kept = field(default_factory=lambda: defaultdict(list))
    walls: Kept = field(default_factory=lambda: defaultdict(list))


@measurement(*NAMES.values(), *WAITS.values(), "wait_16_vs_1")
async def waits(rig: Rig) -> Iterable[Figure]:
    """Trips one at a time, and waits one at a time and together, in rounds. Raises Wrong."""
    rounds: list[Alone] = []
    together: list[float] = []
    async with rig.delayed() as way, rig.bot(way.connection) as bot:
        await way.delay(DELAY)
        for number in range(rig.rounds + 1):
            alone, crowd = await _one_by_one(bot, way), await _together(bot)
            rig.row("waits", round=number, at_once=1, **vars(alone))
            rig.row("waits", round=number, at_once=TOGETHER, feedback=crowd)
            if number:
                rounds.append(alone)
                together.append(median(crowd))
    return list(figures(rounds, together))


def figures(rounds: Sequence[Alone], together: Sequence[float]) -> Iterator[Figure]:
    """Of the rounds that count. `together` has each one's median."""
    walls = {kind: [median(one.walls[kind]) for one in rounds] for kind in KINDS}
    for kind in KINDS:
        counted = [trips for one in rounds for trips in one.before[kind]]
        yield Figure(NAMES.get(kind, f"{kind}: trips before the reply"), counted)
        every = [trips for one in rounds for trips in one.in_all[kind]]
        yield Figure(f"{kind}: trips in all, after the reply too", every)
        yield Figure(f"{kind}, 1 at once, 50 ms a trip: p50, ms", _ms(walls[kind]))
    yield Figure("feedback, 16 at once, 50 ms a trip: p50, ms", _ms(together))
    for kind, name in WAITS.items():
        yield Figure(name, [one / DELAY for one in walls[kind]])
    pairs = zip(together, walls["feedback"], strict=True)
    yield Figure("wait_16_vs_1", [many / one for many, one in pairs])


def _ms(seconds: Iterable[float]) -> list[float]:
    return [one * 1_000 for one in seconds]


async def _one_by_one(bot: Bot, way: Delayed) -> Alone:
    """A few people, one step at a time, each begun when nothing is left to do of the one before."""
    found = Alone()
    members = await bot.town.newcomers(max(bot.rig.people // 8, 2))
    for step in WHOLE:
        for member in members:
            if not step.measured:
                await bot.do([member], step, 1)
                continue
            await way.quiet(QUIET)
            begun = time.monotonic()
            (answer,) = await bot.do([member], step, 1)
            replied = time.monotonic()
            await way.quiet(QUIET)
            found.walls[step.measured].append(answer.seconds)
            found.before[step.measured].append(await way.answered(begun, replied))
            found.in_all[step.measured].append(await way.answered(begun, time.monotonic()))
    await kept(bot.store, members)
    return found


async def _together(bot: Bot) -> list[float]:
    """The texts of feedback, sixteen at once."""
    walls = []
    members = await bot.town.newcomers(bot.rig.people)
    for step in WHOLE:
        if step.measured == "feedback":
            await bot.server.at_rest()
        answers = await bot.do(members, step, TOGETHER)
        if step.measured == "feedback":
            walls += [one.seconds for one in answers]
    await kept(bot.store, members)
    return walls
