"""Somebody who reads all that is published, and knows the rules by which it was.

They write down what they know of the counts behind the figures as an integer programme, and ask for
the least and the most that each held-back value can be. What is published of one year: the figures
of each quarter and of the year. A year adds something only about the quarters that were too small
to be shown by themselves, since all else in it is a sum of what the quarters show.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from records.evaluation.counted import OTHERS, numbers, part, rows_of
from records.evaluation.shown import Figure, Figures
from records.partnership import Partnership

MANY = 200
"""More people than the attacker thinks took part, where nothing says how many."""
ANY = 1e6
"""How far from the best a solution may be where any will do, as a part of it."""
Terms = Mapping[int, float]


@dataclass(frozen=True)
class Value:
    """A value that is held back, the least and the most it can be, and how far apart these may be
    at most, since more is known from what is always shown."""

    name: str
    least: int
    most: int
    room: int

    def follows(self, fewest: int) -> bool:
        """Whether somebody could tell it, or nearly."""
        return self.most - self.least < min(fewest - 1, self.room)


@dataclass
class Programme:
    """What is known of some whole numbers. Where two values that one can have are `far` apart,
    nobody asks how far apart they can be."""

    far: int
    highest: list[float] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)
    _found: list[list[int]] = field(default_factory=list)
    """What all of them could be together, as far as it was found."""

    def unknown(self, most: float = MANY) -> int:
        """A whole number from 0."""
        self._found.clear()
        self.highest.append(most)
        return len(self.highest) - 1

    def between(self, terms: Terms, low: float, high: float = np.inf) -> None:
        """A sum is known to lie there."""
        self._found.clear()
        self.rows.append((terms, low, high))

    def at_most_if(self, flag: int, terms: Terms, most: float) -> None:
        """Where the flag is 1 the sum is no more than that."""
        highest = sum(value * self.highest[one] for one, value in terms.items() if value > 0)
        big = max(0.0, highest - most)
        self.between({**terms, flag: big}, -np.inf, most + big)

    def at_least_if(self, flag: int, terms: Terms, least: float) -> None:
        """Where the flag is 1 the sum is no less than that."""
        self.at_most_if(flag, {one: -value for one, value in terms.items()}, -least)

    def one_of(self, *flags: int) -> None:
        """One of these holds, or more."""
        self.between(dict.fromkeys(flags, 1.0), 1)

    def range(self, terms: Terms) -> tuple[int, int]:
        """The least and the most a sum can be, or two values that it can have which are far apart:
        to prove that nothing lies beyond them takes long, and says no more."""
        some = [sum(int(value) * one[n] for n, value in terms.items()) for one in self._found]
        least, most = min(some, default=0), max(some, default=0)
        for gap in (ANY, 0.0):
            if most - least < self.far:
                least, most = self._solved(terms, 1, gap), -self._solved(terms, -1, gap)
        return least, most

    def _solved(self, terms: Terms, sign: int, gap: float) -> int:
        costs = np.zeros(len(self.highest))
        for one, value in terms.items():
            costs[one] = sign * value
        where = [(n, one) for n, (row, _, _) in enumerate(self.rows) for one in row]
        values = [value for row, _, _ in self.rows for value in row.values()]
        shape = (len(self.rows), len(self.highest))
        matrix = csr_array((values, tuple(zip(*where, strict=True)) or ((), ())), shape=shape)
        low, high = [row[1] for row in self.rows], [row[2] for row in self.rows]
        found = milp(
            costs,
            constraints=LinearConstraint(matrix, low, high),
            integrality=np.ones(len(costs)),
            bounds=Bounds(0, self.highest),
            options={"mip_rel_gap": gap},
        )
        assert found.status == 0, f"what is published contradicts itself: {found.message}"
        self._found.append([round(one) for one in found.x])
        return round(found.fun)


@dataclass(frozen=True)
class Published:
    """All figures of a year: of its quarters, and its own."""

    quarters: tuple[Figures, ...]
    year: Figures


def held_back(of: Published, partnership: Partnership) -> Iterator[Value]:
    """Every value of a year that is not told, with what can be found out about it."""
    fewest = partnership.thresholds.fewest_people
    for table, rows in rows_of(partnership).items():
        if table != "why-not":
            yield from _split(of, table, rows, fewest)
    yield from _reasons(of, rows_of(partnership)["why-not"], fewest)
    names = (*partnership.partnership.agencies, OTHERS)
    for name in names:
        yield from _either(of, "agencies", name, fewest, names)
    yield from _either(of, "told", "all", fewest)
    yield from _people(of, fewest)


# Splits of all requests ---------------------------------------------------------------------------


def _split(of: Published, table: str, rows: Sequence[str], fewest: int) -> Iterator[Value]:
    totals = [_count(figures, "asked", "all") for figures in of.quarters]
    small = [place for place, total in enumerate(totals) if 0 < total < 2 * fewest]
    left, most = (one([0, *(totals[place] for place in small)]) for one in (sum, max))
    beyond = _of_small(of, table, rows)
    told = beyond if left >= 2 * fewest and (beyond or left - most >= fewest) else None
    if told is None:
        yield from (Value(f"{table} {row} in the year", n, n, n) for row, n in beyond.items())
    blocks = [
        _Block(fewest, [place], _rows(of.quarters[place], table))
        for place, total in enumerate(totals)
        if total and place not in small
    ]
    blocks += (
        [_Block(fewest, small, told)] if told is not None else [_Block(fewest, [p]) for p in small]
    )
    for block in blocks:
        block.write_down(rows, totals)
    for row in (*rows, OTHERS):
        for block in blocks:
            for place in block.places:
                if not _is_told(of.quarters[place], table, row, rows):
                    found = block.of(row, place)
                    yield Value(f"{table} {row} in {place}", *found, totals[place])
        if not _is_told(of.year, table, row, rows):
            ranges = [block.of(row) for block in blocks]
            least, most = sum(one for one, _ in ranges), sum(one for _, one in ranges)
            room = sum(totals[p] for one in blocks for p in one.places if row not in one.told)
            yield Value(f"{table} {row} in the year", least, most, room)


class _Block:
    """Quarters of which something is told together; of most, each of itself alone."""

    def __init__(
        self, fewest: int, places: Sequence[int], told: Mapping[str, int] | None = None
    ) -> None:
        self.places, self.told, self._says = places, told or {}, told is not None
        self._fewest = fewest
        self._known = Programme(fewest - 1)
        self._ranges = dict[tuple[int, ...], tuple[int, int]]()
        self._cells: dict[int, dict[str, int]] = {}
        self._like: Mapping[str, str] = {}

    def write_down(self, rows: Sequence[str], totals: Sequence[int]) -> None:
        """What is known of its rows."""
        for place in self.places:
            cell = {row: self._known.unknown(totals[place]) for row in (*rows, OTHERS)}
            self._cells[place] = cell
            self._known.between(dict.fromkeys(cell.values(), 1.0), totals[place], totals[place])
        self._like = dict.fromkeys(rows, rows[0])
        if self._says:
            terms = {row: self._terms(row) for row in (*rows, OTHERS)}
            total = sum(totals[place] for place in self.places)
            self._like = _peeled(self._known, terms, self.told, total, self._fewest)

    def of(self, row: str, *places: int) -> tuple[int, int]:
        """The least and the most of a row in some of them, or in all."""
        terms = self._terms(self._like.get(row, row), *places)
        if tuple(terms) not in self._ranges:
            self._ranges[tuple(terms)] = self._known.range(terms)
        return self._ranges[tuple(terms)]

    def _terms(self, row: str, *places: int) -> Terms:
        return {self._cells[place][row]: 1.0 for place in places or self.places}


def _rows(figures: Figures, table: str) -> dict[str, int]:
    return {one.name: one.low for one in figures if one.table == table}


def _is_told(figures: Figures, table: str, row: str, rows: Sequence[str]) -> bool:
    """Exactly. All others together are one row's alone only where each other is told."""
    others = rows if row == OTHERS else ()
    return all(_exact(figures, table, one) is not None for one in (row, *others))


