"""Released words of a closed period, as far as there are enough of them to hide who wrote which.

A list of words is those of one answer. It is shown from so many writers as a figure about people
needs, in three conversations. A year shows the words of each of its quarters that come to this by
themselves, and of the others together where these do: so no words are told by taking away those of
a quarter. Rows are written after the reply; words may not be late, so each is held against its
record. Source: pathway, safety and practice rules.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Final

from records.board.board import BOARD
from records.evaluation.closing import between
from records.evaluation.periods import Period
from records.evaluation.queries import Evaluated, Found
from records.evaluation.quotes import FIELDS, Quote, Standing, list_of
from records.evaluation.shown import FEWEST_CONVERSATIONS
from records.evaluation.standing import Records
from records.partnership import Partnership
from records.people import Participant
from records.store.codec import read_or_pass
from records.store.contract import Store, each

AT_ONCE: Final = 8
"""Words held against their records at a time."""


async def released(
    store: Store, field: str, of: Evaluated, partnership: Partnership, *, after: str = "", size: int
) -> Found:
    """Words of one answer that are shown of a closed period, the oldest first. `after` is the key
    of the last one seen. Raises StoreError."""
    words = _Lists(Records(store), partnership)
    return await words.page(field, of, after, size)


async def all_released(
    store: Store, of: Evaluated, partnership: Partnership, *, most: int
) -> tuple[Quote, ...]:
    """All that is shown of a closed period, so many of each answer at most. Raises StoreError."""
    words, found = _Lists(Records(store), partnership), list[Quote]()
    for field in FIELDS:
        found += (await words.page(field, of, "", most)).quotes
    return tuple(found)


async def listed(
    records: Records, field: str, period: Period, of: Partnership, after: str = ""
) -> AsyncIterator[tuple[str, Quote]]:
    """Every released words of one answer that still stand, with the key of each, whether so few may
    be shown or not. Raises StoreError."""
    first, end = between(period, of.office)
    start = max(first, f"{after}!" if after else first)
    partition = list_of(Standing.RELEASED, field)
    if start >= end:
        return
    rows = records.store.query(BOARD, partition=partition, key_from=start, key_to=end)
    some: list[tuple[str, Quote]] = []
    async for row in rows:
        if one := read_or_pass(Quote, row):
            some.append((row.key, one))
        if len(some) == AT_ONCE:
            for found in await _still(records, some):
                yield found
            some = []
    for found in await _still(records, some):
        yield found


class _Lists:
    """Reads each conversation once for all that is asked of it."""

    def __init__(self, records: Records, of: Partnership) -> None:
        self._records, self._of = records, of

    async def page(self, field: str, of: Evaluated, after: str, size: int) -> Found:
        if of.closed_at is None:
            return Found(())
        found: list[tuple[str, Quote]] = []
        for period in await self._enough(field, parts_of(of)):
            async for one in listed(self._records, field, period, self._of, after):
                found.append(one)
                if len(found) > size:
                    break
            if len(found) > size:
                break
        shown = found[:size]
        key = shown[-1][0] if shown else ""
        return Found(tuple(one for _, one in shown), key, more=len(found) > size)

    async def _enough(self, field: str, every: Sequence[Period]) -> tuple[Period, ...]:
        """Those whose words are shown: each by itself, and all that are left together."""
        alone = [one for one in every if await self._reach(field, (one,))]
        left = [one for one in every if one not in alone]
        return tuple(every) if left and await self._reach(field, left) else tuple(alone)

    async def _reach(self, field: str, every: Sequence[Period]) -> bool:
        """Whether so many writers in so many conversations stand behind these."""
        writers, conversations = list[Participant](), set[str]()
        fewest = self._of.thresholds.fewest_people
        for period in every:
            async for _, one in listed(self._records, field, period, self._of):
                writer = await self._records.writer(one)
                if writer is not None:
                    conversations.add(one.conversation)
                    if not any(other.is_also(writer) for other in writers):
                        writers.append(writer)
                if len(writers) >= fewest and len(conversations) >= FEWEST_CONVERSATIONS:
                    return True
        return False


def parts_of(of: Evaluated) -> tuple[Period, ...]:
    """The quarters of a year; of any other period itself."""
    found = tuple(period for key in of.parts if (period := Period.of_key(key)))
    return found or (of.period,)


async def _still(
    records: Records, some: Sequence[tuple[str, Quote]]
) -> tuple[tuple[str, Quote], ...]:
    stands = await each(records.still, [one for _, one in some])
    return tuple(one for one, still in zip(some, stands, strict=True) if still)
