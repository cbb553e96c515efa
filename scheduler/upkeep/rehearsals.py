"""Every hour: rehearsals whose time is up are removed, with all that was kept of them.

First the record says that it is over: from then on nothing is owed, nobody may do anything in it,
and the repair lists it nowhere. Then its messages become a word that it is over, and what other
tables have of it goes, then its own rows; last of all its row on the board, by which it is found.
So a process that dies in between leaves what the next look begins again with,
and each step may be done twice. A row of the board without a record, as a slow writer of lists may
leave one, is found as well.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from cards.practice import marked, over
from cards.wording import wording
from records.board.board import practices
from records.board.list_entry import ListEntry
from records.conversation.conversation import Conversation
from records.conversation.snapshot import ASSISTANT, Snapshot, read_file
from records.drafts import Drafts
from records.register.register import Deed, Register
from records.retention.removing import remove_conversation
from records.stages import Act
from records.store.codec import Unreadable, tell
from scheduler.delivery.courier import Courier, Parcel
from scheduler.delivery.reach import Reach
from scheduler.delivery.settings import Clocks
from scheduler.upkeep.closing import Closing

LONGEST: Final = timedelta(days=7)
"""So long it is tried to close messages that Teams does not take; then all is removed anyway."""
log = logging.getLogger(__name__)


class Rehearsals:
    """The errand."""

    def __init__(
        self, register: Register, reach: Reach, courier: Courier, clocks: Clocks, drafts: Drafts
    ) -> None:
        self._register, self._store = register, register.store
        self._clocks, self._drafts = clocks, drafts
        self._closing = Closing(register.store, reach, courier)

    async def look(self) -> int:
        """Remove what is old enough; how many. One that cannot be read stops no other. Raises
        StoreError."""
        removed = 0
        for one in [entry async for entry in practices(self._store)]:
            try:
                removed += await self._one(one)
            except Unreadable as error:
                tell(error)
        return removed

    async def _one(self, entry: ListEntry) -> bool:
        """Whether it was removed now."""
        now, kept = self._clocks.now(), self._register.timetable.timings.practice_kept_days
        key, begun = entry.conversation, entry.created or entry.since
        file = await read_file(self._store, key)
        if file is not None:
            until = file.conversation.created + timedelta(days=kept)
            if now < until:
                return False
            it = await self._over(file.conversation, now)
            file = await read_file(self._store, key) or file
            if not await self._closed(it, file) and now < until + LONGEST:
                return False
        elif now < begun + timedelta(days=kept):
            return False  # Its record may be just being written.
        await remove_conversation(self._store, self._drafts, key, entry.reference)
        log.info("rehearsal removed", extra={"action": "rehearsal_removed", "conversation": key})
        return True

    async def _over(self, it: Conversation, now: datetime) -> Conversation:
        if it.practice_over is not None:
            return it
        deed = Deed(Act.PRACTICE_OVER, ASSISTANT, now)
        return await self._register.change(
            it.id, deed, lambda was: was.with_(practice_over=was.practice_over or now)
        )

    async def _closed(self, it: Conversation, file: Snapshot) -> bool:
        """Whether every message about it says that it is over, or can never say so."""
        card, title = marked(over(it), wording.PRACTICE_ENDED.format(reference=it.reference))
        return await self._closing.closed(file, Parcel(card, title), every=True)
