"""Whether words that a list names may still be shown: asked of what is kept, each time.

A tick taken back, other words, a ruling undone, messages stopped: each takes effect at once, though
the lists are written after the reply.
"""

import asyncio

from records.board.board import row_of
from records.conversation.snapshot import read_words
from records.evaluation.quotes import Quote, Standing, quotes
from records.store.codec import Unreadable, tell
from records.store.contract import Store


class Records:
    """The conversations behind some quotes; each is read once, however many are from it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._read: dict[str, asyncio.Task[tuple[Quote, ...]]] = {}

    async def still(self, one: Quote) -> bool:
        """Whether a list still names these words rightly. Raises StoreError.

        Released words have to be released in the record, and the same. Of others a list holds no
        text, and is believed as far as the conversation's row on the board names the place.
        """
        if one.standing is not Standing.RELEASED:
            row = await row_of(self.store, one.conversation)
            return row is not None and one.place in row.places
        now = await self._of(one.conversation)
        return any((of.place, of.words) == (one.place, one.words) for of in now)

    async def _of(self, key: str) -> tuple[Quote, ...]:
        if key not in self._read:
            self._read[key] = asyncio.create_task(_quotes(self.store, key))
        return await self._read[key]


async def _quotes(store: Store, key: str) -> tuple[Quote, ...]:
    """What may be quoted of it now; nothing of one that cannot be read."""
    try:
        found = await read_words(store, key)
    except Unreadable as error:
        tell(error)
        return ()
    return quotes(*found) if found else ()
