"""The booked date for somebody's own calendar: a Teams link, and a file every calendar reads.

Both hold the reference, the time and the place; never a name, never anything of the story.
Source: Teams deep links (`/l/meeting/new`); RFC 5545.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, urlencode

from cards import wording
from records.conversation import Conversation

TEAMS: Final = "https://teams.microsoft.com/l/meeting/new"
LINK_ROOM: Final = 600
"""Characters of the link that the place may take; a longer one stands on the card alone."""
FOLD: Final = 75
"""Octets of a line before it is folded (RFC 5545, 3.1)."""


def teams_link(it: Conversation) -> str:
    """Teams' own new-meeting window, filled in; nothing where no date is booked."""
    if it.booking is None:
        return ""
    asked = {
        "subject": _subject(it),
        "startTime": f"{it.booking.start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "endTime": f"{it.booking.end.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    place = _plain(it.booking.place)
    if len(quote(place)) <= LINK_ROOM:
        asked["content"] = place
    return f"{TEAMS}?{urlencode(asked, quote_via=quote)}"


def ics(it: Conversation, at: datetime) -> str:
    """The date as a calendar file made at this moment; nothing where no date is booked.

    Every booking of a conversation has the same UID and its cycle as SEQUENCE, so that a new date
    moves the entry instead of adding one.
    """
    booking = it.booking
    if booking is None:
        return ""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Learning Conversations//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{it.id}@learning-conversations",
        f"DTSTAMP:{_utc(at)}",
        f"SEQUENCE:{booking.cycle}",
        f"DTSTART:{_utc(booking.start)}",
        f"DTEND:{_utc(booking.end)}",
        f"SUMMARY:{_escaped(_subject(it))}",
        f"LOCATION:{_escaped(booking.place)}",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for text in lines for part in _folded(text))


def _subject(it: Conversation) -> str:
    return wording.CALENDAR_SUBJECT.format(reference=it.reference)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _plain(text: str) -> str:
    """Typed text without what a calendar must not hold: control and half characters."""
    kept = (one if one.isprintable() else " " for one in text)
    return "".join(kept).strip()


def _escaped(text: str) -> str:
    """Source: RFC 5545, 3.3.11."""
    lines = (_plain(one) for one in text.splitlines())
    found = "\n".join(one for one in lines if one)
    for raw, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        found = found.replace(raw, written)
    return found


def _folded(text: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, never inside a character, the next ones indented."""
    part = ""
    for one in text:
        if len((part + one).encode()) > FOLD:
            yield part
            part = " "
        part += one
    yield part
