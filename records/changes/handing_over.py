"""A facilitator hands over to another one of the team. Source: pathway, independence.

The one who has it keeps it until another one has declared independence and taken it: nothing is
ever without a facilitator, and of two who take it at once the first has it. The stage stays.
"""

from datetime import datetime

from records.calendar import aware
from records.conversation.changes import ByTeamLead, Changes, Offer
from records.conversation.conversation import MAX_TOLD, Conversation
from records.manager.waiting import is_same
from records.people import Part, Participant
from records.stages import Act, WrongStage


def offer(it: Conversation, at: datetime, tell: tuple[Participant, ...]) -> Conversation:
    """Asks the team; `tell` are those who hear of it. Asking twice is asking once. Of a restricted
    one the gatekeepers hear, and nobody else."""
    if it.changes.offer is not None:
        return it
    told = () if it.changes.restricted is not None else tell[:MAX_TOLD]
    return offered(it, at).move(Act.OFFER, at, told=told)


def offered(it: Conversation, at: datetime) -> Conversation:
    """With an open offer of its facilitator's."""
    offers = (*it.changes.offers, Offer(at=aware(at), by=it.facilitator))
    return it.with_(changes=it.changes.model_copy(update={"offers": offers}))


def keep(it: Conversation, at: datetime) -> Conversation:
    """The facilitator keeps it after all. Raises WrongStage where another one has it by now."""
    if it.changes.offer is None:
        raise WrongStage(it.id, Act.KEEP, it.stage)
    # Whoever a gatekeeper has asked is asked no more.
    kept = settled(it, kept_at=aware(at)).assigned_said(at)
    return it.move(Act.KEEP, at, changes=kept)


def take_over(it: Conversation, at: datetime, facilitator: Participant) -> Conversation:
    """Another one facilitates from now on. Their id is given here. Raises WrongStage."""
    if it.changes.offer is None:
        raise WrongStage(it.id, Act.TAKE_OVER, it.stage)
    who = f"facilitator{1 + sum(one.part is Part.FACILITATOR for one in it.people)}"
    comes = facilitator.model_copy(
        update={"id": who, "part": Part.FACILITATOR, "joined": aware(at), "left": None}
    )
    people = tuple(
        one.model_copy(update={"left": aware(at)}) if one.id == it.facilitator else one
        for one in it.people
    )
    if (second := it.changes.second) is not None:
        now = it.person(second.asked.id)
        if now is not None and is_same(now, facilitator):
            it, people = _no_second(it, at, people, now.id)
    changes = settled(it, taken_at=aware(at), taken_by=who)
    return it.move(Act.TAKE_OVER, at, people=(*people, comes), facilitator=who, changes=changes)


def _no_second(
    it: Conversation, at: datetime, people: tuple[Participant, ...], who: str
) -> tuple[Conversation, tuple[Participant, ...]]:
    """The second facilitator takes it over: they are that no more."""
    gone = tuple(
        one.model_copy(update={"left": aware(at)}) if one.id == who else one for one in people
    )
    *before, last = it.changes.seconds
    seconds = (*before, last.model_copy(update={"ended": aware(at)}))
    return it.with_(changes=it.changes.model_copy(update={"seconds": seconds})), gone


def settled(it: Conversation, **how: object) -> Changes:
    """The changes with more known of the last offer."""
    *before, last = it.changes.offers
    offers = (*before, last.model_copy(update=how))
    return it.changes.model_copy(update={"offers": offers})


def by_team_lead(
    before: Conversation, after: Conversation, at: datetime, did: Act, lead: Participant | None
) -> Conversation:
    """What the team lead did in the facilitator's place: the facilitator is told, and by whom."""
    if after is before:
        return after
    noted = (*after.changes.by_lead, ByTeamLead(did=did, at=aware(at), to=before.facilitator))
    changes = after.changes.model_copy(update={"by_lead": noted})
    return after.with_(changes=changes, team_lead=lead or after.team_lead)
