"""From a checked activity to a turn of our own: who acts, and what they did; and from its reply
to the card that stands in somebody's chat now."""

import hashlib
import re
from collections.abc import Callable
from typing import Any, Final

from bot.edge.activity import FileAnswer, FileYes
from bot.edge.incoming import Incoming
from dialogs.turn.events import (
    Actor,
    CardAction,
    Event,
    FileConsent,
    FileSent,
    Installed,
    Message,
    Reply,
    Target,
    Turn,
    Uninstalled,
)
from records.people import Reference
from scheduler.upkeep.tidying import CardSeen, Tidier

_AT: Final = re.compile(r"\A\s*<at(?: [^<>]{0,200})?>[^<>]{0,500}</at>(?:&nbsp;|\s)*")


def read_turn(incoming: Incoming, *, demo: bool = False) -> Turn | None:
    """The turn in an activity, or None where there is nothing for us.

    The actor is the directory's object id. Only the demo falls back to the channel's own id,
    which a guest could share with nobody but which no lookup could bind.
    """
    event = _event(incoming)
    object_id = incoming.object_id or (incoming.sender if demo else "")
    if event is None or not object_id:
        return None
    tenant = min(incoming.tenants, default="")
    return Turn(
        actor=Actor(tenant, object_id, incoming.sender_name),
        event=event,
        reference=Reference(
            service_url=incoming.service_url,
            conversation_id=incoming.conversation,
            tenant=tenant,
            bot_id=incoming.bot,
            bot_name=incoming.bot_name,
            user_id=incoming.sender,
        ),
        personal=incoming.conversation_type == "personal",
        activity=_mark(incoming) if isinstance(event, Message | FileSent) else "",
        at=incoming.at,
    )


def _mark(incoming: Incoming) -> str:
    """A message's id as a key may hold it; the same again when Teams delivers it again."""
    if not incoming.id:
        return ""
    where = f"{incoming.conversation}|{incoming.id}"
    return hashlib.sha256(where.encode()).hexdigest()[:20]


def _event(incoming: Incoming) -> Event | None:
    match incoming.type:
        case "message":
            return _said(incoming)
        case "invoke" if incoming.tapped is not None:
            return CardAction(incoming.tapped.verb, incoming.tapped.data, in_place=True)
        case "invoke" if incoming.consent is not None:
            return _consented(incoming.consent)
        case "installationUpdate" if incoming.action in ("add", "add-upgrade"):
            return Installed()
        case "installationUpdate" if incoming.action == "remove":
            return Uninstalled()
        case "conversationUpdate" if incoming.bot in incoming.added:
            return Installed()
        case "conversationUpdate" if incoming.bot in incoming.removed:
            return Uninstalled()
    return None


def _said(incoming: Incoming) -> Event | None:
    """Typed text; or an old client's Action.Submit, a message with a value and no text."""
    text = plain_text(incoming)
    if incoming.files:
        name, address = incoming.files[0]
        return FileSent(name, address, text, len(incoming.files))
    if text:
        return Message(text)
    value: Any = incoming.value
    if isinstance(value, dict) and isinstance(value.get("verb"), str) and value["verb"]:
        data = {key: item for key, item in value.items() if key != "verb"}
        return CardAction(value["verb"], data, in_place=False)
    return None


def _consented(consent: FileAnswer) -> FileConsent:
    if not isinstance(consent, FileYes):
        return FileConsent(consent.context)
    info = consent.upload_info
    return FileConsent(
        consent.context,
        Target(info.upload_url, info.name, info.content_url, info.unique_id, info.file_type),
    )


def plain_text(incoming: Incoming) -> str:
    """The words of a message, without the mention of the bot that a channel needs."""
    text = incoming.text
    for mention in incoming.mentions:
        text = text.replace(mention, " ", 1)
    return _AT.sub("", text, count=1).replace("&nbsp;", " ").strip()


def showed(tidier: Tidier) -> Callable[[Turn, str, Reply], None]:
    """Tells the tidier which message holds which card, and which conversation's it was before."""

    def tell(turn: Turn, message: str, reply: Reply) -> None:
        data = turn.event.data if isinstance(turn.event, CardAction) else {}
        before = data.get("conversation")
        before = before[:36] if isinstance(before, str) else ""
        if reply.card is not None:
            tidier.saw(CardSeen(turn.actor.key, turn.reference, message, reply.card, before))

    return tell
