"""Conversations in every stage, a clock, and the register over the store in memory."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cards.wording import wording
from records.conversation.conversation import Booking, Conversation
from records.conversation.feedback import Answers
from records.conversation.request import About, Reason, Request
from records.people import Part, Participant, PersonKey
from records.register.register import Register
from records.store.memory import MemoryStore
from records.timetable.timetable import Timetable

LONDON = ZoneInfo("Europe/London")
PEOPLE = (
    Participant(id="r", part=Part.REQUESTER, name="Priya Shah", agency="Social Care",
                key=PersonKey("key-r")),
    Participant(id="m", part=Part.MANAGER, name="Maria Lee", mail="maria@care.example",
                agency="Social Care"),
    Participant(id="n", part=Part.NURSE, name="Noor Ali", mail="noor@health.example",
                agency="Health"),
    Participant(id="o", part=Part.OTHER, name="Owen Reed", mail="owen@police.example",
                agency="Police"),
)  # fmt: skip
FACILITATOR = Participant(
    id="f", part=Part.FACILITATOR, name="Fay Moss", agency="Facilitation", key=PersonKey("key-f")
)


class Story:
    """Tells a conversation as far as a test needs it. Times are London wall time."""

    people, facilitator, zone = PEOPLE, FACILITATOR, LONDON

    def at(self, wall: str) -> datetime:
        """ "2026-11-02 10:00" in London, as an instant in UTC."""
        return datetime.fromisoformat(wall).replace(tzinfo=LONDON).astimezone(UTC)

    def wall(self, moment: datetime | None) -> str:
        """An instant as London wall time, with the weekday in front."""
        return moment.astimezone(LONDON).strftime("%a %Y-%m-%d %H:%M") if moment else "never"

    def requested(self, at: str = "2026-11-02 10:00", identity: str = "c1") -> Conversation:
        return Conversation(
            id=identity,
            reference="LC-7K3QX",
            created=self.at(at),
            stage_since=self.at(at),
            request=Request(about=About.CHILD, reasons=(Reason.STUCK,), team="North", agency="SC"),
            people=PEOPLE,
            asked_at=self.at(at),
        )

    def answers(self, by: str = "r", at: str = "2026-11-02 10:00") -> Answers:
        return Answers(what="request", by=by, version=1, at=self.at(at), texts={"worry": "much"})

    def agreed(self, at: str = "2026-11-02 11:00") -> Conversation:
        return self.requested().agree(self.at(at), (FACILITATOR,))

    def picked_up(self, at: str = "2026-11-02 12:00") -> Conversation:
        return self.agreed().pick_up(self.at(at), FACILITATOR)

    def booking(self, end: str, coming: Iterable[str] = ("r", "n", "o"), cycle: int = 1) -> Booking:
        last = self.at(end)
        first = last - timedelta(hours=1, minutes=30)
        return Booking(
            cycle=cycle, start=first, end=last, wall_start=self.wall(first), zone=LONDON.key,
            place="Room 1", lead="r", coming=tuple(coming),
        )  # fmt: skip

    def booked(self, end: str = "2026-11-10 10:00", at: str = "") -> Conversation:
        """Booked before its day; `at` says when."""
        early = min(self.at("2026-11-02 13:00"), self.at(end) - timedelta(days=3))
        when = self.at(at) if at else early
        return self.picked_up().book(when, self.booking(end), (*PEOPLE, FACILITATOR))

    def held(self, end: str = "2026-11-10 10:00", early: int = 5) -> Conversation:
        """Held, with the facilitator's closing tap that many minutes before the end."""
        tap = self.at(end) - timedelta(minutes=early)
        return self.booked(end).took_place(tap, ("r", "n", "o"), (*PEOPLE, FACILITATOR))

    def complete(self, end: str = "2026-11-10 10:00") -> Conversation:
        return self.held(end).give_outcome(self.at(end) + timedelta(days=56), "r")


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def timetable() -> Timetable:
    return Timetable(wording.partnership)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def register(store: MemoryStore, timetable: Timetable) -> Register:
    return Register(store, timetable)
