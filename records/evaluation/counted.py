"""What some conversations add up to, exactly; long, as each sum says how it is made. Nobody sees
it before `shown` has left out of it what would give somebody away.

Two such sums of different conversations add up to the sum of both. Source: pathway, step 11.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final, Self, TypeVar

from records.evaluation.facts import NUMBERS, Facts
from records.evaluation.periods import Period
from records.partnership import Partnership
from records.people import Frozen
from records.stages import Stage

OTHERS: Final = "others"
"""All that has no row of its own: in each split, it is never one's alone."""
AGREED: Final = "agreed"
NOT_THIS_ROUTE: Final = "not-this-route"
IN_TIME: Final = "in-time"
LATER: Final = "later"
ANSWERED: Final = "answered"
NOT_ANSWERED: Final = "not-answered"
Name = TypeVar("Name", int, str)
REQUEST_TABLES: Final = ("became", "why-not", "level", "open", "asked-by")
"""Splits of all requests, and of those that were not this route."""


class Behind(Frozen):
    """How many people, from how many conversations."""

    people: int = 0
    conversations: int = 0

    def __add__(self, other: "Behind") -> "Behind":
        return Behind(
            people=self.people + other.people,
            conversations=self.conversations + other.conversations,
        )


class EndsMeant(Frozen):
    """The earliest question set in which 0 and 10 had a meaning, and who answered under it."""

    number: int
    behind: Behind

    def __add__(self, other: "EndsMeant") -> "EndsMeant":
        return EndsMeant(number=min(self.number, other.number), behind=self.behind + other.behind)


class CountedBy(Frozen):
    """What of the partnership's file decides how counts are divided and what of them is shown."""

    fewest: int
    agencies: tuple[str, ...]
    levels: tuple[str, ...]

    @classmethod
    def of(cls, partnership: Partnership) -> Self:
        """As the file is now."""
        rows = rows_of(partnership)
        fewest = partnership.thresholds.fewest_people
        return cls(fewest=fewest, agencies=rows["asked-by"], levels=rows["level"])


class Counted(Frozen):
    """Exact counts of conversations that share a period.

    `splits` has for each of REQUEST_TABLES the requests by what a row of it names; `agencies` and
    `told` count conversations that took place, `days` them by working days since the request.
    `people` counts by ANSWERED, IN_TIME, LATER and NOT_ANSWERED, `scale` by part of the scale,
    `meanings` by what 0 and 10 meant. `by` is how they were counted, where that is one way.
    """

    requests: int = 0
    splits: dict[str, dict[str, int]] = {}
    held: int = 0
    agencies: dict[str, int] = {}
    told: int = 0
    days: dict[int, int] = {}
    people: dict[str, Behind] = {}
    scale: dict[str, Behind] = {}
    meanings: dict[str, EndsMeant] = {}
    by: CountedBy | None = None

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(
            requests=self.requests + other.requests,
            splits={
                name: _sum(self.splits.get(name, {}), other.splits.get(name, {}))
                for name in REQUEST_TABLES
            },
            held=self.held + other.held,
            agencies=_sum(self.agencies, other.agencies),
            told=self.told + other.told,
            days=_sum(self.days, other.days),
            people=_behind(self.people, other.people),
            scale=_behind(self.scale, other.scale),
            meanings=_meant((self.meanings, other.meanings)),
            by=self.by if self.by == other.by else None,
        )


