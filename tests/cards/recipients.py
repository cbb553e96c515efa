"""Who somebody is in a conversation, told by the record alone: held against
`records.outbox.kinds`."""

from records.conversation.changes import Assigned
from records.conversation.conversation import Conversation
from records.outbox.kinds import To
from records.outbox.prompt import CHANNEL
from records.people import Part, Participant


def recipients(it: Conversation, who: str) -> frozenset[To]:
    """Everything a recipient is in this conversation."""
    coming = it.booking.coming if it.booking else ()
    missed = it.missed.coming if it.missed else ()
    one = it.person(who)
    former = one is not None and one.part is Part.MANAGER and who != it.manager.id
    found = {
        To.REQUESTER: who == it.requester.id,
        To.MANAGER: who == it.manager.id,
        To.FORMER_MANAGER: former,
        To.FORMER: any(change.old == who and change.shown for change in it.changes.replaced),
        To.CHANNEL: who == CHANNEL,
        To.TEAM: any(told.id == who for told in it.told),
        To.TEAM_LEAD: it.team_lead is not None and who == it.team_lead.id,
        To.FACILITATOR: bool(who) and who == it.facilitator,
        To.SECOND: any(one.asked.id == who for one in it.changes.seconds),
        To.GATEKEEPER: any(one.id == who for one in _few(it)),
        To.ASSIGNED: any(one.asked.id == who for one in _few_asked(it)),
        To.COMING: who in (*coming, *missed),
        To.NAMED: one is not None and one in it.people,
        To.CAME: it.held is not None and who in it.held.came,
        To.LEAD: who == it.lead,
        To.CALLED: any(one.id == who for one in it.changes.called),
        To.PRACTICE: any(one.id == who for one in it.practice_team),
        To.READER: any(one.id == who for one in it.reading.readers),
    }
    return frozenset(to for to, is_so in found.items() if is_so)


def _few(it: Conversation) -> tuple[Participant, ...]:
    here = it.changes.restricted
    return here.gatekeepers if here else ()


def _few_asked(it: Conversation) -> tuple[Assigned, ...]:
    here = it.changes.restricted
    return here.assigned if here else ()
