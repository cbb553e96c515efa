"""Other conversations of the same weeks, put into the demo's tables as the product keeps them.

One conversation alone shows no figure about people. What is owed for these is left out, so that
the windows hear nothing of them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import invented

from bot.clock import SystemClock
from bot.demo import Demo
from bot.demo.personas import FACILITATOR, FACILITATORS, SECOND_FACILITATOR, TENANT, Persona
from cards.wording import wording
from dialogs.turn.events import Actor
from records.board.board import BOARD, REFERENCES
from records.conversation.snapshot import TABLE as CONVERSATIONS
from records.evaluation.closing import close_due
from records.outbox.prompt import State
from records.store.azure import TableStore
from records.store.memory import MemoryStore
from tests.dialogs.conftest import House, Who

TABLES = (CONVERSATIONS, REFERENCES, BOARD)
NUMBERS = ((5, 6, 7), (7, 8, 8), (9, 9, 10))
"""What the three people of each conversation that took place tap on the scale."""
FOLLOWING = {"day": "2027-04-07", "start": "10:00", "end": "11:30"}
"""When the one is booked that is still to come."""
FAY = "fay@facilitation.example"
Walk = Callable[[House], Awaitable[object]]


@dataclass(frozen=True)
class Others:
    """Their references: one booked with the demo's facilitator, one waiting, some that were held
    with another facilitator. One more of that one's is over, and on no list of what is open."""

    booked: str
    waiting: str
    held: tuple[str, ...]


@dataclass
class Sitting(Who):
    """Somebody of a house who is one of the demo's people."""

    persona: Persona = FACILITATOR

    @property
    def actor(self) -> Actor:
        return Actor(TENANT, self.persona.object_id, self.persona.name)


async def others_meet_too(demo: Demo) -> Others:
    """Three took place in February, one is booked and one waits in April."""
    store = TableStore(demo.tables_connection_string, clock=SystemClock().now)
    try:
        held = [
            await _kept(store, SECOND_FACILITATOR, lambda house, n=numbers: _held(house, n))
            for numbers in NUMBERS[1:]
        ]
        await _kept(store, SECOND_FACILITATOR, _told)
        booked = await _kept(store, FACILITATOR, _booked)
        waiting = await _kept(store, SECOND_FACILITATOR, _waiting)
    finally:
        await store.close()
    return Others(booked, waiting, tuple(held))


async def months_later(demo: Demo) -> None:
    """A night in July: whatever is still owed, the periods that ended are closed."""
    store = TableStore(demo.tables_connection_string, clock=SystemClock().now)
    try:
        july = datetime(2027, 7, 1, 2, 30, tzinfo=UTC)
        assert await close_due(store, wording.partnership, july)
    finally:
        await store.close()


async def _kept(store: TableStore, facilitator: Persona, walk: Walk) -> str:
    """Walk it with this facilitator, and keep it; its reference."""
    house = House(MemoryStore())
    house.people["fay"] = Sitting(
        "fay", facilitator.name, "fay@facilitation.example", persona=facilitator
    )
    await walk(house)
    if facilitator not in FACILITATORS:
        # Else the demo notes it sooner or later, and its windows hear of it.
        await house.leaves_the_team("fay")
    for table in TABLES:
        rows = await house.dump(table)
        kept = [row for row in rows if row.values.get("state", State.SENT) == State.SENT]
        await asyncio.gather(*(store.put(table, row) for row in kept))
    return (await house.record(await house.newest())).reference


async def _held(house: House, numbers: tuple[int, ...]) -> None:
    await house.held()
    for who, number in zip(("priya", "pat", "nia"), numbers, strict=True):
        await house.tap(who, f"{number} out of 10")


async def _told(house: House) -> None:
    """One of them, of which three answers may be quoted, the last one after eight weeks."""
    await _held(house, NUMBERS[0])
    for words in ({"happened": invented.THEIR_HAPPENED, "learning": invented.THEIR_LEARNING}, {}):
        await house.tap("pat", "Next", **words)
    await house.tap("pat", "Send", may_quote="yes")
    await house.skip(weeks=8, days=1)
    await house.tap("priya", "Next", outcome_child=invented.THEIR_OUTCOME)
    await house.tap("priya", "Next", may_quote="yes")
    await house.tap("priya", "Send")


async def _waiting(house: House) -> None:
    house.at = house.local("2027-03-30T09:05")
    await house.requested()
    await house.tap("martin", "Agree")


async def _booked(house: House) -> None:
    await _waiting(house)
    for title in ("I'll facilitate", "Yes, and I'll facilitate", "Find a date"):
        await house.tap("fay", title)
    coming = {"lead": "requester", "coming": "requester,nurse,other1"}
    await house.tap("fay", "Book the date", place="Endeavour House, room 2", **FOLLOWING, **coming)
