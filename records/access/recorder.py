"""The recorder of reads, refusals and sends: it notes at once, and writes a moment later.

Nobody waits for it and nothing fails by it. What is noted is written within a second, in the order
in which it came. While the storage is away it waits here, up to a bound; what came after that is
counted, and a line says how many. A process that is killed loses what it had not written.
"""

import asyncio
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, tzinfo
from typing import Final, Protocol

from cachetools import LRUCache

from records.access.lines import (
    HEAD,
    READS,
    TABLE,
    AccessHead,
    AccessLine,
    What,
    chained,
    day_of,
    head_row,
    index_row,
    line_row,
)
from records.conversation.conversation import is_practice
from records.store.codec import read
from records.store.contract import (
    MAX_OPERATIONS,
    AlreadyThere,
    Changed,
    Create,
    Operation,
    Row,
    Store,
    StoreError,
    Update,
    each,
)

GATHERED: Final = 0.5
"""Seconds for which reads are gathered into one transaction: they are written within a second."""
AWAY: Final = 5.0
"""Seconds to the next try while the storage is away."""
MOST_WAITING: Final = 10_000
"""Lines that wait for a storage that is away. More are counted."""
MOST_KNOWN: Final = 10_000
"""Rows of the index that this copy remembers to have written."""
log = logging.getLogger(__name__)


class Notes(Protocol):
    """Where it is noted who opened what."""

    def note(
        self,
        what: What,
        at: datetime,
        by: str,
        conversation: str = "",
        *,
        of: str = "",
        about: str = "",
    ) -> None:
        """Somebody, by their mark, opened this now. Never waits, and fails never."""
        ...

    def later(self, look: Callable[[], None]) -> None:
        """Look a moment later what there is to note."""
        ...


class Unnoted:
    """For those who keep no chain."""

    def note(
        self,
        what: What,
        at: datetime,
        by: str,
        conversation: str = "",
        *,
        of: str = "",
        about: str = "",
    ) -> None:
        """Nothing."""

    def later(self, look: Callable[[], None]) -> None:
        """Nothing either."""


UNNOTED: Final[Notes] = Unnoted()


