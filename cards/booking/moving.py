"""A booking that moves or is called off: what the facilitator taps, what others read, and what an
invitation to it becomes."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from microsoft_teams.cards import CardElement

from cards.kit.elements import Card, act, small
from cards.kit.notes import note
from cards.kit.when import day, moment
from cards.kit.who import facilitator, look_up, ring_facilitator, rung
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
    booking = it.booking
    if booking is None or booking.moved_from is None or not moved(it, who):
        return wording.PREPARE_WHY.format(facilitator=facilitator(it), reference=it.reference)
    if booking.moved_from == booking.start:
        return wording.MOVED_OTHER.format(reference=it.reference)
    return wording.MOVED_WHY.format(
        reference=it.reference, to=moment(booking.start, zone), was=moment(booking.moved_from, zone)
    )


def left_out(it: Conversation, who: str, zone: ZoneInfo, warns: Sequence[CardElement] = ()) -> Card:
    """Somebody who was to come, then or to an earlier date, and no longer is. `warns` is what they
    are to keep to with the family all the same."""
    booking = it.booking
    when = moment(booking.start, zone) if booking else ""
    known = (one.cycle for one in reversed(booking.left_out if booking else ()) if one.who == who)
    new_to_them = booking is not None and next(known, booking.cycle) != booking.cycle
    text = wording.LEFT_OUT_NEW if new_to_them else wording.LEFT_OUT
    if it.met_before:
        text = wording.LEFT_OUT_MET
    title = text.format(reference=it.reference, when=when)
    text = wording.LEFT_OUT_NEXT.format(name=ring_facilitator(it))
    return note(title, text, extra=[*warns, *look_up(rung(it))], typed_title=True)


def is_over(it: Conversation, cycle: int) -> bool:
    """Whether the day of this booking has been, so that an invitation to it may stay as it is."""
    booking = it.booking
    came = it.stage in (Stage.HELD, Stage.COMPLETE)
    return came and booking is not None and booking.cycle == cycle


def about_the_day(
    it: Conversation,
    mine: Collection[str],
    cycle: int,
    start: datetime,
    zone: ZoneInfo,
    warns: Sequence[CardElement] = (),
) -> tuple[Card, str] | None:
    """What an invitation becomes, and its sentence, once its day is off, another one, or no longer
    its reader's; None while it stands. `mine` are the places of the reader, `warns` what they keep
    to with the family all the same."""
    booking = it.booking
    ahead = booking is not None and it.stage in (Stage.BOOKED, Stage.HELD, Stage.COMPLETE)
    comes = ahead and booking is not None and not set(mine).isdisjoint(booking.coming)
    if comes and booking is not None and booking.cycle == cycle:
        return None
    text, see = _of_the_day(it, comes=comes, ahead=ahead, start=start), []
    now = day(booking.start, zone) if booking else ""
    if comes and it.stage is Stage.BOOKED and not it.met_before:
        see = [act(wording.PREPARE_SEE, "prepare.see", {"conversation": it.id})]
    said = text.format(reference=it.reference, day=day(start, zone), now=now)
    extra = [*warns, small(wording.NOBODY_WATCHES, gap=True)]
    return note(said, extra=extra, actions=see, typed_title=True), said


def _of_the_day(it: Conversation, *, comes: bool, ahead: bool, start: datetime) -> str:
    if comes and it.met_before:
        return wording.DAY_MET
    if comes and it.booking is not None:
        return wording.DAY_MOVED if it.booking.start != start else wording.DAY_CHANGED
    if ahead:
        return wording.DAY_NOT_YOURS
    if it.stage is Stage.WITHDRAWN:
        return wording.DAY_WITHDRAWN
    return wording.DAY_OFF if it.stage_since < start else wording.DAY_NOT_AHEAD
