"""The fields of an activity that we use. Source: Bot Framework activity schema."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import AliasPath, BeforeValidator, Field

from bot.edge.fields import Data, Form, Id, MaybeId, Several, Text

MESSAGE: Final = "message"
INVOKE: Final = "invoke"
INSTALLATION: Final = "installationUpdate"
MEMBERS: Final = "conversationUpdate"
CHANGED: Final = "messageUpdate"
DELETED: Final = "messageDelete"
HANDLED: Final = (MESSAGE, INVOKE, INSTALLATION, MEMBERS, CHANGED, DELETED)

CARD_ACTION: Final = "adaptiveCard/action"
FILE_CONSENT: Final = "fileConsent/invoke"
UNDELETED: Final = "undeleteMessage"
FILE_SENT: Final = "application/vnd.microsoft.teams.file.download.info"
ACCEPT: Final = "accept"


class Account(Form):
    """Whoever sends, or is written to."""

    id: MaybeId = ""
    aad_object_id: MaybeId = ""
    tenant_id: MaybeId = ""
    name: Text = ""


class KnownAccount(Account):
    """One with an id."""

    id: Id


class Chat(Form):
    """A conversation in the channel's sense."""

    id: MaybeId = ""
    conversation_type: Text = ""
    tenant_id: MaybeId = ""


class KnownChat(Chat):
    """One with an id."""

    id: Id


class Tenant(Form):
    """An organisation in Microsoft 365."""

    id: MaybeId = ""


def _text_or_nothing(value: Any) -> str:
    """Nothing hangs on it that could not do without: of another kind it is none."""
    return value if isinstance(value, str) else ""


class ChannelData(Form):
    """What Teams alone adds."""

    tenant: Tenant | None = None
    team: MaybeId = Field("", validation_alias=AliasPath("team", "id"))
    picked: MaybeId = Field("", validation_alias=AliasPath("settings", "selectedChannel", "id"))
    event_type: Annotated[str, BeforeValidator(_text_or_nothing)] = ""

    @property
    def tenant_id(self) -> str:
        """Empty where none is named."""
        return self.tenant.id if self.tenant else ""


class Member(Form):
    """One who was added or removed."""

    id: Id


class Mention(Form):
    """The words by which somebody is mentioned. `mentioned` is an account, unchecked."""

    mentioned: dict[str, Any]
    text: str


class Download(Form):
    """Where an attached file lies."""

    download_url: Text = Field("", repr=False)


class SentFile(Form):
    """A file that was attached to a message."""

    name: Text = ""
    content: Download | None = None

    @property
    def address(self) -> str:
        """Empty where none is given."""
        return self.content.download_url if self.content else ""


class Tapped(Form):
    """The button, and what stood in the card's fields."""

    verb: Id
    data: Data = {}


class TapValue(Form):
    """The value of a tap on a card; `trigger` is "automatic" where nobody tapped."""

    action: Tapped
    trigger: Text = ""


class Upload(Form):
    """Where a file goes that somebody lets us write. Source: Teams, "Send and receive files"."""

    upload_url: Text = Field("", repr=False)
    name: Text = ""
    content_url: Text = ""
    unique_id: Text = ""
    file_type: Text = ""


class FileAnswer(Form):
    """The value of an answer to "may we write this file?"."""

    context: Data = {}
    action: Text = ""


class FileYes(FileAnswer):
    """The answer that lets us, and says where."""

    upload_info: Upload


def _files_alone(attached: Any) -> Any:
    """Teams also attaches the message's own text, as HTML, which is no file."""
    if not isinstance(attached, list):
        return attached
    return [one for one in attached if _is_not(one) or one.get("contentType") == FILE_SENT]


def _mentions_alone(entities: Any) -> Any:
    """An entity of another kind, or a mention of no known form, is nothing to us."""
    if not isinstance(entities, list):
        return entities
    return [one for one in entities if _is_not(one) or _is_mention(one)]


def _or_nothing(value: object) -> str:
    """A time that is none is not worth the activity."""
    return value if isinstance(value, str) else ""


def _is_not(one: object) -> bool:
    return not isinstance(one, dict)


def _is_mention(one: dict[str, Any]) -> bool:
    named, text = one.get("mentioned"), one.get("text")
    return one.get("type") == "mention" and isinstance(named, dict) and isinstance(text, str)


class Activity(Form):
    """One of a type that we do not handle: what the token check needs, and nothing of a wrong
    kind."""

    type: Id
    id: MaybeId = ""
    channel_id: Id
    service_url: Id
    timestamp: Annotated[str, BeforeValidator(_or_nothing)] = ""
    conversation: Chat | None = None
    sender: Account | None = Field(None, alias="from")
    recipient: Account | None = None
    channel_data: ChannelData | None = None
    text: Text = ""
    name: MaybeId = ""
    action: Text = ""
    reply_to_id: MaybeId = ""
    value: Any = None
    entities: Annotated[Several[Mention], BeforeValidator(_mentions_alone)] = []
    members_added: Several[Member] = []
    members_removed: Several[Member] = []
    attachments: Annotated[Several[SentFile], BeforeValidator(_files_alone)] = []


class Handled(Activity):
    """One of ours: somebody, somewhere, to the bot."""

    conversation: KnownChat
    sender: KnownAccount = Field(alias="from")
    recipient: KnownAccount


class Invoked(Handled):
    """One that is answered in the same response."""

    name: Id
    value: dict[str, Any]


class CardTapped(Handled):
    """An invoke by a button of a card."""

    value: TapValue


class FileAnswered(Handled):
    """An invoke by the yes or no to a file."""

    value: FileAnswer


class FileAllowed(Handled):
    """An invoke by the yes alone."""

    value: FileYes


def form_of(body: Mapping[str, Any]) -> type[Activity]:
    """Which of these forms an activity has to have, before anything in it is believed."""
    kind, name, value = body.get("type"), body.get("name"), body.get("value")
    if kind != INVOKE:
        return Handled if kind in HANDLED else Activity
    if name == CARD_ACTION:
        return CardTapped
    if name == FILE_CONSENT:
        yes = isinstance(value, dict) and value.get("action") == ACCEPT
        return FileAllowed if yes else FileAnswered
    return Invoked
