"""Dates and times as people read them: wall time of the partnership, never a bare number."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from cards.kit.who import named_facilitator
from cards.wording import wording
from records.conversation.conversation import Conversation


def day(moment: datetime, zone: ZoneInfo) -> str:
    """Such as: Wednesday 3 February 2027."""
    return named_day(moment.astimezone(zone))


def named_day(date: date) -> str:
    """The same of a day of the calendar."""
    return f"{date:%A} {date.day} {date:%B} {date.year}"


def short_day(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Such as: Wed 3 Feb, for lists; with its year where that is not this one."""
    local = moment.astimezone(zone)
    year = "" if local.year == now.astimezone(zone).year else f" {local.year}"
    return f"{local:%a} {local.day} {local:%b}{year}"


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Such as: 14:00."""
    return f"{moment.astimezone(zone):%H:%M}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Such as: Wednesday 3 February 2027, 14:00."""
    return f"{day(at, zone)}, {clock(at, zone)}"


def span(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Such as: Wednesday 3 February 2027, 14:00 to 15:30."""
    return f"{moment(start, zone)} to {clock(end, zone)}"


def when_and_where(it: Conversation, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    """The rows every card about a booked conversation shows."""
    if it.booking is None:
        return ()
    lead = it.person(it.booking.lead)
    return (
        (wording.WHEN, span(it.booking.start, it.booking.end, zone)),
        (wording.WHERE, it.booking.place),
        (wording.FACILITATOR, named_facilitator(it)),
        (wording.LEAD_WORKER, lead.name if lead else ""),
    )
