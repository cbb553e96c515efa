"""Offering a file: Teams asks the person and puts it into their own OneDrive; where Teams cannot
(the demo), a signed link opens it. Source: Teams, "Send and receive files through the bot".
"""

import logging
from typing import Final

from cards.kit import files as cards
from cards.kit.notes import note, sentence
from cards.wording import wording
from dialogs.files.files import Kinds, Made, NotTheirs, NotThere, fetch
from dialogs.turn.context import Context
from dialogs.turn.events import Consent, Data, FileConsent, FileInfo, Reply, for_log
from dialogs.turn.file_transfer import NotCarried
from dialogs.turn.route import refuse
from records.access.lines import What

log = logging.getLogger(__name__)

GET: Final = "file.get"
"""The verb of a button that asks for a file: `{"kind": ..., "conversation": ...}`."""


async def get(context: Context, kinds: Kinds, kind: str, key: str) -> Reply:
    """A tap on a card that offers a file: the card stays, the offer comes below it."""
    reply = await offer(context, kinds, kind, key)
    if reply.consent is None and reply.link is None:
        return reply
    return Reply(summary=wording.FILE_BELOW, beside=reply)


async def offer(context: Context, kinds: Kinds, kind: str, key: str) -> Reply:
    """The file as it can be handed over here, if it is theirs now."""
    try:
        made = await fetch(context, kinds, kind, key)
    except NotTheirs:
        return refuse(context, _what(kinds, kind), key)
    except NotThere:
        return Reply(note(wording.FILE_GONE), wording.FILE_GONE)
    if context.services.carrier.asks_consent:
        return _consent(context, made, kind, key)
    link = context.services.links.file(kind, key, context.person.key)
    if not link:
        return Reply(note(wording.FILE_NO_WAY), wording.FILE_NO_WAY)
    summary = wording.FILE_READY.format(name=made.title)
    return Reply(cards.to_open(made.title, link), summary, link=link)


def _consent(context: Context, made: Made, kind: str, key: str) -> Reply:
    """What Teams asks. Its context comes back with the answer: ids only, and never believed."""
    carried = {"kind": kind, "conversation": key, "person": context.person.key}
    description = wording.FILE_CONSENT.format(name=made.title)
    consent = Consent(made.name, description, len(made.body), carried)
    return Reply(summary=wording.FILE_READY.format(name=made.title), consent=consent)


async def consented(context: Context, kinds: Kinds, event: FileConsent) -> Reply:
    """The answer to an offer. What is asked for is made anew, for the one who answers.

    An offer answered twice (a redelivery, or both devices) says that it was used.
    """
    carried = Data(event.context)
    kind, conversation = carried.text("kind"), carried.conversation
    if event.context.get("person") != context.person.key:
        return refuse(context, "file consent", conversation)
    if event.target is None:
        return Reply(sentence(wording.FILE_DECLINED), wording.FILE_DECLINED, settled=True)
    try:
        made = await fetch(context, kinds, kind, conversation)
    except NotTheirs:
        refused = refuse(context, _what(kinds, kind), conversation)
        return Reply(refused.card, refused.summary, settled=True)
    except NotThere:
        return Reply(note(wording.FILE_GONE), wording.FILE_GONE, settled=True)
    return await _stored(context, event, made, carried)


async def _stored(context: Context, event: FileConsent, made: Made, carried: Data) -> Reply:
    target = event.target
    if target is None:
        return Reply()
    try:
        await context.services.carrier.store(target.address, made.body)
    except NotCarried as error:
        ids = {"person": context.person.mark, "reason": error.reason}
        log.warning("file not stored", extra={"action": "file_not_stored", **ids})
        return Reply(sentence(wording.FILE_NOT_STORED), wording.FILE_NOT_STORED)
    context.opened(What.FILE, for_log(carried.conversation), about=carried.text("kind"))
    info = FileInfo(target.name or made.name, target.url, target.id, target.file_type)
    return Reply(summary=wording.FILE_STORED.format(name=made.title), info=info, settled=True)


def _what(kinds: Kinds, kind: str) -> str:
    """For the log: a kind that there is, or none."""
    return f"file {kind}" if kind in kinds else "file"
