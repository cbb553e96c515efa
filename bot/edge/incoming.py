"""An activity as the bot reads it: checked once, and every field where it is looked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import ValidationError

from bot.edge.activity import (
    HANDLED,
    Account,
    Activity,
    ChannelData,
    Chat,
    FileAnswer,
    Member,
    Tapped,
    TapValue,
    form_of,
)
from bot.edge.body import BadRequest
from bot.edge.fields import NOT_AN_ID, for_log
from bot.edge.mirror import html_of, pictures_of
from records.people import LONGEST_NAME

MAX_MOMENT: Final = 40
"""Characters of a time, with seven digits of a second and an offset to spare."""
MOST_MENTIONS: Final = 20
_NOBODY: Final = Account()
_NOWHERE: Final = Chat()
_BARE: Final = ChannelData()
_KINDS: Final = {
    NOT_AN_ID: "an id",
    "string_type": "a text",
    "string_unicode": "a text",
    "missing": "there",
    "list_type": "a list of objects",
}


@dataclass(frozen=True)
class Incoming:
    """One activity. Everything here is the channel's word, true once the token is checked."""

    type: str
    id: str
    channel: str
    service_url: str
    conversation: str
    conversation_type: str
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
    at: datetime | None = None
    """When it happened, as Teams says."""
    value: Any = field(default=None, repr=False)
    """What a message carries beside its text, of any kind."""
    tapped: Tapped | None = None
    automatic: bool = False
    """A client asks by itself for the present card; nobody tapped."""
    consent: FileAnswer | None = field(default=None, repr=False)
    mentions: tuple[str, ...] = ()
    """The texts by which this message mentions the bot."""
    others: tuple[str, ...] = ()
    """Those by which it mentions other people."""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Name and address of each file that was attached."""
    images: int = 0
    """How many pictures were attached, emoji among them."""
    html: str = ""
    """The message as HTML, as far as Teams attaches it."""
    change: str = ""
    """What became of a message or a team, in Teams' word."""
    team: str = ""
    """The team in which it happened, whichever of its channels it was."""
    picked: str = ""
    """The channel of it that was picked as the app was added, where that is said."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """For log lines: ids only."""


def read_activity(body: Mapping[str, Any]) -> Incoming:
    """The activity in a JSON object; 400 when a field we rely on is missing or of another kind.

    Types that we do not handle need only what the token check needs.
    """
    try:
        read = _incoming(form_of(body).model_validate(body))
    except ValidationError as error:
        # Without its cause: that holds what was sent.
        raise _refused(error) from None
    attached = body.get("attachments")
    return replace(read, images=pictures_of(attached), html=html_of(attached))


def _incoming(it: Activity) -> Incoming:
    chat, sender, bot = it.conversation or _NOWHERE, it.sender or _NOBODY, it.recipient or _NOBODY
    teams = it.channel_data or _BARE
    return Incoming(
        type=it.type,
        id=it.id,
        channel=it.channel_id,
        service_url=it.service_url,
        conversation=chat.id,
        conversation_type=chat.conversation_type,
        tenants=_tenants(it, chat),
        sender=sender.id,
        object_id=sender.aad_object_id,
        sender_name=sender.name[:LONGEST_NAME],
        bot=bot.id,
        bot_name=bot.name,
        text=it.text,
        name=it.name,
        action=it.action,
        reply_to=it.reply_to_id,
        at=_moment(it.timestamp),
        value=it.value,
        tapped=it.value.action if isinstance(it.value, TapValue) else None,
        automatic=isinstance(it.value, TapValue) and it.value.trigger == "automatic",
        consent=it.value if isinstance(it.value, FileAnswer) else None,
        mentions=_mentions(it, bot, of_bot=True),
        others=_mentions(it, bot, of_bot=False),
        added=_members(it.members_added),
        removed=_members(it.members_removed),
        files=tuple((one.name, one.address) for one in it.attachments),
        change=teams.event_type,
        team=teams.team,
        picked=teams.picked,
        ids={
            "activity": for_log(it.id),
            "conversation": for_log(chat.id),
            "activity_type": it.type if it.type in HANDLED else "other",
        },
    )


def _mentions(it: Activity, bot: Account, *, of_bot: bool) -> tuple[str, ...]:
    """The first few, each once: every one is looked for in the whole text."""
    found = (one for one in it.entities if (one.mentioned.get("id") == bot.id) is of_bot)
    return tuple(dict.fromkeys(one.text for one in found if one.text))[:MOST_MENTIONS]


def _tenants(it: Activity, chat: Chat) -> frozenset[str]:
    """Every tenant that the activity names, in four places that have to say the same.

    Of the sender too: a guest acts as an account of the tenant they are guests in, with an object
    id of its directory. Whoever acts as an account of another directory, as members of a shared
    channel do, has an object id that means somebody else in ours, or nobody. Source: Bot Framework
    activity schema; Teams, "Shared channels".
    """
    accounts = (one.tenant_id for one in (it.sender, it.recipient) if one)
    named = (chat.tenant_id, it.channel_data.tenant_id if it.channel_data else "", *accounts)
    return frozenset(name.casefold() for name in named if name)


def _moment(text: str) -> datetime | None:
    """A moment with its zone; None for anything else. Source: RFC 3339."""
    try:
        moment = datetime.fromisoformat(text[:MAX_MOMENT])
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _members(members: list[Member]) -> tuple[str, ...]:
    return tuple(member.id for member in members)


def _refused(error: ValidationError) -> BadRequest:
    """Names of fields alone: whatever was sent in them may be a story."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"]))
    kind = _KINDS.get(first["type"], "an object")
    return BadRequest(400, "bad_field", f"The field {where} is not {kind}.")
