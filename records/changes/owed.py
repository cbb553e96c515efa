"""What changes on the way leave to be said: an amended request, a hand-over, new people, rings,
concerns, the review."""

from collections.abc import Iterator

from records.changes import happening, restricting
from records.changes.facilitator_left import asked_as_well
from records.changes.review import review_due, reviewed
from records.changes.second import over
from records.conversation.changes import Offer, Replaced
from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.manager.owed import BEFORE_BOOKING, never_reached
from records.manager.waiting import is_named
from records.outbox.prompt import CHANNEL, Kind, Owed
from records.people import Part
from records.stages import Act, Stage

AFTER = frozenset({Stage.HELD, Stage.COMPLETE})
BOOKABLE = frozenset({Stage.PICKED_UP, Stage.BOOKED})
FACILITATED = AFTER | {Stage.PICKED_UP, Stage.BOOKED}


def owed(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """In any stage where there is a facilitator; what somebody has tapped, in any."""
    for number, offer in enumerate(it.changes.offers, start=1):
        yield from _offer(it, offer, str(number))
    for number, one in enumerate(it.changes.replaced, start=1):
        if one.corrected:
            yield from _not_meant(one, str(number))
        elif it.stage in FACILITATED:
            yield from _replaced(it, one, str(number))
    yield from _second(it)
    yield from _to_be_rung(it)
    yield from happening.owed(dates, it)
    yield from restricting.owed(dates, it)
    yield from _by_the_lead(it)
    if it.stage in AFTER and it.review_on is not None:
        yield from _review(dates, it)


def _second(it: Conversation) -> Iterator[Owed]:
    """Whoever is asked to facilitate as well, and the first, who hears the answer; those who wrote
    for one facilitator hear that there are two."""
    asked = it.changes.asked_second
    if asked is not None and it.stage in BOOKABLE:
        yield Owed(kind=Kind.SECOND_ASKED, to=asked.asked.id, cycle="1", due=asked.at)
    for number, one in enumerate(it.changes.seconds, start=1):
        said = one.joined or one.declined
        if said is not None and one.by == it.facilitator and it.stage in FACILITATED:
            to, cycle = it.facilitator, str(number)
            yield Owed(kind=Kind.SECOND_SAID, to=to, cycle=cycle, due=said, about=one.asked.id)
        if one.stepped_back is not None and one.by == it.facilitator and it.stage in FACILITATED:
            to, cycle, due = it.facilitator, over(number), one.stepped_back
            yield Owed(kind=Kind.SECOND_SAID, to=to, cycle=cycle, due=due)
    here = it.changes.second
    if here is None or here.joined is None or it.stage not in BOOKABLE:
        return
    # Whoever is invited later reads it on the invitation.
    booking = it.booking if it.stage is Stage.BOOKED else None
    told = booking.coming if booking and booking.cycle == here.cycle else ()
    cycle = str(len(it.changes.seconds))
    for to in dict.fromkeys((it.requester.id, it.lead, *told)):
        yield Owed(
            kind=Kind.SECOND_JOINED, to=to, cycle=cycle, due=here.joined, about=here.asked.id
        )


def _to_be_rung(it: Conversation) -> Iterator[Owed]:
    for number, ring in enumerate(it.changes.rings, start=1):
        if ring.again_on is None:
            to, cycle = it.facilitator, str(number)
            yield Owed(kind=Kind.RING_ME, to=to, cycle=cycle, due=ring.at, about=ring.who)
    for called in it.changes.called:
        if called.joined is not None:
            yield Owed(kind=Kind.CONCERN, to=called.id, cycle="1", due=called.joined)


def _by_the_lead(it: Conversation) -> Iterator[Owed]:
    """The facilitator hears what the team lead did in their place."""
    if it.stage not in FACILITATED and it.stage is not Stage.ENDED:
        return
    for number, one in enumerate(it.changes.by_lead, start=1):
        open_ = it.changes.offer is not None and it.stage in FACILITATED
        if one.did == Act.ASSIGN and not open_:
            continue  # Nobody is to take it over any more.
        yield Owed(kind=Kind.LEAD_CHANGED, to=one.to, cycle=str(number), due=one.at, about=one.did)


def _not_meant(one: Replaced, cycle: str) -> Iterator[Owed]:
    """Whoever has the wrong address, where something came to them."""
    if one.shown:
        yield Owed(kind=Kind.NOT_MEANT, to=one.old, cycle=cycle, due=one.at)


def _offer(it: Conversation, offer: Offer, cycle: str) -> Iterator[Owed]:
    """The team is asked; once somebody has it, those who deal with the facilitator hear who. One
    who has left the team hears nothing.

    Nobody takes over what was withdrawn or has ended.
    """
    if it.stage not in FACILITATED:
        return
    if offer.is_open and it.changes.restricted is None:
        for to in (CHANNEL, *(one.id for one in it.told if not is_named(it, one))):
            yield Owed(kind=Kind.HAND_OVER, to=to, cycle=cycle, due=offer.at)
        for to in asked_as_well(it, offer):
            due = offer.left or offer.at
            yield Owed(kind=Kind.HAND_OVER, to=to, cycle=cycle, due=due)
    if offer.taken_at is None or offer.taken_by != it.facilitator:
        return
    coming = it.booking.coming if it.booking and it.stage is Stage.BOOKED else ()
    before = (offer.by,) if offer.left is None else ()
    for who in dict.fromkeys((it.requester.id, *before, *coming, it.lead)):
        yield Owed(kind=Kind.TAKEN_OVER, to=who, cycle=cycle, due=offer.taken_at)


def _replaced(it: Conversation, one: Replaced, cycle: str) -> Iterator[Owed]:
    new = it.person(one.new)
    if new is None:
        return
    told = {it.facilitator: None} if it.facilitator else {}
    manager = new.part is Part.MANAGER
    if manager and (it.booked_at is None or one.at < it.booked_at):
        return  # `records.manager.owed` tells of it.
    if manager:
        told[it.requester.id] = None
    for who in told:
        if who not in (one.by, one.old, one.new):
            yield Owed(kind=Kind.REPLACED, to=who, cycle=cycle, due=one.at, about=one.new)
    if one.new == it.lead and it.stage in AFTER:
        yield Owed(kind=Kind.LEAD_NOW, to=one.new, cycle=cycle, due=one.at)


def _review(dates: Dates, it: Conversation) -> Iterator[Owed]:
    due = review_due(dates, it)
    if due is None or it.review_on is None:
        return
    cycle = it.review_on.isoformat()
    for who in dict.fromkeys((it.lead, it.facilitator)):
        if who and reviewed(it, who) is None:
            yield Owed(kind=Kind.REVIEW, to=who, cycle=cycle, due=due)
    said = reviewed(it, it.lead)
    if said is not None and it.facilitator not in ("", it.lead):
        yield Owed(kind=Kind.REVIEW_SAID, to=it.facilitator, cycle=cycle, due=said.at)


def owed_of_amending(_: Dates, it: Conversation) -> Iterator[Owed]:
    """The manager, unless they are asked anew with what it says now; and the facilitator, unless
    they picked it up as it is now. Only the last change is told of: its card shows all of it."""
    if not it.amended or it.stage not in BEFORE_BOOKING:
        return
    last, cycle = it.amended[-1], str(len(it.amended))
    same_ask = (last.manager, last.asks) == (it.manager.id, it.asks)
    told = [it.manager.id] if same_ask and not never_reached(it, it.manager) else []
    if it.facilitator and last.stage is Stage.PICKED_UP:
        told.append(it.facilitator)
    for to in told:
        yield Owed(kind=Kind.AMENDED, to=to, cycle=cycle, due=last.at)
