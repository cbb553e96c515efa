"""The figures of a period: the one source of the card, the workbook and the report.

Counts of conversations are always shown. A figure about people is shown only from five on, and
never where it could be worked out from others: what would give one away is left out with it
(`None`: fewer than five, or not shown). No people, teams or agencies are averaged or compared.
Source: pathway, safety and practice rules.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from statistics import median
from typing import Final

from records.evaluation.facts import NUMBERS, OPEN_TO, Facts
from records.evaluation.few_people import Band, Feedback, bands, of_people
from records.evaluation.periods import Period
from records.feedback.scale_meanings import Meaning, Told, both, meanings_shown
from records.partnership import Partnership
from records.partnership.model import NOT_KNOWN
from records.people import Frozen
from records.stages import Stage


class FigureRow(Frozen):
    """How many conversations there are of one kind. `name` is an id or an agency's name."""

    name: str
    count: int


class Days(Frozen):
    """Working days from request to conversation: the middle one, the least, the most."""

    middle: float
    least: int
    most: int


class Figures(Frozen):
    """A period in numbers.

    The first part counts requests made in the period, the second conversations that took place in
    it. `levels` and `open_to` cover all requests of the period. `meanings` is empty where 0 and 10
    meant the same to everybody.
    """

    period: Period
    as_of: date
    requests: int = 0
    agreed: int = 0
    not_agreed: int = 0
    withdrawn_before: int = 0
    waiting: int = 0
    fell_through: int = 0
    reasons: tuple[FigureRow, ...] = ()
    levels: tuple[FigureRow, ...] = ()
    open_to: tuple[FigureRow, ...] = ()
    asked_by: tuple[FigureRow, ...] = ()
    held: int = 0
    days: Days | None = None
    agencies: tuple[FigureRow, ...] = ()
    feedback: Feedback = Feedback()
    scale: tuple[Band, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    outcomes: int = 0
    outcomes_awaited: int = 0
    outcomes_none: int = 0
    outcomes_later: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for and nothing took place."""
        return not (self.requests or self.held)


class Tally:
    """Adds conversations up one by one, so that ten years need no more room than one."""

    def __init__(self, period: Period, now: datetime, of: Partnership) -> None:
        self._period, self._now, self._of = period, now, of
        self._asked: Counter[str] = Counter()
        self._held: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._levels: Counter[str] = Counter()
        self._open_to: Counter[str] = Counter()
        self._asked_by = _Agencies()
        self._agencies = _Agencies()
        self._days: Counter[int] = Counter()
        self._scale = [0] * len(NUMBERS)
        self._meanings: dict[str, Told] = {}

    def asked(self, one: Facts) -> None:
        """A request made in the period."""
        self._asked["requests"] += 1
        self._levels[one.level] += 1
        self._open_to[one.open_to] += 1
        self._asked_by.add(one.agency)
        if one.agreed:
            self._asked["agreed"] += 1
            self._asked["fell_through"] += one.stage in (Stage.WITHDRAWN, Stage.ENDED)
        elif one.stage is Stage.NOT_THIS_ROUTE:
            self._asked["not_agreed"] += 1
            self._reasons[one.why_not] += 1
        elif one.stage is Stage.WITHDRAWN:
            self._asked["withdrawn_before"] += 1
        else:
            self._asked["waiting"] += 1

    def held(self, one: Facts) -> None:
        """A conversation that took place in the period."""
        self._held["held"] += 1
        self._agencies.add(*one.agencies)
        if one.days is not None:
            self._days[one.days] += 1
        for name in ("came", "in_time", "later"):
            self._held[name] += getattr(one, name)
        self._scale = [a + b for a, b in zip(self._scale, one.scale, strict=True)]
        for mark, told in one.meanings.items():
            self._meanings[mark] = both(self._meanings.get(mark), told)
        if one.outcome is not None:
            self._held["outcomes"] += 1
        elif one.unanswered:
            self._held["outcomes_none"] += 1
        elif one.outcome_due is not None and one.outcome_due <= self._now:
            self._held["outcomes_awaited"] += 1
        else:
            self._held["outcomes_later"] += 1

    def figures(self) -> Figures:
        """The sum, with what may not be shown left out."""
        asked, held = self._asked, self._held
        fewest = self._of.thresholds.fewest_people
        return Figures(
            period=self._period,
            as_of=self._of.office.local(self._now).date(),
            **{name: asked[name] for name in _ASKED},
            reasons=_rows(self._reasons),
            levels=_in_order(self._levels, _levels(self._of)),
            open_to=tuple(FigureRow(name=one, count=self._open_to[one]) for one in OPEN_TO),
            asked_by=self._asked_by.rows(),
            held=held["held"],
            days=_days(self._days),
            agencies=self._agencies.rows(),
            feedback=of_people(held["came"], held["in_time"], held["later"], fewest),
            scale=bands(self._scale, fewest),
            meanings=meanings_shown(self._meanings.values(), fewest),
            outcomes=held["outcomes"],
            outcomes_awaited=held["outcomes_awaited"],
            outcomes_none=held["outcomes_none"],
            outcomes_later=held["outcomes_later"],
        )


class _Agencies:
    """Conversations by agency, however each was spelt; shown as it was spelt most often."""

    def __init__(self) -> None:
        self._spelt: dict[str, Counter[str]] = {}

    def add(self, *names: str) -> None:
        for name in names:
            key = " ".join(name.split()).casefold()
            self._spelt.setdefault(key, Counter())[name] += 1

    def rows(self) -> tuple[FigureRow, ...]:
        shown = {
            min(spelt, key=lambda name: (-spelt[name], name)): spelt.total()
            for spelt in self._spelt.values()
        }
        return _rows(Counter(shown))


_ASKED: Final = (
    "requests", "agreed", "not_agreed", "withdrawn_before", "waiting", "fell_through",
)  # fmt: skip


def figures(everything: Iterable[Facts], period: Period, now: datetime, of: Partnership) -> Figures:
    """The figures of a period, from conversations of any time."""
    tally = Tally(period, now, of)
    first, after = period.begins(of.office), period.ends(of.office)
    for one in everything:
        if first <= one.asked < after:
            tally.asked(one)
        if one.held is not None and first <= one.held < after:
            tally.held(one)
    return tally.figures()


def _levels(of: Partnership) -> tuple[str, ...]:
    """The levels of need; one that the file no longer has is counted as it was kept."""
    return (*(one.id for one in of.levels_of_need), NOT_KNOWN, "")


def _days(days: Counter[int]) -> Days | None:
    if not days:
        return None
    every = sorted(days.elements())
    return Days(middle=float(median(every)), least=every[0], most=every[-1])


def _in_order(counted: Counter[str], order: tuple[str, ...]) -> tuple[FigureRow, ...]:
    """In the given order, each whether counted or not; then what is not in it any more."""
    names = (*order[:-1], *sorted(counted.keys() - set(order)), order[-1])
    return tuple(FigureRow(name=name, count=counted[name]) for name in names)


def _rows(counted: Counter[str]) -> tuple[FigureRow, ...]:
    """By name: an order by count would be a ranking."""
    names = sorted(counted, key=lambda name: (name.casefold(), name))
    return tuple(FigureRow(name=name, count=counted[name]) for name in names)
