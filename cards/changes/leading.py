"""What the team lead sees of a booked conversation, and what its facilitator hears of their acts.

Reference, day, place and people; never the story, the feedback or the document.
"""

from zoneinfo import ZoneInfo

from cards.booking.booking import changed
from cards.kit.elements import Card, act
from cards.kit.notes import note, receipt
from cards.kit.when import moment, when_and_where
from cards.kit.who import facilitator, look_up, plain, ring_facilitator, rung, to_ring
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.stages import Act


def sees(it: Conversation, zone: ZoneInfo) -> Card:
    """Where it stands, and what they can do."""
    title = wording.LEAD_SEES.format(reference=it.reference, name=_facilitator(it, ring=True))
    return note(
        title,
        wording.LEAD_SEES_NEXT,
        rows=when_and_where(it, zone),
        extra=look_up(rung(it)),
        actions=[changed(it)],
        typed_title=True,
    )


def moved(it: Conversation, zone: ZoneInfo) -> Card:
    """Their receipt after moving it, or changing who comes."""
    return receipt(
        wording.LEAD_MOVED.format(reference=it.reference),
        wording.LEAD_MOVED_NEXT.format(name=_facilitator(it)),
        rows=when_and_where(it, zone),
        actions=[changed(it)],
    )


def called_off(title: str, it: Conversation, *, again: bool) -> Card:
    """Their receipt after calling it off, for a new date or for good."""
    text = wording.LEAD_REBOOK_NEXT if again else wording.LEAD_MOVED_NEXT
    return receipt(title, text.format(name=_facilitator(it)))


def offer_sure(it: Conversation) -> Card:
    """Asked once: the team hears of it."""
    data = {"conversation": it.id}
    return note(
        wording.LEAD_OFFER.format(reference=it.reference),
        wording.LEAD_OFFER_MORE.format(name=_facilitator(it)),
        actions=[
            act(wording.LEAD_OFFER_YES, "handover.yes", data, primary=True),
            act(wording.LEAD_OFFER_NO, "changes.open", data),
        ],
    )


def offered(it: Conversation) -> Card:
    """Their receipt, and the way back."""
    data = {"conversation": it.id}
    keep = wording.LEAD_KEEP.format(name=plain(_facilitator(it)))
    return receipt(
        wording.OFFERED_TITLE.format(reference=it.reference),
        wording.LEAD_OFFERED_NEXT.format(name=_facilitator(it)),
        actions=[
            act(wording.BACK_TO_IT, "changes.open", data),
            act(keep, "handover.keep", data),
        ],
    )


def did(it: Conversation, act_name: str, zone: ZoneInfo) -> Card:
    """The facilitator: what the team lead has done in their place."""
    lead = it.team_lead
    name = lead.name if lead else wording.SOMEBODY
    when = moment(it.booking.start, zone) if it.booking else ""
    text = {
        Act.REBOOK: wording.LEAD_DID_REBOOK,
        Act.END: wording.LEAD_DID_END,
        Act.OFFER: wording.LEAD_DID_OFFER,
        Act.ASSIGN: wording.GATE_DID,
    }.get(Act(act_name), wording.LEAD_DID_MOVED)
    more = wording.LEAD_DID_NEXT.format(lead=to_ring(lead) if lead else name)
    if act_name in (Act.OFFER, Act.ASSIGN):
        more = wording.LEAD_DID_OFFER_NEXT
    return note(
        text.format(lead=name, reference=it.reference, when=when),
        more,
        extra=[] if act_name in (Act.OFFER, Act.ASSIGN) else look_up(lead),
        actions=[act(wording.BACK_TO_IT, "changes.open", {"conversation": it.id})],
        typed_title=True,
    )


def _facilitator(it: Conversation, *, ring: bool = False) -> str:
    return ring_facilitator(it) if ring else facilitator(it)
