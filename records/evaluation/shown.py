"""What of the counts may be shown, long as each rule says why it holds: so that nothing about fewer
than five people, or one conversation, follows from all that is shown.

How many conversations were asked for and took place is always shown. Beside that:

1. A count of people needs `fewest` people, from three conversations.
2. A row of a split of all requests is shown where it and what is left without it are `fewest` or
   more. Rows are looked at in a fixed order, and the last, of all others, is never looked at: so
   whoever knows the rule learns of a row that is not shown no more than that it is small, or that
   what is left would be.
3. Where each conversation either has something or has not, as an agency that took part, both
   numbers are `fewest` or more, or it is told that one of them is smaller, and no more. All other
   agencies together are counted only where those of the list may have come to all conversations.
   Else it is told how many are left at least: as one came to each, more would tell of the list.
   Nor is it told how many people came where that leaves next to nobody for the agencies that came
   to few: each of them has one person or more in each of its conversations.
4. The scale is divided from the top: as soon as numbers beside each other may be shown together
   they are, and what is left at the bottom goes with those above it.
5. A year is the sum of what its quarters show. What a quarter was too small for is shown in the
   year only together with other such quarters, none of which is nearly all of it; and of people
   there have to be twice as many. Which quarters are too small follows from what is always shown.
6. The middle number of days is one for a whole year, and no quarter of it has its own. As many
   conversations stand behind it as behind a figure of rule 3.
7. What 0 and 10 meant is said of twice `fewest` people or more, whether it changed or not: each
   meaning that is said has somebody, and of fewer people how many would follow.

So every figure is about conversations of its own, or is a sum of such figures, and none can be
worked out by taking one from another. tests/records/evaluation/test_attacker.py tries it.
Source: pathway, safety and practice rules.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from statistics import median
from typing import Final

from records.evaluation.counted import (
    ANSWERED,
    NOT_ANSWERED,
    OTHERS,
    REQUEST_TABLES,
    Behind,
    Counted,
    EndsMeant,
    part,
    rows_of,
)
from records.evaluation.facts import NUMBERS
from records.partnership import Partnership
from records.people import Frozen

ALL: Final = "all"
"""The one row of a table that counts every conversation."""
ASKED: Final = "asked"
HELD: Final = "held"
AGENCIES: Final = "agencies"
TOLD: Final = "told"
DAYS: Final = "days"
PEOPLE: Final = "people"
BANDS: Final = "scale"
MEANINGS: Final = "meanings"
THEMES: Final = "themes"
HELD_TABLES: Final = (TOLD, AGENCIES)
PEOPLE_TABLES: Final = (PEOPLE, BANDS, MEANINGS)
FEWEST_CONVERSATIONS: Final = 3
"""Behind any figure about people."""


class Figure(Frozen):
    """One figure that may be shown: from `low` to `high`, both included; the same where it is
    exact, `high` empty where no most is told. `table` and `name` say what is counted."""

    table: str
    name: str
    low: int
    high: int | None

    @property
    def exact(self) -> int | None:
        """The count, where it is told exactly."""
        return self.low if self.low == self.high else None


Figures = tuple[Figure, ...]


def whole(of: Counted) -> Figures:
    """What is always shown, before a period is closed too."""
    return exactly(ASKED, ALL, of.requests), exactly(HELD, ALL, of.held)


def shown(of: Counted, partnership: Partnership, *, of_a_year: bool = False) -> Figures:
    """What a quarter shows, `of_a_year` or not, or a period of the partnership's own."""
    fewest = partnership.thresholds.fewest_people
    found = list(whole(of))
    if not few_requests(of, fewest):
        found += of_requests(of, partnership)
    held = of_held(of, partnership) if not few_held(of, fewest) else ()
    people = of_people(of, fewest) if not few_with_feedback(of, fewest) else ()
    if leaves_few(of, held, fewest):
        people = tuple(one for one in people if not _is(one, PEOPLE, NOT_ANSWERED))
    days = () if of_a_year else of_days(of, partnership)
    return (*found, *held, *people, *days)


def themes(counts: Mapping[str, int], held: int, partnership: Partnership) -> Figures:
    """Conversations in whose words evaluators found a theme, of those that took place."""
    fewest = partnership.thresholds.fewest_people
    if held < 2 * fewest - 1:
        return ()
    return tuple(
        _either(THEMES, name, counts.get(name, 0), held, fewest)
        for name in partnership.evaluation.themes
    )


# Rules --------------------------------------------------------------------------------------------


def _enough(one: Behind, fewest: int) -> bool:
    """Rule 1."""
    return one.people >= fewest and one.conversations >= FEWEST_CONVERSATIONS


def _split(
    counts: Mapping[str, int], rows: Iterable[str], fewest: int
) -> Iterator[tuple[str, int]]:
    """Rule 2: rows that are shown, and last what is left, if any is shown."""
    left, some = sum(counts.values()), False
    for name in rows:
        count = counts.get(name, 0)
        if count >= fewest and left - count >= fewest:
            left, some = left - count, True
            yield name, count
    if some:
        yield OTHERS, left


