"""A booking that moves or is called off: what the facilitator taps, and what others read."""

from zoneinfo import ZoneInfo

from cards.kit.elements import Card, act
from cards.kit.notes import note
from cards.kit.when import moment
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.stages import Stage


def call_off(it: Conversation) -> Card:
    """Before the day: a new date, or the end."""
    data = {"conversation": it.id}
    return note(
        wording.CALL_OFF_TITLE.format(reference=it.reference),
        wording.NOT_AHEAD_ASK,
        actions=[
            act(wording.REBOOK, "held.rebook", data, primary=True),
            act(wording.END_IT, "held.end", data),
        ],
    )


def called_off(it: Conversation) -> bool:
    """Whether it was called off before its start; later it "did not go ahead"."""
    last = it.booking if it.stage is Stage.ENDED else it.missed
    return last is not None and it.stage_since < last.start


def off_title(it: Conversation) -> str:
    """What happened to it, in its words."""
    text = wording.CALLED_OFF_TITLE if called_off(it) else wording.NOT_AHEAD_TITLE
    return text.format(reference=it.reference)


def moved(it: Conversation, who: str) -> bool:
    """Whether this invitation tells somebody who was invited before of a new time or place."""
    booking = it.booking
    if booking is None or booking.moved_from is None or booking.invited_again(who):
        return False
    return who in booking.invited_before


def why_invited(it: Conversation, who: str, zone: ZoneInfo) -> str:
    """The first line of an invitation: it is new, or it has moved."""
    found, booking = it.person(it.facilitator), it.booking
    name = found.name if found else wording.SOMEBODY
    if booking is None or booking.moved_from is None or not moved(it, who):
        return wording.PREPARE_WHY.format(facilitator=name, reference=it.reference)
    if booking.moved_from == booking.start:
        return wording.MOVED_OTHER.format(reference=it.reference)
    return wording.MOVED_WHY.format(
        reference=it.reference, to=moment(booking.start, zone), was=moment(booking.moved_from, zone)
    )


def left_out(it: Conversation, who: str, zone: ZoneInfo) -> Card:
    """Somebody who was to come, then or to an earlier date, and no longer is."""
    found, booking = it.person(it.facilitator), it.booking
    when = moment(booking.start, zone) if booking else ""
    known = (one.cycle for one in reversed(booking.left_out if booking else ()) if one.who == who)
    new_to_them = booking is not None and next(known, booking.cycle) != booking.cycle
    text = wording.LEFT_OUT_NEW if new_to_them else wording.LEFT_OUT
    if it.met_before:
        text = wording.LEFT_OUT_MET
    title = text.format(reference=it.reference, when=when)
    name = found.name if found else wording.SOMEBODY
    return note(title, wording.LEFT_OUT_NEXT.format(name=name), typed_title=True)
