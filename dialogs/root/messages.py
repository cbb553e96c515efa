"""Messages that are more than words: what becomes of a picture in one, of a change to one, and what
is said to words of danger.

Nothing that was answered hangs on the message any more: it was kept, or put into a draft, as it
was. So nothing is done, and where things are changed is said.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Final

from cards.kit.elements import Card, CardTooLarge, with_warning, with_warning_first
from cards.practice import marked
from cards.wording import wording
from dialogs.turn.alarm import Alarm
from dialogs.turn.events import (
    Change,
    MessageChanged,
    Reply,
)

NO_CARD: Final[Card] = {"body": []}


def changed(event: MessageChanged) -> str:
    """The sentence about an edited, a deleted or a restored message."""
    match event.how:
        case Change.EDITED:
            return wording.MESSAGE_EDITED
        case Change.DELETED:
            return wording.MESSAGE_DELETED
        case Change.BACK:
            return wording.MESSAGE_BACK


def alarmed(reply: Reply, alarm: Alarm) -> Reply:
    """The reply with what is said to words of danger on top; as it is where that has no room."""
    said = alarm.sentence
    if not said:
        return reply
    if reply.card is None:
        return replace(reply, summary=f"{said} {reply.summary}".strip())
    with suppress(CardTooLarge):
        return replace(reply, card=with_warning_first(reply.card, said))
    return reply


def practised(reply: Reply) -> Reply:
    """The reply; marked where it is about a rehearsal."""
    card, summary = marked(reply.card or NO_CARD, reply.summary)
    beside = practised(reply.beside) if reply.beside is not None else None
    since, following = reply.since, reply.since

    async def later() -> Reply | None:
        found = await since() if since is not None else None
        return practised(found) if found is not None else None

    if following is not None:
        following = later
    shown = card if reply.card is not None else None
    return replace(reply, card=shown, summary=summary, beside=beside, since=following)


def with_picture(reply: Reply) -> Reply:
    """The reply to the words beside a picture, with what becomes of that at its end."""
    if reply.card is None:
        return replace(reply, summary=f"{reply.summary} {wording.PICTURE}".strip())
    with suppress(CardTooLarge):
        return replace(reply, card=with_warning(reply.card, wording.PICTURE))
    return reply
