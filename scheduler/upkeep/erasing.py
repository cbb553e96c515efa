"""Every night: an erasure that was cut off is done to its end, unless a legal hold has been set on
it since, and messages that name who was
erased are closed.

A message that Teams does not take is tried for a week; then its row goes, so that nothing of theirs
stays for it. A row names no one: only the chat, and the message in it.
"""

import logging
from datetime import timedelta
from typing import Final

from cards.changes.silent import name_no_longer, name_no_longer_title
from records.retention.holds import holds
from records.rights import erasures
from records.rights.erasing import Eraser, is_held
from records.rights.erasures import TABLE
from records.rights.ledger import BadLedger, LedgerPlace, entered
from records.store.contract import Store
from scheduler.delivery.courier import Parcel
from scheduler.delivery.settings import Clocks
from scheduler.upkeep.closing import Closing

LONGEST: Final = timedelta(days=7)
UNDER_WAY: Final = timedelta(hours=1)
"""So long whoever began one is left to do it."""
log = logging.getLogger(__name__)


class Erasing:
    """The errand. Without a `ledger` what was begun waits for an operator."""

    def __init__(
        self,
        store: Store,
        eraser: Eraser,
        closing: Closing,
        clocks: Clocks,
        ledger: LedgerPlace | None = None,
    ) -> None:
        self._store, self._eraser, self._closing = store, eraser, closing
        self._clocks, self._ledger = clocks, ledger

    async def look(self) -> int:
        """How many messages were closed, or let be. Raises StoreError."""
        begun = self._clocks.now() - UNDER_WAY
        for one in [found async for found in erasures.every(self._store) if not found.done]:
            if one.at > begun:
                continue
            if await is_held(self._store, one, await holds(self._store)):
                log.error("erasure held", extra={"action": "erasure_held", "erasure": one.id})
                continue
            if not one.ledgered:
                if self._ledger is None:
                    log.error("erasure waits", extra={"action": "erasure_waits", "erasure": one.id})
                    continue
                try:
                    one = await entered(self._ledger, self._store, one)
                except (BadLedger, OSError) as error:
                    told = {"action": "erasure_waits", "erasure": one.id}
                    log.error("ledger away", extra={**told, "reason": type(error).__name__})
                    continue
            await self._eraser.carry_out(one)
        return await self._close()

    async def _close(self) -> int:
        closed, parcel = 0, Parcel(name_no_longer(), name_no_longer_title())
        for message, row in [found async for found in erasures.messages(self._store)]:
            over = self._clocks.now() - message.since > LONGEST
            if await self._closing.replaced(message.place, message.message, parcel) or over:
                await self._store.delete(TABLE, row.partition, row.key)
                closed += 1
        if closed:
            log.info("messages closed", extra={"action": "erased_messages", "count": closed})
        return closed
