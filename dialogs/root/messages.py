"""Messages that are more than words: what becomes of a picture in one, of a change to one, and what
is said to words of danger.

Nothing that was answered hangs on the message any more: it was kept, or put into a draft, as it
was. So nothing is done, and where things are changed is said.
"""

from contextlib import suppress
from dataclasses import replace

from cards.kit.elements import CardTooLarge, with_warning, with_warning_first
from cards.wording import wording
from dialogs.turn.alarm import Alarm
from dialogs.turn.events import (
    Change,
    MessageChanged,
    Reply,
)


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


def with_picture(reply: Reply) -> Reply:
    """The reply to the words beside a picture, with what becomes of that at its end."""
    if reply.card is None:
        return replace(reply, summary=f"{reply.summary} {wording.PICTURE}".strip())
    with suppress(CardTooLarge):
        return replace(reply, card=with_warning(reply.card, wording.PICTURE))
    return reply
