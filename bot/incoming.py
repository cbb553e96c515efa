"""The fields of an activity that we use, checked once. Source: Bot Framework activity schema."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.body import BadRequest

MESSAGE: Final = "message"
INVOKE: Final = "invoke"
INSTALLATION: Final = "installationUpdate"
MEMBERS: Final = "conversationUpdate"
HANDLED: Final = frozenset({MESSAGE, INVOKE, INSTALLATION, MEMBERS})

CARD_ACTION: Final = "adaptiveCard/action"
FILE_CONSENT: Final = "fileConsent/invoke"
FILE_SENT: Final = "application/vnd.microsoft.teams.file.download.info"

MAX_ID: Final = 2048
"""Characters in an id or address. Teams' longest, a thread with its message, are under 300."""


@dataclass(frozen=True)
class Incoming:
    """One activity. Everything here is the channel's word, true once the token is checked."""

    type: str
    id: str
    channel: str
    service_url: str
    conversation: str
    conversation_type: str
    group: bool
    tenants: frozenset[str]
    sender: str
    object_id: str
    sender_name: str
    bot: str
    bot_name: str
    text: str
    name: str
    action: str
    reply_to: str
    value: Any = None
    mentions: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """Name and address of each file that was attached."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """For log lines: ids only."""


def read_activity(body: Mapping[str, Any]) -> Incoming:
    """The activity in a JSON object; 400 when a field we rely on is missing or of another kind.

    Types that we do not handle need only what the token check needs.
    """
    kind = _identifier(body, "type")
    handled = kind in HANDLED
    conversation, sender = _object(body, "conversation"), _object(body, "from")
    bot = _object(body, "recipient")
    activity_id = _identifier(body, "id", needed=False)
    conversation_id = _identifier(conversation, "id", "conversation.", needed=handled)
    return Incoming(
        type=kind,
        id=activity_id,
        channel=_identifier(body, "channelId"),
        service_url=_identifier(body, "serviceUrl"),
        conversation=conversation_id,
        conversation_type=_text(conversation, "conversationType"),
        group=conversation.get("isGroup") is True,
        tenants=_tenants(body, conversation),
        sender=_identifier(sender, "id", "from.", needed=handled),
        object_id=_identifier(sender, "aadObjectId", "from.", needed=False),
        sender_name=_text(sender, "name"),
        bot=_identifier(bot, "id", "recipient.", needed=handled),
        bot_name=_text(bot, "name"),
        text=_text(body, "text"),
        name=_identifier(body, "name", needed=kind == INVOKE),
        action=_text(body, "action"),
        reply_to=_identifier(body, "replyToId", needed=False),
        value=_value(body, kind),
        mentions=_mentions(body, bot.get("id")),
        added=_members(body, "membersAdded"),
        removed=_members(body, "membersRemoved"),
        files=_files(body),
        ids={"activity": activity_id, "conversation": conversation_id, "activity_type": kind},
    )


def _value(body: Mapping[str, Any], kind: str) -> Any:
    value = body.get("value")
    if kind != INVOKE:
        return value
    if not isinstance(value, dict):
        raise _missing("value", "an object")
    if body.get("name") == CARD_ACTION:
        action = _object(value, "action", needed=True)
        _identifier(action, "verb", "value.action.")
        _object(action, "data")
    if body.get("name") == FILE_CONSENT:
        _check_consent(value)
    return value


def _check_consent(value: Mapping[str, Any]) -> None:
    """Source: Teams, "Send and receive files through the bot"."""
    _object(value, "context")
    if _text(value, "action") != "accept":
        return
    info = _object(value, "uploadInfo", needed=True)
    _text(info, "uploadUrl")
    for name in ("name", "contentUrl", "uniqueId", "fileType"):
        _text(info, name)


def _files(body: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Attached files. Teams also attaches the message's own text, as HTML, which is none."""
    found = []
    for one in _objects(body, "attachments"):
        if one.get("contentType") == FILE_SENT:
            content = _object(one, "content")
            found.append((_text(one, "name"), _text(content, "downloadUrl")))
    return tuple(found)


def _tenants(body: Mapping[str, Any], conversation: Mapping[str, Any]) -> frozenset[str]:
    tenant = _object(_object(body, "channelData"), "tenant")
    named = (
        _identifier(conversation, "tenantId", "conversation.", needed=False),
        _identifier(tenant, "id", "channelData.tenant.", needed=False),
    )
    return frozenset(name.casefold() for name in named if name)


def _mentions(body: Mapping[str, Any], bot: object) -> tuple[str, ...]:
    """The texts by which this message mentions the bot."""
    found = []
    for entity in _objects(body, "entities"):
        mentioned = entity.get("mentioned")
        if entity.get("type") != "mention" or not isinstance(mentioned, dict):
            continue
        if mentioned.get("id") == bot and isinstance(entity.get("text"), str):
            found.append(entity["text"])
    return tuple(text for text in found if text)


def _members(body: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(_identifier(member, "id", f"{key}.") for member in _objects(body, key))


def _objects(body: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    values = body.get(key)
    if values is None:
        return []
    if not isinstance(values, list) or not all(isinstance(item, dict) for item in values):
        raise _missing(key, "a list of objects")
    return values


def _object(body: Mapping[str, Any], key: str, *, needed: bool = False) -> dict[str, Any]:
    value = body.get(key)
    if value is None and not needed:
        return {}
    if not isinstance(value, dict):
        raise _missing(key, "an object")
    return value


def _text(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _missing(key, "a text")
    return value


def _identifier(body: Mapping[str, Any], key: str, at: str = "", *, needed: bool = True) -> str:
    """Ids go into addresses and log lines, so they are short and hold no control characters."""
    value = _text(body, key)
    if not value.strip() and not needed:
        return ""
    if not value.strip() or len(value) > MAX_ID or not value.isprintable():
        raise _missing(f"{at}{key}", "an id")
    return value


def _missing(name: str, kind: str) -> BadRequest:
    return BadRequest(400, "bad_field", f"The field {name} is not {kind}.")
