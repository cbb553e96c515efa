"""What lists need: the board of open conversations, and each person's own. Both can be rebuilt.

Neither holds a story. They are written after the conversation, with the audit sequence they were
made from; the nightly repair mends what a crash left behind.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Final

from records.codec import from_values, to_values
from records.conversation import Conversation
from records.people import Frozen, PersonKey
from records.stages import CLOSED, Stage
from records.store import Row, Store

BOARD: Final = "board"
BY_PERSON: Final = "byperson"
OPEN: Final = "open"


class Entry(Frozen):
    """One conversation in a list."""

    conversation: str
    reference: str
    stage: Stage
    since: datetime
    agency: str
    made_from: int


def entry(conversation: Conversation) -> Entry:
    """The list entry of a conversation as it stands."""
    return Entry(
        conversation=conversation.id,
        reference=conversation.reference,
        stage=conversation.stage,
        since=conversation.stage_since,
        agency=conversation.request.agency,
        made_from=conversation.audit_sequence,
    )


def board_partition(conversation: Conversation) -> str:
    """`open`, or the quarter it closed in, such as `2026-Q4`."""
    if conversation.stage not in CLOSED:
        return OPEN
    at = conversation.stage_since.astimezone(UTC)
    return f"{at.year}-Q{(at.month + 2) // 3}"


def belongs_to(conversation: Conversation) -> tuple[PersonKey, ...]:
    """People whose own list shows it: those whose key the platform gave."""
    return tuple(dict.fromkeys(one.key for one in conversation.people if one.key))


async def list_conversation(store: Store, conversation: Conversation) -> None:
    """Write the board and by-person rows of a conversation."""
    values = to_values(entry(conversation))
    partition = board_partition(conversation)
    await store.put(BOARD, Row(partition, conversation.id, values))
    if partition != OPEN:
        await store.delete(BOARD, OPEN, conversation.id)
    for key in belongs_to(conversation):
        await store.put(BY_PERSON, Row(key, conversation.id, values))


async def open_entries(store: Store, stage: Stage | None = None) -> AsyncIterator[Entry]:
    """Open conversations on the board, of one stage if given."""
    async for row in store.query(BOARD, partition=OPEN):
        found = from_values(Entry, row.values)
        if stage is None or found.stage is stage:
            yield found


async def own_entries(store: Store, key: PersonKey) -> AsyncIterator[Entry]:
    """The conversations a person requested or facilitates."""
    async for row in store.query(BY_PERSON, partition=key):
        yield from_values(Entry, row.values)
