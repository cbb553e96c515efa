"""The sweep looks at every prompt that is due, whatever became of the others: long, as one round.

So are the lists of a change whose copy was killed before it came to them
(`records.register.listing`).
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Container, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from records.conversation.snapshot import prompt_key, read_file
from records.outbox import due
from records.outbox.due import is_lists
from records.outbox.prompt import Prompt
from records.register.listing import redo_lists
from records.register.mending import mend_prompt
from records.register.repair import Mended, repair
from records.store.codec import Unreadable, tell
from records.store.contract import Store, StoreError
from records.timetable.timetable import Timetable
from scheduler.delivery.delivery import Deliverer
from scheduler.delivery.lines import Dispatch
from scheduler.delivery.reach import Reach
from scheduler.delivery.settings import Clocks, DeliveryOutcome

MAX_SKEW: Final = timedelta(seconds=30)
"""Beyond this our clock and the storage's disagree on whose lease has ended: claim nothing."""
BATCH: Final = 400
"""Pointers read before the first of them are looked at."""
TOGETHER: Final = 100
"""Settled prompts after which their pointers are removed. Source: one transaction's most."""
MAX_INSTANTS: Final = 2_000
"""Due instants one skip walks one by one; a Teams that is away would add one every 15 minutes."""

Counts = Counter[DeliveryOutcome]
Lead = Callable[[], Awaitable[bool]]
log = logging.getLogger(__name__)


async def always() -> bool:
    """For a sweep that needs no leader."""
    return True


class Sweep:
    """Looks at what is due, a few prompts at a time.

    `grace` is how long a pointer to nothing is left alone: its prompt may be just being written.
    """

    def __init__(
        self,
        store: Store,
        deliverer: Deliverer,
        reach: Reach,
        timetable: Timetable,
        clocks: Clocks,
        *,
        at_once: int = 16,
        grace: timedelta = timedelta(hours=1),
    ) -> None:
        self._store, self._deliverer, self._reach = store, deliverer, reach
        self._timetable = timetable
        self._clocks, self._at_once, self._grace = clocks, at_once, grace
        self._missing: dict[due.Pointer, float] = {}
        self._told: set[tuple[str, str]] = set()
        self._seen_at: timedelta | None = None
        self.skewed, self._stopping = False, False

    async def run(self, lead: Lead = always) -> Counts:
        """Deliver what is due by now, for as long as `lead` says so. Raises StoreError."""
        await self._check_clock()
        if self.skewed or not await lead():
            return Counts()
        counts, there = Counts(), set[due.Pointer]()
        async for some in _batches(due.due(self._store, self._clocks.now())):
            groups: dict[str, list[due.Pointer]] = {}
            for pointer in some:
                groups.setdefault(pointer.conversation, []).append(pointer)
            there.update(some)
            # What an outage has kept back is due at one instant, and goes as it was owed.
            ordered = (
                one for group in groups.values() for one in sorted(group, key=lambda one: one.turn)
            )
            counts += await self._deliver(self._deliverer.dispatches(ordered), lead)
            if self._has_jumped() or not await _still(lead):
                return counts
        self._forget_missing(there)
        return counts

    async def deliver_now(self, prompts: Sequence[Prompt]) -> Counts:
        """Deliver what a commit has just made due, without waiting for the next sweep."""
        if not await self.trusts_clock():
            return Counts()
        now = self._clocks.now()
        ready = [due.pointer(one) for one in prompts if one.not_before <= now]
        return await self._deliver(self._deliverer.dispatches(ready), always)

    async def mend(self) -> Mended:
        """The nightly repair: pointers, lists, and who can be reached again. Raises StoreError."""
        mended = await repair(self._store, self._timetable)
        await due.clean(self._store)
        back = await self._reach.resume_reachable()
        extra = {"action": "repaired", "conversations": mended.conversations, "back": len(back)}
        extra |= {"mended": mended.mended, "unreadable": mended.unreadable}
        log.info("repaired", extra=extra)
        return mended

    def stop(self) -> None:
        """Claim nothing more."""
        self._stopping = True
        self._deliverer.stop()

    async def trusts_clock(self) -> bool:
        """Whether our clock agrees with the storage's. Asks where it was never compared, or has
        jumped since: a machine that slept wakes with another time. Raises StoreError."""
        if self._seen_at is None or self._has_jumped():
            await self._check_clock()
        return not self.skewed

    def _has_jumped(self) -> bool:
        """Wall and monotonic clock go on together, unless somebody sets one."""
        return self._seen_at is None or abs(self._gap() - self._seen_at) > MAX_SKEW

    def _gap(self) -> timedelta:
        wall = self._clocks.system() - datetime.fromtimestamp(0, UTC)
        return wall - timedelta(seconds=self._clocks.monotonic())

    async def _check_clock(self) -> None:
        skew = timedelta(seconds=await self._store.check())
        self._seen_at = self._gap()
        self.skewed = abs(skew) > MAX_SKEW
        if self.skewed:
            seconds = round(skew.total_seconds())
            log.error("clock is off", extra={"action": "clock_skew", "seconds": seconds})

    async def _deliver(self, dispatches: Iterable[Dispatch], lead: Lead) -> Counts:
        """Several at a time, begun in this order: what is for one chat goes one after another."""
        waiting, counts = iter(dispatches), Counts()

        async def work() -> None:
            for dispatch in waiting:
                if not await self._in_turn(dispatch, lead, counts):
                    return
                if self._deliverer.untidy >= TOGETHER:
                    await self._deliverer.tidy()

        async with asyncio.TaskGroup() as workers:
            for _ in range(self._at_once):
                workers.create_task(work())
        await self._deliverer.tidy()
        return counts

    async def _in_turn(self, dispatch: Dispatch, lead: Lead, counts: Counts) -> bool:
        """This one, and then those that have come into line for its chat; whether to go on."""
        lines, following = self._deliverer.lines, dispatch
        try:
            while True:
                if self._has_jumped() or not await _still(lead):
                    return False
                counts[await self._one(following)] += 1
                if (after := lines.after(following)) is None:
                    return True
                following = after
        finally:
            lines.give_up(following)

    async def _one(self, dispatch: Dispatch) -> DeliveryOutcome:
        pointer = dispatch.pointer
        ids = {"conversation": pointer.conversation, "prompt": pointer.prompt}
        try:
            outcome = await self._look(dispatch)
            if outcome is DeliveryOutcome.MISSING:
                await self._tidy(pointer)
        except Exception:
            # The seam: whatever is wrong with this one, the others are still owed. Its claim
            # runs out and the next sweep tries it again.
            log.exception("prompt failed", extra={"action": "prompt_failed", **ids})
            return DeliveryOutcome.FAILED
        return outcome

    async def _look(self, dispatch: Dispatch) -> DeliveryOutcome:
        """Do what is due; a row that cannot be read is mended first, or logged once and left."""
        pointer = dispatch.pointer
        try:
            if is_lists(pointer):
                return await self._list(pointer)
            return await self._deliverer.dispatch(dispatch)
        except Unreadable as error:
            if (error.partition, error.key) not in self._told:
                self._told.add((error.partition, error.key))
                tell(error)
            if error.key != prompt_key(pointer.prompt):
                return DeliveryOutcome.FAILED
        file = await read_file(self._store, pointer.conversation)
        there = (self._store, self._timetable)
        if file is None or await mend_prompt(*there, file, pointer.prompt) is None:
            return DeliveryOutcome.FAILED
        return await self._deliverer.dispatch(dispatch)

    async def _list(self, pointer: due.Pointer) -> DeliveryOutcome:
        if self._stopping:
            return DeliveryOutcome.LEFT
        done = await redo_lists(self._store, self._timetable, pointer)
        return DeliveryOutcome.LISTED if done else DeliveryOutcome.MISSING

    async def _tidy(self, pointer: due.Pointer) -> None:
        """Remove a pointer to nothing, once it has been one for long enough.

        A prompt can be due in the past when it is written, so its age alone proves nothing: it
        must also have been missing at an earlier sweep, a minute ago or more.
        """
        since = self._missing.setdefault(pointer, self._clocks.monotonic())
        old = self._clocks.now() - pointer.at > self._grace
        if old and self._clocks.monotonic() - since >= 60:
            await due.unpoint(self._store, pointer)
            del self._missing[pointer]

    def _forget_missing(self, there: Container[due.Pointer]) -> None:
        self._missing = {one: since for one, since in self._missing.items() if one in there}


