"""Things have changed; please ring me: what both of them see. And somebody's own number."""

from zoneinfo import ZoneInfo

from cards.kit.elements import Card, act, small
from cards.kit.notes import note, receipt
from cards.kit.when import day
from cards.kit.who import facilitator, look_up, number_in, to_ring
from cards.wording import wording
from records.conversation.conversation import Conversation


def asked_to_ring(it: Conversation) -> Card:
    """The receipt of the one who asks."""
    return receipt(asked_to_ring_title(it), wording.RING_ME_NEXT)


def asked_to_ring_title(it: Conversation) -> str:
    """That in one line."""
    return wording.RING_ME_DONE.format(name=facilitator(it), reference=it.reference)


def ring_came(it: Conversation, who: str) -> Card:
    """The facilitator: whom to ring, and what may follow."""
    person = it.person(who)
    name = to_ring(person) if person else wording.SOMEBODY
    contact = (person.contact or person.mail) if person else ""
    data = {"conversation": it.id}
    return note(
        wording.RING_CAME.format(name=name, reference=it.reference),
        wording.RING_CAME_NEXT,
        rows=((wording.RING_CONTACT, "" if contact == number_in(contact) else contact),),
        extra=look_up(person),
        actions=[
            act(wording.ASK_LATER, "ring.later", {**data, "who": who}),
            act(wording.STOP_ALL, "stop.ask", data),
        ],
        typed_title=True,
    )


def asked_later(it: Conversation, who: str, zone: ZoneInfo) -> Card:
    """The facilitator's receipt: when they are asked again."""
    person, ring = it.person(who), it.changes.ring(who)
    name = person.name if person else wording.SOMEBODY
    date = day(ring.again_on, zone) if ring and ring.again_on else ""
    return receipt(
        wording.ASKED_LATER.format(name=name, date=date),
        wording.ASKED_LATER_NEXT.format(reference=it.reference),
    )


def number_known(known: str, *, changed: bool = False) -> Card:
    """The number that stands wherever they are to be rung; or that there is none."""
    title = wording.MY_NUMBER_IS.format(number=known) if known else wording.MY_NUMBER_NONE
    if changed:
        title = wording.MY_NUMBER_KEPT.format(number=known) if known else wording.MY_NUMBER_GONE
    return note(
        title,
        wording.MY_NUMBER_SEEN,
        wording.MY_NUMBER_HOW,
        extra=[small(wording.NOBODY_WATCHES, gap=True)],
        typed_title=True,
    )


def not_a_number() -> Card:
    """What was typed is too short for one."""
    return note(wording.MY_NUMBER_NOT, wording.MY_NUMBER_HOW)
