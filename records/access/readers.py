"""Who opened something of a conversation, every chain that is kept, and the end of the oldest."""

import logging
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from records.access.lines import HEAD, LINES, OF, TABLE, AccessHead, AccessLine, What, chained
from records.chain import Walk
from records.partnership import Partnership
from records.store.codec import read_or_pass
from records.store.contract import MAX_OPERATIONS, Delete, Row, Store, each

EVERY_CHAIN: Final = ":"
"""Sorts after every day, and before `of.`."""
TRIES: Final = 5
"""Reads of a chain that is written meanwhile."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, order=True)
class Opened:
    """That somebody, by their mark, opened something of a conversation, and on which day first.

    `of` is the id in the conversation of whose words it was; empty for a file and the document.
    """

    conversation: str
    by: str
    what: What
    of: str
    first: date


async def readers_of(store: Store, conversations: Iterable[str]) -> list[Opened]:
    """Who opened something of these conversations: one query for each, of its own partition.

    A thing, and whose it was, stands once for each who opened it. Raises Unavailable.
    """
    found = await each(lambda key: _of(store, key), dict.fromkeys(conversations))
    return sorted(one for some in found for one in some)


async def _of(store: Store, key: str) -> Iterable[Opened]:
    first = dict[tuple[str, What, str], Opened]()
    async for row in store.query(TABLE, partition=f"{OF}{key}"):  # By day: the first stays.
        by, what, of = (str(row.values[name]) for name in ("by", "what", "of"))
        day = date.fromisoformat(str(row.values["day"]))
        first.setdefault((by, What(what), of), Opened(key, by, What(what), of, day))
    return first.values()


@dataclass(frozen=True)
class Chain:
    """One chain as it was read; without a head where that is not there."""

    name: str
    lines: tuple[AccessLine, ...]
    head: AccessHead | None

    @property
    def day(self) -> str:
        """The day it is of."""
        return self.name.partition(".")[0]

    def faults(self, *heads: AccessHead) -> list[str]:
        """What is wrong with it, in words; also by heads of its own from an earlier day."""
        walk = Walk(chained, frozenset(one.sequence for one in heads))
        for line in self.lines:
            walk.pass_by(line)
        if self.head is None:
            return [*map(str, walk.faults), "its head was removed"]
        found = walk.end(self.head.sequence, self.head.hash)
        found += [fault for one in heads for fault in walk.knows(one.sequence, one.hash)]
        return list(dict.fromkeys(map(str, found)))


async def every_chain(store: Store) -> AsyncIterator[Chain]:
    """Every chain that is kept, one in memory at a time. Raises Unavailable."""
    rows = list[Row]()
    async for row in store.query(TABLE, partition_to=EVERY_CHAIN):
        if rows and row.partition != rows[0].partition:
            yield await _still(store, _chain(rows))
            rows = []
        rows.append(row)
    if rows:
        yield await _still(store, _chain(rows))


async def _still(store: Store, chain: Chain) -> Chain:
    """The chain as it stood at one moment: pages are read one after another, and what is written
    meanwhile is ahead of the head that was read first."""
    for _ in range(TRIES):
        last = chain.lines[-1].sequence if chain.lines else 0
        if chain.head is None or last <= chain.head.sequence:
            break
        chain = _chain([row async for row in store.query(TABLE, partition=chain.name)])
    return chain


def _chain(rows: Sequence[Row]) -> Chain:
    head, lines = None, list[AccessLine]()
    for row in rows:
        if row.key == HEAD:
            head = read_or_pass(AccessHead, row)
        elif row.key.startswith(LINES) and (line := read_or_pass(AccessLine, row)) is not None:
            lines.append(line)
    return Chain(rows[0].partition, tuple(lines), head)


async def forget_before(store: Store, day: date) -> int:
    """Remove every chain of an earlier day, and what the index has from it; how many rows.

    May be stopped and begun again anywhere: of a chain the head goes first. Raises StoreError.
    """
    removed, partition, rows = 0, "", list[Row]()
    async for row in store.query(TABLE, partition_to=day.isoformat()):
        if row.partition != partition:
            removed += await _remove(store, rows)
            partition, rows = row.partition, []
        rows.append(row)
    removed += await _remove(store, rows)
    old = store.query(TABLE, partition_to=f"{OF}~", key_to=day.isoformat())
    for row in [one async for one in old]:
        await store.delete(TABLE, row.partition, row.key)
        removed += 1
    return removed


def kept_from(now: datetime, partnership: Partnership) -> date:
    """The first day of which it is kept who opened what: to find misuse, and for nothing else."""
    office = partnership.office
    return office.local(office.add_months(now, -partnership.kept.reads_months)).date()


class OldReads:
    """The nightly look at what is older than it may be kept."""

    def __init__(self, store: Store, now: Callable[[], datetime], partnership: Partnership) -> None:
        self._store, self._now, self._partnership = store, now, partnership

    async def look(self) -> int:
        """Remove it; how many rows. Raises StoreError."""
        first = kept_from(self._now(), self._partnership)
        removed = await forget_before(self._store, first)
        if removed:
            log.info("old reads removed", extra={"action": "reads_removed", "count": removed})
        return removed


async def _remove(store: Store, rows: Sequence[Row]) -> int:
    for first in range(0, len(rows), MAX_OPERATIONS):
        some = rows[first : first + MAX_OPERATIONS]
        await store.commit(TABLE, [Delete(one) for one in some])
    return len(rows)
