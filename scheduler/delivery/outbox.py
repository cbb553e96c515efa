"""The outbox: a prompt's row and its due pointer, and the order in which the two are written.

Every change is conditional on what was read. A new pointer is written before the row that it
serves and an old one removed after it, so a crash between leaves a pointer too many, never one
too few.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from records.conversation.snapshot import TABLE, prompt_key, prompt_row
from records.outbox import due
from records.outbox.prompt import NOT_OWED, STOPPED, Owed, Prompt, State
from records.store.codec import read
from records.store.contract import Row, Store

RESTING: Final = frozenset({State.WAITING, State.UNSURE})
"""States in which anybody may claim a prompt once it is due."""
FREE: Final = {"owner": "", "lease_until": None}
"""What a row says while nobody holds it."""


@dataclass(frozen=True)
class OutboxRow:
    """A prompt as it was read or written; `etag` is what the next change rests on."""

    prompt: Prompt
    etag: str

    @property
    def resting(self) -> State:
        """The state it waits in: unsure from the moment an earlier message may have arrived."""
        return State.UNSURE if self.prompt.reminders else State.WAITING


class Outbox:
    """The prompts of all conversations, over any store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def read(self, key: str, prompt: str) -> OutboxRow | None:
        """The prompt as it stands, or None. Raises Unreadable."""
        row = await self._store.get(TABLE, key, prompt_key(prompt))
        return OutboxRow(read(Prompt, row), row.etag) if row else None

    async def change(self, entry: OutboxRow, **changes: object) -> OutboxRow:
        """Write, if nobody else has since. Raises Changed."""
        prompt = entry.prompt.model_copy(update=changes)
        written: Row = await self._store.update(TABLE, prompt_row(prompt, entry.etag))
        return OutboxRow(prompt, written.etag)

    async def postpone(self, entry: OutboxRow, at: datetime, **changes: object) -> OutboxRow:
        """Let it rest until `at`, which is never before its present time. Raises Changed."""
        later = entry.prompt.model_copy(update={"not_before": at})
        await due.point(self._store, due.pointer(later))
        kept: dict[str, object] = {"state": entry.resting, **FREE, **changes}
        fresh = await self.change(entry, not_before=at, **kept)
        if entry.prompt.not_before != at:
            await due.unpoint(self._store, due.pointer(entry.prompt))
        return fresh

    async def settle(self, entry: OutboxRow, state: State, **changes: object) -> OutboxRow:
        """It is sent, parked or cancelled: no pointer any more. Raises Changed."""
        fresh = await self.change(entry, state=state, **(FREE | changes))
        await due.unpoint(self._store, due.pointer(entry.prompt))
        return fresh

    async def cancel(self, entry: OutboxRow, *, stopped: bool) -> OutboxRow:
        """It is not owed; `stopped` says whether because messages are. Raises Changed."""
        reason = STOPPED if stopped else NOT_OWED
        return await self.settle(entry, State.CANCELLED, reason=reason)

    async def wake(self, entry: OutboxRow, owed: Owed) -> OutboxRow:
        """A cancelled one is owed again. Raises Changed."""
        fresh = entry.prompt.again(owed)
        await due.point(self._store, due.pointer(fresh))
        written: Row = await self._store.update(TABLE, prompt_row(fresh, entry.etag))
        return OutboxRow(fresh, written.etag)

    async def forget(self, pointer: due.Pointer) -> None:
        """Remove a pointer that leads nowhere any more."""
        await due.unpoint(self._store, pointer)
