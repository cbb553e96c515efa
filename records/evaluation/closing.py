"""Closing periods: counts what there is, once, the oldest period first.

A period closes as soon as nothing in it is owed, and its weeks after its last day whatever is
missing. A year closes with the last of its quarters. A copy that dies in between leaves either
nothing or all; what it left beside is written again or forgotten the next time.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime, timedelta

from records.board.board import BOARD, FIRST, LAST
from records.calendar import Office
from records.evaluation.closed import (
    Closed,
    closed,
    counts_of,
    every_closed,
    forget_counts,
    keep_closed,
    keep_counts,
)
from records.evaluation.counted import Counted, Tally
from records.evaluation.facts import ASKED, FACTS, HELD, TO_HOLD, Facts, from_row_or_pass
from records.evaluation.periods import Period, longest_of, parts, periods, years
from records.evaluation.shown import shown
from records.evaluation.year import shown_of_year
from records.partnership import Partnership
from records.stages import CLOSED
from records.store.contract import Store


async def close_due(
    store: Store, of: Partnership, now: datetime, *, overdue: bool = False
) -> tuple[Period, ...]:
    """Close every period that is due, or only those that close whatever is missing (`overdue`);
    gives those that were, the oldest first. Raises StoreError."""
    asked = await first_asked(store, of.office)
    if asked is None:
        return ()
    today = of.office.local(now).date()
    first = longest_of(of.evaluation, asked)
    since = first.first if first else asked
    there = await every_closed(store)
    found: list[Period] = []
    for period in periods(of.evaluation, since, today):
        if not _may(period, there, today):
            continue
        if _is_overdue(of, period, now) or (
            not overdue and not await is_owed(store, period, of.office)
        ):
            found += await _close(store, of, period, now)
    keys = {one.period.key for one in there} | {one.key for one in found}
    for year in years(of.evaluation, since, today):
        quarters = parts(of.evaluation, year)
        if year.key not in keys and all(one.key in keys for one in quarters):
            found += await _close_year(store, of, year, quarters, now)
        elif year.key in keys:
            await forget_counts(store, quarters)
    return tuple(found)


def crossing(period: Period, there: Sequence[Closed]) -> Closed | None:
    """A closed period, no year, that shares some days with this one and is another: what lies in
    it was counted, so this one is never closed."""
    for one in there:
        other = one.period
        meet = other.first <= period.last and period.first <= other.last
        if meet and not one.parts and other.key != period.key:
            return one
    return None


async def first_asked(store: Store, office: Office) -> date | None:
    """The day of the first request there is. Raises StoreError."""
    rows = store.query(BOARD, partition=ASKED, key_from=FIRST, key_to=LAST, most=20, select=[FACTS])
    async for row in rows:
        if (one := from_row_or_pass(row)) is not None:
            return office.local(one.asked).date()
    return None


async def count(store: Store, of: Partnership, period: Period) -> Counted:
    """All of a period, from what is kept beside the board. Raises StoreError."""
    tally = Tally(of)
    async for one in facts_in(store, ASKED, period, of.office):
        tally.asked(one)
    async for one in facts_in(store, HELD, period, of.office):
        tally.held(one)
    return tally.counted()


async def is_owed(store: Store, period: Period, office: Office) -> bool:
    """Whether anything in a period is still going on, or nobody has said how it was. Raises
    StoreError."""
    first, after = between(period, office)
    booked = store.query(BOARD, partition=TO_HOLD, key_from=first, key_to=after, most=1)
    async for _ in booked:
        return True
    async for one in facts_in(store, ASKED, period, office):
        if one.held is None and one.stage not in CLOSED:
            return True
    async for one in facts_in(store, HELD, period, office):
        if one.stage not in CLOSED:
            return True
    return False


async def facts_in(
    store: Store, place: str, period: Period, office: Office
) -> AsyncIterator[Facts]:
    """What a list by date has in a period. Raises StoreError."""
    first, after = between(period, office)
    rows = store.query(BOARD, partition=place, key_from=first, key_to=after, select=[FACTS])
    async for row in rows:
        if (one := from_row_or_pass(row)) is not None:
            yield one


def between(period: Period, office: Office) -> tuple[str, str]:
    """The range of keys of a period in a list by date."""
    begins, ends = (int(at.timestamp()) for at in (period.begins(office), period.ends(office)))
    return f"{begins:010d}", f"{ends:010d}"


def _may(period: Period, there: Sequence[Closed], today: date) -> bool:
    is_closed = any(one.period.key == period.key for one in there)
    return period.last < today and not is_closed and crossing(period, there) is None


def _is_overdue(of: Partnership, period: Period, now: datetime) -> bool:
    return now >= period.ends(of.office) + timedelta(weeks=of.evaluation.closes_weeks)


async def _close(store: Store, of: Partnership, period: Period, now: datetime) -> list[Period]:
    counts = await count(store, of, period)
    longest = longest_of(of.evaluation, period.first)
    of_a_year = longest is not None and longest != period
    if of_a_year:
        counts = await keep_counts(store, period, counts)
    figures = shown(counts, of, of_a_year=of_a_year)
    closed = Closed(period=period, closed_at=now, figures=figures)
    return [period] if await keep_closed(store, closed) else []


async def _close_year(
    store: Store, of: Partnership, year: Period, quarters: Sequence[Period], now: datetime
) -> list[Period]:
    counts = await counts_of(store, quarters)
    kept = [there for one in quarters if (there := await closed(store, one)) is not None]
    if min(len(counts), len(kept)) < len(quarters):
        return []  # One was closed while it was part of no year, or is damaged.
    one = Closed(
        period=year,
        closed_at=now,
        figures=shown_of_year(counts, [there.figures for there in kept], of),
        parts=tuple(one.key for one in quarters),
    )
    was_first = await keep_closed(store, one)
    await forget_counts(store, quarters)
    return [year] if was_first else []
