"""Who sweeps: one leader among all instances, by a lease in the store.

Claims, not the lease, keep a prompt from being sent twice; the lease only keeps the instances
from reading the same pointers all at once.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from records.store.contract import AlreadyThere, Changed, Row, Store, Value

TABLE: Final = "leader"
PARTITION: Final = "sweep"
KEY: Final = "lease"
ASTRAY: Final = timedelta(minutes=1)
"""Further than two clocks may differ that both still deliver."""
log = logging.getLogger(__name__)


class Leader:
    """One instance's bid for the lease, which runs on the system clock and is renewed by asking."""

    def __init__(
        self,
        store: Store,
        owner: str,
        system: Callable[[], datetime],
        lease: timedelta = timedelta(seconds=30),
    ) -> None:
        self._store, self._owner, self._system, self._lease = store, owner, system, lease
        self._renew_at: datetime | None = None
        self._asking = asyncio.Lock()

    async def hold(self) -> bool:
        """Whether this instance leads now: takes a free lease, renews its own in good time.

        Asks the store only when a third of the lease has passed. Raises Unavailable.
        """
        # Two askers of one instance would take the lease from each other.
        async with self._asking:
            now = self._system()
            if self._renew_at is None or now >= self._renew_at:
                await self._ask(now)
            return self._renew_at is not None

    async def release(self) -> None:
        """Let another instance lead at once. Raises Unavailable."""
        row = await self._store.get(TABLE, PARTITION, KEY)
        self._renew_at = None
        if row is not None and row.values["owner"] == self._owner:
            try:
                await self._store.delete(TABLE, PARTITION, KEY, etag=row.etag)
            except Changed:
                log.info("lease taken already", extra={"action": "leader_race"})

    async def _ask(self, now: datetime) -> None:
        row = await self._store.get(TABLE, PARTITION, KEY)
        held = await self._take(row, now) if row is None or self._free(row, now) else False
        if held != (self._renew_at is not None):
            log.info("leads" if held else "follows", extra={"action": "leader", "held": held})
        self._renew_at = now + self._lease / 3 if held else None

    def _free(self, row: Row, now: datetime) -> bool:
        until = row.values["until"]
        if not isinstance(until, datetime) or until <= now:
            return True
        # One that ends later than any right clock would have it was taken by a wrong one.
        return until > now + 2 * self._lease + ASTRAY or row.values["owner"] == self._owner

    async def _take(self, row: Row | None, now: datetime) -> bool:
        values: dict[str, Value] = {"owner": self._owner, "until": now + self._lease}
        try:
            if row is None:
                await self._store.create(TABLE, Row(PARTITION, KEY, values))
            else:
                await self._store.update(TABLE, Row(PARTITION, KEY, values, row.etag))
        except (AlreadyThere, Changed):
            return False
        return True
