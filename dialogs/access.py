"""Who may do and see what. Every handler asks here, after loading the record: what a card carries
is a hint, never an authority.
"""

import logging

from cards import wording
from cards.notes import note
from dialogs.events import Reply
from dialogs.visit import Visit
from records.conversation import Conversation, is_involved
from records.request import Part, Participant
from records.stages import Stage

log = logging.getLogger(__name__)


def is_requester(visit: Visit, it: Conversation) -> bool:
    """The practitioner who brings the situation."""
    return visit.is_person(it.requester)


def is_manager(visit: Visit, it: Conversation) -> bool:
    """The named manager, who is never the requester."""
    return visit.is_person(it.manager) and not is_requester(visit, it)


def is_facilitator(visit: Visit, it: Conversation) -> bool:
    """The one who picked it up."""
    return bool(it.facilitator) and visit.is_person(it.person(it.facilitator))


async def may_pick_up(visit: Visit, it: Conversation) -> bool:
    """A facilitator of the team who is not named in the conversation in any other part."""
    if is_involved(it, visit.person.key, visit.person.mails):
        return False
    return await visit.desk.facilitators.is_member(visit.person)


def may_read_story(visit: Visit, it: Conversation) -> bool:
    """The story: its writer, the manager who is asked, the facilitator who picked it up.

    A manager reads it until they have answered "not this route"; others never do.
    """
    if is_requester(visit, it) or is_facilitator(visit, it):
        return True
    return is_manager(visit, it) and it.stage is not Stage.NOT_THIS_ROUTE


def attendee(visit: Visit, it: Conversation) -> Participant | None:
    """The one who acts, as somebody expected or present; the facilitator is neither."""
    expected = it.booking.coming if it.booking else ()
    came = it.held.came if it.held else ()
    for one in it.people:
        present = one.id in (*came, *expected)
        if present and one.part is not Part.FACILITATOR and visit.is_person(one):
            return one
    return None


def is_lead(visit: Visit, it: Conversation) -> bool:
    """The lead worker."""
    return visit.is_person(it.person(it.lead))


def refuse(visit: Visit, what: str, conversation: str) -> Reply:
    """A calm sentence for somebody it is not meant for, and one line in the log, ids only."""
    log.warning(
        "refused",
        extra={
            "action": "refused",
            "what": what,
            "person": visit.person.key,
            "conversation": conversation[:36],
        },
    )
    card = note(wording.NOT_FOR_YOU, wording.NOT_FOR_YOU_MORE)
    return Reply(card, wording.NOT_FOR_YOU)
