"""From the request to the pick-up, and a request taken back."""

from collections.abc import Iterator
from typing import Final

from records.changes import restricting
from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.manager.waiting import free, is_named, silence, team_lead
from records.outbox.prompt import CHANNEL, Kind, Owed
from records.people import Participant
from records.stages import Stage

MAX_REMINDED: Final = 12
"""Facilitators reminded one by one; the channel reminds the others. All of a stage's prompts have
to fit one storage transaction."""


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
    if it.talking:
        return
    yield Owed(kind=Kind.MANAGER_ASK, to=manager, cycle=cycle, due=it.asked_at)
    days = dates.timings.manager_reminder_working_days
    due = dates.office.add_working_days(it.asked_at, days)
    yield Owed(kind=Kind.MANAGER_REMINDER, to=manager, cycle=cycle, due=due)
    for number, at in enumerate(it.nudges, start=1):
        about = f"again-{number}"
        yield Owed(kind=Kind.MANAGER_REMINDER, to=manager, cycle=cycle, about=about, due=at)
    if silence(it) not in it.waits:
        due = dates.manager_silent(it)
        yield Owed(kind=Kind.MANAGER_SILENT, to=it.requester.id, cycle=silence(it), due=due)


def _agreed(dates: Dates, it: Conversation) -> Iterator[Owed]:
    at = it.stage_since
    yield Owed(kind=Kind.AGREED, to=it.requester.id, cycle="1", due=at)
    if it.changes.restricted is not None:
        return  # Its gatekeepers are asked (`records.changes.restricting`), and nobody else.
    yield Owed(kind=Kind.WAITING, to=CHANNEL, cycle="1", due=at)
    for one in it.told:
        if not is_named(it, one):  # It is not theirs to take.
            yield Owed(kind=Kind.WAITING, to=one.id, cycle="1", due=at)
    if it.told and not free(it):
        yield from _all_too_close(it)
    else:
        yield from _nobody_picks_up(dates, it)


def _nobody_picks_up(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """The channel is reminded, then the team lead is asked and the requester told."""
    reminded = (CHANNEL, *(one.id for one in free(it)[:MAX_REMINDED]))
    first = dates.office.add_working_days(it.stage_since, dates.timings.pick_up_working_days)
    for to in reminded:
        yield Owed(kind=Kind.STILL_WAITING, to=to, cycle="1", due=first)
    later = dates.office.add_working_days(it.stage_since, dates.timings.team_lead_working_days)
    lead = team_lead(it)
    if lead is not None:
        yield Owed(kind=Kind.LEAD_ASKED, to=lead.id, cycle="1", due=later)
    else:
        for to in reminded:
            yield Owed(kind=Kind.STILL_WAITING, to=to, cycle="2", due=later)
    yield Owed(kind=Kind.STILL_LOOKING, to=it.requester.id, cycle="1", due=later)


def _all_too_close(it: Conversation) -> Iterator[Owed]:
    at = max((it.stage_since, *(one.first_at for one in it.aside)))
    lead = team_lead(it)
    to = lead.id if lead else CHANNEL
    yield Owed(kind=Kind.ALL_TOO_CLOSE, to=to, cycle="1", due=at)
    yield Owed(kind=Kind.ANOTHER_AREA, to=it.requester.id, cycle="1", due=at)


def _picked_up(dates: Dates, it: Conversation) -> Iterator[Owed]:
    at = it.picked_up_at or it.stage_since
    yield Owed(kind=Kind.PICKED_UP, to=it.requester.id, cycle="1", due=at)
    if it.missed is not None:
        for who in it.missed.coming:
            yield Owed(kind=Kind.NOT_AHEAD, to=who, cycle=str(it.missed.cycle), due=it.stage_since)


def _declined(dates: Dates, it: Conversation) -> Iterator[Owed]:
    yield Owed(kind=Kind.NOT_THIS_ROUTE, to=it.requester.id, cycle="1", due=it.stage_since)


def _lead_who_heard(dates: Dates, it: Conversation) -> Participant | None:
    """The team lead, if they were asked before it was withdrawn."""
    agreed, days = it.decided_at or it.stage_since, dates.timings.team_lead_working_days
    late = it.stage_since >= dates.office.add_working_days(agreed, days)
    return team_lead(it) if late or (it.told and not free(it)) else None


def _withdrawn(dates: Dates, it: Conversation) -> Iterator[Owed]:
    told = {it.manager.id: None}
    if it.facilitator:
        told[it.facilitator] = None
    if it.withdrawn_from is Stage.AGREED and it.changes.restricted is not None:
        told |= dict.fromkeys(restricting.heard(dates, it))
    elif it.withdrawn_from is Stage.AGREED:
        told |= dict.fromkeys((CHANNEL, *(one.id for one in it.told if not is_named(it, one))))
        lead = _lead_who_heard(dates, it)
        told |= {lead.id: None} if lead else {}
    if it.missed is not None and it.withdrawn_from is Stage.PICKED_UP:
        told |= dict.fromkeys(it.missed.coming)
    if it.booking is not None and it.withdrawn_from is Stage.BOOKED:
        told |= dict.fromkeys(it.booking.coming)
    told.pop(it.requester.id, None)
    for who in told:
        yield Owed(kind=Kind.WITHDRAWN, to=who, cycle="1", due=it.stage_since)
