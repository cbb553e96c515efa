"""Where cards with a story stand, ids only, so that they can be closed when they are done with.

A row goes when its card is closed or has become a receipt, so what is kept follows what is open.
"""

import hashlib
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final

from records.people import Frozen, PersonKey, Reference
from records.store.codec import read_or_pass, to_values
from records.store.contract import Row, Store

TABLE: Final = "shown"
NOWHERE: Final = "-"
"""The partition of cards that belong to no conversation: typed words that were shown back."""


class Shown(Frozen):
    """One card in one chat. `since` is when it was noted; `flow` is empty on other cards.

    `day` and `cycle` are there where it is an invitation to a booked day, which is no story and
    becomes a receipt about the day once that is off or another one.
    `prompt` is the message that asked, until its question has been begun. Where it could not be
    closed, `tries` says how often, `again` when it is tried next, and `why` it could not.
    """

    person: PersonKey
    place: Reference
    message: str
    conversation: str = ""
    flow: str = ""
    prompt: str = ""
    since: datetime
    tries: int = 0
    again: datetime | None = None
    why: str = ""
    day: datetime | None = None
    cycle: int = 0

    @property
    def partition(self) -> str:
        """All cards of a conversation stand together, whosever chat they are in."""
        return self.conversation or NOWHERE

    @property
    def key(self) -> str:
        """One row a message; a message id of Teams may hold what a key may not."""
        where = f"{self.place.conversation_id}|{self.message}"
        return hashlib.sha256(where.encode()).hexdigest()[:32]


class ShownCards:
    """The cards with a story, over any store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def note(self, shown: Shown) -> None:
        """Such a card stands there now. The same message again is the same row."""
        await self._store.put(TABLE, Row(shown.partition, shown.key, to_values(shown)))

    async def forget(self, shown: Shown) -> None:
        """It holds no story any more. A row that is not there is fine."""
        await self._store.delete(TABLE, shown.partition, shown.key)

    async def of(self, key: str) -> list[Shown]:
        """The cards of one conversation."""
        rows = self._store.query(TABLE, partition=key or NOWHERE)
        found = [read_or_pass(Shown, row) async for row in rows]
        return [one for one in found if one is not None]

    async def everywhere(self) -> AsyncIterator[Shown]:
        """Every card, those of one conversation together."""
        async for row in self._store.query(TABLE):
            if (one := read_or_pass(Shown, row)) is not None:
                yield one
