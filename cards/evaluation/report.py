"""The tables of the evaluation: made once from the figures, drawn by card, workbook and report.

A cell is a number, or the words that stand where there may be none. Source: pathway, step 11.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cards.wording import wording
from records.evaluation.few_people import Band, Feedback
from records.evaluation.figures import FigureRow, Figures
from records.evaluation.periods import Period

Cell = int | float | str


@dataclass(frozen=True)
class ReportTable:
    """One table. `share` is of the count above it that it is part of, from 0 to 1; empty: none.

    `chart` says that its rows are worth a picture.
    """

    id: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    chart: bool = False


def tables(of: Figures) -> tuple[ReportTable, ...]:
    """Every table of a period, in the report's order."""
    return (
        _requests(of),
        _named("why-not", wording.T_WHY_NOT, wording.COL_REASON, of.reasons, wording.WHY_NOT),
        _named(
            "level", wording.T_LEVEL, wording.COL_LEVEL, of.levels, wording.level_names, chart=True
        ),
        _named("open", wording.T_OPEN, wording.COL_OPEN, of.open_to, wording.OPEN_TO),
        _plain("asked-by", wording.T_ASKED_BY, wording.COL_REQUESTS, of.asked_by),
        _held(of),
        _days(of),
        _plain("agencies", wording.T_AGENCIES, wording.COL_CONVERSATIONS, of.agencies),
        _feedback(of),
        scale(of),
        _outcomes(of),
    )


def period_words(period: Period) -> str:
    """Such as: 1 October 2026 to 31 December 2026."""
    return wording.EVALUATION_TITLE.format(
        first=day_words(period.first), last=day_words(period.last)
    )


def day_words(day: date) -> str:
    """Such as: 1 October 2026."""
    return f"{day.day} {day:%B %Y}"


def notes(of: Figures) -> tuple[str, ...]:
    """What a reader has to know about the figures."""
    as_of = wording.EVALUATION_AS_OF.format(day=day_words(of.as_of))
    return (as_of, wording.EVALUATION_FEW, wording.REPORT_NO_RANKING)


def _requests(of: Figures) -> ReportTable:
    counted = (
        (wording.T_REQUESTS_MADE, of.requests),
        (wording.T_AGREED, of.agreed),
        (wording.T_NOT_AGREED, of.not_agreed),
        (wording.T_WITHDRAWN, of.withdrawn_before),
        (wording.T_WAITING, of.waiting),
        (wording.T_FELL_THROUGH, of.fell_through),
    )
    header = (wording.COL_BECAME, wording.COL_REQUESTS)
    return ReportTable("requests", wording.T_REQUESTS, header, counted)


def _held(of: Figures) -> ReportTable:
    header = (wording.COL_COUNTED, wording.COL_CONVERSATIONS)
    return ReportTable("held", wording.T_HELD, header, ((wording.T_HELD_COUNT, of.held),))


def _days(of: Figures) -> ReportTable:
    header = (wording.COL_COUNTED, wording.COL_DAYS)
    if of.days is None:
        return ReportTable("days", wording.T_DAYS, header, ())
    middle = of.days.middle
    rows: tuple[tuple[Cell, ...], ...] = (
        (wording.T_DAYS_MIDDLE, int(middle) if middle.is_integer() else middle),
        (wording.T_DAYS_LEAST, of.days.least),
        (wording.T_DAYS_MOST, of.days.most),
    )
    return ReportTable("days", wording.T_DAYS, header, rows)


def _feedback(of: Figures) -> ReportTable:
    header = (wording.COL_COUNTED, wording.COL_PEOPLE, wording.COL_SHARE)
    if not of.held:
        return ReportTable("feedback", wording.T_FEEDBACK, header, ())
    return ReportTable("feedback", wording.T_FEEDBACK, header, tuple(_people(of.feedback)))


def _people(of: Feedback) -> Iterable[tuple[Cell, ...]]:
    """Counts and their shares. What is missing says why, and never more than it may."""
    yield wording.T_CAME, wording.NOT_SHOWN if of.came is None else of.came, ""
    if of.answered is None:
        yield wording.T_ANSWERED, wording.FEWER, ""
        return
    yield wording.T_ANSWERED, of.answered, _share(of.answered, of.came)
    for name, count in ((wording.T_IN_TIME, of.in_time), (wording.T_LATER, of.later)):
        yield name, wording.NOT_SHOWN if count is None else count, _share(count, of.came)
    rest = wording.FEWER if of.not_answered is None else of.not_answered
    yield wording.T_NOT_ANSWERED, rest, _share(of.not_answered, of.came)


def scale(of: Figures) -> ReportTable:
    """People by number, put together where fewer than five chose one."""
    header = (wording.T_SCALE_NUMBER, wording.COL_PEOPLE)
    rows: tuple[tuple[Cell, ...], ...] = tuple((band(one), one.people) for one in of.scale)
    if not rows and of.held:
        rows = ((wording.BAND.format(low=0, high=10), wording.FEWER),)
    note = " ".join((wording.T_SCALE_NOTE, *_changed(of)))
    return ReportTable("scale", wording.T_SCALE, header, rows, note, chart=True)


def _changed(of: Figures) -> Iterable[str]:
    """That 0 or 10 meant something else to some, and how many answered which."""
    if of.meanings:
        yield wording.SCALE_CHANGED
    for one in of.meanings:
        if one.people is not None:
            yield wording.SCALE_CHANGED_SET.format(number=one.number, people=one.people)


def band(one: Band) -> str:
    """Such as: 7, or: 0 to 6."""
    if one.low == one.high:
        return str(one.low)
    return wording.BAND.format(low=one.low, high=one.high)


def _outcomes(of: Figures) -> ReportTable:
    due = of.outcomes + of.outcomes_awaited + of.outcomes_none
    header = (wording.COL_COUNTED, wording.COL_CONVERSATIONS, wording.COL_SHARE)
    rows: tuple[tuple[Cell, ...], ...] = (
        (wording.T_OUTCOME_GIVEN, of.outcomes, _share(of.outcomes, due)),
        (wording.T_OUTCOME_AWAITED, of.outcomes_awaited, _share(of.outcomes_awaited, due)),
        (wording.T_OUTCOME_NONE, of.outcomes_none, _share(of.outcomes_none, due)),
        (wording.T_OUTCOME_LATER, of.outcomes_later, ""),
    )
    return ReportTable("outcomes", wording.T_OUTCOMES, header, rows if of.held else ())


def _named(
    name: str,
    title: str,
    column: str,
    rows: Iterable[FigureRow],
    titles: Mapping[str, str],
    *,
    chart: bool = False,
) -> ReportTable:
    order = {name: place for place, name in enumerate(titles)}
    # What the partnership's file does not name any more is shown as it was kept.
    found = sorted(rows, key=lambda row: order.get(row.name, len(order)))
    shown = tuple((titles.get(row.name, row.name), row.count) for row in found)
    return ReportTable(name, title, (column, wording.COL_REQUESTS), shown, chart=chart)


def _plain(name: str, title: str, column: str, rows: Iterable[FigureRow]) -> ReportTable:
    shown = tuple((row.name or wording.DOC_NO_AGENCY, row.count) for row in rows)
    return ReportTable(name, title, (wording.COL_AGENCY, column), shown)


def _share(count: int | None, of: int | None) -> Cell:
    return round(count / of, 4) if count is not None and of else ""
