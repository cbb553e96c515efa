"""Invented periods, as they are kept once they are closed: of thirty conversations, and a year."""

from datetime import UTC, date, datetime
from typing import Final

from cards.wording import wording
from records.evaluation.counted import Counted, Tally
from records.evaluation.facts import Facts
from records.evaluation.periods import Period
from records.evaluation.queries import Evaluated
from records.evaluation.shown import Figure, shown
from records.evaluation.year import shown_of_year
from records.stages import Stage

AT: Final = datetime(2027, 1, 20, 10, tzinfo=UTC)
PERIOD: Final = Period(first=date(2026, 10, 1), last=date(2026, 12, 31))
QUARTERS: Final = tuple(
    Period(first=date(year, month, 1), last=date(year, month + 2, last))
    for year, month, last in ((2026, 4, 30), (2026, 7, 30), (2026, 10, 31), (2027, 1, 31))
)
YEAR: Final = Period(first=date(2026, 4, 1), last=date(2027, 3, 31))
REASONS: Final = ("supervision", "meeting", "supervision", "later", "")


def counts(conversations: int = 30) -> Counted:
    """So many conversations with three people each, and a third more requests."""
    tally, agencies = Tally(wording.partnership), wording.partnership.partnership.agencies
    levels = [one.id for one in wording.partnership.levels_of_need]
    for number in range(conversations + conversations // 3):
        agreed = number % 4 != 3
        tally.asked(
            _facts(
                agency=agencies[number % 3 if number % 7 else 3],
                level=levels[number % 3 if number % 11 else -1],
                open_to=("yes", "yes", "no", "unknown")[number % 4],
                agreed=agreed,
                stage=Stage.COMPLETE if agreed else Stage.NOT_THIS_ROUTE,
                why_not="" if agreed else REASONS[number % 5],
            )
        )
    for number in range(conversations):
        came = 3
        later = number % 5 == 0
        answered = came - (number % 3 == 0)
        scale = [0] * 11
        for who in range(answered):
            scale[(4, 6, 7, 8, 8, 9, 10, 7, 3, 5)[(number + 3 * who) % 10]] += 1
        tally.held(
            _facts(
                held=AT,
                came=came,
                in_time=answered - later,
                later=int(later),
                scale=tuple(scale),
                agencies=tuple(name for n, name in enumerate(agencies) if number % (n + 1) == 0),
                days=5 + number % 9,
                outcome=AT if number % 15 else None,
                meanings={"a": (1, answered)},
            )
        )
    return tally.counted()


def evaluated(of: Counted | None = None, period: Period = PERIOD) -> Evaluated:
    """A quarter that is closed."""
    figures = shown(counts() if of is None else of, wording.partnership)
    return Evaluated(period=period, as_of=AT.date(), closed_at=AT, figures=figures)


def a_year(*sizes: int) -> tuple[Evaluated, tuple[Evaluated, ...]]:
    """A year that is closed, and its quarters with so many conversations each."""
    every = [counts(size) for size in sizes or (18, 25, 30, 4)]
    quarters = tuple(map(evaluated, every, QUARTERS))
    year = Evaluated(
        period=YEAR,
        as_of=AT.date(),
        closed_at=AT,
        figures=shown_of_year(every, [one.figures for one in quarters], wording.partnership),
        parts=tuple(one.key for one in QUARTERS),
    )
    return year, quarters


def of_rows(*rows: tuple[str, str, int, int | None], period: Period = PERIOD) -> Evaluated:
    """A closed period with these rows and no others."""
    figures = tuple(Figure(table=t, name=n, low=low, high=high) for t, n, low, high in rows)
    return Evaluated(period=period, as_of=AT.date(), closed_at=AT, figures=figures)


def running(asked: int = 4, held: int = 2) -> Evaluated:
    """A period that is not closed."""
    found = of_rows(("asked", "all", asked, asked), ("held", "all", held, held))
    return found.model_copy(update={"closed_at": None})


def _facts(**more: object) -> Facts:
    plain = {"conversation": "c", "made_from": 1, "asked": AT, "stage": Stage.COMPLETE,
             "agreed": True}  # fmt: skip
    return Facts.model_validate(plain | more)
