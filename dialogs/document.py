"""The learning document as a file: for the facilitator, and for the lead worker once it is shared.

A finished Word file that was handed in stands in place of the typed sections. Source: pathway,
step 8.
"""

import asyncio
from typing import Final

from cards.documents import learning_document as written
from cards.sharing import KIND
from cards.wording import wording
from dialogs.access import Right, is_facilitator
from dialogs.files import WORD, FileKind, Kinds, Made, NotTheirs, NotThere
from dialogs.visit import Visit
from records.file import File
from records.keeping import Keeping
from records.learning import learning_document


async def _make(visit: Visit, file: File) -> Made:
    it = file.conversation
    if it.captured.is_open and not is_facilitator(visit, it):
        raise NotTheirs  # not shared yet, or opened again to put something right
    return Made(
        wording.DOC_NAME.format(reference=it.reference),
        wording.DOC_CALLED.format(reference=it.reference),
        WORD,
        await _body(visit, file),
    )


async def _body(visit: Visit, file: File) -> bytes:
    it = file.conversation
    if not it.captured.file:
        return await asyncio.to_thread(
            written, learning_document(file, visit.desk.partnership), visit.now
        )
    body = await Keeping(visit.desk.register.store).read(it.id, it.captured.file)
    if body is None:
        raise NotThere
    return body


FILES: Final[Kinds] = {KIND: FileKind(Right.READ_LEARNING, _make)}
