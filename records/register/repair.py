"""Repair: due pointers, board and by-person rows rebuilt from the conversations alone."""

import logging
import operator
from collections.abc import AsyncIterator
from dataclasses import astuple, dataclass

from records.conversation.snapshot import RECORD, TABLE, prompt_row, read_file
from records.outbox import due
from records.outbox.prompt import SETTLED, Prompt
from records.register import projections
from records.register.mending import mend_prompt
from records.store.codec import Unreadable, tell
from records.store.contract import AlreadyThere, Changed, Create, Store
from records.timetable.timetable import Timetable

EVERY_PARTITION = "~"
"""Sorts after every key the store accepts."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mended:
    """What a repair looked at and what it wrote.

    `mended` are outbox rows that could not be read, `unreadable` conversations that cannot be.
    """

    conversations: int = 0
    pointers: int = 0
    prompts: int = 0
    mended: int = 0
    unreadable: int = 0

    def __add__(self, other: "Mended") -> "Mended":
        return Mended(*map(operator.add, astuple(self), astuple(other)))


async def repair(store: Store, timetable: Timetable) -> Mended:
    """Go through every conversation; running it twice changes nothing more.

    A prompt that is owed but was never written is created, one that was cancelled and is owed
    again is woken, and one that waits gets its pointer back. A conversation that cannot be read
    is logged and left as it is. Raises Unavailable.
    """
    total = Mended()
    async for key in _ids(store):
        try:
            total += await _one(store, timetable, key)
        except Unreadable as error:
            tell(error)
            total += Mended(unreadable=1)
        except (ValueError, TypeError, LookupError) as error:
            # One conversation that makes no sense keeps none of the others from being mended.
            extra = {"action": "not_repaired", "id": key, "error": type(error).__name__}
            log.error("conversation not repaired", extra=extra)  # no texts in logs
            total += Mended(unreadable=1)
    return total


async def _one(store: Store, timetable: Timetable, key: str) -> Mended:
    file = await read_file(store, key)
    if file is None:
        return Mended()
    await projections.list_conversation(store, file.conversation, timetable, afresh=True)
    back = [await mend_prompt(store, timetable, file, one) for one in file.unreadable]
    mended = [one for one in back if one is not None]
    there = [*(one for one, _ in file.prompts.values()), *mended]
    waiting = [one for one in there if one.state not in SETTLED]
    written, every = 0, timetable.owed(file.conversation)
    for prompt, etag in file.cancelled(every):
        await due.point(store, due.pointer(prompt))
        written += await _wake(store, prompt, etag)
    for owed in every:
        if owed.id not in file.prompts and owed.id not in file.unreadable:
            prompt = Prompt.of(owed, key)
            waiting.append(prompt)
            written += await _create(store, prompt)
    for prompt in waiting:
        await due.point(store, due.pointer(prompt))
    return Mended(1, len(waiting), written, len(mended))


async def _ids(store: Store) -> AsyncIterator[str]:
    async for row in store.query(
        TABLE, partition_to=EVERY_PARTITION, key_from=RECORD, key_to=RECORD + "~", select=["id"]
    ):
        yield row.partition


async def _wake(store: Store, prompt: Prompt, etag: str) -> int:
    try:
        await store.update(TABLE, prompt_row(prompt, etag))
    except Changed:
        return 0
    return 1


async def _create(store: Store, prompt: Prompt) -> int:
    try:
        await store.commit(TABLE, [Create(prompt_row(prompt))])
    except AlreadyThere:
        return 0
    return 1
