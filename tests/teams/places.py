"""What Teams keeps: accounts, chats, teams, and in them messages with all their versions.

A message is apart from what a client shows of it: see `tests.teams.devices`.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

ADAPTIVE_CARD: Final = "application/vnd.microsoft.card.adaptive"
Card = dict[str, Any]


@dataclass(eq=False)
class Account:
    """Somebody in a tenant's directory. `id` is the one that this bot knows them by.

    `account_gone` means that the directory has them no more, `chat_gone` that only their chat with
    the bot is.
    """

    id: str
    object_id: str
    name: str
    mail: str
    tenant: str
    sign_in: str = ""
    guest: bool = False
    has_app: bool = False
    blocks: bool = False
    account_gone: bool = False
    chat_gone: bool = False

    @property
    def as_member(self) -> dict[str, Any]:
        """As a roster lists them. Source: Teams, "Get Teams specific context for your bot"."""
        return {
            "id": self.id,
            "name": self.name,
            "aadObjectId": self.object_id,
            "objectId": self.object_id,
            "email": self.mail,
            "userPrincipalName": self.sign_in or self.mail,
            "tenantId": self.tenant,
            "userRole": "guest" if self.guest else "user",
        }


@dataclass(frozen=True)
class Version:
    """What a message was from a moment on. `fallback` says that a tap through `Action.Submit` was
    answered by it: such a tap has no other place for its answer."""

    activity: dict[str, Any]
    at: float
    fallback: bool = False

    @property
    def card(self) -> Card | None:
        """Its card, if it has one."""
        return next(
            (
                one["content"]
                for one in self.activity.get("attachments", ())
                if one.get("contentType") == ADAPTIVE_CARD
            ),
            None,
        )


@dataclass(eq=False)
class Message:
    """One message. `latest` is the last card that the bot has given for it, to anybody."""

    id: str
    author: str
    versions: list[Version]
    deleted: bool = False
    fallback: bool = False
    latest: Card | None = None

    @property
    def now(self) -> Version:
        """The version that every client draws which has nothing of its own to show."""
        return self.versions[-1]


class Client(Protocol):
    """Somebody's device, as far as a chat tells it what happens."""

    def redraw(self, message: Message) -> None:
        """The message was updated or deleted."""
        ...


@dataclass(eq=False)
class Place:
    """A conversation: a personal chat with its one account, or a channel of a team."""

    id: str
    tenant: str
    account: Account | None = None
    team: "Team | None" = None
    messages: dict[str, Message] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    clients: list[Client] = field(default_factory=list)

    @property
    def personal(self) -> bool:
        """Whether it is a chat of one person with the bot."""
        return self.account is not None

    def standing(self) -> Iterator[Message]:
        """The messages that are there, oldest first."""
        return (one for one in self.messages.values() if not one.deleted)


@dataclass(eq=False)
class Team:
    """A team: its id is that of its general channel."""

    id: str
    name: str
    tenant: str
    group: str
    channels: dict[str, str] = field(default_factory=dict)
    members: list[Account] = field(default_factory=list)
    has_app: bool = False


class Ids:
    """Ids as Teams makes them: a message's is the moment of it, in milliseconds."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def message(self) -> str:
        """The next message's."""
        return str(1_800_000_000_000 + next(self._numbers))

    def activity(self) -> str:
        """The next invoke's or event's."""
        return f"f:{next(self._numbers):08x}-0000-4000-8000-000000000000"
