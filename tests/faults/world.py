"""What is there before a trial: people with chats, and conversations that are booked."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.clock import SystemClock
from bot.demo.clock import DemoClock
from records.conversation.conversation import Booking, Conversation
from records.conversation.request import About, Reason, Request
from records.conversation.snapshot import TABLE, prompt_row, record_row
from records.outbox import due
from records.outbox.prompt import Kind, Prompt
from records.partnership import SUFFOLK, read_partnership
from records.people import Part, Participant, Person, Reference, person_key
from records.people_rows import PEOPLE
from records.stages import Stage
from records.store.codec import to_values
from records.store.contract import Row, Store
from records.timetable.timetable import Timetable
from tests.faults.scale import Scale

MORNING: Final = datetime(2027, 2, 1, 9, 30, tzinfo=UTC)
"""Where the demo's clock starts: a Monday, in office hours, after the booked end."""
END: Final = MORNING - timedelta(minutes=20)
AT_ONCE: Final = 24
WAITING: Final = 90_000
"""The number of the first conversation in which something is due later."""


@dataclass(frozen=True)
class One:
    """An invented person. `number` makes every name and id."""

    number: int
    tenants: int

    @property
    def tenant(self) -> str:
        return f"tenant-{self.number % self.tenants}"

    @property
    def object_id(self) -> str:
        return f"object-{self.number}"

    @property
    def chat(self) -> str:
        return f"chat-{self.number}"

    @property
    def name(self) -> str:
        return f"Person {self.number}"

    def as_person(self, service_url: str) -> Person:
        """Somebody who has the app."""
        return Person(
            key=person_key(self.tenant, self.object_id),
            tenant=self.tenant,
            object_id=self.object_id,
            name=self.name,
            mails=(f"person{self.number}@agency.example",),
            reference=Reference(
                service_url=service_url, conversation_id=self.chat, tenant=self.tenant
            ),
            welcomed_at=MORNING,
            seen_at=MORNING,
        )

    def as_participant(self, identity: str, part: Part) -> Participant:
        """The same person, named in a conversation."""
        return Participant(
            id=identity,
            part=part,
            name=self.name,
            agency=f"Agency {self.number % 7}",
            key=person_key(self.tenant, self.object_id),
        )


@dataclass(frozen=True)
class Plan:
    """What somebody does with a conversation: say that it took place, or withdraw it."""

    conversation: Conversation
    people: dict[str, One]
    takes_place: bool

    @property
    def actor(self) -> One:
        return self.people["facilitator" if self.takes_place else "requester"]

    @property
    def reached(self) -> tuple[str, ...]:
        """Who has to get a message out of it."""
        booking = self.conversation.booking
        assert booking is not None
        if self.takes_place:
            return booking.coming
        return tuple(who for who in self.people if who != "requester")


def plans(scale: Scale) -> Iterator[Plan]:
    """Every conversation of a trial; people take part in several."""
    total = scale.held + scale.withdrawn
    parts = scale.came + 2
    for number in range(total):
        names = ["facilitator", "requester", "manager"]
        names += [f"other{one}" for one in range(1, scale.came - 1)]
        assert len(names) == parts - 1
        first = number * parts
        people = {
            name: One((first + place) % scale.people, scale.tenants)
            for place, name in enumerate(names)
        }
        yield Plan(_booked(number, people), people, takes_place=number % total < scale.held)


def _booked(number: int, people: dict[str, One]) -> Conversation:
    parts = {"facilitator": Part.FACILITATOR, "requester": Part.REQUESTER, "manager": Part.MANAGER}
    named = tuple(
        one.as_participant(name, parts.get(name, Part.OTHER)) for name, one in people.items()
    )
    begun = MORNING - timedelta(days=9)
    return Conversation(
        id=f"{number:032x}",
        reference=f"LC-{number:05d}",
        stage=Stage.BOOKED,
        created=begun,
        stage_since=begun,
        asked_at=begun,
        decided_at=begun,
        picked_up_at=begun,
        booked_at=begun,
        facilitator="facilitator",
        request=Request(about=About.CHILD, reasons=(Reason.STUCK,), team="East", agency="Agency 1"),
        people=named,
        booking=Booking(
            cycle=1,
            start=END - timedelta(hours=1),
            end=END,
            wall_start="2027-02-01T08:10",
            zone="Europe/London",
            place="Room 1",
            lead="requester",
            coming=tuple(name for name in people if name != "facilitator"),
        ),
    )


async def settle_in(store: Store, scale: Scale, service_url: str) -> list[Plan]:
    """Write it all, without anything going wrong yet."""
    found = list(plans(scale))
    people = {one.number: one for plan in found for one in plan.people.values()}
    rows = [(TABLE, record_row(plan.conversation, "")) for plan in found]
    rows += [
        (PEOPLE, Row(person.key, "person", to_values(person)))
        for person in (one.as_person(service_url) for one in people.values())
    ]
    await DemoClock(SystemClock(), store).move_to(MORNING)
    await _something_waits(store, scale)
    waiting = iter(rows)

    async def work() -> None:
        for table, row in waiting:
            await store.create(table, row)

    first_table, first_row = next(waiting)
    await store.create(first_table, first_row)
    async with asyncio.TaskGroup() as workers:
        for _ in range(AT_ONCE):
            workers.create_task(work())
    return found


async def _something_waits(store: Store, scale: Scale) -> None:
    """Conversations that go on: the facilitator is asked to close in five minutes, not before."""
    dates = Timetable(read_partnership(SUFFOLK))
    for number in range(scale.waiting):
        people = {"facilitator": One(0, scale.tenants), "requester": One(1, scale.tenants)}
        it = _booked(WAITING + number, people)
        assert it.booking is not None
        later = END - MORNING - dates.timings.closing_lead - timedelta(minutes=5)
        ends = it.booking.end - later
        it = it.with_(booking=it.booking.model_copy(update={"end": ends}))
        await store.create(TABLE, record_row(it, ""))
        for owed in dates.owed(it):
            if owed.kind is Kind.CLOSING:
                prompt = Prompt.of(owed, it.id)
                await due.point(store, due.pointer(prompt))
                await store.create(TABLE, prompt_row(prompt))
