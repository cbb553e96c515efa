"""Every night, and once at the very first start: periods of the evaluation that are due are closed.

Where the settings name a file for other programs (`FIGURES_CSV`), it is written anew each time: a
copy that died after closing, or a folder that was full, leaves it behind for one night only.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from cards.evaluation.figures_csv import write_csv
from records.evaluation.closed import damaged, every_closed
from records.evaluation.closing import close_due, crossing
from records.evaluation.periods import Period, periods
from records.evaluation.queries import every_evaluated
from records.partnership import Partnership
from records.store.codec import Unreadable
from records.store.contract import Store
from scheduler.delivery.settings import Clocks

Leads = Callable[[], Awaitable[bool]]
log = logging.getLogger(__name__)


class Evaluating:
    """The nightly errand."""

    def __init__(
        self,
        store: Store,
        of: Partnership,
        clocks: Clocks,
        csv: Path | None = None,
    ) -> None:
        self._store, self._of, self._clocks = store, of, clocks
        self._csv = csv

    async def first(self, leads: Leads) -> None:
        """Close what has been over for long before anything was ever closed, the oldest first; the
        rest is the night's, after the lists were mended. Raises StoreError."""
        if await leads() and not await every_closed(self._store):
            await self._close(overdue=True)

    async def look(self) -> tuple[Period, ...]:
        """Close what is due; gives the periods. Raises StoreError."""
        return await self._close()

    async def _close(self, *, overdue: bool = False) -> tuple[Period, ...]:
        found = await close_due(self._store, self._of, self._clocks.now(), overdue=overdue)
        for one in found:
            log.info("period closed", extra={"action": "period_closed", "period": one.key})
        await self._tell_what_crosses()
        await self._publish()
        return found

    async def _publish(self) -> None:
        if self._csv is None:
            return
        every = await every_evaluated(self._store, self._clocks.now(), self._of)
        if await damaged(self._store):  # The file never shows less than it did.
            told = {"action": "figures_not_written", "error": Unreadable.__name__}
            log.error("the file of figures was not written", extra=told)
            return
        try:
            await asyncio.to_thread(write_csv, every, self._csv)
        except OSError as error:
            told = {"action": "figures_not_written", "error": type(error).__name__}
            log.error("the file of figures was not written", extra=told)

    async def _tell_what_crosses(self) -> None:
        """A file whose periods were changed after some of their days were counted."""
        there = await every_closed(self._store)
        if not there:
            return
        first = min(one.period.first for one in there)
        today = self._of.office.local(self._clocks.now()).date()
        for period in periods(self._of.evaluation, first, today):
            if other := crossing(period, there):
                told = {
                    "action": "period_crosses",
                    "period": period.key,
                    "closed": other.period.key,
                }
                log.error("a period shares days with one that was closed", extra=told)
