"""A route: a tap or a typed command, the right it needs, and the handler that does it.

Each topic exports its own; `dialogs.root.routes` puts them together. The root resolves the person,
loads the conversation once, asks the right once, and hands on. A handler loads and refuses nothing.
For whom it is not, there is a calm sentence, and one line in the log with ids only.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from cards.kit.notes import note, sentence
from cards.wording import wording
from dialogs.turn.access import Right
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply, for_log
from records.access.lines import What
from records.conversation.conversation import Conversation

Handler = Callable[[Context, Conversation, Data], Awaitable[Reply]]
PlainHandler = Callable[[Context, Data], Awaitable[Reply]]
CommandHandler = Callable[[Context], Awaitable[Reply]]
Where = Callable[[Context, Conversation], Awaitable[Reply]]
"""Where things are now, for somebody whose right it is at another time."""


@dataclass(frozen=True)
class Route:
    """A tap about one conversation. With `whole` its answers are loaded as well."""

    verb: str
    right: Right
    handler: Handler
    whole: bool = False


@dataclass(frozen=True)
class Plain:
    """A tap about no conversation, or about several; with `team` for the facilitation team alone,
    with `readers` also for who leads it or stands in: they release words where nobody else may;
    with `evaluators` for those alone who collate.

    What it shows of a conversation is asked of that conversation.
    """

    verb: str
    handler: PlainHandler
    team: bool = False
    readers: bool = False
    evaluators: bool = False


@dataclass(frozen=True)
class Command:
    """What can be typed at any time, in any flow, without losing a draft; each word is the same."""

    words: tuple[str, ...]
    handler: CommandHandler
    team: bool = False
    readers: bool = False
    evaluators: bool = False


Saying = Callable[[Context, str], Awaitable[Reply]]


@dataclass(frozen=True)
class Spoken:
    """A command with something of its own in it: `my number 01473 000000`. Only a whole message
    that is one is taken; the handler gets what `found` names in it."""

    pattern: re.Pattern[str]
    handler: Saying


class Tap(Protocol):
    """Whatever a card's button leads to."""

    @property
    def verb(self) -> str:
        """What the button sends."""
        ...


Routed = TypeVar("Routed", bound=Tap)


def by_verb(taps: Iterable[Routed]) -> dict[str, Routed]:
    """The taps by their verbs. Raises ValueError where two have the same."""
    found: dict[str, Routed] = {}
    for one in taps:
        if one.verb in found:
            raise ValueError(f"two routes for {one.verb}")
        found[one.verb] = one
    return found


def by_word(commands: Iterable[Command]) -> dict[str, Command]:
    """The commands by their words. Raises ValueError where two have the same."""
    found: dict[str, Command] = {}
    for one in commands:
        for word in one.words:
            if word in found:
                raise ValueError(f"two commands for {word!r}")
            found[word] = one
    return found


log = logging.getLogger(__name__)


def refuse(context: Context, what: str, key: str) -> Reply:
    """A calm sentence for somebody it is not meant for; and a line in the log and in the chain of
    reads, ids only."""
    _log(context, what, key)
    card = note(wording.NOT_FOR_YOU, wording.NOT_FOR_YOU_MORE)
    return Reply(card, wording.NOT_FOR_YOU)


def for_facilitators(context: Context, what: str) -> Reply:
    """As `refuse`, for a list of the facilitators', whose name anybody may have typed."""
    _log(context, what, "")
    return Reply(sentence(wording.FOR_FACILITATORS), wording.FOR_FACILITATORS)


def for_evaluators(context: Context, what: str) -> Reply:
    """As `refuse`, for what is the evaluators' alone."""
    _log(context, what, "")
    return Reply(sentence(wording.FOR_EVALUATORS), wording.FOR_EVALUATORS)


def _log(context: Context, what: str, key: str) -> None:
    context.opened(What.REFUSED, for_log(key), about=what)
    log.warning(
        "refused",
        extra={
            "action": "refused",
            "what": what,
            "person": context.person.mark,
            "conversation": for_log(key),
        },
    )