class Recorder:
    """The recorder of one copy, over any store; `zone` says when a day begins.

    `ripe` and `flush` are a loop of the timer, `quiet` is called when the copy is asked to stop.
    """

    def __init__(
        self, store: Store, zone: tzinfo, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._store, self._zone, self._monotonic = store, zone, monotonic
        self._copy = secrets.token_hex(8)
        self._waiting: deque[AccessLine] = deque()
        self._under_way: list[AccessLine] = []
        self._looks: list[Callable[[], None]] = []
        self._heads: dict[str, tuple[AccessHead, str]] = {}
        self._indexed: LRUCache[tuple[str, str], bool] = LRUCache(MOST_KNOWN)
        self._lost, self._again = 0, 0.0
        self._any, self._one = asyncio.Event(), asyncio.Lock()

    def note(
        self,
        what: What,
        at: datetime,
        by: str,
        conversation: str = "",
        *,
        of: str = "",
        about: str = "",
    ) -> None:
        """One more, to be written soon. Of a rehearsal nothing is kept."""
        if is_practice(conversation):
            return
        if len(self._waiting) >= MOST_WAITING:
            self._lost += 1
            return
        where = {"conversation": conversation, "of": of, "about": about}
        self._waiting.append(AccessLine(sequence=0, at=at, by=by, what=what, **where))
        self._any.set()

    def later(self, look: Callable[[], None]) -> None:
        """What there is to note is looked for when the rest is written, and not by a turn."""
        if len(self._looks) >= MOST_WAITING:
            self._lost += 1
            return
        self._looks.append(look)
        self._any.set()

    def _look(self) -> None:
        looks, self._looks = self._looks, []
        for look in looks:
            try:
                look()
            except Exception:
                # The seam: a mistake in one look must not keep the others from it.
                log.exception("reads not noted", extra={"action": "access_failed"})
                self._lost += 1

    async def ripe(self) -> None:
        """Wait until there is something to write, and a moment for what comes with it."""
        await self._any.wait()
        await asyncio.sleep(max(GATHERED, self._again - self._monotonic()))

    async def flush(self, _: object = None) -> None:
        """Write all that waits; what cannot be written now waits on. Fails never."""
        async with self._one:
            try:
                self._look()
                while self._take():
                    await self._write(self._under_way)
                    self._under_way = []
                self._any.clear()
            except StoreError as error:
                self._again = self._monotonic() + AWAY
                told = {"action": "access_waits", "error": type(error).__name__}
                log.warning("reads wait", extra={**told, "count": len(self._waiting)})
            except Exception:
                # The seam: what cannot be written at all must not keep the rest from it.
                log.exception("reads not written", extra={"action": "access_failed"})
                self._lost += len(self._under_way)
                self._under_way = []

    async def quiet(self) -> None:
        """The last words of a copy that is asked to stop."""
        await self.flush()

    def _take(self) -> bool:
        """The next transaction: lines of one day; those that one was begun with come again."""
        if self._under_way:
            return True
        if self._lost and self._waiting:
            last, lost = self._waiting[-1], str(self._lost)
            self._lost = 0
            log.error("reads lost", extra={"action": "access_lost", "count": int(lost)})
            told = AccessLine(sequence=0, at=last.at, by="", what=What.LOST, about=lost)
            self._waiting.append(told)
        while self._waiting and len(self._under_way) < MAX_OPERATIONS - 1:
            if self._under_way and self._day(self._waiting[0]) != self._day(self._under_way[0]):
                break
            self._under_way.append(self._waiting.popleft())
        return bool(self._under_way)

    async def _write(self, noted: Sequence[AccessLine]) -> None:
        """Raises StoreError. The index first: whoever asks who opened something hears too much
        rather than too little."""
        day = self._day(noted[0])
        await each(self._index, [one for one in noted if one.what in READS and one.conversation])
        chain = f"{day}.{self._copy}"
        before, etag = self._heads.get(day, (AccessHead(), ""))
        lines = _chained(noted, before)
        head = AccessHead(sequence=lines[-1].sequence, hash=lines[-1].hash)
        fresh = head_row(chain, head, etag)
        first: Operation = Update(fresh) if etag else Create(fresh)
        rows = [Create(line_row(chain, one)) for one in lines]
        try:
            etag = (await self._store.commit(TABLE, [first, *rows]))[0].etag
        except (AlreadyThere, Changed):
            etag = await self._was_ours(chain, head)
        self._heads[day] = head, etag  # One a day: what is late goes into its own day's chain.

    async def _was_ours(self, chain: str, head: AccessHead) -> str:
        """The etag of a head that an earlier try has written after all. Where somebody else has
        written into the chain, it stays as it is and a new one begins: raises Changed."""
        row = await self._store.get(TABLE, chain, HEAD)
        if row is not None and read(AccessHead, row).hash == head.hash:
            return row.etag
        self._copy, self._heads = secrets.token_hex(8), {}
        log.error("somebody wrote into a chain of reads", extra={"action": "access_broken"})
        raise Changed(TABLE, chain, HEAD)

    async def _index(self, line: AccessLine) -> None:
        row = index_row(line, self._zone)
        if (row.partition, row.key) in self._indexed:
            return
        with suppress(AlreadyThere):
            await self._store.create(TABLE, Row(row.partition, row.key, row.values))
        self._indexed[row.partition, row.key] = True

    def _day(self, line: AccessLine) -> str:
        return day_of(line.at, self._zone)


def _chained(noted: Sequence[AccessLine], head: AccessHead) -> list[AccessLine]:
    lines, before = list[AccessLine](), head.hash
    for number, one in enumerate(noted, start=head.sequence + 1):
        bare = one.model_copy(update={"sequence": number, "before": before})
        lines.append(chained(bare))
        before = lines[-1].hash
    return lines
