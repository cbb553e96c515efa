"""Nothing that is held back follows from all that is published, whoever knows the rules.

`make attacker` tries 1,000 partnerships; here are some of each size. A rule taken out is noticed.
"""

import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from cards.wording import wording
from records.evaluation import shown as rules
from records.evaluation import year as of_years
from records.evaluation.counted import REQUEST_TABLES, Counted, Tally, part
from records.evaluation.facts import Facts
from records.evaluation.shown import Figure, shown
from records.stages import Stage
from tests.records.evaluation.attacker import Published, held_back

PARTNERSHIPS = int(os.environ.get("PARTNERSHIPS", "3"))
SIZES = (0.7, 2, 4, 8, 14, 30)
"""Conversations a quarter, on average."""
FEWEST = wording.partnership.thresholds.fewest_people
NOON = datetime(2027, 5, 3, 12, tzinfo=UTC)


def quarter(chance: random.Random, size: float) -> Counted:
    """One quarter of a partnership: some requests, and conversations with their feedback."""
    of, tally = wording.partnership, Tally(wording.partnership)
    spread = chance.choice((0.5, 1.0, 2.5))
    names = list(of.partnership.agencies)
    weights = [chance.random() ** (2 * spread) + 0.01 for _ in names]
    levels = [*(one.id for one in of.levels_of_need), "unknown"]
    steep = [chance.random() ** spread + 0.01 for _ in levels]
    answers, late = chance.choice((0.5, 0.8, 0.97)), chance.choice((0.03, 0.2, 0.5))
    liked = [chance.random() ** (3 * spread) + 0.005 for _ in range(11)]
    for _ in range(min(60, int(chance.gammavariate(4, size / 4) * 1.3))):
        tally.asked(
            facts(
                agency=chance.choices(names, weights)[0],
                level=chance.choices(levels, steep)[0],
                open_to=chance.choice(("yes", "yes", "no", "unknown", "")),
                agreed=(agreed := chance.random() < 0.8),
                stage=Stage.COMPLETE
                if agreed
                else chance.choice((Stage.NOT_THIS_ROUTE, Stage.REQUESTED)),
                why_not=chance.choice(("supervision", "meeting", "later", "other", "")),
            )
        )
    for number in range(min(50, int(chance.gammavariate(4, size / 4) + 0.5))):
        came = chance.randint(2, 7)
        answered = sum(chance.random() < answers for _ in range(came))
        later = sum(chance.random() < late for _ in range(answered))
        chosen = chance.choices(range(11), liked, k=answered)
        earlier = (answered, answered // 2, 0)[(number >= spread) + (number >= 2 * spread)]
        tally.held(
            facts(
                held=NOON,
                agencies=tuple(
                    name
                    for name, often in zip(names, weights, strict=True)
                    if chance.random() < often
                )[:came]
                or ("",),  # of an agency that was not said
                came=came,
                in_time=answered - later,
                later=later,
                scale=tuple(chosen.count(number) for number in range(11)),
                meanings=meanings(earlier, answered - earlier),
                outcome=NOON if chance.random() < answers else None,
            )
        )
    return tally.counted()


def meanings(earlier: int, later: int) -> dict[str, tuple[int, int]]:
    """How many answered before 0 and 10 meant something else, and after that."""
    return {name: one for name, one in (("a", (1, earlier)), ("b", (2, later))) if one[1]}


def facts(**more: Any) -> Facts:
    plain = {"conversation": "c", "made_from": 1, "asked": NOON, "stage": Stage.COMPLETE,
             "agreed": True}  # fmt: skip
    return Facts.model_validate(plain | more)


def year(seed: int) -> tuple[Counted, ...]:
    chance = random.Random(seed)
    size = SIZES[seed % len(SIZES)]
    return tuple(quarter(chance, size * chance.choice((0.3, 1, 1, 2))) for _ in range(4))


def published(quarters: tuple[Counted, ...]) -> Published:
    of = wording.partnership
    figures = tuple(shown(one, of) for one in quarters)
    return Published(figures, of_years.shown_of_year(quarters, figures, of))


def found_out(quarters: tuple[Counted, ...]) -> Iterator[str]:
    """What somebody could tell, or what was told that the rules do not allow."""
    all_of = published(quarters)
    for place, (one, figures) in enumerate(zip(quarters, all_of.quarters, strict=True)):
        yield from (f"{told} in {place}" for told in too_few(one, figures))
    for value in held_back(all_of, wording.partnership):
        if value.follows(FEWEST):
            yield str(value)


def too_few(of: Counted, figures: tuple[Figure, ...]) -> Iterator[str]:
    """Figures that are told of fewer than five people, of fewer than three conversations with
    them, or of fewer than five conversations of some; or that leave so few over."""
    for one in figures:
        if one.table in ("people", "scale"):
            behind = (of.people if one.table == "people" else of.scale)[one.name]
            if behind.people < 5 or behind.conversations < 3:
                yield f"{one.table} {one.name}"
        elif one.exact is not None and one.table in (*REQUEST_TABLES, "told", "agencies"):
            total = of.held if one.table in ("told", "agencies") else of.requests
            if not 5 <= one.exact <= total - 5:
                yield f"{one.table} {one.name}"


def test_nothing_follows_as_each_conversation_has_an_agency(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of two agencies, and all others together."""
    names = wording.partnership.partnership.model_copy(update={"agencies": ("A", "B")})
    monkeypatch.setattr(wording, "partnership", wording.partnership.model_copy(
        update={"partnership": names}
    ))  # fmt: skip
    for alone in ((12, 4, 4), (12, 4, 3), (4, 4, 2), (4, 3, 2), (6, 6, 4), (20, 0, 0), (5, 5, 2)):
        each = zip(("A", "B", "elsewhere"), alone, strict=True)
        every = [{"agencies": (name,)} for name, many in each for _ in range(many)]
        quarters = (conversations(*every), NOTHING, NOTHING, NOTHING)
        assert not list(found_out(quarters)), alone
        if alone == (12, 4, 4):
            rows = {one.name: one for one in published(quarters).quarters[0]}
            assert (rows["B"].high, rows["others"].low, rows["others"].high) == (4, 4, 20)


def test_nothing_follows_as_each_agency_has_one_of_those_who_came() -> None:
    """Two came to each of twenty conversations, each of an agency of their own."""
    social, health, school = wording.partnership.partnership.agencies[:3]
    few, fewer = wording.partnership.partnership.agencies[5:7]
    pairs = [(social, health)] * 8 + [(social, school)] * 6 + [(health, school)] * 4
    pairs += [(health, few), (school, fewer)]
    scale = (0,) * 7 + (1, 0, 0, 0)
    each = [{"agencies": one, "came": 2, "in_time": 1, "scale": scale} for one in pairs]
    quarters = (conversations(*each), NOTHING, NOTHING, NOTHING)
    assert not list(found_out(quarters))
    told = {(one.table, one.name) for one in published(quarters).quarters[0]}
    assert ("people", "answered") in told
    assert ("people", "not-answered") not in told
    more = conversations(*each, *[{**each[0], "came": 4}] * 2)
    told = {(one.table, one.name) for one in published((more, *[NOTHING] * 3)).quarters[0]}
    assert ("people", "not-answered") in told, "two were of one agency"


@pytest.mark.parametrize("seed", range(PARTNERSHIPS))
def test_nothing_follows_from_two_years_of_figures(seed: int) -> None:
    assert not list(found_out(year(2 * seed)))
    assert not list(found_out(year(2 * seed + 1)))


def every_row(counts, rows, fewest):
    left = sum(counts.values())
    for name in rows:
        if counts.get(name, 0) >= fewest:
            left -= counts[name]
            yield name, counts[name]
    yield rules.OTHERS, left


def only_the_count(table, name, count, of, fewest):
    low, high = (count, count) if count >= fewest else (0, fewest - 1)
    return Figure(table=table, name=name, low=low, high=high)


def from_the_top(scale, fewest):
    """What is left at the bottom stands alone."""
    found, high = [], 10
    for low in range(10, -1, -1):
        if scale[part(low, high)].people >= fewest or low == 0:
            found.append(part(low, high))
            high = low - 1
    return found


def always(*_: object) -> bool:
    return True


def whatever_was_meant(every, people, fewest):
    for one in every:
        yield Figure(table=rules.MEANINGS, name=str(one.number), low=0, high=None)


def straight(quarters, _, of):
    """A year as if it had no quarters."""
    return shown(sum(quarters, Counted()), of)


def requests(*levels: int) -> Counted:
    """One quarter with so many requests of each level of need."""
    tally = Tally(wording.partnership)
    for level, count in zip(wording.partnership.levels_of_need, levels, strict=False):
        for _ in range(count):
            tally.asked(facts(level=level.id))
    return tally.counted()


def conversations(*each: dict[str, Any]) -> Counted:
    """One quarter with these conversations."""
    tally = Tally(wording.partnership)
    for one in each:
        tally.held(facts(held=NOON, **one))
    return tally.counted()


def feedback(in_time: int, later: int) -> dict[str, Any]:
    scale = (0,) * 8 + (in_time + later, 0, 0)
    return {"came": in_time + later, "in_time": in_time, "later": later, "scale": scale}


def first(seed: int) -> Callable[[], tuple[Counted, ...]]:
    return lambda: year(seed)


NOTHING = Counted()
CARE = {"agencies": ("Social Care",), "came": 4}
RULES: dict[str, tuple[str, Any, Callable[[], tuple[Counted, ...]]]] = {
    "enough people": (
        "_enough",
        lambda one, _: one.people > 0 < one.conversations - 2,
        lambda: (conversations(*[feedback(1, 0)] * 3), *[NOTHING] * 3),
    ),
    "enough conversations": (
        "FEWEST_CONVERSATIONS",
        0,
        lambda: (conversations(feedback(3, 0), feedback(2, 0), {}), *[NOTHING] * 3),
    ),
    "what is left": ("_split", every_row, lambda: (requests(18, 2), NOTHING, NOTHING, NOTHING)),
    "the other number": (
        "_either",
        only_the_count,
        lambda: (conversations(*[CARE] * 12, {}, {}), NOTHING, NOTHING, NOTHING),
    ),
    "what is left of the scale": ("_bands", from_the_top, first(1)),
    "none is most of the requests": (
        "_none_is_most",
        always,
        lambda: (requests(5, 4), requests(0, 2), NOTHING, NOTHING),
    ),
    "none is most of the conversations": (
        "_none_is_most",
        always,
        lambda: (conversations(*[CARE] * 5, {}, {}, {}), conversations({}, {}), NOTHING, NOTHING),
    ),
    "twice the people": (
        "_twice",
        lambda fewest: fewest,
        lambda: (
            conversations(feedback(2, 2), feedback(2, 1)),
            conversations(feedback(2, 2), feedback(2, 0)),
            NOTHING,
            NOTHING,
        ),
    ),
    "what 0 and 10 meant": (
        "_meanings",
        whatever_was_meant,
        lambda: (
            conversations(
                *[{**feedback(2, 0), "meanings": meanings(1, 1)}] * 2,
                {**feedback(1, 0), "meanings": meanings(1, 0)},
            ),
            *[NOTHING] * 3,
        ),
    ),
    "no sum of its quarters": (
        "shown_of_year",
        straight,
        lambda: (requests(18, 2), *[requests(10, 10)] * 3),
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_that_is_taken_out_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, instead, of = RULES[name]
    assert not list(found_out(of())), "with the rule"
    module = rules if hasattr(rules, where) else of_years
    monkeypatch.setattr(module, where, instead)
    assert red(of())


def red(quarters: tuple[Counted, ...]) -> bool:
    try:
        return next(found_out(quarters), None) is not None
    except AssertionError:  # What is published contradicts what the rules say.
        return True


def test_thirty_conversations_a_quarter_have_their_scale_response_and_outcomes() -> None:
    chance = random.Random(7)
    for _ in range(20):
        figures = shown(quarter(chance, 30), wording.partnership)
        tables = {one.table for one in figures}
        assert {"told", "people", "scale"} <= tables
        assert len([one for one in figures if one.table == "scale"]) > 1
