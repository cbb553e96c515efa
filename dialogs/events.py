"""What comes in and what goes back, in our own small types: no HTTP, no botbuilder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from records.people import PersonKey, Reference, person_key

Card = dict[str, Any]
"""An Adaptive Card, version 1.5 or lower, as the JSON object that is sent."""


@dataclass(frozen=True)
class Actor:
    """Who acts, as the verified activity says it: never from a card's data."""

    tenant: str
    object_id: str
    name: str

    @property
    def key(self) -> PersonKey:
        """The person's key in the store."""
        return person_key(self.tenant, self.object_id)


@dataclass(frozen=True)
class Message:
    """Typed text, without the mention of the bot."""

    text: str


@dataclass(frozen=True)
class CardAction:
    """A tap on a card. `data` is what the card carried plus the inputs: a hint, never an authority.

    `in_place` says that the client takes a card back in the same response (Action.Execute);
    an old client's Action.Submit does not.
    """

    verb: str
    data: Mapping[str, Any] = field(default_factory=dict)
    in_place: bool = True


@dataclass(frozen=True)
class Installed:
    """The app was added, or the chat was opened for the first time."""


@dataclass(frozen=True)
class Uninstalled:
    """The app was removed: this person cannot be reached here any more."""


@dataclass(frozen=True)
class LinkFollowed:
    """Somebody opened a signed link of theirs in a browser."""


Event = Message | CardAction | Installed | Uninstalled | LinkFollowed


@dataclass(frozen=True)
class Turn:
    """One event with its verified actor and where it came from.

    `personal` is false in a channel or group chat, where no story may be shown.
    """

    actor: Actor
    event: Event
    reference: Reference
    personal: bool = True
    mails: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """What the person gets back: at most one card, or nothing.

    `summary` is what a notification shows: why it came, never a story. With `card=None` and a
    `summary` the reply is plain text. An empty reply sends nothing.
    """

    card: Card | None = None
    summary: str = ""


NOTHING = Reply()
