"""*Things have changed; please ring me*, and a professional-practice concern.

Of somebody who asked to be rung nothing more is asked until the facilitator says so. Source:
pathway, safety rules.

Of a concern nothing else is kept than that somebody is asked to ring the facilitator: neither the
worker concerned nor what it is about. The audit trail has the act, and the record who was asked to
ring. Source: pathway, Agreement (*Facilitator*) and safety rules.
"""

from datetime import datetime

from records.calendar import aware
from records.conversation.changes import Ring
from records.conversation.conversation import Conversation
from records.outbox.kinds import KINDS
from records.outbox.prompt import Owed
from records.people import Part, Participant
from records.stages import Act, WrongStage


def ring_me(it: Conversation, at: datetime, who: str) -> Conversation:
    """`who` asks to be rung. Asking twice is asking once."""
    if it.changes.waits_for_a_ring(who):
        return it
    rings = (*it.changes.rings, Ring(who=who, at=aware(at)))
    return it.move(Act.RING_ME, at, changes=it.changes.model_copy(update={"rings": rings}))


def ask_again(it: Conversation, at: datetime, who: str, on: datetime) -> Conversation:
    """They were rung: what is still open is asked again from `on`. Raises WrongStage."""
    if not it.changes.waits_for_a_ring(who):
        raise WrongStage(it.id, Act.ASK_LATER, it.stage)
    last = it.changes.ring(who)
    rings = tuple(
        one.model_copy(update={"again_on": aware(on)}) if one is last else one
        for one in it.changes.rings
    )
    return it.move(Act.ASK_LATER, at, changes=it.changes.model_copy(update={"rings": rings}))


def is_held_back(it: Conversation, one: Owed) -> bool:
    """Whether this is a question that would come before they were rung, or before it is time."""
    if not KINDS[one.kind].asks:
        return False
    rings = (ring for ring in it.changes.rings if ring.who == one.to)
    return any(
        ring.at <= one.due and (ring.again_on is None or one.due < ring.again_on) for ring in rings
    )


def ask_to_ring(it: Conversation, at: datetime, name: str, mail: str) -> Conversation:
    """This manager, or safeguarding lead, is asked to ring. They get no right in it."""
    who = f"called{1 + len(it.changes.called)}"
    called = Participant(id=who, part=Part.OTHER, name=name, mail=mail, joined=aware(at))
    changes = it.changes.model_copy(update={"called": (*it.changes.called, called)})
    return it.move(Act.CONCERN, at, changes=changes)
