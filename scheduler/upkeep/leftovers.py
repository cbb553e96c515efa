"""Handed-in files that no conversation names: what a crash left behind is removed at night.

A file is written before the conversation names it, and the one before it removed after that; a
process that dies in between leaves pieces, or a whole file, that nobody can reach any more.
"""

import logging
from datetime import timedelta
from typing import Final

from records.conversation.snapshot import read_record
from records.learning.word_file_store import WordFileStore
from records.store.codec import Unreadable, tell
from records.store.contract import Store
from scheduler.delivery.settings import Clocks

LEFT: Final = timedelta(days=1)
"""After so long nobody is still handing it in."""
log = logging.getLogger(__name__)


class Leftovers:
    """The nightly look at every file."""

    def __init__(self, store: Store, clocks: Clocks) -> None:
        self._store, self._keeping, self._clocks = store, WordFileStore(store), clocks

    async def look(self) -> int:
        """Remove what is older than a day and stands for nothing; how many. Raises StoreError."""
        removed = 0
        for conversation, name in await self._keeping.older(self._clocks.now() - LEFT):
            if await self._is_left(conversation, name):
                await self._keeping.remove(conversation, name)
                removed += 1
                ids = {"conversation": conversation}
                log.info("file removed", extra={"action": "file_removed", **ids})
        return removed

    async def _is_left(self, key: str, name: str) -> bool:
        """Whether its conversation is there and names another file, or none.

        Without a conversation it may be one of a backup that is being brought back.
        """
        try:
            found = await read_record(self._store, key)
        except Unreadable as error:
            tell(error)
            return False
        return found is not None and found[0].captured.file != name
