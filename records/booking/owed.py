"""From the booking to the day itself."""

from collections.abc import Iterator

from records.conversation.conversation import Booking, Conversation
from records.conversation.dates import Dates
from records.conversation.one_each import once, places
from records.outbox.prompt import Kind, Owed
from records.stages import Stage


def owed(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """What a booked conversation owes, and one that did not go ahead."""
    match it.stage:
        case Stage.BOOKED:
            yield from _booked(dates, it)
        case Stage.ENDED:
            yield from _ended(dates, it)


def _booked(dates: Dates, it: Conversation) -> Iterator[Owed]:
    booking = it.booking
    if booking is None:
        return
    cycle = str(booking.cycle)
    for who in () if it.met_before else booking.coming:
        due = it.booked_at or it.stage_since
        again = booking.invited_again(who)
        yield Owed(kind=Kind.PREPARATION, to=who, cycle=cycle, due=due, about=again)
    yield from _left_out(it, booking)
    # The facilitator asked for this card by booking: it comes in the last minutes of the
    # conversation itself, whatever the hour. Where they have met already the receipt is that card.
    due = booking.end - dates.timings.closing_lead
    if it.met_before:
        due = dates.morning_after(it)
    yield Owed(kind=Kind.CLOSING, to=it.facilitator, cycle=cycle, due=due)
    yield from took_part(dates, it)
    yield from doubted(it)


def _left_out(it: Conversation, booking: Booking) -> Iterator[Owed]:
    """Those who no longer come since the booking changed, in another place of theirs neither."""
    last = {one.who: (number, one) for number, one in enumerate(booking.left_out)}
    for who in once(it, last):
        number, one = last[who]
        if places(it, who).isdisjoint(booking.coming):
            yield Owed(kind=Kind.LEFT_OUT, to=who, cycle=str(number), due=one.at)


def _ended(dates: Dates, it: Conversation) -> Iterator[Owed]:
    # Where nobody did anything for long, nobody knows whether it took place.
    ended = it.booking if it.silent_at is None else None
    for who in ended.coming if ended else ():
        yield Owed(kind=Kind.ENDED, to=who, cycle="1", due=it.stage_since)


def took_part(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """The morning after, those of whom nothing is known are asked whether they took part."""
    if it.booking is None:
        return
    doubting = (note.by for note in it.doubts)
    known = {*it.absent, *doubting, *(it.held.came if it.held else ())}
    for who in once(it, it.booking.coming):
        if places(it, who).isdisjoint(known):
            due = dates.morning_after(it)
            yield Owed(kind=Kind.TOOK_PART, to=who, cycle=str(it.booking.cycle), due=due)


def doubted(it: Conversation) -> Iterator[Owed]:
    """The facilitator is asked about each person who says that it did not go ahead."""
    if it.booking is None:
        return
    for note in it.doubts:
        yield Owed(
            kind=Kind.DOUBTED,
            to=it.facilitator,
            cycle=str(it.booking.cycle),
            due=note.first_at,
            about=note.by,
        )
