"""While a request waits: for a manager who is silent, for a facilitator who is free to take it.

Source: pathway, step 3 and "Independence before the story".
"""

from datetime import datetime

from records.calendar import aware
from records.conversation.conversation import Conversation
from records.conversation.feedback import Response
from records.people import Part, Participant, same_mail
from records.stages import Act, WrongStage


def silence(it: Conversation, *, reminders: int | None = None) -> str:
    """Which silence this is: of one manager, since they were last asked. Never seen twice.

    `reminders` asks for an earlier one, that of before so many reminders.
    """
    count = len(it.nudges) if reminders is None else reminders
    return f"{it.manager.id}.{it.asks}.{count}"


def remind_again(it: Conversation, at: datetime) -> Conversation:
    """The requester wants the manager reminded now. Raises WrongStage while the two talk."""
    if it.talking:
        raise WrongStage(it.id, Act.NUDGE, it.stage)
    return it.move(Act.NUDGE, at, nudges=(*it.nudges, aware(at)))


def wait(it: Conversation, at: datetime) -> Conversation:
    """The requester leaves it with the manager; they are not asked about this silence again."""
    if silence(it) in it.waits:
        return it
    return it.move(Act.WAIT, at, waits=(*it.waits, silence(it)))


def stand_aside(it: Conversation, at: datetime, who: str) -> Conversation:
    """A facilitator is too close to it; saying so twice is the same."""
    if any(one.by == who for one in it.aside):
        return it
    return it.move(Act.STAND_ASIDE, at, aside=(*it.aside, Response(by=who, first_at=aware(at))))


def is_named(it: Conversation, one: Participant) -> bool:
    """Whether a facilitator or team lead is named in the request themselves, as far as is known."""
    named = (other for other in it.people if other.part is not Part.FACILITATOR)
    return any(is_same(one, other) for other in named)


def is_same(one: Participant, other: Participant) -> bool:
    """Whether both are one person: by who they are, or by the address they are named by."""
    return (bool(one.key) and one.key == other.key) or same_mail(one.mail, other.mail)


def free(it: Conversation) -> tuple[Participant, ...]:
    """Facilitators told of it who could take it, as far as is known."""
    aside = {one.by for one in it.aside}
    return tuple(one for one in it.told if one.id not in aside and not is_named(it, one))


def team_lead(it: Conversation) -> Participant | None:
    """The team lead, where there is one who is not named in it themselves."""
    return it.team_lead if it.team_lead and not is_named(it, it.team_lead) else None
