"""Before the conversation: a reminder to those who are not ready, and who has to be told."""

from collections.abc import Iterator
from datetime import datetime

from records.conversation.conversation import Conversation
from records.conversation.dates import Dates
from records.conversation.readiness import Ask, OfTheDay, Told
from records.outbox.prompt import Kind, Owed
from records.preparation.coming import of_now
from records.preparation.preparing import attendees, readiness_of, still_open, tells
from records.stages import Stage


def owed(dates: Dates, it: Conversation) -> Iterator[Owed]:
    """What getting ready owes while a date is booked."""
    if it.stage is not Stage.BOOKED or it.booking is None:
        return
    yield from _reminders(dates, it, str(it.booking.cycle))
    yield from _not_known(it, it.booking.cycle)
    yield from _talks(it)
    yield from _do_not_raise(it, str(it.booking.cycle))
    yield from _comes_instead(it)
    yield from _of_the_day(it)


def _reminders(dates: Dates, it: Conversation, cycle: str) -> Iterator[Owed]:
    due = dates.preparation_reminder(it)
    if due is None:
        return
    away = {*it.absent, *(note.by for note in it.doubts)}
    for one in attendees(it):
        if one.joined is not None and due < one.joined + dates.timings.preparation_gap:
            continue  # their first card has only just come
        if one.id not in away and still_open(it, one.id):
            yield Owed(kind=Kind.PREPARATION_REMINDER, to=one.id, cycle=cycle, due=due)


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


def _do_not_raise(it: Conversation, cycle: str) -> Iterator[Owed]:
    """Everyone whose card may still say otherwise: a card that came later says it itself."""
    telling = it.telling
    if telling is None or telling.how is not Told.NOT_SAFE:
        return
    for one in attendees(it):
        since = max(one.joined or it.created, it.booked_at or it.stage_since)
        if one.id != it.lead and since <= telling.at:
            yield Owed(kind=Kind.DO_NOT_RAISE, to=one.id, cycle=cycle, due=telling.at)


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
