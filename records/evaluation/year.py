"""What a year shows, as sums of what its quarters show: rule 5 of `records.evaluation.shown`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from operator import add

from records.evaluation.counted import (
    OTHERS,
    REQUEST_TABLES,
    Counted,
    CountedBy,
    numbers,
    part,
)
from records.evaluation.facts import NUMBERS
from records.evaluation.shown import (
    AGENCIES,
    ALL,
    BANDS,
    HELD_TABLES,
    MEANINGS,
    PEOPLE_TABLES,
    TOLD,
    Figure,
    Figures,
    agency_rows,
    few_held,
    few_requests,
    few_with_feedback,
    leaves_few,
    of_days,
    of_held,
    of_people,
    of_requests,
    whole,
)
from records.partnership import Partnership


def shown_of_year(
    quarters: Sequence[Counted], kept: Sequence[Figures], partnership: Partnership
) -> Figures:
    """What a year shows, from the counts of its quarters and from what each has shown since it was
    closed. None is divided anew: where the partnership's file has changed meanwhile, two ways of
    dividing the same conversations would tell more than either."""
    every = reduce(add, quarters, Counted())
    found = list(whole(every))
    for tables, few, together in (
        (REQUEST_TABLES, few_requests, _requests_together),
        (HELD_TABLES, few_held, _held_together),
        (PEOPLE_TABLES, few_with_feedback, _people_together),
    ):
        small, each = list[Counted](), list[Figures]()
        for one, figures in zip(quarters, kept, strict=True):
            if few(one, _by(one, partnership).fewest):
                small.append(one)
            else:
                each.append(figures)
        left = reduce(add, small, Counted())
        if left.requests if tables is REQUEST_TABLES else left.held:
            each.append(together(small, left, partnership))
        found += _sums(tables, each)
    return (*found, *of_days(every, partnership))


def added(each: Sequence[Figures], tables: Iterable[str]) -> Figures:
    """The sums of figures about conversations of their own."""
    return tuple(_sums(tables, each))


def _by(one: Counted, partnership: Partnership) -> CountedBy:
    """How a quarter was counted and shown."""
    return one.by or CountedBy.of(partnership)


def _is_as_now(small: Iterable[Counted], partnership: Partnership, *names: str) -> bool:
    """Whether what decided these quarters is still so, as far as it is named."""
    now = CountedBy.of(partnership)
    every = [_by(one, partnership) for one in small]
    return all(getattr(one, name) == getattr(now, name) for one in every for name in names)


def _none_is_most(counts: Sequence[int], fewest: int) -> bool:
    """Rule 5: without any one of them there are still `fewest`."""
    return sum(counts) - max(counts, default=0) >= fewest


def _twice(fewest: int) -> int:
    """Rule 5: people of several quarters together, as how they are shared out is not to follow."""
    return 2 * fewest


# --------------------------------------------------------------------------------------------------


def _requests_together(
    small: Sequence[Counted], left: Counted, partnership: Partnership
) -> Figures:
    fewest = partnership.thresholds.fewest_people
    counts = [one.requests for one in small]
    may = not few_requests(left, fewest) and _none_is_most(counts, fewest)
    if not may or not _is_as_now(small, partnership, "fewest"):
        return ()
    changed = {
        table
        for table, name in (("asked-by", "agencies"), ("level", "levels"))
        if not _is_as_now(small, partnership, name)
    }
    return tuple(one for one in of_requests(left, partnership) if one.table not in changed)


def _held_together(small: Sequence[Counted], left: Counted, partnership: Partnership) -> Figures:
    fewest = partnership.thresholds.fewest_people
    may = not few_held(left, fewest) and _none_is_most([one.held for one in small], fewest)
    if may and _is_as_now(small, partnership, "fewest"):
        found = of_held(left, partnership)
        same = _is_as_now(small, partnership, "agencies")
        may = same and not leaves_few(left, found, fewest)
        return tuple(one for one in found if may or one.table != AGENCIES)
    rows = ((TOLD, ALL), *((AGENCIES, name) for name in agency_rows(partnership)))
    return tuple(Figure(table=t, name=name, low=0, high=left.held) for t, name in rows)


def _people_together(small: Sequence[Counted], left: Counted, partnership: Partnership) -> Figures:
    if not _is_as_now(small, partnership, "fewest"):
        return ()
    return of_people(left, _twice(partnership.thresholds.fewest_people))


def _sums(tables: Iterable[str], each: Sequence[Figures]) -> Iterator[Figure]:
    """Each row added up; where not all of them have it, no most is told, and the others together
    are not told of a sum that is not whole."""
    for table in tables:
        rows = [{one.name: one for one in figures if one.table == table} for figures in each]
        if table == BANDS:
            yield from _common_bands(rows)
            continue
        names = dict.fromkeys(name for row in rows for name in row)
        same = all(row.keys() == names.keys() for row in rows)
        for name in names:
            if name != OTHERS or same:
                found = [row.get(name) for row in rows]
                one = _sum(table, name, found)
                if one.low or table == MEANINGS or one.high is not None:
                    yield one


def _sum(table: str, name: str, every: Iterable[Figure | None]) -> Figure:
    low, high = 0, 0
    whole = True
    for one in every:
        low += one.low if one else 0
        if one is None or one.high is None:
            whole = False
        else:
            high += one.high
    return Figure(table=table, name=name, low=low, high=high if whole else None)


def _common_bands(rows: Sequence[Mapping[str, Figure]]) -> Iterator[Figure]:
    """The scale, divided where all that show it divide it."""
    shown = [row for row in rows if row]
    if not shown:
        return
    begin = [{numbers(name)[0] for name in row} for row in shown]
    lows = sorted(set.intersection(*begin))
    for low, following in pairwise((*lows, NUMBERS[-1] + 1)):
        inside = range(low, following)
        people = sum(
            one.low for row in shown for one in row.values() if numbers(one.name)[0] in inside
        )
        name = part(low, following - 1)
        most = people if len(shown) == len(rows) else None
        yield Figure(table=BANDS, name=name, low=people, high=most)