def _peeled(
    known: Programme, rows: Mapping[str, Terms], told: Mapping[str, int], total: int, fewest: int
) -> dict[str, str]:
    """A row that is not told is small, or what would be left without it is. Gives for each row the
    first of which the same is known."""
    left, like, first = total, {}, dict[int, str]()
    for row, terms in rows.items():
        if row in told and row != OTHERS:
            known.between(terms, told[row], told[row])
            left -= told[row]
        elif row != OTHERS:
            like[row] = first.setdefault(left, row)
            small, nearly_all = known.unknown(1), known.unknown(1)
            known.one_of(small, nearly_all)
            known.at_most_if(small, terms, fewest - 1)
            known.at_least_if(nearly_all, terms, left - fewest + 1)
    return like


def _of_small(of: Published, table: str, rows: Sequence[str]) -> dict[str, int]:
    """What the year tells beyond its quarters: of those that show nothing themselves."""
    found = {}
    for row in rows:
        year = _figure(of.year, table, row)
        beyond = (year.low if year else 0) - sum(
            one.low for figures in of.quarters if (one := _figure(figures, table, row))
        )
        if beyond:
            found[row] = beyond
    return found


def _reasons(of: Published, rows: Sequence[str], fewest: int) -> Iterator[Value]:
    """Why it was not this route, in each quarter that tells how many there were."""
    for place, figures in enumerate(of.quarters):
        total = _exact(figures, "became", "not-this-route")
        if total is None:
            continue
        known = Programme(fewest - 1)
        cell = {row: known.unknown(total) for row in (*rows, OTHERS)}
        known.between(dict.fromkeys(cell.values(), 1.0), total, total)
        told = _rows(figures, "why-not")
        _peeled(known, {row: {one: 1.0} for row, one in cell.items()}, told, total, fewest)
        for row, one in cell.items():
            if not _is_told(figures, "why-not", row, rows):
                least, most = known.range({one: 1.0})
                yield Value(f"why-not {row} in {place}", least, most, total)


