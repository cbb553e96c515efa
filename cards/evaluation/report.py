"""Tables and sentences of the evaluation: long, as one says in words what the other says in cells.

Made once from the rows that are kept, and drawn by card, workbook and report.

A cell is a number where the figure is exact, or else the words that say what is told of it: a
figure that is not shown is never a 0. Source: pathway, step 11.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cards.wording import wording
from records.evaluation.counted import OTHERS, numbers
from records.evaluation.periods import Period
from records.evaluation.queries import Evaluated
from records.evaluation.quotes import Quote
from records.evaluation.shown import (
    AGENCIES,
    ASKED,
    BANDS,
    DAYS,
    HELD,
    MEANINGS,
    PEOPLE,
    THEMES,
    TOLD,
    Figure,
)

Cell = int | str
Range = tuple[int | None, int | None]
OF_REQUESTS: Final = ("became", "why-not", "level", "open", "asked-by")
WHOLE_SCALE: Final = "0-10"
PEOPLE_ROWS: Final = ("answered", "in-time", "later", "not-answered")


@dataclass(frozen=True)
class ReportTable:
    """One table; its first column names what the others count. `ranges` has for each row the least
    and the most that is told, where the table has one count a row; None is not told."""

    id: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    ranges: tuple[Range, ...] = ()


@dataclass(frozen=True)
class Reported:
    """What a file is made of: a period, the quarters of a year, and the words that are shown."""

    of: Evaluated
    quarters: tuple[Evaluated, ...] = ()
    quotes: tuple[Quote, ...] = ()


def tables(of: Evaluated, quarters: Sequence[Evaluated] = ()) -> tuple[ReportTable, ...]:
    """Every table of a period that has a row, in the report's order."""
    requests = wording.COL_REQUESTS
    agencies = {OTHERS: wording.AGENCY_OTHERS}
    levels = {**dict(wording.levels), OTHERS: wording.OTHERS}
    found = (
        _conversations(of),
        _days(of),
        _quarters(quarters),
        _named(of, "became", requests, {**wording.ROWS, OTHERS: wording.OTHERS}, ASKED),
        _named(of, "why-not", requests, {**wording.WHY_NOT, OTHERS: wording.OTHERS}, ASKED),
        _named(of, "level", requests, levels, ASKED),
        _named(of, "open", requests, {**wording.OPEN_TO, OTHERS: wording.OTHERS}, ASKED),
        _named(of, "asked-by", requests, agencies, ASKED),
        _named(of, AGENCIES, wording.COL_CONVERSATIONS, agencies, HELD),
        _people(of),
        scale(of),
        _named(of, THEMES, wording.COL_CONVERSATIONS, {}, HELD),
    )
    return tuple(one for one in found if one.rows)


def scale(of: Evaluated) -> ReportTable:
    """People by number, the numbers put together that too few chose."""
    parts = sorted(of.table(BANDS), key=lambda one: numbers(one.name)[0])
    # All of it together is those who gave feedback, and says nothing of the scale.
    rows = [(band(one.name), one, None) for one in parts if one.name != WHOLE_SCALE]
    note = " ".join((wording.T_SCALE_NOTE, *_changed(of)))
    return _table(BANDS, (wording.T_SCALE_NUMBER, wording.COL_PEOPLE), rows, note)


def told(one: Figure | None, of: int | None = None) -> Cell:
    """A figure as it is told. `of` is all that it is a part of: where it may be all or nothing,
    nothing is told."""
    if one is None:
        return wording.NOT_SHOWN
    if one.exact is not None:
        return one.exact
    open_end = one.high is None or (of is not None and one.high >= of)
    if not one.low:
        return wording.NOT_SHOWN if open_end else wording.AT_MOST.format(high=one.high)
    pattern = wording.AT_LEAST if open_end else wording.BETWEEN
    return pattern.format(low=one.low, high=one.high)


def told_range(one: Figure | None, of: int | None = None) -> Range:
    """The least and the most that is told, both empty where nothing is."""
    if one is None or told(one, of) == wording.NOT_SHOWN:
        return None, None
    return one.low, one.high


