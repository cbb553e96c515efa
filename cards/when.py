"""Dates and times as people read them: wall time of the partnership, never a bare number."""

from datetime import datetime
from zoneinfo import ZoneInfo


def day(moment: datetime, zone: ZoneInfo) -> str:
    """Such as: Wednesday 3 February 2027."""
    local = moment.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B %Y}"


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