async def _batches(pointers: AsyncIterator[due.Pointer]) -> AsyncIterator[list[due.Pointer]]:
    """Some at a time: after a long outage the first go out while the rest are still unread."""
    some: list[due.Pointer] = []
    async for one in pointers:
        some.append(one)
        if len(some) == BATCH:
            yield some
            some = []
    yield some


async def _still(lead: Lead) -> bool:
    """Whether to go on. A store that is away ends the sweep, and cancels nobody's sending."""
    try:
        return await lead()
    except StoreError:
        return False


async def skip(
    until: datetime,
    set_clock: Callable[[datetime], Awaitable[None]],
    *,
    sweep: Sweep,
    store: Store,
    now: Callable[[], datetime],
) -> int:
    """Move the demo's clock on, stopping at each due instant to deliver. The messages sent.

    What keeps being due, because somebody else holds it or it fails, is passed and not waited
    for. Raises StoreError.
    """
    sent, at = await _settle(sweep), now()
    for _ in range(MAX_INSTANTS):
        following = await due.next_due(store, until, after=at)
        if following is None:
            break
        at = max(following, now())
        await set_clock(at)
        sent += await _settle(sweep)
    await set_clock(max(until, now()))
    return sent + await _settle(sweep)


async def _settle(sweep: Sweep) -> int:
    """Sweep until a sweep sends nothing: a message may cause another that is due at once."""
    total = 0
    while (sent := _messages(await sweep.run())) > 0:
        total += sent
    return total


def _messages(counts: Counts) -> int:
    return counts[DeliveryOutcome.SENT] + counts[DeliveryOutcome.REMINDED]
