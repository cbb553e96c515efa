"""From a checked activity to a turn of our own: who acts, and what they did; and from its reply
to the card that stands in somebody's chat now."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from bot.edge.activity import DELETED, UNDELETED, FileAnswer, FileYes
from bot.edge.incoming import Incoming
from bot.edge.mirror import as_typed, read_mirror
from dialogs.turn.events import (
    Actor,
    CardAction,
    Change,
    Event,
    FileConsent,
    FileSent,
    Installed,
    Message,
    MessageChanged,
    Reply,
    Target,
    Turn,
    Uninstalled,
)
from records.people import Reference
from scheduler.upkeep.tidying import CardSeen, Shows, Tidier

_AT: Final = re.compile(r"<at(?: [^<>]{0,200}+)?>([^<>]{0,500}+)</at>")
_FIRST: Final = re.compile(rf"\A\s*+{_AT.pattern}(?:&nbsp;|\s)*+")


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
        personal=_is_personal(incoming),
        activity=_mark(incoming) if isinstance(event, Message | FileSent) else "",
        at=incoming.at,
    )


def _is_personal(incoming: Incoming) -> bool:
    return incoming.conversation_type == "personal"


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
        case "messageUpdate" | "messageDelete" if incoming.sender != incoming.bot:
            return MessageChanged(_how(incoming))  # what the bot does to its own is no news
        case "invoke" if incoming.tapped is not None:
            tap = incoming.tapped
            return CardAction(tap.verb, tap.data, in_place=True, automatic=incoming.automatic)
        case "invoke" if incoming.consent is not None:
            return _consented(incoming.consent)
        case "installationUpdate" | "conversationUpdate":
            return _here_or_gone(incoming)
    return None


def _here_or_gone(incoming: Incoming) -> Event | None:
    """Whether the app came to somebody by this, or went. That it left a team takes it from
    nobody."""
    if incoming.type == "installationUpdate":
        came, went = incoming.action in ("add", "add-upgrade"), incoming.action == "remove"
    else:
        came, went = incoming.bot in incoming.added, incoming.bot in incoming.removed
    if came:
        return Installed()
    return Uninstalled() if went and _is_personal(incoming) else None


def _how(incoming: Incoming) -> Change:
    """What became of a message; a change that Teams gives no name is an edit."""
    if incoming.type == DELETED:
        return Change.DELETED
    return Change.BACK if incoming.change == UNDELETED else Change.EDITED


def _said(incoming: Incoming) -> Event | None:
    """Typed text; or an old client's Action.Submit, a message with a value and no text."""
    mirror = read_mirror(incoming.html)
    text = plain_text(incoming) if incoming.text.strip() else mirror.words
    if incoming.files:
        name, address = incoming.files[0]
        return FileSent(name, address, text, len(incoming.files))
    value: Any = incoming.value
    if not text and isinstance(value, dict) and isinstance(value.get("verb"), str):
        data = {key: item for key, item in value.items() if key != "verb"}
        return CardAction(value["verb"], data, in_place=False) if value["verb"] else None
    pictures = mirror.pictures or incoming.images - mirror.emoji
    return Message(text, picture=pictures > 0) if text or pictures > 0 else None


def _consented(consent: FileAnswer) -> FileConsent:
    if not isinstance(consent, FileYes):
        return FileConsent(consent.context)
    info = consent.upload_info
    return FileConsent(
        consent.context,
        Target(info.upload_url, info.name, info.content_url, info.unique_id, info.file_type),
    )


def plain_text(incoming: Incoming) -> str:
    """The words of a message as they were typed, without the mention of the bot that a channel
    needs. Whoever else is mentioned is meant: their name stays, as words."""
    text = incoming.text
    for mention in incoming.mentions:
        text = text.replace(mention, " ", 1)
    first = _FIRST.match(text)
    if first is not None and not any(one in first[0] for one in incoming.others):
        name = "" if _names_bot(first[1], incoming) else f"{first[1]} "
        text = f"{name}{text[first.end() :]}"
    for mention in incoming.others:
        text = text.replace(mention, _AT.sub(r"\1", mention))
    return as_typed(text, incoming.html).strip()


def _names_bot(name: str, incoming: Incoming) -> bool:
    """Where nothing says whom a mention means: the bot, by its name or how that begins, as people
    may cut a mention down to its first word."""
    called, own = (" ".join(one.split()).casefold() for one in (name, incoming.bot_name))
    return bool(called) and f"{own} ".startswith(f"{called} ")


def showed(tidier: Tidier) -> Callable[[Turn, str, Reply, Shows], None]:
    """Tells the tidier where which card is shown, what its message holds, and which conversation's
    card was there before."""

    def tell(turn: Turn, message: str, reply: Reply, shows: Shows) -> None:
        data = turn.event.data if isinstance(turn.event, CardAction) else {}
        before = data.get("conversation")
        before = before[:36] if isinstance(before, str) else ""
        if reply.card is not None:
            seen = CardSeen(turn.actor.key, turn.reference, message, reply.card, before)
            tidier.saw(replace(seen, shows=shows))

    return tell