# What each conversation has or has not ------------------------------------------------------------


def _either(
    of: Published, table: str, name: str, fewest: int, names: Sequence[str] = ()
) -> Iterator[Value]:
    """`names` are all rows of the table, where each conversation has one of them."""
    totals = [_count(figures, "held", "all") for figures in of.quarters]
    ranges = [
        _of_some(one, table, name, held, names)
        for one, held in zip(of.quarters, totals, strict=True)
    ]
    least, most = (sum(one) for one in zip(*ranges, strict=True))
    small = [place for place, held in enumerate(totals) if 0 < held < 2 * fewest - 1]
    year = _told_range(of.year, table, name, sum(totals))
    if (least, most) != year:
        known = Programme(fewest - 1)
        cells = {place: known.unknown(totals[place]) for place in small}
        beyond = [
            edge - sum(ranges[p][n] for p in range(4) if p not in small)
            for n, edge in enumerate(year)
        ]
        known.between(dict.fromkeys(cells.values(), 1.0), *beyond)
        for place, cell in cells.items():
            ranges[place] = known.range({cell: 1.0})
    for place, (low, high) in enumerate(ranges):
        if low < high or (_exact(of.quarters[place], table, name) is None and totals[place]):
            yield Value(f"{table} {name} in {place}", low, high, totals[place])
    if year[0] < year[1]:
        room = sum(
            totals[p]
            for p, figures in enumerate(of.quarters)
            if _exact(figures, table, name) is None
        )
        least, most = (sum(one) for one in zip(*ranges, strict=True))
        yield Value(f"{table} {name} in the year", max(least, year[0]), min(most, year[1]), room)


def _of_some(
    figures: Figures, table: str, name: str, held: int, names: Sequence[str]
) -> tuple[int, int]:
    """What is told of a row; what follows as the others come to less than all; and as each agency
    has one of those who came in each of its conversations."""
    low, high = _told_range(figures, table, name, held)
    if names:
        others = (_told_range(figures, table, one, held)[1] for one in names if one != name)
        low = max(low, held - sum(others))
        told = [_exact(figures, "people", one) for one in ("answered", "not-answered")]
        if None not in told:
            least = (_told_range(figures, table, one, held)[0] for one in names if one != name)
            high = min(high, sum(filter(None, told)) - sum(least))
    return low, high


def _told_range(figures: Figures, table: str, name: str, held: int) -> tuple[int, int]:
    one = _figure(figures, table, name)
    return (one.low, held if one.high is None else one.high) if one else (0, held)


# People -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """Some people, and the conversations they come from, as sums."""

    people: Terms
    conversations: Terms


