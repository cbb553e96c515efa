"""Due pointers: which prompt to look at next, without reading any conversation.

A pointer holds ids only. It is written before the prompt exists (a dangling one is harmless) and
removed when the prompt is settled, so what a sweep costs follows what is due.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from records.outbox.prompt import Prompt
from records.store.codec import Unreadable, tell
from records.store.contract import Row, Store, Value

TABLE: Final = "due"
LISTS: Final = "lists"
"""What a pointer to lists names in place of a prompt; no prompt's id begins so."""
GRACE: Final = timedelta(seconds=10)
"""What the copy that made a change has to write its lists, before a sweep does it in its place."""


@dataclass(frozen=True)
class Pointer:
    """Where to look, and when. `due` is when it was owed first: what goes before what."""

    at: datetime
    conversation: str
    prompt: str
    due: datetime | None = field(default=None, compare=False)

    @property
    def turn(self) -> datetime:
        """Of several of one conversation, the earliest goes first."""
        return self.due or self.at

    @property
    def partition(self) -> str:
        """The day, UTC."""
        return self.at.astimezone(UTC).strftime("%Y-%m-%d")

    @property
    def key(self) -> str:
        """Sorts by time within the day."""
        stamp = self.at.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        return f"{stamp}-{self.conversation}-{self.prompt}"


def pointer(prompt: Prompt) -> Pointer:
    """The pointer a prompt has while it waits."""
    return Pointer(prompt.not_before, prompt.conversation, prompt.id, prompt.due)


def lists_pointer(key: str, sequence: int, changed: datetime) -> Pointer:
    """The pointer to the lists of a conversation's change with this audit sequence."""
    return Pointer(changed + GRACE, key, f"{LISTS}{sequence}")


def is_lists(one: Pointer) -> bool:
    """Whether it points to lists, and to no prompt."""
    return one.prompt.startswith(LISTS)


async def point(store: Store, to: Pointer) -> None:
    """Write a pointer; writing it twice is the same."""
    values: dict[str, Value] = {"conversation": to.conversation, "prompt": to.prompt, "at": to.at}
    if to.due is not None:
        values["due"] = to.due
    await store.put(TABLE, Row(to.partition, to.key, values))


async def unpoint(store: Store, from_: Pointer) -> None:
    """Remove a pointer; one that is gone already is fine."""
    await store.delete(TABLE, from_.partition, from_.key)


async def due(store: Store, now: datetime) -> AsyncIterator[Pointer]:
    """Pointers due by now, oldest day first: overdue days are never missed."""
    today = now.astimezone(UTC).strftime("%Y-%m-%d")
    async for row in store.query(TABLE, partition_to=today):
        found = _pointer(row)
        if found is None:
            # The nightly repair writes every pointer anew, so one that leads nowhere may go.
            tell(Unreadable("Pointer", row.partition, row.key))
            await store.delete(TABLE, row.partition, row.key)
        elif found.at <= now:
            yield found


async def next_due(
    store: Store, until: datetime, *, after: datetime | None = None
) -> datetime | None:
    """The earliest instant at or before `until` at which something is due, or None.

    With `after`, the earliest later than that: what is stuck does not hold up what follows.
    """
    earliest: datetime | None = None
    last = until.astimezone(UTC).strftime("%Y-%m-%d")
    async for row in store.query(TABLE, partition_to=last):
        found = _pointer(row)
        if found is None or (after is not None and found.at <= after):
            continue
        at = found.at
        if at <= until and (earliest is None or at < earliest):
            earliest = at
    return earliest


def _pointer(row: Row) -> Pointer | None:
    """What the row says, or else what its key says; None where neither leads anywhere."""
    stamp, _, ids = row.key.partition("-")
    conversation, _, prompt = ids.rpartition("-")
    said, names = row.values.get("at"), ("conversation", "prompt")
    if isinstance(said, datetime) and all(isinstance(row.values.get(one), str) for one in names):
        owed = row.values.get("due")
        turn = owed if isinstance(owed, datetime) else None
        return Pointer(said, str(row.values["conversation"]), str(row.values["prompt"]), turn)
    try:
        at = datetime.strptime(stamp, "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return Pointer(at, conversation, prompt) if conversation and prompt else None
