"""The evaluation as it is kept beside the board: a period is one range of rows, streamed.

Rows are written after the reply. A number may be behind for a moment; released words may not: what
somebody has taken back, stopped or written anew is not shown, so each is held against its record.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from records.board.board import BOARD, FIRST, LAST
from records.calendar import Office
from records.evaluation.facts import ASKED, FACTS, HELD, Facts, from_row
from records.evaluation.figures import Figures, Tally
from records.evaluation.periods import Period
from records.evaluation.quotes import FIELDS, Quote, Standing, list_of
from records.evaluation.standing import Records
from records.partnership import Partnership
from records.store.codec import read_or_pass
from records.store.contract import Store, each

AT_ONCE: Final = 50
"""Words looked at while one is sought that still stands."""


@dataclass(frozen=True)
class Found:
    """Some words of a list, the key of the last one, and whether there are more after it."""

    quotes: tuple[Quote, ...]
    last: str = ""
    more: bool = False


async def kept_figures(store: Store, period: Period, now: datetime, of: Partnership) -> Figures:
    """The figures of a period, from what is kept: the same as from the conversations themselves."""
    tally = Tally(period, now, of)
    async for one in _facts(store, ASKED, period, of.office):
        tally.asked(one)
    async for one in _facts(store, HELD, period, of.office):
        tally.held(one)
    return tally.figures()


async def count_in(store: Store, place: str, period: Period, office: Office) -> int:
    """How many conversations a list by date has in a period."""
    first, after = _between(period, office)
    rows = store.query(BOARD, partition=place, key_from=first, key_to=after, select=["schema"])
    return len([row.key async for row in rows])


async def all_released(
    store: Store, period: Period, office: Office, *, most: int
) -> tuple[Quote, ...]:
    """Words released from the conversations of a period, so many of each answer at most."""
    first, after = _between(period, office)
    records, found = Records(store), list[Quote]()
    for field in FIELDS:
        partition = list_of(Standing.RELEASED, field)
        found += (await _found(records, partition, (first, after), most)).quotes
    return tuple(found)


async def released(
    store: Store, field: str, period: Period, office: Office, *, after: str = "", size: int
) -> Found:
    """Words released of one answer, from the conversations of a period, the oldest first."""
    first, end = _between(period, office)
    partition = list_of(Standing.RELEASED, field)
    return await _found(Records(store), partition, (f"{after}!" if after else first, end), size)


async def next_of(store: Store, standing: Standing, after: str = "") -> Found:
    """The next words that are unread or were kept back, the oldest conversation's first. Their
    row holds no text, so whoever shows them reads the record; here the lists are believed."""
    start = f"{after}!" if after else FIRST
    return await _found(Records(store), list_of(standing), (start, LAST), 1)


async def conversations_of(store: Store, standing: Standing, most: int = 100) -> list[Quote]:
    """The row of each that is unread or was kept back, for the conversation it stands in; no more
    than `most` are looked at."""
    partition = list_of(standing)
    rows = store.query(BOARD, partition=partition, key_from=FIRST, key_to=LAST, most=most)
    return [one async for row in rows if (one := read_or_pass(Quote, row))]


async def _found(records: Records, partition: str, bounds: tuple[str, str], size: int) -> Found:
    """The first of a list that still stand; a few at a time are held against what says so."""
    first, after = bounds
    most = size + AT_ONCE
    rows = records.store.query(BOARD, partition=partition, key_from=first, key_to=after, most=most)
    listed = [(row.key, one) async for row in rows if (one := read_or_pass(Quote, row))]
    standing: list[tuple[str, Quote]] = []
    for start in range(0, len(listed), size + 1):
        some = listed[start : start + size + 1]
        stands = await each(records.still, [one for _, one in some])
        standing += [one for one, still in zip(some, stands, strict=True) if still]
        if len(standing) > size:
            break
    shown = standing[:size]
    key = shown[-1][0] if shown else ""
    return Found(tuple(one for _, one in shown), key, more=len(standing) > size)


async def _facts(store: Store, place: str, period: Period, office: Office) -> AsyncIterator[Facts]:
    first, after = _between(period, office)
    rows = store.query(BOARD, partition=place, key_from=first, key_to=after, select=[FACTS])
    async for row in rows:
        yield from_row(row.values)


def _between(period: Period, office: Office) -> tuple[str, str]:
    begins, ends = (int(at.timestamp()) for at in (period.begins(office), period.ends(office)))
    return f"{begins:010d}", f"{ends:010d}"
