"""Whether words that a list names may still be shown, and who wrote them: asked of what is kept,
each time.

A tick taken back, other words, a ruling undone, messages stopped: each takes effect at once, though
the lists are written after the reply.
"""

import asyncio

from records.board.board import row_of
from records.conversation.conversation import Conversation
from records.conversation.snapshot import read_words
from records.evaluation.quotes import OUTCOME, Quote, Standing, quotes
from records.people import Participant
from records.store.codec import Unreadable, tell
from records.store.contract import Store

Read = tuple[Conversation | None, tuple[Quote, ...]]


class Records:
    """The conversations behind some quotes; each is read once, however many are from it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._read: dict[str, asyncio.Task[Read]] = {}

    async def still(self, one: Quote) -> bool:
        """Whether a list still names these words rightly. Raises StoreError.

        Released words have to be released in the record, and the same. Of others a list holds no
        text, and is believed as far as the conversation's row on the board names the place.
        """
        if one.standing is not Standing.RELEASED:
            row = await row_of(self.store, one.conversation)
            return row is not None and one.place in row.places
        _, now = await self._of(one.conversation)
        return any((of.place, of.words) == (one.place, one.words) for of in now)

    async def writer(self, one: Quote) -> Participant | None:
        """Who wrote these words; None where the record does not say so any more. Raises
        StoreError."""
        it, _ = await self._of(one.conversation)
        if it is None:
            return None
        of_outcome = it.outcome if one.field in OUTCOME else None
        return it.person(of_outcome.by if of_outcome else one.by)

    async def _of(self, key: str) -> Read:
        if key not in self._read:
            self._read[key] = asyncio.create_task(_quotes(self.store, key))
        return await self._read[key]


async def _quotes(store: Store, key: str) -> Read:
    """What may be quoted of it now; nothing of one that cannot be read."""
    try:
        found = await read_words(store, key)
    except Unreadable as error:
        tell(error)
        return None, ()
    return (found[0], quotes(*found)) if found else (None, ())
