"""The facilitator's pack for the day, and the command that gets it. Source: pathway, step 7."""

import asyncio
from typing import Final

from cards import files as cards
from cards.documents import pack
from cards.notes import note
from cards.wording import wording
from dialogs import offering
from dialogs.access import Right, may
from dialogs.events import Reply
from dialogs.files import WORD, FileKind, Kinds, Made
from dialogs.visit import Visit
from records.file import File
from records.learning import learning_document
from records.lists import own_entries

PACK: Final = "pack"


async def _make(visit: Visit, file: File) -> Made:
    document = learning_document(file, visit.desk.partnership)
    reference = file.conversation.reference
    return Made(
        wording.PACK_NAME.format(reference=reference),
        wording.PACK_CALLED.format(reference=reference),
        WORD,
        await asyncio.to_thread(pack, document, visit.now),
    )


async def wanted(visit: Visit, kinds: Kinds) -> Reply:
    """`pack`: the one for the only conversation it can be for; else the person chooses."""
    theirs = []
    async for entry in own_entries(visit.desk.register.store, visit.person.key):
        it = await visit.even_stopped(entry.conversation)
        stopped = it is not None and it.changes.stopped_at is not None
        if it is not None and not stopped and may(visit, it, Right.PACK):
            theirs.append(it)
    if not theirs:
        return Reply(note(wording.PACK_NONE, wording.PACK_NONE_MORE), wording.PACK_NONE)
    if len(theirs) == 1:
        return await offering.offer(visit, kinds, PACK, theirs[0].id)
    return Reply(cards.which_pack(theirs, visit.desk.zone), wording.PACK_WHICH)


FILES: Final[Kinds] = {PACK: FileKind(Right.PACK, _make)}
