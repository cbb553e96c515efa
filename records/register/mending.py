"""An outbox row that cannot be read, written anew from what its conversation owes.

What its state still says is believed. Where it says nothing, the message may have arrived: then it
goes once more, as a reminder, and never a third time.
"""

import logging
from datetime import datetime
from typing import Final

from records.conversation.snapshot import TABLE, Snapshot, prompt_row
from records.outbox import due
from records.outbox.prompt import SETTLED, Prompt, State
from records.store.codec import is_newer
from records.store.contract import Changed, Row, Store
from records.timetable.timetable import Timetable

UNSENT: Final = frozenset({State.WAITING, State.CLAIMED})
"""States in which nothing was posted yet."""
log = logging.getLogger(__name__)


async def mend_prompt(
    store: Store, timetable: Timetable, file: Snapshot, prompt: str
) -> Prompt | None:
    """The prompt as it stands now, or None where the row is left alone.

    Left alone is what is not owed as far as we know, and what a newer version wrote: its own
    processes deliver it. Raises Unavailable.
    """
    row = file.unreadable.get(prompt)
    owed = next((one for one in timetable.owed(file.conversation) if one.id == prompt), None)
    if row is None or owed is None or is_newer(row.values):
        return None
    mended = _as_far_as_it_says(Prompt.of(owed, file.conversation.id), row)
    if mended.state not in SETTLED:
        await due.point(store, due.pointer(mended))
    try:
        await store.update(TABLE, prompt_row(mended, row.etag))
    except Changed:
        return None  # Somebody else was quicker.
    ids = {"conversation": mended.conversation, "prompt": prompt, "state": mended.state}
    log.warning("prompt mended", extra={"action": "prompt_mended", **ids})
    return mended


def _as_far_as_it_says(fresh: Prompt, row: Row) -> Prompt:
    said, reminders = row.values.get("state"), row.values.get("reminders")
    state = State(said) if isinstance(said, str) and said in set(State) else None
    reminded = isinstance(reminders, int) and reminders > 0
    if state in SETTLED:
        sent = row.values.get("sent_at")
        message = row.values.get("message_id")
        kept = {
            "message_id": message if isinstance(message, str) else "",
            "sent_at": sent if isinstance(sent, datetime) else None,
        }
        return fresh.model_copy(update={"state": state, "reason": "row mended", **kept})
    if state in UNSENT and not reminded:
        return fresh
    if state in UNSENT | {State.UNSURE} or not reminded:
        return fresh.model_copy(update={"state": State.UNSURE, "reminders": 1})
    return fresh.model_copy(update={"state": State.PARKED, "reason": "row unreadable"})