class _Quarter:
    """What is unknown of the feedback of one quarter: people, and the conversations they are of, by
    number of the scale and by what they did."""

    def __init__(self, known: Programme, held: int, most: int) -> None:
        self._known, self._held = known, held
        self.numbers = [self._part(known, held, most) for _ in range(11)]
        names = ("answered", "in-time", "later")
        self._parts = {name: self._part(known, held, most) for name in names}
        self._parts["not-answered"] = self._part(known, held, MANY)
        self._sum(known, [self["in-time"], self["later"]])
        self._sum(known, self.numbers)

    def __getitem__(self, name: str) -> _Part:
        """By name; of numbers beside each other what is unknown of them together."""
        if name not in self._parts:
            inside = numbers(name)
            self._parts[name] = self._together(self._known, inside[0], inside[-1], self._held)
        return self._parts[name]

    def _part(self, known: Programme, held: int, most: int) -> _Part:
        people, conversations = known.unknown(most), known.unknown(held)
        known.between({people: 1.0, conversations: -1.0}, 0)
        known.between({people: -1.0, conversations: float(most)}, 0)
        return _Part({people: 1.0}, {conversations: 1.0})

    def _together(self, known: Programme, low: int, high: int, held: int) -> _Part:
        """Numbers beside each other: people add up, conversations overlap."""
        some = self.numbers[low : high + 1]
        if len(some) == 1:
            return some[0]
        conversations = {known.unknown(held): 1.0}
        _overlap(known, conversations, some)
        return _Part({k: v for one in some for k, v in one.people.items()}, conversations)

    def _sum(self, known: Programme, parts: Sequence[_Part]) -> None:
        answered = self["answered"]
        known.between(_less(answered.people, *(one.people for one in parts)), 0, 0)
        _overlap(known, answered.conversations, parts)


class _Together:
    """Some quarters as if they were one."""

    def __init__(self, quarters: Sequence[_Quarter]) -> None:
        self._quarters = quarters

    def __getitem__(self, name: str) -> _Part:
        parts = [one[name] for one in self._quarters]
        return _Part(
            {k: v for one in parts for k, v in one.people.items()},
            {k: v for one in parts for k, v in one.conversations.items()},
        )


def _overlap(known: Programme, conversations: Terms, parts: Sequence[_Part]) -> None:
    for one in parts:
        known.between(_less(conversations, one.conversations), 0)
    known.between(_less(conversations, *(one.conversations for one in parts)), -np.inf, 0)


def _people(of: Published, fewest: int) -> Iterator[Value]:
    held = [_count(figures, "held", "all") for figures in of.quarters]
    for place, figures in enumerate(of.quarters):
        if held[place] >= 3:
            known = Programme(fewest - 1)
            told = _told(figures)
            quarter = _Quarter(known, held[place], told.get("answered", MANY))
            _published(known, quarter, told, fewest, alone=True)
            yield from _not_told(known, quarter, told, str(place))
            yield from _meanings(figures, told.get("answered", 0), fewest, str(place))
    small = [place for place, count in enumerate(held) if 0 < count < 3]
    if small:
        known, told = Programme(fewest - 1), _beyond(of)
        most = told.get("answered", MANY)
        quarters = [_Quarter(known, held[place], most) for place in small]
        together = _Together(quarters)
        if "answered" in told:
            # Where other quarters are in the sum, it does not tell how these were divided.
            alone = not any("answered" in _told(figures) for figures in of.quarters)
            _published(known, together, told, 2 * fewest, alone=alone)
        for place, quarter in zip(small, quarters, strict=True):
            yield from _not_told(known, quarter, {}, str(place))
            if "answered" in told:
                yield from _not_told(known, quarter, {"none": 0}, str(place))


def _published(
    known: Programme,
    parts: _Quarter | _Together,
    told: Mapping[str, int],
    fewest: int,
    *,
    alone: bool,
) -> None:
    """What is told is enough; of what might have been told, and is not, a part is not."""
    for name, count in told.items():
        known.between(parts[name].people, count, count)
        known.between(parts[name].conversations, 3)
    if "answered" not in told:
        _not_enough(known, [parts["answered"]], fewest)
        return
    if "in-time" not in told:
        _not_enough(known, [parts["in-time"], parts["later"]], fewest)
    if "not-answered" not in told:
        _not_enough(known, [parts["not-answered"]], fewest)
    for band in (numbers(name) for name in told if name[0].isdigit() and alone):
        if band[0] > 0 and len(band) > 1:
            _not_enough(known, [parts[part(band[1], band[-1])]], fewest)
        elif band[0] == 0:
            _at_the_bottom(known, parts, band[-1], fewest)


