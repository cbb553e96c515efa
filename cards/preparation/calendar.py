"""The booked date for somebody's own calendar: a Teams link, and a file every calendar reads.

Both hold the reference, the time, the place and that nothing is to be recorded; never a name, never
anything of the story.
Source: Teams deep links (`/l/meeting/new`).
"""

from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, urlencode

from cards.wording import wording
from records.conversation.conversation import Conversation

TEAMS: Final = "https://teams.microsoft.com/l/meeting/new"
LINK_ROOM: Final = 600
"""Characters of the link that the place may take; a longer one stands on the card alone."""


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
    shown = place if len(quote(place)) <= LINK_ROOM else ""
    asked["content"] = "\n\n".join(filter(None, (shown, wording.NO_RECORDING)))
    return f"{TEAMS}?{urlencode(asked, quote_via=quote)}"


def ics(it: Conversation, at: datetime) -> str:
    """The date as a calendar file made at this moment; nothing where no date is booked.

    Every booking of a conversation has the same UID and its cycle as SEQUENCE, so that a new date
    moves the entry instead of adding one.
    """
    booking = it.booking
    if booking is None:
        return ""
    # Not before: few processes are ever asked for one.
    from cards.preparation.calendar_file import calendar_file

    return calendar_file(
        uid=f"{it.id}@learning-conversations",
        made=at,
        version=booking.cycle,
        start=booking.start,
        end=booking.end,
        title=_subject(it),
        place=_lines(booking.place),
        more=wording.NO_RECORDING,
    )


def _subject(it: Conversation) -> str:
    return wording.CALENDAR_SUBJECT.format(reference=it.reference)


def _plain(text: str) -> str:
    """Typed text without what a calendar must not hold: control and half characters."""
    kept = (one if one.isprintable() else " " for one in text)
    return "".join(kept).strip()


def _lines(text: str) -> str:
    """The same of several lines; empty ones are left out."""
    lines = (_plain(one) for one in text.splitlines())
    return "\n".join(one for one in lines if one)
