"""Hourly errands that tell something once: the month in figures, a question set with other words.

The month goes to the channel, in office hours on the first working day, or within the first week
where nothing ran that day; if the partnership wants it. It is owed by no one conversation, so a row
of its own is the claim; what may have arrived is not sent again, and what certainly did not is.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from cards.evaluation.evaluation import digest, title
from records.calendar import Office
from records.evaluation.digest import claim, give_back, is_told, month_of
from records.evaluation.periods import month
from records.partnership import Partnership
from records.partnership.question_sets import Words, numbers, reworded
from records.people import Reference
from records.store.contract import Store
from scheduler.delivery.courier import (
    Ambiguous,
    Courier,
    NotAccepted,
    Parcel,
    Refused,
    Unreachable,
    send,
)
from scheduler.delivery.settings import Clocks

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
            parcel = Parcel(digest(counted), title(counted))
            await send(self._courier, place, parcel, personal=False)
        except (NotAccepted, Refused) as failure:
            await give_back(self._store, before)
            ours = isinstance(failure, Refused) and not isinstance(failure, Unreachable)
            told = {"action": "digest_waits", "reason": failure.reason}
            log.log(logging.ERROR if ours else logging.WARNING, "digest waits", extra=told)
        except Ambiguous as failure:
            log.warning("digest lost", extra={"action": "digest_lost", "reason": failure.reason})
        else:
            log.info("digest sent", extra={"action": "digest_sent", "month": before.key})


class QuestionSets:
    """An hourly errand that is done when it has been done once."""

    def __init__(self, store: Store, partnership: Partnership, asked: Words) -> None:
        self._store, self._partnership, self._asked = store, partnership, asked
        self._done = False

    async def look(self) -> None:
        """Say in the log which number should be raised; nothing stops for it. Raises StoreError."""
        if self._done:
            return
        for name in await reworded(self._store, self._partnership, self._asked):
            number = numbers(self._partnership)[name]
            told = {"action": "questions_reworded", "questions": name, "number": number}
            log.warning("a question set has other words under its number", extra=told)
        self._done = True
