"""The learning document as a file: for the facilitator, and for the lead worker once it is shared.

A finished Word file that was handed in stands in place of the typed sections. Source: pathway,
step 8.
"""

import asyncio
from datetime import datetime
from typing import Final

from cards.learning.sharing import KIND
from cards.rights.beside import noted
from cards.wording import wording
from dialogs.files.files import WORD, FileKind, Kinds, Made, NotTheirs, NotThere
from dialogs.turn.access import Right, Role, roles
from dialogs.turn.context import Context
from records.conversation.snapshot import Snapshot
from records.learning.document import LearningDocument, learning_document
from records.learning.word_file_store import WordFileStore


async def _make(context: Context, file: Snapshot) -> Made:
    it = file.conversation
    if it.captured.is_open and Role.FACILITATOR not in roles(context.who, it):
        raise NotTheirs  # not shared yet, or opened again to put something right
    return Made(
        wording.DOC_NAME.format(reference=it.reference),
        wording.DOC_CALLED.format(reference=it.reference),
        WORD,
        await _body(context, file),
    )


async def _body(context: Context, file: Snapshot) -> bytes:
    it = file.conversation
    if not it.captured.file:
        document = learning_document(noted(file), context.services.partnership)
        return await asyncio.to_thread(_written, document, context.now)
    body = await WordFileStore(context.services.store).read(it.id, it.captured.file)
    if body is None:
        raise NotThere
    return body


def _written(document: LearningDocument, at: datetime) -> bytes:
    # python-docx loads in this thread, for a file only.
    from cards.learning.documents import learning_document

    return learning_document(document, at)


FILES: Final[Kinds] = {KIND: FileKind(Right.READ_LEARNING, _make)}
