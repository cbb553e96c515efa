"""Once a month the channel hears the month before in figures, if the partnership wants it.

In office hours on the first working day; where nothing ran that day, within the first week. It is
owed by no one conversation, so a row of its own is the claim. What may have arrived is not sent
again. Only figures.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from cards.digest import digest, title
from records.calendar import Office
from records.digest import claim, give_back, is_told, month_of
from records.people import Reference
from records.periods import month
from records.store import Store
from scheduler.courier import Ambiguous, Courier, NotAccepted, Parcel, Refused
from scheduler.terms import Clocks

LATEST: Final = 7
"""The last day of a month on which the month before is still news."""
log = logging.getLogger(__name__)


class Digest:
    """An hourly errand. `channel` says where the facilitation team is, if it was seen."""

    def __init__(
        self,
        store: Store,
        channel: Callable[[], Awaitable[Reference | None]],
        courier: Courier,
        office: Office,
        clocks: Clocks,
    ) -> None:
        self._store, self._channel, self._courier = store, channel, courier
        self._office, self._clocks = office, clocks

    async def look(self) -> None:
        """Tell the month before, if it is time and nobody has. Raises StoreError."""
        now = self._clocks.now()
        today = self._office.local(now).date()
        before = month(today, 1)
        if today.day > LATEST or not self._office.is_open(now):
            return
        if await is_told(self._store, before):
            return
        place = await self._channel()
        if place is None:
            return
        counted = await month_of(self._store, before, self._office)
        if not await claim(self._store, before, now):
            return
        try:
            await self._courier.send(place, Parcel(digest(counted), title(counted)))
        except NotAccepted as failure:
            await give_back(self._store, before)
            log.warning("digest waits", extra={"action": "digest_waits", "reason": failure.reason})
        except (Refused, Ambiguous) as failure:
            log.warning("digest lost", extra={"action": "digest_lost", "reason": failure.reason})
        else:
            log.info("digest sent", extra={"action": "digest_sent", "month": before.key})
