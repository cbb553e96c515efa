"""Getting ready: a reminder to those who are not, who has to be told, and who tells the family."""

from collections.abc import Iterator
from datetime import datetime

from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.conversation.one_each import one_each
from records.conversation.readiness import Ask, OfTheDay
from records.outbox.prompt import Kind, Owed
from records.people import Participant
from records.preparation.coming import of_now
from records.preparation.preparing import attendees, readiness_of, still_open, tells
from records.stages import Stage


def owed(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """What getting ready owes while a date is booked; how the family is told, until the end. While
    another date is being found, nobody is asked anything."""
    if it.booking is None:
        return
    cycle = str(it.booking.cycle)
    yield from _telling_changed(it, cycle)
    if it.stage is Stage.PICKED_UP:
        return
    yield from _telling_open(dates, it, cycle)
    if it.stage is not Stage.BOOKED:
        return
    yield from _reminders(dates, it, cycle)
    yield from _not_known(it, it.booking.cycle)
    yield from _talks(it)
    yield from _comes_instead(it)
    yield from _of_the_day(it)
    yield from _would_help(it)


def _reminders(dates: Dates, it: Conversation, cycle: str) -> Iterator[Owed]:
    due = dates.preparation_reminder(it)
    if due is None:
        return
    away = _away(it)
    for one in attendees(it):
        if _has_only_just_come(dates, one, due):
            continue
        if one.id not in away and still_open(it, one.id):
            yield Owed(kind=Kind.PREPARATION_REMINDER, to=one.id, cycle=cycle, due=due)


def _away(it: Conversation) -> set[str]:
    """Who is reminded of nothing: they cannot come, or say that it does not go ahead."""
    return {*it.absent, *(note.by for note in it.doubts)}


def _has_only_just_come(dates: Dates, one: Participant, due: datetime) -> bool:
    """Whether their first card comes so late that a reminder then would be on top of it."""
    return one.joined is not None and due < one.joined + dates.timings.preparation_gap


def _not_known(it: Conversation, cycle: int) -> Iterator[Owed]:
    for one in attendees(it):
        note = readiness_of(it, one.id).not_yet
        if note is not None and note.cycle == cycle and Ask.WHO in still_open(it, one.id):
            yield Owed(
                kind=Kind.NOT_KNOWN,
                to=tells(it, one.id),
                cycle=str(cycle),
                due=note.at,
                about=one.id,
            )


def _talks(it: Conversation) -> Iterator[Owed]:
    for one in attendees(it):
        have = readiness_of(it, one.id)
        if have.talks and have.accepted is None:
            number = str(len(have.talks))
            yield Owed(
                kind=Kind.TALK_AGREEMENT,
                to=it.facilitator,
                cycle=number,
                due=have.talks[-1],
                about=one.id,
            )


def _telling_open(dates: Dates, it: Conversation, cycle: str) -> Iterator[Owed]:
    """Not settled by the next working morning: the lead worker is asked again, and the morning
    after that the facilitator is asked to ring them. A reminder that comes that morning asks it,
    too.

    Where they have met already, nobody was asked at the booking; nor, as far as anybody knows,
    where an earlier version kept it: there it begins with the next date.
    """
    lead = it.person(it.lead)
    if it.telling or it.telling_asked is None or it.met_before or lead is None:
        return
    if it.stage is Stage.COMPLETE:
        return
    asked = max(lead.joined or it.created, it.telling_asked)
    again = dates.office.next_morning(asked)
    comes = lead.id in {one.id for one in attendees(it)} - _away(it)
    reminded = comes and dates.preparation_reminder(it) == again
    if not reminded or _has_only_just_come(dates, lead, again):
        yield Owed(kind=Kind.TELLING_ASK, to=it.lead, cycle=cycle, due=again)
    ring = dates.office.next_morning(again)
    yield Owed(kind=Kind.TELLING_RING, to=it.facilitator, cycle=cycle, due=ring, about=it.lead)


def _telling_changed(it: Conversation, cycle: str) -> Iterator[Owed]:
    """Everyone whose card may still say otherwise: a card that came later says it itself.

    What an earlier version kept is told of while a date is booked, as it was then, and that it is
    settled not at all.
    """
    telling = it.telling
    if telling is None or (telling.since is None and it.stage is not Stage.BOOKED):
        return
    kind = Kind.TELLING_SETTLED if telling.warns is None else Kind.DO_NOT_RAISE
    if telling.since is None and kind is Kind.TELLING_SETTLED:
        return
    at = telling.since or telling.at
    cycle = f"{cycle}.{telling.changes}" if telling.changes else cycle
    for one in _invited(it):
        since = max(one.joined or it.created, it.booked_at or it.stage_since)
        if one.id != it.lead and since <= at:
            yield Owed(kind=kind, to=one.id, cycle=cycle, due=at)


def _invited(it: Conversation) -> tuple[Participant, ...]:
    """Who comes; afterwards also who came without having been expected."""
    ids = {*(it.booking.coming if it.booking else ()), *(it.held.came if it.held else ())}
    return one_each(it, (one for one in it.present if one.id in ids))


def _comes_instead(it: Conversation) -> Iterator[Owed]:
    """Somebody named the right person from their agency: facilitator and lead worker hear of it.

    The lead worker has somebody new to tell who it is about. Where the change is among
    `it.changes.replaced`, the facilitator hears of it from there.
    """
    known = {one.new for one in it.changes.replaced}
    for one in attendees(it):
        if one.joined is None or one.named_by in ("", it.facilitator):
            continue
        told = (it.lead,) if one.id in known else (it.facilitator, it.lead)
        for to in dict.fromkeys(told):
            if to not in (one.id, one.named_by):
                yield Owed(kind=Kind.COMES_INSTEAD, to=to, cycle="1", due=one.joined, about=one.id)


def _of_the_day(it: Conversation) -> Iterator[Owed]:
    """The facilitator hears who cannot come, who comes after all, and whom another time suits."""
    for one in attendees(it):
        have = readiness_of(it, one.id)
        away, other = have.cannot_come, have.another_time
        told: list[tuple[Kind, OfTheDay, datetime]] = []
        if away is not None and of_now(it, away):
            kind = Kind.CANNOT_COME if away.taken_back is None else Kind.COMES_AFTER_ALL
            told.append((kind, away, away.taken_back or away.at))
        if other is not None and of_now(it, other):
            told.append((Kind.ANOTHER_TIME, other, other.at))
        for kind, said, due in told:
            cycle = f"{said.cycle}.{said.times}"
            yield Owed(kind=kind, to=it.facilitator, cycle=cycle, due=due, about=one.id)


def _would_help(it: Conversation) -> Iterator[Owed]:
    """The facilitator hears who wrote what would help them take part, each time it is written."""
    for one in attendees(it):
        have = readiness_of(it, one.id).would_help
        if have is not None and have.there:
            yield Owed(
                kind=Kind.WOULD_HELP,
                to=it.facilitator,
                cycle=str(have.times),
                due=have.at,
                about=one.id,
            )
