"""Invented people and their conversations, written as the product keeps them.

Each has the app, and came to a conversation that took place an hour ago: feedback is open. They are
of many tenants, as Teams takes a limited number of updates a second for each
(`bot.teams.pacing`), and what is measured is no queue.
"""

import asyncio
import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cards.wording import wording
from records.conversation.conversation import Booking, Conversation, Held
from records.conversation.request import About, Reason, Request
from records.conversation.snapshot import TABLE, record_row
from records.people import Part, PersonKey, person_key
from records.people_rows import PEOPLE
from records.register.projections import list_conversation
from records.stages import Stage
from records.store.codec import to_values
from records.store.contract import Row, Store
from records.timetable.timetable import Timetable
from tests.faults.world import One
from tests.teams import drawn
from tests.teams.activities import Activity, Sender
from tests.teams.places import Account, Card, Ids, Place

TENANTS: Final = 32
SENT: Final = "requester"
"""As whom everybody is in their conversation."""
AT_ONCE: Final = 16
STORY: Final = (
    "We meet every week and every week we leave with another plan, and nobody says out loud that"
    " the last one was never tried. The family has stopped asking. I would like us to agree on one"
    " thing, say who does it and by when, and look at it together before we plan the next. Number"
)


class NoSuchButton(Exception):
    """A card has no button of this title: the product shows something else than was expected."""


@dataclass(eq=False)
class Member:
    """Somebody with a chat. `card` is what they have before them, `sent` what they have answered
    and expect to be kept, by the name of its field."""

    one: One
    place: Place
    account: Account
    sender: Sender
    ids: Ids
    conversation: str
    card: Card = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> PersonKey:
        """Under which they are kept."""
        return person_key(self.one.tenant, self.one.object_id)

    def says(self, text: str) -> Activity:
        """A typed message."""
        return self.sender.said(self.place, self.account, self.ids.message(), text)

    def taps(self, verb: str, data: dict[str, Any]) -> Activity:
        """A tap on a card that lies in their chat, never the same twice."""
        pressed, identity = {"verb": verb}, self.ids.activity()
        message = f"card-{self.one.number}"
        return self.sender.executed(self.place, self.account, identity, pressed, data, message)

    def presses(self, title: str, **words: str) -> Activity:
        """A tap on a button of the card before them, with this in its fields. Raises
        NoSuchButton."""
        pressed = drawn.find(self.card, title)
        if pressed is None:
            raise NoSuchButton(f"{title!r} on:\n{drawn.texts(self.card)}")
        data = dict(pressed.get("data") or {})
        for name, one in drawn.fields(self.card).items():
            held = drawn.holds(one, words.get(name))
            if held is not None:
                data[name] = held
        return self.taps(pressed["verb"], data)

    def tells(self, *names: str) -> dict[str, str]:
        """A new text for each of these fields, remembered as sent."""
        told = {name: f"{STORY} {self.one.number}, {name}." for name in names}
        self.sent |= told
        return told


class Town:
    """Makes people, each once. `url` is the service URL of their Teams."""

    def __init__(self, store: Store, url: str, bot: str) -> None:
        self._store, self._url, self._dates = store, url, Timetable(wording.partnership)
        self._numbers, self._ids = itertools.count(2), Ids()
        self._sender = Sender(bot, "Learning Conversations", url)

    async def open(self) -> None:
        """Those who are in every conversation: a facilitator and a manager."""
        for number in range(2):
            await self._store.create(PEOPLE, self._row(One(number, TENANTS)))

    async def newcomers(self, count: int) -> list[Member]:
        """So many people more, each with a conversation that took place."""
        found = [self._member(next(self._numbers)) for _ in range(count)]
        waiting = iter(found)

        async def work() -> None:
            for member in waiting:
                await self._store.create(PEOPLE, self._row(member.one))
                it = _held(member)
                await self._store.create(TABLE, record_row(it, ""))
                # So that an answer changes the lists as it does, and does not begin them.
                await list_conversation(self._store, it, self._dates, afresh=True)

        async with asyncio.TaskGroup() as workers:
            for _ in range(AT_ONCE):
                workers.create_task(work())
        return found

    def _member(self, number: int) -> Member:
        one = One(number, TENANTS)
        mail = f"person{number}@agency.example"
        account = Account(f"29:{one.object_id}", one.object_id, one.name, mail, one.tenant)
        place = Place(one.chat, one.tenant, account=account)
        return Member(one, place, account, self._sender, self._ids, f"{number:032x}")

    def _row(self, one: One) -> Row:
        """Their addresses were read today, so that Teams is asked for none."""
        now = datetime.now(UTC)
        seen = {"mails_at": now, "seen_at": now, "welcomed_at": now}
        person = one.as_person(self._url).model_copy(update=seen)
        return Row(person.key, "person", to_values(person))


def tenants() -> str:
    """Those that are served, as the setting has them."""
    return ",".join(One(number, TENANTS).tenant for number in range(TENANTS))


def _held(member: Member) -> Conversation:
    """The facilitator has said who came."""
    now = datetime.now(UTC)
    begun, end = now - timedelta(days=9), now - timedelta(hours=1)
    facilitator, manager = One(0, TENANTS), One(1, TENANTS)
    return Conversation(
        id=member.conversation,
        reference=f"LC-{member.one.number:05d}",
        stage=Stage.HELD,
        created=begun,
        stage_since=end,
        asked_at=begun,
        decided_at=begun,
        picked_up_at=begun,
        booked_at=begun,
        facilitator="facilitator",
        request=Request(about=About.CHILD, reasons=(Reason.STUCK,), team="East", agency="Agency 1"),
        people=(
            facilitator.as_participant("facilitator", Part.FACILITATOR),
            member.one.as_participant(SENT, Part.REQUESTER),
            manager.as_participant("manager", Part.MANAGER),
        ),
        booking=Booking(
            cycle=1,
            start=end - timedelta(hours=1),
            end=end,
            wall_start=f"{end - timedelta(hours=1):%Y-%m-%dT%H:%M}",
            zone="Europe/London",
            place="Room 1",
            lead=SENT,
            coming=(SENT, "manager"),
        ),
        held=Held(at=end, came=(SENT, "manager"), confirmed=True),
    )
