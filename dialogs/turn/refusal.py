"""Not for you: a calm sentence, and one line in the log with ids only."""

import logging

from cards.notes import note, sentence
from cards.wording import wording
from dialogs.turn.access import Who
from dialogs.turn.events import Reply

log = logging.getLogger(__name__)


def refuse(who: Who, what: str, conversation: str) -> Reply:
    """A calm sentence for somebody it is not meant for, and one line in the log, ids only."""
    _log(who, what, conversation)
    card = note(wording.NOT_FOR_YOU, wording.NOT_FOR_YOU_MORE)
    return Reply(card, wording.NOT_FOR_YOU)


def for_facilitators(who: Who, what: str) -> Reply:
    """As `refuse`, for a list of the facilitators', whose name anybody may have typed."""
    _log(who, what, "")
    return Reply(sentence(wording.FOR_FACILITATORS), wording.FOR_FACILITATORS)


def _log(who: Who, what: str, conversation: str) -> None:
    log.warning(
        "refused",
        extra={
            "action": "refused",
            "what": what,
            "person": who.person.key,
            "conversation": conversation[:36],
        },
    )
