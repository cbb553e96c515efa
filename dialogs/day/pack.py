"""The facilitator's pack for the day, and the command that gets it. Source: pathway, step 7."""

import asyncio
from datetime import datetime
from typing import Final

from cards.kit import files as cards
from cards.kit.notes import note
from cards.request.check import need
from cards.wording import wording
from dialogs.files import download
from dialogs.files.files import WORD, FileKind, Kinds, Made
from dialogs.turn.access import Right, may
from dialogs.turn.context import Context
from dialogs.turn.events import Reply
from records.conversation.snapshot import Snapshot
from records.learning.document import LearningDocument, learning_document
from records.register.projections import own_entries

PACK: Final = "pack"


async def _make(context: Context, file: Snapshot) -> Made:
    document = learning_document(file, context.services.partnership, offers=True)
    reference = file.conversation.reference
    return Made(
        wording.PACK_NAME.format(reference=reference),
        wording.PACK_CALLED.format(reference=reference),
        WORD,
        await asyncio.to_thread(_written, document, context.now, need(file.conversation)),
    )


def _written(document: LearningDocument, at: datetime, said: list[tuple[str, str]]) -> bytes:
    from cards.learning.documents import pack  # python-docx loads in this thread, for a file only

    return pack(document, at, said)


async def wanted(context: Context, kinds: Kinds) -> Reply:
    """`pack`: the one for the only conversation it can be for; else the person chooses."""
    theirs = []
    await context.has_left()
    async for entry in own_entries(context.services.store, *context.person.keys):
        it = await context.record(entry.conversation)
        if it is not None and may(context.who, it, Right.PACK):
            theirs.append(it)
    if not theirs:
        return Reply(note(wording.PACK_NONE, wording.PACK_NONE_MORE), wording.PACK_NONE)
    if len(theirs) == 1:
        return await download.offer(context, kinds, PACK, theirs[0].id)
    return Reply(cards.which_pack(theirs, context.services.zone), wording.PACK_WHICH)


FILES: Final[Kinds] = {PACK: FileKind(Right.PACK, _make)}
