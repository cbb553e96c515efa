"""Messages are stopped: what the facilitator sees, and everybody else."""

from microsoft_teams.cards import CardElement

from cards.kit.elements import Card, act, line, para
from cards.kit.notes import note, receipt
from cards.kit.people import named
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.people import Part, Participant


def stop_sure(it: Conversation) -> Card:
    """Asked once, since people have to be rung then."""
    data = {"conversation": it.id}
    return note(
        wording.STOP_SURE.format(reference=it.reference),
        wording.STOP_SURE_MORE,
        actions=[
            act(wording.STOP_YES, "stop.yes", data, primary=True),
            act(wording.STOP_NO, "changes.open", data),
        ],
    )


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


def stopped_for_others(it: Conversation) -> Card:
    """Everybody else, who opens a card while messages are stopped."""
    facilitator = it.person(it.facilitator)
    name = facilitator.name if facilitator else wording.SOMEBODY
    title = wording.STOPPED_OTHER.format(reference=it.reference, name=name)
    return receipt(title, wording.STOPPED_OTHER_MORE)


def started(it: Conversation) -> Card:
    """The facilitator's receipt."""
    title = wording.STARTED_TITLE.format(reference=it.reference)
    open_ = act(wording.BACK_TO_IT, "changes.open", {"conversation": it.id})
    return receipt(title, wording.STARTED_NEXT, actions=[open_])