def told_of_held(of: Evaluated) -> str:
    """Such as: 26 or more of 30. Empty where that is not told."""
    held = of.count(HELD)
    found = told(of.figure(TOLD), held)
    if not held or found == wording.NOT_SHOWN:
        return ""
    return wording.OF_ALL.format(count=found, all=held)


def band(name: str) -> str:
    """Such as: 7, or: 0 to 6."""
    low, _, high = name.partition("-")
    return wording.BAND.format(low=low, high=high) if high else low


def values_of(table: ReportTable, row: Sequence[Cell]) -> str:
    """What stands beside the name of a row; where there are several, each with what it counts."""
    if len(row) == len(table.header) == 2:
        return str(row[1])
    named = zip(table.header[1:], row[1:], strict=True)
    return ", ".join(f"{name} {cell}" for name, cell in named)


def period_words(period: Period) -> str:
    """Such as: 1 October 2026 to 31 December 2026; with its name, where it has one."""
    days = {"first": day_words(period.first), "last": day_words(period.last)}
    if period.name:
        return wording.EVALUATION_OWN.format(name=period.name, **days)
    return wording.EVALUATION_TITLE.format(**days)


def day_words(day: date) -> str:
    """Such as: 1 October 2026."""
    return f"{day.day} {day:%B %Y}"


def stands(of: Evaluated) -> str:
    """When it was closed, or when it will be at the latest."""
    if of.closed_at is not None:
        return wording.EVALUATION_CLOSED.format(day=day_words(of.as_of))
    weeks = wording.partnership.evaluation.closes_weeks
    latest = of.period.last + timedelta(days=1, weeks=weeks)
    return wording.EVALUATION_RUNNING.format(day=day_words(latest))


def notes(of: Evaluated) -> tuple[str, ...]:
    """What a reader has to know about the figures."""
    return (
        stands(of),
        wording.EVALUATION_FEW,
        wording.REPORT_LATER,
        wording.REPORT_NO_RANKING,
    )


def is_empty(of: Evaluated) -> bool:
    """Whether nothing was asked for in it, and nothing took place."""
    return not of.count(ASKED) and not of.count(HELD)


def held_back(of: Evaluated) -> tuple[str, ...]:
    """Titles of what is not shown of a closed period, though there may be some."""
    shown = {one.id for one in tables(of)} | ({TOLD} if told_of_held(of) else set())
    of_held = (TOLD, PEOPLE, BANDS, AGENCIES) if of.count(HELD) else ()
    of_asked = OF_REQUESTS if of.count(ASKED) else ()
    titles = {**wording.TABLES, TOLD: wording.ROWS[TOLD]}
    return tuple(titles[name] for name in (*of_held, *of_asked) if name not in shown)


def is_told_whole(of: Evaluated) -> bool:
    """Whether nothing of what matters of a closed period is held back, or told only roughly."""
    figures = (of.figure(TOLD), *of.table(PEOPLE))
    if of.count(HELD) and not (scale(of).rows and of.table(PEOPLE)):
        return False
    return not of.count(HELD) or all(one and one.exact is not None for one in figures)


def sentences(of: Evaluated) -> Iterator[str]:
    """A period in short paragraphs, for somebody in the chair to read aloud."""
    yield wording.SAY_MET.format(asked=of.count(ASKED), held=of.count(HELD))
    if of.closed_at is None:
        return
    people = missing(of) if of.table(PEOPLE) else ""
    yield from filter(None, (_said_told(of), people, _said_scale(of), _said_agencies(of)))
    if days := of.figure(DAYS):
        yield wording.SAY_DAYS.format(days=told(days))
    if titles := held_back(of):
        yield wording.SAY_HELD_BACK.format(titles="; ".join(titles))


def missing(of: Evaluated) -> str:
    """Who gave feedback, and what is missing of it: never more than the figures tell."""
    people = {one.name: told(one) for one in of.table(PEOPLE)}
    if "answered" not in people:
        return wording.SAY_PEOPLE_NOT
    found = [wording.SAY_PEOPLE.format(answered=people["answered"])]
    if {"in-time", "later"} <= people.keys():
        found.append(wording.SAY_IN_TIME.format(in_time=people["in-time"], later=people["later"]))
    if "not-answered" in people:
        found.append(wording.SAY_NOT_ANSWERED.format(not_answered=people["not-answered"]))
    return " ".join(found)


