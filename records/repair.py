"""Repair: due pointers, board and by-person rows rebuilt from the conversations alone."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from records import due, lists
from records.file import RECORD, TABLE, prompt_row, read_file
from records.prompt import SETTLED, Prompt
from records.store import AlreadyThere, Create, Store
from records.timetable import Timetable

EVERY_PARTITION = "~"
"""Sorts after every key the store accepts."""


@dataclass(frozen=True)
class Mended:
    """What a repair looked at and what it wrote."""

    conversations: int = 0
    pointers: int = 0
    prompts: int = 0


async def repair(store: Store, timetable: Timetable) -> Mended:
    """Go through every conversation; running it twice changes nothing more.

    A prompt that is owed but was never written is created; one that waits gets its pointer back.
    """
    conversations = pointers = prompts = 0
    async for key in _ids(store):
        file = await read_file(store, key)
        if file is None:
            continue
        conversations += 1
        await lists.list_conversation(store, file.conversation, timetable, afresh=True)
        waiting = [one for one, _ in file.prompts.values() if one.state not in SETTLED]
        for owed in timetable.owed(file.conversation):
            if owed.id not in file.prompts:
                prompt = Prompt.of(owed, key)
                waiting.append(prompt)
                prompts += await _create(store, prompt)
        for prompt in waiting:
            await due.point(store, due.pointer(prompt))
            pointers += 1
    return Mended(conversations, pointers, prompts)


async def _ids(store: Store) -> AsyncIterator[str]:
    async for row in store.query(
        TABLE, partition_to=EVERY_PARTITION, key_from=RECORD, key_to=RECORD + "~", select=["id"]
    ):
        yield row.partition


async def _create(store: Store, prompt: Prompt) -> int:
    try:
        await store.commit(TABLE, [Create(prompt_row(prompt))])
    except AlreadyThere:
        return 0
    return 1
