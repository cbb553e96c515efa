"""When the lists are written: after the reply, and once more by a sweep where that did not happen.

Before a change is kept, a due pointer says that there are lists to do. It carries the audit
sequence of its change, so that nobody takes it away before that change is there. Whoever has
written the lists removes it; the sweep of any copy finds one whose writer was killed.
"""

import logging
from collections.abc import Awaitable, Callable

from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.conversation.snapshot import read_record
from records.outbox import due
from records.register import projections
from records.store.contract import Store, StoreError

log = logging.getLogger(__name__)

Errand = Callable[[], Awaitable[object]]
Later = Callable[[Errand], Awaitable[object] | None]
"""Where to hand what may wait until the reply is out. What it gives back is waited for."""


def at_once(errand: Errand) -> Awaitable[object]:
    """For tests and commands, where nobody waits for a reply."""
    return errand()


async def write_lists(store: Store, dates: Dates, fresh: Conversation) -> None:
    """Write until they show what is kept: a slow writer would leave an old stage behind.

    Raises StoreError.
    """
    listed: Conversation | None = None
    wrote: tuple[str, ...] = ()
    while listed is None or fresh.audit_sequence > listed.audit_sequence:
        wrote += await projections.list_conversation(store, fresh, dates, also=wrote)
        listed = fresh
        record = await read_record(store, fresh.id)
        fresh = record[0] if record else fresh


async def settle_lists(store: Store, dates: Dates, fresh: Conversation, mine: due.Pointer) -> None:
    """Write the lists of a change that is kept, then take its pointer away.

    The change itself is safe, so a storage that is away fails nothing: the pointer stands.
    """
    try:
        await write_lists(store, dates, fresh)
        await due.unpoint(store, mine)
    except StoreError:
        log.warning("lists left to the sweep", extra={"action": "lists_late", "id": fresh.id})


async def redo_lists(store: Store, dates: Dates, one: due.Pointer) -> bool:
    """For the sweep: write what a copy left behind. False where its change is not there (yet).

    Raises StoreError.
    """
    kept = await change_behind(store, one)
    if kept is None:
        return False
    await write_lists(store, dates, kept)
    await due.unpoint(store, one)
    return True


async def change_behind(store: Store, one: due.Pointer) -> Conversation | None:
    """The record, once the change is in it whose lists a pointer says are to do."""
    found = await read_record(store, one.conversation)
    sequence = one.prompt.removeprefix(due.LISTS)
    if found is None or not sequence.isdecimal() or found[0].audit_sequence < int(sequence):
        return None
    return found[0]
