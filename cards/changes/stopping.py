"""Messages are stopped: what the facilitator sees, and everybody else."""

from microsoft_teams.cards import CardElement

from cards.kit.elements import Card, act, line, para, small
from cards.kit.notes import note, receipt
from cards.kit.people import named
from cards.kit.who import look_up, to_ring
from cards.wording import wording
from records.changes.happening import asked
from records.conversation.conversation import Conversation
from records.people import Part, Participant


def stopped(it: Conversation) -> Card:
    """The facilitator's card: whom to ring, and the way back."""
    people = [one for one in it.present if one.part is not Part.FACILITATOR]
    return note(
        wording.STOPPED_TITLE.format(reference=it.reference),
        extra=[
            para(wording.STOPPED_RING),
            *(_to_ring(one, len(people)) for one in people),
        ],
        actions=[act(wording.START_AGAIN, "stop.start", {"conversation": it.id})],
    )


def _to_ring(one: Participant, count: int) -> CardElement:
    name, place, contact = named(
        count, one.name, one.agency or one.role, one.contact or one.mail or wording.NO_CONTACT
    )
    return line((name,), f" {place}: {contact}" if place else f": {contact}")


def stopped_for_others(it: Conversation, *, withdraws: bool = False) -> Card:
    """Everybody else, who opens a card while messages are stopped. Whoever `withdraws` may take
    back their request all the same."""
    who = asked(it)
    name = to_ring(who) if who else wording.HAPPENED_TEAM
    title = wording.STOPPED_OTHER.format(reference=it.reference, name=name)
    extra = [*look_up(who), small(wording.NOBODY_WATCHES, gap=True)]
    take_back = act(wording.WITHDRAW, "request.withdraw", {"conversation": it.id})
    actions = [take_back] if withdraws else []
    return note(title, wording.STOPPED_OTHER_MORE, extra=extra, actions=actions, typed_title=True)


def started(it: Conversation, *, facilitates: bool) -> Card:
    """The receipt of whoever let them go on; before pick-up there is nothing to go back to."""
    title = wording.STARTED_TITLE.format(reference=it.reference)
    open_ = act(wording.BACK_TO_IT, "changes.open", {"conversation": it.id})
    return receipt(title, wording.STARTED_NEXT, actions=[open_] if facilitates else [])
