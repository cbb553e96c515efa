"""A facilitator who has left the team: it is offered to the others, and who hears in their place.

It stays in their name until somebody takes it, so that it is never nobody's, and their rights are
asked of the roster at every tap. What they alone would have been told goes to the team lead, or to
the team where there is none who is independent: that it waits, and nothing of the story.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, TypeVar

from records.calendar import aware
from records.changes.handing_over import keep, settled
from records.changes.restricting import gatekeepers
from records.changes.review import reviewed
from records.conversation.changes import Offer
from records.conversation.conversation import Conversation
from records.manager.waiting import free, is_same, team_lead
from records.outbox.kinds import Kind
from records.outbox.prompt import Owed
from records.people import Participant, PersonKey
from records.stages import Act, Stage

MAX_ASKED: Final = 12
"""Facilitators asked one by one; the channel asks the others. It all fits one transaction."""
MAX_INSTEAD: Final = 48
"""Messages in the facilitator's place, all together, where the whole team gets them."""
OPEN: Final = frozenset(
    {
        Kind.CLOSING,
        Kind.DOUBTED,
        Kind.TALK_AGREEMENT,
        Kind.TELLING_RING,
        Kind.RING_ME,
        Kind.REVIEW,
        Kind.CANNOT_COME,
        Kind.ANOTHER_TIME,
        Kind.WOULD_HELP,
    }
)
"""What waits for the facilitator's word: owed in their place also where it came before they left.
Other messages only where they fall due afterwards."""
_Owed = TypeVar("_Owed", bound=Owed)


def has_left(
    it: Conversation, at: datetime, tell: tuple[Participant, ...], lead: Participant | None
) -> Conversation:
    """The facilitator has left: the team is asked, and the lead. Noting it twice is noting it once.

    Where the facilitator had asked already, nobody is asked a second time. Raises WrongStage.
    """
    if it.changes.facilitator_left is not None:
        return it
    mine, now = it.person(it.facilitator), aware(at)
    known = {"left": now, "to_lead": lead is not None}
    told: dict[str, object] = {"team_lead": lead or it.team_lead}
    if it.changes.offer is not None:
        return it.move(Act.OFFER, at, changes=settled(it, **known), **told)
    offers = (*it.changes.offers, Offer(at=now, by=it.facilitator, **known))
    others = (one for one in tell if mine is None or not is_same(one, mine))
    if it.changes.restricted is None:
        told |= {"told": tuple(others)[:MAX_ASKED]}
    changes = it.changes.model_copy(update={"offers": offers})
    return it.move(Act.OFFER, at, changes=changes, **told)


def is_back(it: Conversation, at: datetime, who: PersonKey) -> Conversation:
    """The facilitator belongs to the team again, and nobody has taken it: they keep it.

    An offer of their own from before stays. Raises WrongStage.
    """
    last, mine = it.changes.facilitator_left, it.person(it.facilitator)
    if last is None or mine is None or mine.key != who:
        return it
    if last.at == last.left:
        return keep(it, at)
    return it.move(Act.KEEP, at, changes=settled(it, left=None, to_lead=False))


def still_needs_one(it: Conversation) -> bool:
    """Whether anything is left for a facilitator to do."""
    if it.stage is not Stage.COMPLETE:
        return it.allows(Act.OFFER)
    waits = it.review_on is not None and reviewed(it, it.facilitator) is None
    rings = any(one.again_on is None for one in it.changes.rings) or bool(it.changes.waits)
    return it.captured.is_open or waits or rings


def asked_as_well(it: Conversation, offer: Offer) -> tuple[str, ...]:
    """The team lead, where the facilitator has left and they are not asked as one of the team."""
    lead = team_lead(it) if offer.to_lead else None
    if lead is None or any(is_same(lead, one) for one in it.told):
        return ()
    return (lead.id,)


def in_their_place(it: Conversation, owed: Sequence[Owed]) -> tuple[Owed, ...]:
    """The same, with what is owed to a facilitator who has left owed to others."""
    offer = it.changes.facilitator_left
    if offer is None or offer.left is None:
        return tuple(owed)
    since = offer.left
    theirs = [one for one in owed if one.to == it.facilitator]
    told = [one for one in theirs if one.kind in OPEN or one.due >= since]
    others = (one for one in owed if one.to != it.facilitator)
    return (*others, *_instead(told, since, _stand_ins(it, offer, len(told))))


def _stand_ins(it: Conversation, offer: Offer, count: int) -> tuple[str, ...]:
    if it.changes.restricted is not None:
        return tuple(one.id for one in gatekeepers(it))
    lead = team_lead(it) if offer.to_lead else None
    if lead is not None:
        return (lead.id,)
    each = max(1, MAX_INSTEAD // max(1, count))
    return tuple(one.id for one in free(it)[:each])


def _instead(told: Iterable[Owed], since: datetime, to: Sequence[str]) -> Iterator[Owed]:
    for one in told:
        for who in to:
            yield Owed(
                kind=Kind.INSTEAD,
                to=who,
                cycle=f"{one.kind}:{one.cycle}",
                due=max(one.due, since),
                about=one.about,
            )


def stands_for(one: _Owed, it: Conversation) -> _Owed:
    """What the facilitator would have been told, of what is owed in their place."""
    kind, _, cycle = one.cycle.partition(":")
    return one.model_copy(update={"kind": Kind(kind), "cycle": cycle, "to": it.facilitator})
