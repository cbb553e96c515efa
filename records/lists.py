"""What lists need: the facilitators' board, and each person's own. Both can be rebuilt.

Neither holds a story. They are written after the conversation, with the audit sequence they were
made from; the nightly repair mends what a crash left behind.
"""

from collections.abc import AsyncIterator
from typing import Final

from records import board
from records.codec import from_values, to_values
from records.conversation import Conversation
from records.dates import Dates
from records.entries import Entry, entry
from records.people import PersonKey
from records.store import Row, Store

BY_PERSON: Final = "byperson"


def belongs_to(conversation: Conversation) -> tuple[PersonKey, ...]:
    """People whose own list shows it: those whose key the platform gave."""
    return tuple(dict.fromkeys(one.key for one in conversation.people if one.key))


async def list_conversation(
    store: Store, conversation: Conversation, dates: Dates, *, afresh: bool = False
) -> None:
    """Write the board and by-person rows of a conversation; `afresh` trusts nothing there."""
    fresh = entry(conversation, dates)
    await board.show(store, fresh, afresh=afresh)
    for key in belongs_to(conversation):
        await store.put(BY_PERSON, Row(key, conversation.id, to_values(fresh)))


async def own_entries(store: Store, key: PersonKey) -> AsyncIterator[Entry]:
    """The conversations a person requested or facilitates."""
    async for row in store.query(BY_PERSON, partition=key):
        yield from_values(Entry, row.values)
