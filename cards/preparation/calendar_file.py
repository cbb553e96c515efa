"""One date as a file that every calendar reads. Source: RFC 5545, by `icalendar`.

A module of its own because that library takes 45 ms to load: `cards.preparation.calendar` asks for
it when a file is.
"""

from datetime import UTC, datetime

from icalendar import Calendar, Event
from icalendar.prop import vText


class _Words(vText):
    """A text that keeps a backslash before an N: the library takes the two for a line's end."""

    def to_ical(self) -> bytes:
        return rb"\\N".join(vText(part).to_ical() for part in self.split(r"\N"))


def calendar_file(
    *,
    uid: str,
    made: datetime,
    version: int,
    start: datetime,
    end: datetime,
    title: str,
    place: str,
    more: str,
) -> str:
    """The file. An entry of the same uid and a higher version takes the place of the one before."""
    entry = Event()
    entry.add("uid", uid)
    entry.add("dtstamp", made.astimezone(UTC))
    entry.add("sequence", version)
    entry.add("dtstart", start.astimezone(UTC))
    entry.add("dtend", end.astimezone(UTC))
    entry.add("summary", _Words(title))
    entry.add("location", _Words(place))
    entry.add("description", _Words(more))
    entry.add("status", "CONFIRMED")
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Learning Conversations//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    text: str = calendar.to_ical(sorted=False).decode()
    return text
