"""How long somebody waits for an answer where each trip to the storage takes 50 ms more, and how
many trips that is.

A trip is counted where its answer was there before the reply was: a reply waits for no other, and
nothing that begins after it is back so soon.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
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


@measurement(*NAMES.values(), *WAITS.values(), "wait_16_vs_1")
async def waits(rig: Rig) -> Iterable[Figure]:
    """Trips one at a time, and waits one at a time and together, in rounds. Raises Wrong."""
    trips: dict[str, list[float]] = defaultdict(list)
    alone: dict[str, list[float]] = defaultdict(list)
    together: list[float] = []
    async with rig.delayed() as way, rig.bot(way.connection) as bot:
        await way.delay(DELAY)
        for number in range(rig.rounds + 1):
            one_by_one = await _one_by_one(bot, way, trips if number else defaultdict(list))
            crowd = await _together(bot)
            for kind, seconds in one_by_one.items():
                rig.row("waits", round=number, kind=kind, at_once=1, walls=seconds)
            rig.row("waits", round=number, kind="feedback", at_once=TOGETHER, walls=crowd)
            if number:
                for kind, seconds in one_by_one.items():
                    alone[kind].append(median(seconds))
                together.append(median(crowd))
    found = [Figure(name, trips[kind]) for kind, name in NAMES.items()]
    found += [Figure(name, [one / DELAY for one in alone[kind]]) for kind, name in WAITS.items()]
    pairs = zip(together, alone["feedback"], strict=True)
    found.append(Figure("wait_16_vs_1", [many / one for many, one in pairs]))
    found += [
        Figure(f"{kind}, 1 at once, 50 ms a trip: p50, ms", _ms(alone[kind])) for kind in alone
    ]
    return [*found, Figure("feedback, 16 at once, 50 ms a trip: p50, ms", _ms(together))]


def _ms(seconds: Iterable[float]) -> list[float]:
    return [one * 1_000 for one in seconds]


async def _one_by_one(
    bot: Bot, way: Delayed, trips: dict[str, list[float]]
) -> dict[str, list[float]]:
    """A few people, one step at a time, each begun when nothing is left to do of the one before."""
    walls: dict[str, list[float]] = defaultdict(list)
    members = await bot.town.newcomers(max(bot.rig.people // 8, 2))
    for step in WHOLE:
        for member in members:
            await way.quiet(QUIET)
            begun = time.monotonic()
            (answer,) = await bot.do([member], step, 1)
            replied = time.monotonic()
            if step.measured in NAMES:
                walls[step.measured].append(answer.seconds)
                counted = await way.answered(begun, replied)
                trips[step.measured].append(counted)
                bot.rig.row("trips", kind=step.measured, trips=counted)
    await kept(bot.store, members)
    return walls


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
