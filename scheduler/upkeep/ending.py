"""Every hour: which conversations end by themselves, because no outcome was given in time.

Source: pathway, Timing. It is one change like any other, so a copy that is killed leaves it done or
not begun, and a second look finds nothing more to do. Nobody is told: what was asked of the lead
worker was asked twice. An outcome that comes after all is kept.
"""

import logging
from datetime import datetime
from functools import partial

from records.board.board import all_of
from records.board.places import RESTRICTED, of_stage
from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.conversation.snapshot import ASSISTANT, read_record
from records.register.register import Deed, Register
from records.stages import Act, Stage
from records.store.codec import Unreadable, tell
from scheduler.delivery.settings import Clocks
from scheduler.upkeep.left_team import Tidy

log = logging.getLogger(__name__)


class Endings:
    """The errand. `tidy` closes cards of a conversation that are done with."""

    def __init__(self, register: Register, clocks: Clocks, tidy: Tidy) -> None:
        self._register, self._clocks, self._tidy = register, clocks, tidy
        self._dates: Dates = register.timetable

    async def look(self) -> int:
        """End those whose time is up; how many. One that cannot be read stops no other. Raises
        StoreError."""
        now, timings = self._clocks.now(), self._dates.timings
        wait, ended = 7 * timings.no_outcome_weeks - timings.outcome_days, 0
        for place in (of_stage(Stage.HELD), RESTRICTED):
            async for one in all_of(self._register.store, place):
                if one.due is None:
                    continue  # Its messages are stopped: nothing is awaited.
                if self._dates.office.add_days(one.due, wait) > now:
                    break  # What has waited longest stands first.
                ended += await self._look_at(one.conversation, now)
        return ended

    async def _look_at(self, key: str, now: datetime) -> bool:
        """Whether it ended now; one that cannot be read did not."""
        try:
            return await self._end(key, now)
        except Unreadable as error:
            tell(error)
            return False

    async def _end(self, key: str, now: datetime) -> bool:
        """Whether it ended now: nothing is written where it has not come to that."""
        found = await read_record(self._register.store, key)
        change = partial(without_outcome, dates=self._dates, at=now)
        if found is None or change(found[0]) is found[0]:
            return False
        await self._register.change(key, Deed(Act.NO_OUTCOME, ASSISTANT, now), change)
        log.info("ended", extra={"action": "no_outcome", "conversation": key})
        await self._tidy(key)
        return True


def without_outcome(it: Conversation, *, dates: Dates, at: datetime) -> Conversation:
    """It has ended by itself, if its time is up and nobody was quicker."""
    until = dates.no_outcome_date(it)
    if it.stage is not Stage.HELD or until is None or until > at:
        return it
    return it.move(Act.NO_OUTCOME, at, no_outcome_at=at)
