"""Closed periods: each is counted once, kept as a row, and never counted anew.

A row holds what may be shown and nothing else. The exact counts of a quarter are kept beside it
until its year is closed, and go with that. What comes in later is counted nowhere.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from records.calendar import days_later
from records.conversation.conversation import Conversation
from records.evaluation.counted import Counted
from records.evaluation.periods import Period, period_of
from records.evaluation.shown import THEMES, Figures
from records.partnership import Partnership
from records.partnership.evaluated import MOST_DAYS, Evaluation
from records.people import Frozen
from records.store.codec import read, read_or_pass, to_values
from records.store.contract import AlreadyThere, Row, Store

FIGURES: Final = "figures"
"""The table; nothing is ever taken out of its partition CLOSED."""
CLOSED: Final = "closed"
COLLATED: Final = "collated"
COUNTS: Final = "counts"


class Closed(Frozen):
    """A period that is closed, when, and its figures; `parts` are the keys of a year's quarters."""

    period: Period
    closed_at: datetime
    figures: Figures = ()
    parts: tuple[str, ...] = ()


async def every_closed(store: Store) -> tuple[Closed, ...]:
    """All of them, the oldest first, with the themes of those that are collated. Raises
    StoreError."""
    found = [
        one
        async for row in store.query(FIGURES, partition=CLOSED)
        if (one := read_or_pass(Closed, row))
    ]
    themes = await collated(store)
    return tuple(_with(one, themes) for one in found)


async def damaged(store: Store) -> frozenset[str]:
    """The keys of closed periods whose row cannot be read. Raises StoreError."""
    rows = [row async for row in store.query(FIGURES, partition=CLOSED)]
    return frozenset(row.key for row in rows if read_or_pass(Closed, row) is None)


async def collated(store: Store) -> dict[str, Figures]:
    """The themes that are shown of each collated period, by its key. Raises StoreError."""
    return {
        row.key: one.figures
        async for row in store.query(FIGURES, partition=COLLATED)
        if (one := read_or_pass(Closed, row))
    }


async def closed(store: Store, period: Period) -> Closed | None:
    """One period as it was closed, with its themes; None while it is not. Raises StoreError."""
    row = await store.get(FIGURES, CLOSED, period.key)
    if row is None:
        return None
    themes = await store.get(FIGURES, COLLATED, period.key)
    collated = read(Closed, themes).figures if themes else ()
    return _with(read(Closed, row), {period.key: collated})


async def keep_closed(store: Store, one: Closed) -> bool:
    """Keep it, once; whether this caller was first. Raises StoreError."""
    return await _once(store, CLOSED, one)


async def keep_collated(store: Store, one: Closed) -> bool:
    """Keep the themes of a period, once; whether this caller was first. Raises StoreError."""
    if any(figure.table != THEMES for figure in one.figures):
        raise ValueError("these are no themes")
    return await _once(store, COLLATED, one)


async def keep_counts(store: Store, period: Period, counts: Counted) -> Counted:
    """Keep what a year will need of its quarter, once; gives those that are kept, from which its
    figures have to be made: two copies that count at two moments would else tell of the difference.
    Raises StoreError."""
    try:
        await store.create(FIGURES, Row(COUNTS, period.key, to_values(counts)))
    except AlreadyThere:
        for there in await counts_of(store, (period,)):
            if there.by == counts.by:
                return there
        # Counted as the partnership's file was before, by one that died; or damaged.
        await store.put(FIGURES, Row(COUNTS, period.key, to_values(counts)))
    return counts


async def counts_of(store: Store, periods: Sequence[Period]) -> tuple[Counted, ...]:
    """The exact counts of these, as far as they are still kept. Raises StoreError."""
    rows = [await store.get(FIGURES, COUNTS, one.key) for one in periods]
    found = (read_or_pass(Counted, row) for row in rows if row is not None)
    return tuple(one for one in found if one is not None)


async def forget_counts(store: Store, periods: Sequence[Period]) -> None:
    """They are not needed any more. Raises StoreError."""
    for one in periods:
        await store.delete(FIGURES, COUNTS, one.key)


async def closing_times(store: Store) -> Mapping[str, datetime]:
    """When each closed period was closed, by its key. Raises StoreError."""
    return {one.period.key: one.closed_at for one in await every_closed(store)}


async def closed_for(store: Store, evaluation: Evaluation, day: date, today: date) -> Closed | None:
    """The closed period, no year, that a day was counted in, whatever the partnership's file says
    now: what comes now is counted nowhere. Nothing is read while the period lasts. Raises
    StoreError."""
    period = period_of(evaluation, day)
    if period is not None and today <= period.last:
        return None
    first, after = days_later(day, -MOST_DAYS).isoformat(), days_later(day, 1).isoformat()
    async for row in store.query(FIGURES, partition=CLOSED, key_from=first, key_to=after):
        one = read_or_pass(Closed, row)
        if one is not None and not one.parts and one.period.has(day):
            return one
    return None


async def closed_at(
    store: Store, of: Partnership, it: Conversation, now: datetime
) -> datetime | None:
    """When the period of a conversation that took place was closed; None while it is not. Nothing
    is read while the period lasts. Raises StoreError."""
    if it.held is None or it.booking is None or it.practice:
        return None
    day, today = (of.office.local(at).date() for at in (it.booking.start, now))
    found = await closed_for(store, of.evaluation, day, today)
    return found.closed_at if found is not None else None


async def _once(store: Store, partition: str, one: Closed) -> bool:
    try:
        await store.create(FIGURES, Row(partition, one.period.key, to_values(one)))
    except AlreadyThere:
        return False
    return True


def _with(one: Closed, themes: Mapping[str, Figures]) -> Closed:
    more = themes.get(one.period.key, ())
    return one.model_copy(update={"figures": (*one.figures, *more)}) if more else one
