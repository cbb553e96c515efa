"""A professional-practice concern: somebody is asked to ring the facilitator, and nothing else.

Neither the worker concerned nor what it is about is asked for or kept; the audit trail has the act,
and the record who was asked to ring. Source: pathway, Agreement (*Facilitator*) and safety rules.
"""

from datetime import datetime

from records.calendar import aware
from records.conversation import Conversation
from records.request import Part, Participant
from records.stages import Act


def ask_to_ring(it: Conversation, at: datetime, name: str, mail: str) -> Conversation:
    """This manager, or safeguarding lead, is asked to ring. They get no right in it."""
    who = f"called{1 + len(it.changes.called)}"
    called = Participant(id=who, part=Part.OTHER, name=name, mail=mail, joined=aware(at))
    changes = it.changes.model_copy(update={"called": (*it.changes.called, called)})
    return it.move(Act.CONCERN, at, changes=changes)
