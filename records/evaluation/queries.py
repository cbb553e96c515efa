"""The evaluation as it is kept: closed periods as they were closed, and of what still runs how many
conversations were asked for and took place. And the lists of words that wait to be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from records.board.board import BOARD, FIRST, LAST
from records.calendar import Office
from records.evaluation import shown
from records.evaluation.closed import Closed, closed, damaged, every_closed
from records.evaluation.closing import between, crossing, first_asked
from records.evaluation.counted import Counted
from records.evaluation.facts import ASKED, HELD
from records.evaluation.periods import Period, periods
from records.evaluation.quotes import Quote, Standing, list_of, lists_of
from records.evaluation.shown import ALL, Figure, Figures, whole
from records.evaluation.standing import Records
from records.partnership import Partnership
from records.people import Frozen
from records.store.codec import read_or_pass
from records.store.contract import Store

AT_ONCE: Final = 50
"""Words looked at while one is sought that still stands."""


@dataclass(frozen=True)
class Found:
    """Some words of a list, the key of the last one, and whether there are more after it."""

    quotes: tuple[Quote, ...]
    last: str = ""
    more: bool = False


class Evaluated(Frozen):
    """A period and what is shown of it: all its figures once it is closed, and until then how many
    conversations were asked for and took place."""

    period: Period
    as_of: date
    closed_at: datetime | None = None
    figures: Figures = ()
    parts: tuple[str, ...] = ()

    def figure(self, table: str, name: str = ALL) -> Figure | None:
        """One row of a table, if it is shown."""
        return next((one for one in self.figures if (one.table, one.name) == (table, name)), None)

    def table(self, table: str) -> Figures:
        """The rows of a table that are shown."""
        return tuple(one for one in self.figures if one.table == table)

    def count(self, table: str) -> int:
        """How many conversations were asked for, or took place: always shown."""
        found = self.figure(table)
        return found.low if found else 0


async def evaluated(store: Store, period: Period, now: datetime, of: Partnership) -> Evaluated:
    """A period as it was closed, or as far as it may be seen before. Raises StoreError."""
    kept = await closed(store, period)
    today = of.office.local(now).date()
    if kept is not None:
        return _closed(kept, of)
    counts = [await count_in(store, place, period, of.office) for place in (ASKED, HELD)]
    figures = whole(Counted(requests=counts[0], held=counts[1]))
    return Evaluated(period=period, as_of=today, figures=figures)


async def every_evaluated(store: Store, now: datetime, of: Partnership) -> tuple[Evaluated, ...]:
    """Every period that is closed and every one with conversations that is not, the oldest first; a
    year after its quarters. One whose row is damaged is left out. Raises StoreError."""
    kept = await every_closed(store)
    found = [_closed(one, of) for one in kept]
    asked, today = await first_asked(store, of.office), of.office.local(now).date()
    if asked is not None:
        there = {one.period.key for one in kept} | await damaged(store)
        running = periods(of.evaluation, asked, today)
        left = [one for one in running if one.key not in there and not crossing(one, kept)]
        found += [await evaluated(store, one, now, of) for one in left]
    return tuple(sorted(found, key=lambda one: (one.period.last, -one.period.first.toordinal())))


def latest(every: Sequence[Evaluated]) -> Evaluated | None:
    """The period that ended last of those that are closed and have something in them; while there
    is none, of all that are closed, or else of all."""
    closed = [one for one in every if one.closed_at is not None]
    told = [one for one in closed if one.count(shown.ASKED) or one.count(shown.HELD)]
    return next(reversed(told or closed or every), None)


def quarters_of(year: Evaluated, every: Sequence[Evaluated]) -> tuple[Evaluated, ...]:
    """The quarters of a year, from all there are; nothing of any other period."""
    return tuple(one for one in every if one.period.key in year.parts)


def _closed(kept: Closed, of: Partnership) -> Evaluated:
    return Evaluated(
        period=kept.period,
        as_of=of.office.local(kept.closed_at).date(),
        closed_at=kept.closed_at,
        figures=kept.figures,
        parts=kept.parts,
    )


async def count_in(store: Store, place: str, period: Period, office: Office) -> int:
    """How many conversations a list by date has in a period."""
    first, after = between(period, office)
    rows = store.query(BOARD, partition=place, key_from=first, key_to=after, select=["schema"])
    return len([row.key async for row in rows])


async def next_of(store: Store, standing: Standing, after: str = "") -> Found:
    """The next words with this standing, the oldest conversation's first; those that were released
    one answer after the other. Their row may hold no text, so whoever shows them reads the record.
    """
    records, lists = Records(store), lists_of(standing)
    partition, _, key = after.rpartition("/")
    begin = lists.index(partition) if partition in lists else 0
    for place, name in enumerate(lists[begin:]):
        start = f"{key}!" if key and not place else FIRST
        rows = store.query(BOARD, partition=name, key_from=start, key_to=LAST, most=AT_ONCE)
        found = [(row.key, one) async for row in rows if (one := read_or_pass(Quote, row))]
        for at, one in found:
            if await records.still(one):
                return Found((one,), f"{name}/{at}")
    return Found(())


async def conversations_of(store: Store, standing: Standing, most: int = 100) -> list[Quote]:
    """The row of each that is unread or was kept back, for the conversation it stands in; no more
    than `most` are looked at."""
    partition = list_of(standing)
    rows = store.query(BOARD, partition=partition, key_from=FIRST, key_to=LAST, most=most)
    return [one async for row in rows if (one := read_or_pass(Quote, row))]
