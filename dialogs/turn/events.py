"""What comes in and what goes back, in our own small types, long as all are here: no HTTP.

What a card carried is a hint, checked by whoever reads it; typed text is shown back as plain text,
so that it can be copied: never lost.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto
from typing import Any, Final

from cards.kit.elements import MAX_BYTES, append_texts, size, with_note
from cards.kit.forms import shortened
from cards.wording import wording
from records.people import Addresses, PersonKey, Reference, person_key

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
    """Typed text, without the mention of the bot; with a `picture` there may be no words."""

    text: str
    picture: bool = False


class Change(Enum):
    """What became of a message that somebody had sent."""

    EDITED = auto()
    DELETED = auto()
    BACK = auto()


@dataclass(frozen=True)
class MessageChanged:
    """Somebody changed a message of theirs in the chat. What it said before is kept as it was."""

    how: Change


@dataclass(frozen=True)
class CardAction:
    """A tap on a card. `data` is what the card carried plus the inputs: a hint, never an authority.

    `in_place` says that the client takes a card back in the same response (Action.Execute);
    an old client's Action.Submit does not. `automatic` says that nobody tapped: a client asks for
    the present card.
    """

    verb: str
    data: Mapping[str, Any] = field(default_factory=dict)
    in_place: bool = True
    automatic: bool = False


@dataclass(frozen=True)
class Installed:
    """The app was added, or the chat was opened for the first time."""


@dataclass(frozen=True)
class Uninstalled:
    """The app was removed: this person cannot be reached here any more."""


@dataclass(frozen=True)
class LinkFollowed:
    """Somebody opened a signed link of theirs in a browser."""


@dataclass(frozen=True)
class Target:
    """Where a file goes that its owner has consented to, as Teams says it."""

    address: str = field(repr=False)
    """Opens the file by itself."""
    name: str
    url: str
    id: str
    file_type: str


@dataclass(frozen=True)
class FileConsent:
    """The answer to an offered file; without a target it was declined. `context` is a hint."""

    context: Mapping[str, Any]
    target: Target | None = None


@dataclass(frozen=True)
class FileSent:
    """A file that somebody attached to a message, where it can be fetched, and the words beside."""

    name: str
    address: str = field(repr=False)
    """Opens the file by itself."""
    text: str = ""
    count: int = 1


Event = (
    Message
    | MessageChanged
    | CardAction
    | Installed
    | Uninstalled
    | LinkFollowed
    | FileConsent
    | FileSent
)


@dataclass(frozen=True)
class Turn:
    """One event with its verified actor and where it came from.

    `personal` is false in a channel or group chat, where no story may be shown. `addresses` are
    what the platform gave for the actor just now, if it was asked. `activity` is a mark of the
    message it came with, the same whenever that is delivered again; empty where it has none, and
    for a tap. `at` is when Teams says that it happened.
    """

    actor: Actor
    event: Event
    reference: Reference
    personal: bool = True
    addresses: Addresses | None = None
    activity: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Consent:
    """A file that Teams asks about before it goes into the person's own OneDrive.

    `context` comes back with the answer: ids only.
    """

    name: str
    description: str
    size: int
    context: Mapping[str, str]


@dataclass(frozen=True)
class FileInfo:
    """A file that now lies in the person's own OneDrive."""

    name: str
    url: str
    id: str
    file_type: str


@dataclass(frozen=True)
class Reply:
    """What the person gets back: at most one card, or nothing.

    `summary` is what a notification shows: why it came, never a story. With `card=None` and a
    `summary` the reply is plain text. An empty reply sends nothing.

    `consent` and `info` are about a file and go into a message of their own; so does `beside`,
    which leaves the card that was tapped as it is. `link` is the address that the card opens.
    `settled` takes the consent card away that was answered. `opens` is the verb and the data of a
    tap that shows this card again, where it is no flow's. `private` is for the client that tapped
    alone, whatever it holds: nothing came of the tap. `since` looks whether another copy has gone
    on since its card was drawn, for a message that could not be updated at once: where things are
    then, None where they are as drawn.
    """

    card: Card | None = None
    summary: str = ""
    consent: Consent | None = None
    info: FileInfo | None = None
    link: str | None = None
    beside: "Reply | None" = None
    settled: bool = False
    opens: tuple[str, Mapping[str, str]] | None = None
    private: bool = False
    since: "Callable[[], Awaitable[Reply | None]] | None" = field(default=None, compare=False)

    @property
    def shows(self) -> bool:
        """Whether there is anything to show."""
        return self.card is not None or bool(self.summary)


NOTHING = Reply()


LONGEST_HINT: Final = 100
"""Characters of a name, an id or a key that a card carries; a longer one is none of ours."""
LARGEST_NUMBER: Final = 1_000_000


_ID: Final = re.compile(r"(?:practice)?[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def for_log(key: object) -> str:
    """A conversation's id that came from outside, as a log line may have it: nothing but an id.

    What a card carries is whatever its sender put there, and may be somebody's words.
    """
    return key if isinstance(key, str) and _ID.fullmatch(key) else ""


class Data(dict[str, Any]):
    """The data of one tap. As a mapping it gives what came, whatever that is."""

    def text(self, name: str) -> str:
        """A short text a card carried; anything else is nothing."""
        value = self.get(name)
        return value[:LONGEST_HINT] if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """A whole number a card carried; anything else is 0."""
        value = self.get(name)
        return value if isinstance(value, int) and 0 <= value <= LARGEST_NUMBER else 0

    @property
    def conversation(self) -> str:
        """The key of the conversation it is about, as the card has it."""
        return self.text("conversation")


def with_texts(reply: Reply, texts: Sequence[str], heading: str | None = None) -> Reply:
    """The reply with these texts at its end; where they do not fit, the beginning of each."""
    if not texts or reply.card is None:
        return reply
    above = wording.KEPT_HEADING if heading is None else heading
    for limit in (100_000, 4_000, 1_000, 300, 100):
        card = append_texts(reply.card, above, [shortened(text, limit)[0] for text in texts])
        if size(card) <= MAX_BYTES:
            return replace(reply, card=card)
    return reply


def given_back(
    reply: Reply, texts: Sequence[str], event: Event, *, heading: str = "", above: str = ""
) -> Reply:
    """The reply with these texts under the heading; for those that the event itself typed, the
    sentence `above` on top: they stand in their writer's own message, and a second one of ours with
    the same words would stay in the chat as well."""
    typed = _plain(event.text) if isinstance(event, Message | FileSent) else ""
    others = [one for one in texts if not typed or _plain(one) not in typed]
    if len(others) < len(texts) and reply.card is not None:
        reply = replace(reply, card=with_note(reply.card, above or wording.TYPED_ABOVE))
    return with_texts(reply, others, heading or None)


def _plain(text: str) -> str:
    return " ".join(text.split())
