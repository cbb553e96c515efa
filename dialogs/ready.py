"""The preparation card as it stands for the one who acts: what every tap about it shows."""

from typing import Final

from cards import preparation as cards
from cards.wording import wording
from dialogs import access
from dialogs.events import Reply
from dialogs.visit import Visit
from records.conversation import Conversation
from records.feedback import NO_ANSWERS, Answers
from records.file import File
from records.readiness import Told
from records.stages import Stage

WHAT: Final = "telling"
"""Under this the reason why the family is not told is kept among the answers."""


def shown(visit: Visit, it: Conversation, notice: str = "") -> Reply:
    """Their card; without a date, where things are."""
    me = access.attendee(visit, it)
    title = wording.PREPARE_KICKER.format(reference=it.reference)
    if me is None or it.stage is not Stage.BOOKED:
        return Reply(cards.not_now(it), title)
    return Reply(cards.preparation(seen(visit, it, me.id), notice=notice), title)


def seen(visit: Visit, it: Conversation, who: str) -> cards.Seen:
    """What a card about getting ready is drawn from."""
    until = it.booking.end if it.booking else None
    file = visit.desk.links.file("calendar", it.id, visit.person.key, until=until)
    return cards.Seen(it, who, visit.desk.zone, file)


def reason(file: File) -> Answers:
    """Why it is not safe or not right to tell the family, where it is settled that way."""
    telling, kept = file.conversation.telling, file.answers_of(WHAT, "because")
    if telling is None or telling.how is not Told.NOT_SAFE or kept is None:
        return NO_ANSWERS
    return kept
