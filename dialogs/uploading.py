"""A finished Word file in place of the typed sections, handed in by the facilitator.

In Teams it is attached to a message; where Teams takes no files (the demo) a signed page takes it.
Both end in `take`, with the same checks. The learning each agency records is typed either way.
Source: pathway, steps 7 and 8.
"""

import logging
import secrets
from collections.abc import Mapping
from typing import Final

from cards import uploading as cards
from cards.notes import note, sentence
from cards.wording import wording
from dialogs import access, booking
from dialogs.access import Right
from dialogs.carrier import NotCarried, TooLarge
from dialogs.events import FileSent, Reply
from dialogs.files import NotTheirs, by_link
from dialogs.hands import Action, on
from dialogs.visit import Desk, Stopped, Visit
from records import sharing, word_files
from records.conversation import Conversation
from records.drafts import Draft, Open
from records.keeping import Keeping
from records.people import PersonKey
from records.register import Deed
from records.stages import Act, Stage, WrongStage
from records.store import AlreadyThere
from records.word_files import NotWord

log = logging.getLogger(__name__)
UPLOAD: Final = "upload"
"""The draft that says for which conversation the next attached file is."""


async def ask(visit: Visit, conversation: str) -> Reply:
    """How to hand the file in, and that the next one is for this conversation."""
    it = await theirs(visit, conversation)
    if isinstance(it, Reply):
        return it
    title = wording.UPLOAD_TITLE.format(reference=it.reference)
    if visit.desk.carrier.asks_consent:
        await _expect(visit, conversation)
        return Reply(cards.attach(it), title)
    link = visit.desk.links.upload(conversation, visit.person.key)
    if not link:
        return Reply(note(wording.FILE_NO_WAY), wording.FILE_NO_WAY)
    return Reply(cards.to_page(it, link), title)


async def theirs(visit: Visit, conversation: str) -> Conversation | Reply:
    """The conversation, if its document is theirs to write and still open; else what to say."""
    it = await visit.conversation(conversation)
    if it is None or not access.is_theirs(visit, it, Right.UPLOAD):
        return access.refuse(visit, "upload", conversation)
    if it.stage is Stage.BOOKED:
        return Reply(note(wording.UPLOAD_EARLY), wording.UPLOAD_EARLY)
    if not access.may(visit, it, Right.UPLOAD):
        return await booking.where(visit, it)
    if not it.captured.is_open:
        text = wording.UPLOAD_CLOSED.format(reference=it.reference)
        return Reply(note(text), text)
    return it


async def _expect(visit: Visit, conversation: str) -> None:
    drafts = visit.desk.drafts
    before = await drafts.find(visit.person.key, UPLOAD, "-")
    draft = Draft(
        owner=visit.person.key,
        flow=UPLOAD,
        conversation="-",
        version=1,
        step=UPLOAD,
        answers={"conversation": conversation},
        begun=visit.now,
        touched=visit.now,
    )
    try:
        await drafts.save(Open(draft, before.etag if before else ""))
    except AlreadyThere:
        return  # the same tap twice


async def sent(visit: Visit, event: FileSent) -> Reply:
    """A file in the chat: for the conversation it was asked for, else nothing is done with it."""
    expected = await visit.desk.drafts.find(visit.person.key, UPLOAD, "-")
    if expected is None:
        return Reply(note(wording.FILE_UNASKED, wording.FILE_UNASKED_MORE), wording.FILE_UNASKED)
    conversation = str(expected.draft.answers.get("conversation", ""))
    if event.count > 1:
        return Reply(sentence(wording.UPLOAD_ONE), wording.UPLOAD_ONE)
    try:
        body = await visit.desk.carrier.fetch(event.address, word_files.MAX_BYTES)
    except TooLarge:
        return _not_taken(visit, "size")
    except NotCarried as error:
        return _not_taken(visit, "fetch", error.reason)
    reply = await take(visit, conversation, event.name, body)
    now = await visit.conversation(conversation)
    if now is None or not now.captured.is_open or now.captured.file:
        await visit.desk.drafts.discard(expected.draft)
    return reply


async def take(visit: Visit, conversation: str, name: str, body: bytes) -> Reply:
    """Check and keep a file, and let it stand for the typed sections, which stay as they are."""
    it = await theirs(visit, conversation)
    if isinstance(it, Reply):
        return it
    try:
        word_files.check(name, body)
    except NotWord as wrong:
        return _not_taken(visit, wrong.reason)
    keeping, fresh = Keeping(visit.desk.register.store), secrets.token_hex(8)
    await keeping.save(conversation, body, name=fresh, by=visit.person.key, at=visit.now)
    return await _stand(visit, conversation, fresh)


async def by_page(desk: Desk, key: PersonKey, conversation: str, name: str, body: bytes) -> str:
    """A file from the page; the sentence that says what became of it. Raises NotTheirs."""
    try:
        return (await take(await by_link(desk, key), conversation, name, body)).summary
    except Stopped as error:
        raise NotTheirs from error


async def typed_instead(visit: Visit, conversation: str) -> Reply:
    """The typed sections stand again; the file is removed."""
    it = await theirs(visit, conversation)
    if isinstance(it, Reply):
        return it
    if not it.captured.file:
        return Reply(cards.typed_again(it), wording.UPLOAD_REMOVED)
    return await _stand(visit, conversation, "")


async def _stand(visit: Visit, conversation: str, file: str) -> Reply:
    """Let the file stand, or none; the one before it is removed once it stands no more."""
    keeping, before = Keeping(visit.desk.register.store), ""

    def put(now: Conversation) -> Conversation:
        nonlocal before
        before = now.captured.file
        still = access.still(visit, now, Right.UPLOAD, Act.LEARNING_FILE)
        return sharing.put_file(still, visit.now, file)

    deed = Deed(Act.LEARNING_FILE, visit.person.key, visit.now, file)
    try:
        it = await visit.desk.register.change(conversation, deed, put)
    except WrongStage:
        await keeping.remove(conversation, file)
        again = await theirs(visit, conversation)
        return again if isinstance(again, Reply) else Reply(sentence(wording.BUSY), wording.BUSY)
    if before != file:
        await keeping.remove(conversation, before)
    if not file:
        return Reply(cards.typed_again(it), wording.UPLOAD_REMOVED)
    return Reply(cards.taken(it), wording.UPLOAD_TAKEN.format(reference=it.reference))


def _not_taken(visit: Visit, reason: str, detail: str = "") -> Reply:
    """A kind sentence, and one line in the log; the conversation still waits for its file."""
    ids = {"person": visit.person.key, "reason": reason, "detail": detail}
    log.warning("file not taken", extra={"action": "file_not_taken", **ids})
    text = wording.UPLOAD_WRONG[reason]
    return Reply(note(wording.UPLOAD_NOT_TAKEN, text), f"{wording.UPLOAD_NOT_TAKEN}. {text}")


TAPS: Final[Mapping[str, Action]] = {
    cards.ASK: on(ask),
    cards.TYPED: on(typed_instead),
}
"""What each tap about a file that is handed in does."""
