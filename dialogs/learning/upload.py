"""A finished Word file in place of the typed sections, handed in by the facilitator.

In Teams it is attached to a message; where Teams takes no files (the demo) a signed page takes it.
Both end in `take`, with the same checks. The learning each agency records is typed either way.
Source: pathway, steps 7 and 8.
"""

import asyncio
import logging
import secrets
from collections.abc import Mapping
from functools import partial
from typing import Final

from cards.kit.notes import note, sentence
from cards.learning import upload as cards
from cards.wording import wording
from dialogs.booking import pick_up
from dialogs.turn.access import NotNow, Right, is_theirs
from dialogs.turn.context import Context, NoSuchKey, Overtaken
from dialogs.turn.events import Data, FileSent, Reply
from dialogs.turn.file_transfer import FileTooLarge, NotCarried
from dialogs.turn.route import Route, Where
from records.conversation.conversation import Conversation
from records.drafts import Draft, Open
from records.learning import sharing
from records.learning.word_file_store import WordFileStore
from records.learning.word_refusals import MAX_BYTES, NotWord
from records.stages import Act, Stage
from records.store.contract import AlreadyThere, Changed

log = logging.getLogger(__name__)
UPLOAD: Final = "upload"
"""The draft that says for which conversation the next attached file is."""


async def _ask(context: Context, it: Conversation, data: Data) -> Reply:
    """How to hand the file in, and that the next one is for this conversation."""
    if not it.captured.is_open:
        return _closed(it)
    title = wording.UPLOAD_TITLE.format(reference=it.reference)
    if context.services.carrier.asks_consent:
        await _expect(context, it.id)
        return Reply(cards.attach(it), title)
    link = context.services.links.upload(it.id, context.person.key)
    if not link:
        return Reply(note(wording.FILE_NO_WAY), wording.FILE_NO_WAY)
    return Reply(cards.to_page(it, link), title)


def _closed(it: Conversation) -> Reply:
    text = wording.UPLOAD_CLOSED.format(reference=it.reference)
    return Reply(note(text), text)


async def where(context: Context, it: Conversation) -> Reply:
    """Where the document is, for whoever would hand one in: too early, or closed."""
    if it.stage is Stage.BOOKED:
        return Reply(note(wording.UPLOAD_EARLY), wording.UPLOAD_EARLY)
    if not it.captured.is_open and context.may(Right.UPLOAD):
        return _closed(it)
    return await pick_up.where(context, it)


async def _expect(context: Context, key: str) -> None:
    drafts = context.services.drafts
    before = await drafts.find(context.person.key, UPLOAD, "-")
    draft = Draft(
        owner=context.person.key,
        flow=UPLOAD,
        conversation="-",
        version=1,
        step=UPLOAD,
        answers={"conversation": key},
        begun=context.now,
        touched=context.now,
    )
    try:
        await drafts.save(Open(draft, before.etag if before else ""))
    except (AlreadyThere, Changed):
        raise Overtaken from None


async def sent(context: Context, event: FileSent) -> Reply:
    """A file in the chat: for the conversation it was asked for, else nothing is done with it."""
    drafts = context.services.drafts
    expected = await drafts.find(context.person.key, UPLOAD, "-")
    if expected is None:
        return Reply(note(wording.FILE_UNASKED, wording.FILE_UNASKED_MORE), wording.FILE_UNASKED)
    key = str(expected.draft.answers.get("conversation", ""))
    if event.count > 1:
        return Reply(sentence(wording.UPLOAD_ONE), wording.UPLOAD_ONE)
    try:
        body = await context.services.carrier.fetch(event.address, MAX_BYTES)
    except FileTooLarge:
        return _not_taken(context, "size")
    except NotCarried as error:
        return _not_taken(context, "fetch", error.reason)
    try:
        await context.about(key, Right.UPLOAD)
        reply = await context.until_it_holds(partial(take, context, event.name, body))
    except (NotNow, NoSuchKey):
        await _forget_unless_waited_for(context, expected)
        raise
    await _forget_unless_waited_for(context, expected)
    return reply


async def _forget_unless_waited_for(context: Context, expected: Open) -> None:
    """A conversation whose document is open still waits for its file, from whoever facilitates."""
    now = context.file.conversation if context.file else None
    theirs = now is not None and is_theirs(context.who, now, Right.UPLOAD)
    if now is None or not theirs or not now.captured.is_open or now.captured.file:
        await context.services.drafts.discard(expected.draft)


async def take(context: Context, name: str, body: bytes) -> Reply:
    """Check, clean and keep a file, and let it stand for the typed sections, which stay.

    Reading it is work for a thread: the others' taps go on meanwhile.
    """
    it = context.it
    if not it.captured.is_open:
        return _closed(it)
    try:
        clean = await asyncio.to_thread(_fit_to_keep, name, body)
    except NotWord as wrong:
        return _not_taken(context, wrong.reason)
    keeping, fresh = WordFileStore(context.services.store), secrets.token_hex(8)
    await keeping.save(it.id, clean, name=fresh, by=context.person.key, at=context.now)
    return await _stand(context, it, fresh)


def _fit_to_keep(name: str, body: bytes) -> bytes:
    from records.learning import word_files  # its rules load in this thread, for a file only

    return word_files.fit_to_keep(name, body)


async def _typed_instead(context: Context, it: Conversation, data: Data) -> Reply:
    """The typed sections stand again; the file is removed."""
    if not it.captured.is_open:
        return _closed(it)
    if not it.captured.file:
        return Reply(cards.typed_again(it), cards.typed_again_title(it))
    return await _stand(context, it, "")


async def _stand(context: Context, it: Conversation, file: str) -> Reply:
    """Let the file stand, or none; the one before it is removed once it stands no more.

    A message that two copies are handed at once lets one file stand: the other is removed.
    """
    keeping, before = WordFileStore(context.services.store), ""

    def put(now: Conversation) -> Conversation:
        nonlocal before
        before = now.captured.file
        return sharing.put_file(now, context.now, file)

    try:
        by = context.typed_as if file else ""
        it = await context.change(Act.LEARNING_FILE, put, submission=by or file)
    except (NotNow, Overtaken):
        await keeping.remove(it.id, file)
        raise
    for gone in {before, file} - {it.captured.file}:
        await keeping.remove(it.id, gone)
    if not file:
        return Reply(cards.typed_again(it), cards.typed_again_title(it))
    taken = f"{wording.UPLOAD_TAKEN.format(reference=it.reference)}."
    return Reply(cards.taken(it), f"{taken} {wording.UPLOAD_CLEANED} {wording.UPLOAD_NEXT}")


def _not_taken(context: Context, reason: str, detail: str = "") -> Reply:
    """A kind sentence, and one line in the log; the conversation still waits for its file."""
    ids = {"person": context.person.mark, "reason": reason, "detail": detail}
    log.warning("file not taken", extra={"action": "file_not_taken", **ids})
    text = wording.UPLOAD_WRONG[reason]
    return Reply(note(wording.UPLOAD_NOT_TAKEN, text), f"{wording.UPLOAD_NOT_TAKEN}. {text}")


ROUTES: Final = (
    Route(cards.ASK, Right.UPLOAD, _ask),
    Route(cards.TYPED, Right.UPLOAD, _typed_instead),
)
"""What each tap about a file that is handed in does."""
WHERE: Final[Mapping[Right, Where]] = {Right.UPLOAD: where}