def _either(table: str, name: str, count: int, of: int, fewest: int) -> Figure:
    """Rule 3. `of` is at least twice `fewest`, less one: so only one of both can be smaller."""
    if count < fewest:
        return Figure(table=table, name=name, low=0, high=fewest - 1)
    if of - count < fewest:
        return Figure(table=table, name=name, low=of - fewest + 1, high=of)
    return exactly(table, name, count)


def _bands(scale: Mapping[str, Behind], fewest: int) -> Iterator[str]:
    """Rule 4."""
    found: list[tuple[int, int]] = []
    high = NUMBERS[-1]
    for low in reversed(NUMBERS):
        if _enough(scale.get(part(low, high), Behind()), fewest):
            found.append((low, high))
            high = low - 1
    if found and high >= NUMBERS[0]:
        found[-1] = (NUMBERS[0], found[-1][1])
    return (part(*one) for one in reversed(found))


def _meanings(every: Collection[EndsMeant], people: int, fewest: int) -> Iterator[Figure]:
    """Rule 7."""
    told = all(_enough(one.behind, fewest) for one in every)
    for one in every if people >= 2 * fewest else ():
        count = one.behind.people if told else 0
        high = count if told else None
        yield Figure(table=MEANINGS, name=str(one.number), low=count, high=high)


def few_requests(of: Counted, fewest: int) -> bool:
    """Rule 5: no row could be shown, whatever it is."""
    return of.requests < 2 * fewest


def few_held(of: Counted, fewest: int) -> bool:
    """Rule 5: both numbers could be small."""
    return of.held < 2 * fewest - 1


def leaves_few(of: Counted, held: Figures, fewest: int) -> bool:
    """Rule 3: what is told of agencies is nearly everybody who came."""
    came = sum(of.people.get(name, Behind()).people for name in (ANSWERED, NOT_ANSWERED))
    least = sum(one.low for one in held if one.table == AGENCIES)
    return came - least < fewest - 1 and any(
        one.exact is None for one in held if one.table == AGENCIES
    )


def few_with_feedback(of: Counted, fewest: int) -> bool:
    """Rule 5."""
    return of.held < FEWEST_CONVERSATIONS


# --------------------------------------------------------------------------------------------------


def exactly(table: str, name: str, count: int) -> Figure:
    """A count that is told."""
    return Figure(table=table, name=name, low=count, high=count)


def of_requests(of: Counted, partnership: Partnership) -> Figures:
    """A count that is told."""
    fewest, rows = partnership.thresholds.fewest_people, rows_of(partnership)
    found: list[Figure] = []
    for table in REQUEST_TABLES:
        if table == "why-not" and not any(_is(one, "became", "not-this-route") for one in found):
            continue
        counts = of.splits.get(table, {})
        found += [exactly(table, *one) for one in _split(counts, rows[table], fewest)]
    return tuple(found)


def _is(one: Figure, table: str, name: str) -> bool:
    """Splits of all requests, and of those that were not this route."""
    return (one.table, one.name) == (table, name)


def of_held(of: Counted, partnership: Partnership) -> Figures:
    """What conversations had or had not."""
    fewest = partnership.thresholds.fewest_people
    rows = [
        _either(AGENCIES, name, of.agencies.get(name, 0), of.held, fewest)
        for name in agency_rows(partnership)
    ]
    listed = sum(one.high or 0 for one in rows if one.name != OTHERS)
    if listed < of.held:
        rows[-1] = Figure(table=AGENCIES, name=OTHERS, low=of.held - listed, high=of.held)
    return (_either(TOLD, ALL, of.told, of.held, fewest), *rows)


def of_people(of: Counted, fewest: int) -> Figures:
    """People, and the numbers they chose."""
    answered = of.people.get(ANSWERED, Behind())
    if not _enough(answered, fewest):
        return ()
    found = [exactly(PEOPLE, ANSWERED, answered.people)]
    apart = [of.people.get(name, Behind()) for name in ("in-time", "later")]
    if all(_enough(one, fewest) for one in apart):
        found += [
            exactly(PEOPLE, name, one.people)
            for name, one in zip(("in-time", "later"), apart, strict=True)
        ]
    rest = of.people.get("not-answered", Behind())
    if _enough(rest, fewest):
        found.append(exactly(PEOPLE, "not-answered", rest.people))
    found += [
        exactly(BANDS, name, of.scale.get(name, Behind()).people)
        for name in _bands(of.scale, fewest)
    ]
    return (*found, *_meanings(of.meanings.values(), answered.people, fewest))


def of_days(of: Counted, partnership: Partnership) -> Figures:
    """Rule 6, in whole working days; nothing unless the partnership wants it."""
    every = [day for day, times in of.days.items() for _ in range(times)]
    fewest = partnership.thresholds.fewest_people
    if not partnership.evaluation.median_days or len(every) < 2 * fewest - 1:
        return ()
    return (exactly(DAYS, ALL, round(median(every))),)


def agency_rows(partnership: Partnership) -> tuple[str, ...]:
    """Agencies of the partnership's list, and all others."""
    return (*partnership.partnership.agencies, OTHERS)