def _at_the_bottom(known: Programme, parts: _Quarter | _Together, high: int, fewest: int) -> None:
    """From one of its numbers up there was enough, and not from the next one; nor was there enough
    below it."""
    cuts = []
    for low in range(high + 1):
        cut = known.unknown(1)
        cuts.append(cut)
        if low < high:
            _not_enough(known, [parts[part(low + 1, high)]], fewest, cut)
        if low > 0:
            _not_enough(known, [parts[part(0, low - 1)]], fewest, cut)
    known.one_of(*cuts)


def _not_enough(
    known: Programme, parts: Sequence[_Part], fewest: int, where: int | None = None
) -> None:
    """One of these has too few people, or from too few conversations; or only where a flag is 1."""
    flags = []
    for one in parts:
        few, near = known.unknown(1), known.unknown(1)
        known.at_most_if(few, one.people, fewest - 1)
        known.at_most_if(near, one.conversations, 2)
        flags += [few, near]
    if where is None:
        known.one_of(*flags)
    else:
        known.between({**dict.fromkeys(flags, 1.0), where: -1.0}, 0)


def _not_told(
    known: Programme, quarter: _Quarter, told: Mapping[str, int], place: str
) -> Iterator[Value]:
    """Each that is no sum of what is told."""
    if not told:  # Of each all is known that is known of those who answered.
        yield Value(f"answered in {place}", *known.range(quarter["answered"].people), MANY)
        return
    bands = [numbers(name) for name in told if name[0].isdigit()]
    edges = {one[0] for one in bands} | {one[-1] + 1 for one in bands}
    for name in ("answered", "in-time", "later", "not-answered", *map(str, range(11))):
        follows = name.isdigit() and {int(name), int(name) + 1} <= edges
        if name not in told and not follows:
            least, most = known.range(quarter[name].people)
            yield Value(f"{name} in {place}", least, most, MANY)


def _meanings(figures: Figures, people: int, fewest: int, place: str) -> Iterator[Value]:
    """Somebody answered under each that is named, and of those without a number one had few."""
    known, cells = Programme(fewest - 1), dict[str, Terms]()
    for one in (one for one in figures if one.table == "meanings"):
        cells[one.name] = {known.unknown(people): 1.0}
        known.between(cells[one.name], max(1, one.low), people if one.high is None else one.high)
    known.between({key: 1.0 for one in cells.values() for key in one}, people, people)
    for name, cell in cells.items():
        if _exact(figures, "meanings", name) is None:
            yield Value(f"meaning {name} in {place}", *known.range(cell), MANY)


def _told(figures: Figures) -> dict[str, int]:
    return {one.name: one.low for one in figures if one.table in ("people", "scale")}


def _beyond(of: Published) -> dict[str, int]:
    """What the year tells of the quarters that were too small: itself less what quarters tell."""
    found = {}
    for one in of.year:
        if one.table == "people":
            found[one.name] = one.low - sum(_low(figures, one) for figures in of.quarters)
        elif one.table == "scale":
            inside = numbers(one.name)
            found[one.name] = one.low - sum(
                other.low
                for figures in of.quarters
                for other in figures
                if other.table == "scale" and numbers(other.name)[0] in inside
            )
    return {name: count for name, count in found.items() if count}


# --------------------------------------------------------------------------------------------------


def _less(whole: Terms, *parts: Terms) -> Terms:
    found = dict(whole)
    for one in parts:
        for name, value in one.items():
            found[name] = found.get(name, 0.0) - value
    return found


def _figure(figures: Figures, table: str, name: str) -> Figure | None:
    return next((one for one in figures if (one.table, one.name) == (table, name)), None)


def _exact(figures: Figures, table: str, name: str) -> int | None:
    one = _figure(figures, table, name)
    return one.exact if one else None


def _count(figures: Figures, table: str, name: str) -> int:
    found = _exact(figures, table, name)
    assert found is not None
    return found


def _low(figures: Figures, like: Figure) -> int:
    one = _figure(figures, like.table, like.name)
    return one.low if one else 0
