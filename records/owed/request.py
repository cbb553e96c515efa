"""From the request to the pick-up, and a request taken back."""

from collections.abc import Iterator

from records.conversation import Conversation
from records.dates import Dates
from records.prompt import CHANNEL, Kind, Owed
from records.stages import Stage


def owed(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """What is owed until a date is booked, and where the request ends before it is held."""
    match it.stage:
        case Stage.REQUESTED:
            yield from _requested(dates, it)
        case Stage.AGREED:
            yield from _agreed(dates, it)
        case Stage.PICKED_UP:
            yield from _picked_up(dates, it)
        case Stage.NOT_THIS_ROUTE:
            yield from _declined(dates, it)
        case Stage.WITHDRAWN:
            yield from _withdrawn(dates, it)


def _requested(dates: Dates, it: Conversation) -> Iterator[Owed]:
    cycle = str(it.asks)
    manager = it.manager.id
    for number, at in enumerate(it.talks, start=1):
        yield Owed(kind=Kind.TALK_FIRST, to=it.requester.id, cycle=str(number), due=at)
    if len(it.talks) >= it.asks:
        return
    yield Owed(kind=Kind.MANAGER_ASK, to=manager, cycle=cycle, due=it.asked_at)
    days = dates.timings.manager_reminder_working_days
    due = dates.office.add_working_days(it.asked_at, days)
    yield Owed(kind=Kind.MANAGER_REMINDER, to=manager, cycle=cycle, due=due)


def _agreed(dates: Dates, it: Conversation) -> Iterator[Owed]:
    at = it.stage_since
    yield Owed(kind=Kind.AGREED, to=it.requester.id, cycle="1", due=at)
    yield Owed(kind=Kind.WAITING, to=CHANNEL, cycle="1", due=at)
    for one in it.told:
        yield Owed(kind=Kind.WAITING, to=one.id, cycle="1", due=at)


def _picked_up(dates: Dates, it: Conversation) -> Iterator[Owed]:
    at = it.picked_up_at or it.stage_since
    yield Owed(kind=Kind.PICKED_UP, to=it.requester.id, cycle="1", due=at)
    if it.missed is not None:
        for who in it.missed.coming:
            yield Owed(kind=Kind.NOT_AHEAD, to=who, cycle=str(it.missed.cycle), due=it.stage_since)


def _declined(dates: Dates, it: Conversation) -> Iterator[Owed]:
    yield Owed(kind=Kind.NOT_THIS_ROUTE, to=it.requester.id, cycle="1", due=it.stage_since)


def _withdrawn(dates: Dates, it: Conversation) -> Iterator[Owed]:
    told = {it.manager.id: None}
    if it.facilitator:
        told[it.facilitator] = None
    if it.withdrawn_from is Stage.AGREED:
        told |= dict.fromkeys((CHANNEL, *(one.id for one in it.told)))
    if it.missed is not None and it.withdrawn_from is Stage.PICKED_UP:
        told |= dict.fromkeys(it.missed.coming)
    if it.booking is not None and it.withdrawn_from is Stage.BOOKED:
        told |= dict.fromkeys(it.booking.coming)
    told.pop(it.requester.id, None)
    for who in told:
        yield Owed(kind=Kind.WITHDRAWN, to=who, cycle="1", due=it.stage_since)
