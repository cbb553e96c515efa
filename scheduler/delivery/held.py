"""Parked messages as an operator sees them: which there are, why, and how one is released.

Only what is owed still is listed. What waits for somebody's next sign of life comes by itself; what
is held for an operator (its card was too large, say) comes after a release alone, so after a
version that draws it otherwise.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from records.conversation.snapshot import PROMPTS, TABLE
from records.outbox.prompt import Prompt, State
from records.register.register import Register
from records.register.repair import EVERY_PARTITION
from records.store.codec import Unreadable, tell
from records.store.contract import Store
from scheduler.delivery.outbox import Outbox
from scheduler.delivery.reach import owed_now, wake


class NotParked(Exception):
    """There is no such message, or it is not parked."""


@dataclass(frozen=True)
class ParkedMessage:
    """One parked message and the reference of its conversation."""

    prompt: Prompt
    reference: str

    @property
    def id(self) -> str:
        """What names it among all conversations."""
        return f"{self.prompt.conversation}-{self.prompt.id}"

    @property
    def since(self) -> datetime | None:
        """Since when it waits, where it was noted: an earlier version did not."""
        return self.prompt.held_at or self.prompt.parked_at

    @property
    def for_operator(self) -> bool:
        """Whether nothing but a release brings it back."""
        return self.prompt.held_at is not None


async def parked(register: Register) -> AsyncIterator[ParkedMessage]:
    """Every message that is parked and owed, conversation by conversation. Raises StoreError."""
    for key in [one async for one in _conversations(register.store)]:
        try:
            file = await register.file(key)
        except Unreadable as error:
            tell(error)
            continue
        for prompt, _ in file.prompts.values() if file else ():
            owed = owed_now(register.timetable, file, prompt.id)
            if file and owed and prompt.state is State.PARKED:
                yield ParkedMessage(prompt, file.conversation.reference)


async def release(register: Register, identity: str, now: datetime) -> Prompt | None:
    """Let one go out with the next sweep; None where it is owed no more, and so is cancelled.

    Raises NotParked and StoreError.
    """
    conversation, _, prompt = identity.rpartition("-")
    there = conversation and prompt
    entry = await Outbox(register.store).read(conversation, prompt) if there else None
    if entry is None or entry.prompt.state is not State.PARKED:
        raise NotParked(identity)
    return await wake(register, entry, now)


async def _conversations(store: Store) -> AsyncIterator[str]:
    """Those with anything parked: outbox rows are looked at by their state alone."""
    seen = ""
    async for row in store.query(
        TABLE,
        partition_to=EVERY_PARTITION,
        key_from=PROMPTS,
        key_to=f"{PROMPTS}~",
        select=["state"],
    ):
        if row.values.get("state") == State.PARKED and row.partition != seen:
            seen = row.partition
            yield seen
