"""The learning document as a file: for the facilitator, and for the lead worker once it is shared.

A finished Word file that was handed in stands in place of the typed sections. Source: pathway,
step 8.
"""

import asyncio
from typing import Final

from cards import wording
from cards.documents import learning_document as written
from cards.sharing import KIND
from dialogs.access import Right, is_facilitator
from dialogs.files import WORD, FileKind, Kinds, Made, NotTheirs
from dialogs.visit import Visit
from records.file import File
from records.learning import learning_document


async def _make(visit: Visit, file: File) -> Made:
    it = file.conversation
    if it.captured.is_open and not is_facilitator(visit, it):
        raise NotTheirs  # not shared yet, or opened again to put something right
    document = learning_document(file)
    return Made(
        wording.DOC_NAME.format(reference=it.reference),
        wording.DOC_CALLED.format(reference=it.reference),
        WORD,
        await asyncio.to_thread(written, document, visit.now),
    )


FILES: Final[Kinds] = {KIND: FileKind(Right.READ_LEARNING, _make)}