# --------------------------------------------------------------------------------------------------


def _said_told(of: Evaluated) -> str:
    held = of.count(HELD)
    found = told(of.figure(TOLD), held)
    if not held or found == wording.NOT_SHOWN:
        return ""
    return wording.SAY_TOLD.format(told=found, held=held)


def _said_scale(of: Evaluated) -> str:
    parts = [wording.SAY_SCALE_PART.format(band=name, people=n) for name, n in scale(of).rows]
    return wording.SAY_SCALE.format(parts=", ".join(parts)) if parts else ""


def _people(of: Evaluated) -> ReportTable:
    there = {one.name: one for one in of.table(PEOPLE)}
    rows = [(wording.ROWS[one], there[one], None) for one in PEOPLE_ROWS if one in there]
    return _table(PEOPLE, (wording.COL_COUNTED, wording.COL_PEOPLE), rows)


def _table(
    name: str,
    header: tuple[str, str],
    rows: Sequence[tuple[str, Figure | None, int | None]],
    note: str = "",
) -> ReportTable:
    """Of each row its name, its figure, and all that this is a part of."""
    cells = tuple((title, told(figure, of)) for title, figure, of in rows)
    ranges = tuple(told_range(figure, of) for _, figure, of in rows)
    return ReportTable(name, wording.TABLES[name], header, cells, note, ranges)


def _said_agencies(of: Evaluated) -> str:
    found = [one for one in tables(of) if one.id == AGENCIES]
    parts = [
        wording.SAY_AGENCY.format(agency=name, count=count)
        for one in found
        for name, count in one.rows
        if count != wording.NOT_SHOWN
    ]
    return wording.SAY_AGENCIES.format(agencies=", ".join(parts)) if parts else ""


def _conversations(of: Evaluated) -> ReportTable:
    held = of.count(HELD)
    rows: list[tuple[str, Figure | None, int | None]] = [
        (wording.ROWS[name], of.figure(name), None) for name in (ASKED, HELD)
    ]
    if of.closed_at is not None and held:
        rows.append((wording.ROWS[TOLD], of.figure(TOLD), held))
    return _table("conversations", (wording.COL_COUNTED, wording.COL_CONVERSATIONS), rows)


def _days(of: Evaluated) -> ReportTable:
    days = of.figure(DAYS)
    rows = [(wording.ROWS[DAYS], days, None)] if days else []
    return _table(DAYS, (wording.COL_COUNTED, wording.COL_DAYS), rows)


def _quarters(every: Sequence[Evaluated]) -> ReportTable:
    header = (
        wording.COL_PERIOD,
        wording.PICTURE_ASKED,
        wording.PICTURE_HELD,
        wording.PICTURE_TOLD,
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            period_words(one.period),
            one.count(ASKED),
            one.count(HELD),
            told(one.figure(TOLD), one.count(HELD)),
        )
        for one in every
    )
    return ReportTable("quarters", wording.TABLES["quarters"], header, rows)


def _named(
    of: Evaluated, table: str, column: str, titles: Mapping[str, str], part_of: str = ""
) -> ReportTable:
    """What the partnership's file does not name any more is shown as it was kept."""
    whole = of.count(part_of) if part_of else None
    rows = [(titles.get(one.name, one.name), one, whole) for one in of.table(table)]
    if all(told(one, whole) == wording.NOT_SHOWN for _, one, _ in rows):
        rows = []
    return _table(table, (wording.COL_COUNTED, column), rows)


def _changed(of: Evaluated) -> Iterator[str]:
    """That 0 or 10 meant something else to some, and how many answered which."""
    meanings = of.table(MEANINGS)
    if len(meanings) < 2:
        return
    yield wording.SCALE_CHANGED
    for one in meanings:
        if one.low:
            yield wording.SCALE_CHANGED_SET.format(number=one.name, people=told(one))
