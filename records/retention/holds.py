"""A legal hold: nothing of a conversation, or about a person, is removed by time or by `erase`.

What somebody cancels or sends themselves goes on as ever. A hold has a reason, who set it, and a
day on which it is looked at again; it ends by a word alone.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from records.conversation.binding import everybody
from records.conversation.conversation import Conversation
from records.people import Frozen
from records.store.codec import read_or_pass, to_values
from records.store.contract import Row, Store

TABLE: Final = "holds"


class Of(StrEnum):
    """What is held; the partition of its row."""

    CONVERSATION = "conversation"
    PERSON = "person"


class LegalHold(Frozen):
    """Why, by whom, and when it is looked at again. `key` is a conversation's id or a person's."""

    of: Of
    key: str
    reason: str
    by: str
    since: datetime
    review_on: date


@dataclass(frozen=True)
class Holds:
    """All holds there are: few, so that they are read once for a night."""

    conversations: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    def stops(self, it: Conversation) -> bool:
        """Whether nothing of this conversation may go: it is held, or somebody in it is."""
        return it.id in self.conversations or any(one.key in self.people for one in everybody(it))


async def keep(store: Store, hold: LegalHold) -> None:
    """Set it; a second one of the same thing takes the first one's place."""
    await store.put(TABLE, Row(hold.of, hold.key, to_values(hold)))


async def lift(store: Store, of: Of, key: str) -> bool:
    """End it; whether there was one."""
    there = await store.get(TABLE, of, key) is not None
    await store.delete(TABLE, of, key)
    return there


async def find(store: Store, of: Of, key: str) -> LegalHold | None:
    """The hold on this, or None."""
    row = await store.get(TABLE, of, key)
    return read_or_pass(LegalHold, row) if row else None


async def every(store: Store) -> AsyncIterator[LegalHold]:
    """Each hold; one that cannot be read holds all the same, and is in the log."""
    async for row in store.query(TABLE):
        if (one := read_or_pass(LegalHold, row)) is not None:
            yield one


async def holds(store: Store) -> Holds:
    """What is held. A row holds by its key alone, whatever became of what it says."""
    rows = [row async for row in store.query(TABLE, select=["schema"])]
    return Holds(
        frozenset(row.key for row in rows if row.partition == Of.CONVERSATION),
        frozenset(row.key for row in rows if row.partition == Of.PERSON),
    )
