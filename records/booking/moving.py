"""A booked conversation moves, or other people come. Source: pathway, step 4.

A new date, time or place is a new cycle: everyone who comes is told once, and what the old cycle
still owed is void. Where only the people or the lead worker change, those who stay hear nothing.
Saving the same again changes nothing.
"""

from datetime import datetime

from records.calendar import aware
from records.conversation.conversation import Booking, Conversation, LeftOut
from records.stages import Act, WrongStage


def book(it: Conversation, at: datetime, wanted: Booking) -> Conversation:
    """The conversation booked for the first time, or anew. Raises WrongStage.

    Who was to come to a date that did not go ahead, and is not to come to this one, is left out.
    """
    last = it.missed
    if last is not None:
        left_out = (*last.left_out, *_left_out(last, wanted, at))
        wanted = wanted.model_copy(update={"left_out": left_out, "led": _led(last, wanted)})
    return it.book(at, wanted, it.people)


def move(it: Conversation, at: datetime, wanted: Booking) -> Conversation:
    """The conversation with this booking instead of the one it has. Raises WrongStage.

    Of `wanted` the cycle is not used. `moved_from` is set where the time is another one.
    """
    now = it.booking
    if now is None or not it.allows(Act.MOVE):
        raise WrongStage(it.id, Act.MOVE, it.stage)
    if _parts(now) == _parts(wanted):
        return it
    new_cycle = (now.start, now.end, now.place) != (wanted.start, wanted.end, wanted.place)
    before = {"moved_from": now.moved_from, "invited_before": now.invited_before}
    if new_cycle:
        invited = tuple(dict.fromkeys((*now.invited_before, *now.coming)))
        before = {"moved_from": now.start, "invited_before": invited}
    left_out = (*now.left_out, *_left_out(now, wanted, at))
    cycle = now.cycle + 1 if new_cycle else now.cycle
    kept = {"cycle": cycle, "left_out": left_out, "led": _led(now, wanted)}
    moved = wanted.model_copy(update={**before, **kept})
    if not new_cycle:
        return it.move(Act.MOVE, at, booking=moved)
    asked = {"booked_at": aware(at), "telling_asked": aware(at)}
    return it.move(Act.MOVE, at, booking=moved, absent=(), doubts=(), **asked)


def _parts(booking: Booking) -> tuple[object, ...]:
    return (booking.start, booking.end, booking.place, booking.lead, set(booking.coming))


def _led(now: Booking, wanted: Booking) -> tuple[str, ...]:
    return now.led if now.lead == wanted.lead else tuple(dict.fromkeys((*now.led, now.lead)))


def _left_out(now: Booking, wanted: Booking, at: datetime) -> tuple[LeftOut, ...]:
    gone = (who for who in now.coming if who not in wanted.coming)
    return tuple(LeftOut(who=who, at=aware(at), cycle=now.cycle) for who in gone)