class Tally:
    """Adds conversations up one by one."""

    def __init__(self, of: Partnership) -> None:
        self._agencies = {_plain(name): name for name in of.partnership.agencies}
        self._rows, self._by = rows_of(of), CountedBy.of(of)
        self._splits: dict[str, Counter[str]] = {name: Counter() for name in REQUEST_TABLES}
        self._took_part, self._days = Counter[str](), Counter[int]()
        self._people, self._scale = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        self._requests = self._held = self._told = 0
        self._meanings: dict[str, EndsMeant] = {}

    def asked(self, one: Facts) -> None:
        """A request that was made in the period."""
        self._requests += 1
        said = {
            "became": _became(one),
            "level": one.level,
            "open": one.open_to,
            "asked-by": self._agency(one.agency),
        }
        if said["became"] == NOT_THIS_ROUTE:
            said["why-not"] = one.why_not
        for table, row in said.items():
            self._splits[table][row if row in self._rows[table] else OTHERS] += 1

    def held(self, one: Facts) -> None:
        """A conversation that took place in the period."""
        self._held += 1
        self._told += one.outcome is not None
        self._took_part.update({self._agency(name) for name in one.agencies})
        if one.days is not None:
            self._days[one.days] += 1
        answered = one.in_time + one.later
        counts = {
            ANSWERED: answered,
            IN_TIME: one.in_time,
            LATER: one.later,
            NOT_ANSWERED: max(0, one.came - answered),
        }
        _note(self._people, counts.items())
        _note(self._scale, ((name, sum(one.scale[n] for n in numbers(name))) for name in EVERY))
        meant = {
            mark: EndsMeant(number=number, behind=Behind(people=people, conversations=1))
            for mark, (number, people) in one.meanings.items()
        }
        self._meanings = _meant((self._meanings, meant))

    def counted(self) -> Counted:
        """The sum so far."""
        return Counted(
            requests=self._requests,
            splits={name: _sorted(rows) for name, rows in self._splits.items()},
            held=self._held,
            agencies=_sorted(self._took_part),
            told=self._told,
            days=dict(sorted(self._days.items())),
            people=_read(self._people, (ANSWERED, IN_TIME, LATER, NOT_ANSWERED)),
            scale=_read(self._scale, EVERY),
            meanings=self._meanings,
            by=self._by,
        )

    def _agency(self, name: str) -> str:
        """As the partnership's list has it; all that is not in it is one."""
        return self._agencies.get(_plain(name), OTHERS)


def counted(everything: Iterable[Facts], period: Period, of: Partnership) -> Counted:
    """The sum of a period, from conversations of any time."""
    tally = Tally(of)
    first, after = period.begins(of.office), period.ends(of.office)
    for one in everything:
        if first <= one.asked < after:
            tally.asked(one)
        if one.held is not None and first <= one.held < after:
            tally.held(one)
    return tally.counted()


def part(low: int, high: int) -> str:
    """The name of a part of the scale, such as 0-3, or 7."""
    return str(low) if low == high else f"{low}-{high}"


def numbers(part: str) -> range:
    """The numbers of a part of the scale, such as 0-3."""
    low, _, high = part.partition("-")
    return range(int(low), int(high or low) + 1)


def rows_of(of: Partnership) -> dict[str, tuple[str, ...]]:
    """The rows of each split of the requests, in the order in which they are looked at. What has
    none, also what is not known, is OTHERS, which is never one row alone."""
    return {
        "became": (AGREED, NOT_THIS_ROUTE),
        "why-not": ("supervision", "meeting", "moving", "later"),
        "level": tuple(one.id for one in of.levels_of_need),
        "open": ("yes", "no"),
        "asked-by": of.partnership.agencies,
    }


EVERY: Final = tuple(part(low, high) for high in NUMBERS for low in NUMBERS if low <= high)
"""Every part of the scale, of one number or more beside each other."""


def _became(one: Facts) -> str:
    if one.stage is Stage.NOT_THIS_ROUTE:
        return NOT_THIS_ROUTE
    gone = one.stage in (Stage.WITHDRAWN, Stage.ENDED)
    return AGREED if one.agreed and not gone else OTHERS


def _note(noted: Counter[tuple[str, str]], counts: Iterable[tuple[str, int]]) -> None:
    for name, people in counts:
        noted[name, "people"] += people
        noted[name, "conversations"] += people > 0


def _read(noted: Counter[tuple[str, str]], names: Iterable[str]) -> dict[str, Behind]:
    return {
        name: Behind(people=noted[name, "people"], conversations=noted[name, "conversations"])
        for name in names
    }


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _sorted(rows: Counter[str]) -> dict[str, int]:
    return dict(sorted(rows.items()))


def _sum(one: dict[Name, int], other: dict[Name, int]) -> dict[Name, int]:
    return dict(sorted((Counter(one) + Counter(other)).items()))


def _behind(one: dict[str, Behind], other: dict[str, Behind]) -> dict[str, Behind]:
    names = dict.fromkeys((*one, *other))
    return {name: one.get(name, Behind()) + other.get(name, Behind()) for name in names}


def _meant(every: Iterable[dict[str, EndsMeant]]) -> dict[str, EndsMeant]:
    found: dict[str, EndsMeant] = {}
    for one in every:
        for mark, meant in one.items():
            found[mark] = found[mark] + meant if mark in found else meant
    return dict(sorted(found.items()))
