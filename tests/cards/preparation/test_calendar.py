"""The date for a calendar: what a calendar takes, and nothing of anybody."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from cards.preparation.calendar import ics, teams_link
from cards.wording import wording
from records.conversation.conversation import Booking, Conversation
from records.conversation.request import About, Reason, Request
from records.people import Part, Participant

AT = datetime(2027, 6, 1, 9, 30, tzinfo=UTC)
OCTETS = 75
"""Of a line before it is folded (RFC 5545, 3.1)."""


def conversation(place: str = "Room 1", cycle: int = 1) -> Conversation:
    booking = Booking(
        cycle=cycle,
        start=datetime(2027, 7, 7, 13, 0, tzinfo=UTC),
        end=datetime(2027, 7, 7, 14, 30, tzinfo=UTC),
        wall_start="2027-07-07T14:00",
        zone="Europe/London",
        place=place,
        lead="r",
        coming=("r",),
    )
    return Conversation(
        id="c1",
        reference="LC-7K3QX",
        created=AT,
        stage_since=AT,
        request=Request(about=About.CHILD, reasons=(Reason.STUCK,), team="East", agency="Police"),
        people=(Participant(id="r", part=Part.REQUESTER, name="Priya Shah"),),
        asked_at=AT,
        booking=booking,
    )


def read(text: str) -> dict[str, str]:
    """The lines of an entry, unfolded and unescaped, as any calendar reads them."""
    lines = text.replace("\r\n ", "").split("\r\n")
    pairs = (line.split(":", 1) for line in lines if line)
    found = {"n": "\n", "N": "\n"}
    return {
        name: re.sub(r"\\(.)", lambda one: found.get(one[1], one[1]), value)
        for name, value in pairs
    }


def test_the_entry_says_when_and_where_in_utc() -> None:
    entry = read(ics(conversation("Endeavour House, room 2; ask at the desk", cycle=3), AT))
    assert entry["DTSTART"] == "20270707T130000Z"
    assert entry["DTEND"] == "20270707T143000Z"
    assert entry["DTSTAMP"] == "20270601T093000Z"
    assert entry["SUMMARY"] == "Learning conversation LC-7K3QX"
    assert entry["LOCATION"] == "Endeavour House, room 2; ask at the desk"
    assert entry["SEQUENCE"] == "3"
    assert entry["METHOD"] == "PUBLISH"


def entry_of(text: str) -> Event:
    """The one entry of a file, as a library reads it that many calendars use."""
    [entry] = Calendar.from_ical(text).walk("VEVENT")
    return entry


def test_a_calendar_reads_back_what_was_booked() -> None:
    text = ics(conversation("Endeavour House\nroom 2, ask at the desk; ring \\", cycle=3), AT)
    calendar = Calendar.from_ical(text)
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert (calendar["calscale"], calendar["prodid"]) == (
        "GREGORIAN",
        "-//Learning Conversations//EN",
    )
    entry = entry_of(text)
    assert entry.errors == []
    assert entry.decoded("dtstart") == datetime(2027, 7, 7, 13, 0, tzinfo=UTC)
    assert entry.decoded("dtend") == datetime(2027, 7, 7, 14, 30, tzinfo=UTC)
    assert entry.decoded("dtstamp") == AT
    assert (entry["uid"], entry["sequence"]) == ("c1@learning-conversations", 3)
    assert entry["status"] == "CONFIRMED"
    assert entry["location"] == "Endeavour House\nroom 2, ask at the desk; ring \\"


def test_times_of_another_zone_are_the_same_moments() -> None:
    summer = timezone(timedelta(hours=1))
    moved = conversation()
    assert moved.booking is not None
    times = {"start": moved.booking.start.astimezone(summer), "zone": "Europe/London"}
    moved = moved.model_copy(update={"booking": moved.booking.model_copy(update=times)})
    assert ics(moved, AT.astimezone(summer)) == ics(conversation(), AT)


def test_the_library_is_loaded_for_the_first_file_and_not_before() -> None:
    said = "import sys, cards.preparation.calendar; print('icalendar' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", said],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"


def test_a_new_date_moves_the_same_entry() -> None:
    first, second = (read(ics(conversation(cycle=cycle), AT)) for cycle in (1, 2))
    assert first["UID"] == second["UID"]
    assert first["SEQUENCE"] < second["SEQUENCE"]


@given(place=st.text(max_size=200))
@example(place=r"\\Nas\news; or \\\N")
def test_whatever_the_place_holds_the_file_keeps_its_form(place: str) -> None:
    text = ics(conversation(place), AT)
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    lines = text.split("\r\n")[:-1]
    assert all(len(line.encode()) <= OCTETS for line in lines)
    assert all("\r" not in line and "\n" not in line for line in lines)
    assert len(re.findall("BEGIN:VEVENT", text.replace("\r\n ", ""))) == 1 or "BEGIN" in place
    kept = [one for one in place if one.isprintable() and not one.isspace()]
    assert [one for one in read(text)["LOCATION"] if not one.isspace()] == kept
    assert entry_of(text)["location"] == read(text)["LOCATION"]


def test_no_name_stands_in_what_goes_to_a_calendar() -> None:
    for text in (ics(conversation(), AT), teams_link(conversation())):
        assert "Priya" not in text
        assert "Police" not in text


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("Room 1 & 2", ["Room 1 & 2"]),
        ("https://example.org/call?a=b#c", ["https://example.org/call?a=b#c"]),
        ("🙂" * 200, []),
    ],
)
def test_the_link_opens_teams_own_window(place: str, content: list[str]) -> None:
    link = urlsplit(teams_link(conversation(place)))
    assert (link.scheme, link.netloc, link.path) == (
        "https",
        "teams.microsoft.com",
        "/l/meeting/new",
    )
    asked = parse_qs(link.query)
    assert asked["subject"] == ["Learning conversation LC-7K3QX"]
    assert asked["startTime"] == ["2027-07-07T13:00:00Z"]
    assert asked["endTime"] == ["2027-07-07T14:30:00Z"]
    told = [*content, wording.NO_RECORDING]
    assert asked.get("content") == ["\n\n".join(told)]


def test_without_a_date_there_is_nothing_to_add() -> None:
    bare = conversation().model_copy(update={"booking": None})
    assert (ics(bare, AT), teams_link(bare)) == ("", "")
