"""A Teams that behaves as Microsoft's documentation says, and forgives nothing.

priya = teams.person("priya")
await priya.installs()
await priya.desk.say("request")
await priya.desk.tap("No")
await priya.phone.tap("Next", about="child", reasons="stuck")
priya.phone.shown, priya.desk.buttons, priya.desk.reload(), priya.desk.again(Again.NEW_ID)
teams.answer(BLOCKED_BY_ADMIN, times=3), teams.versions("a word of a story")
"""

import asyncio
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from tests.teams.activities import Sender
from tests.teams.answers import Answer, Order
from tests.teams.line import Line
from tests.teams.people import Person, invented
from tests.teams.places import Message, Place, Team, Version
from tests.teams.server import Server
from tests.teams.service import Service

QUIET: Final = 0.03
"""Seconds without any request after which nothing more is expected."""
LONGEST: Final = 10.0


class Clock:
    """The machine's clocks, further on by what has passed in a test: the product's and Teams'."""

    def __init__(self) -> None:
        self._passed = 0.0

    def now(self) -> datetime:
        """The present moment, UTC."""
        return datetime.now(UTC) + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return time.monotonic() + self._passed

    def passes(self, seconds: float) -> None:
        """So much time is gone."""
        self._passed += seconds


@dataclass(frozen=True)
class Found:
    """A version of a message in which words stand."""

    place: Place
    message: Message
    number: int
    version: Version

    @property
    def is_now(self) -> bool:
        """Whether it is what the message holds at present."""
        return self.version is self.message.now and not self.message.deleted

    def __str__(self) -> str:
        summary = self.version.activity.get("summary", "")
        return f"{self.place.id} {self.message.id} v{self.number}: {summary}"


@dataclass(eq=False)
class Teams:
    """Everything: the service, its server, the way to the bot, and the people."""

    service: Service
    server: Server
    sender: Sender
    clock: Clock
    tenant: str
    line: Line = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, key: str, name: str = "", mail: str = "", **more: bool) -> Person:
        """Somebody by their first name; with a name and an address, somebody new."""
        if key not in self.people:
            account = invented(key, name, mail, self.tenant, **more)
            self.service.accounts[account.id] = account
            self.people[key] = Person(key, account, self)
        return self.people[key]

    def passes(self, seconds: float) -> None:
        """Time passes, for Teams and for the bot."""
        self.clock.passes(seconds)

    # Teams and channels ------------------------------------------------------------------------

    def team(self, name: str, members: Iterable[Person], *channels: str) -> Team:
        """A team with its general channel and others."""
        number = len(self.service.teams) + 1
        made = Team(f"19:team{number}@thread.tacv2", name, self.tenant, f"group-{number}")
        made.members.extend(one.account for one in members)
        made.channels[made.id] = "General"
        for place, channel in enumerate(channels, start=1):
            made.channels[f"19:team{number}-{place}@thread.tacv2"] = channel
        for channel in made.channels:
            self.service.places[channel] = Place(channel, self.tenant, team=made)
        self.service.teams[made.id] = made
        return made

    def channel(self, team: Team, name: str) -> Place:
        """A channel by its name."""
        (found,) = (one for one, called in team.channels.items() if called == name)
        return self.service.places[found]

    async def installs(
        self, team: Team, *, picked: str = "General", by: Person | None = None
    ) -> None:
        """The app is added to a team; the channel is picked by whoever does it."""
        team.has_app = True
        account = by.account if by is not None else None
        place, identity = self.channel(team, picked), self.service.ids.activity()
        for one in self.sender.team_installed(team, place, identity, account):
            await self.line.deliver(one)

    async def joins(self, team: Team, person: Person) -> None:
        """Somebody comes to a team: an event where the app is."""
        team.members.append(person.account)
        if team.has_app:
            general, identity = self.channel(team, "General"), self.service.ids.activity()
            await self.line.deliver(self.sender.joined(team, general, identity, person.account))

    async def mention(self, person: Person, place: Place, text: str) -> None:
        """Somebody speaks to the bot in a channel."""
        identity = self.service.ids.message()
        place.heard.add(identity)
        account = person.account
        await self.line.deliver(self.sender.mentioned(place, account, identity, text, identity))

    # What a test may order, and look at --------------------------------------------------------

    def answer(
        self,
        answer: Answer,
        *,
        person: Person | None = None,
        method: str = "",
        path: str = "",
        times: int | None = None,
    ) -> Order:
        """From now on this, for these: so many times, or until `lift`."""
        who = person.account.id if person is not None else ""
        order = Order(answer, person=who, method=method, path=path, times=times)
        return self.service.orders.give(order)

    def remove(self, message: Message) -> None:
        """A message is deleted, and is nowhere shown any more."""
        message.deleted = True
        for place in self.service.places.values():
            if message.id in place.messages:
                for client in place.clients:
                    client.redraw(message)

    def lift(self, order: Order) -> None:
        """What was ordered holds no more."""
        self.service.orders.lift(order)

    def everything(self) -> Iterator[Found]:
        """Every version of every message of the bot's."""
        for place in self.service.places.values():
            for message in place.messages.values():
                if message.author == self.service.bot:
                    for number, version in enumerate(message.versions, start=1):
                        yield Found(place, message, number, version)

    def versions(self, words: str) -> list[Found]:
        """The versions in which these words stand."""
        found = self.everything()
        return [
            one for one in found if words in json.dumps(one.version.activity, ensure_ascii=False)
        ]

    @property
    def wrong(self) -> list[str]:
        """What the bot has done that no bot should: nothing, at the end of a test."""
        return [*self.service.wrong, *self.line.wrong]

    @property
    def redrawn_under_fingers(self) -> list[str]:
        """Updates that threw away what was half typed, or came over a second after the tap on a
        device where somebody had tapped that very message."""
        return [
            f"{one.device}: {one.message}, {one.since_tap:.1f} s after the tap, lost {one.lost}"
            for person in self.people.values()
            for one in person.redrawn
            if one.lost and one.since_tap > 1.0
        ]

    async def quiet(self) -> None:
        """Wait until the bot has asked for nothing for a moment."""
        until, calls, since = time.monotonic() + LONGEST, -1, time.monotonic()
        while time.monotonic() < until:
            if len(self.server.calls) != calls or self.server.under_way:
                calls, since = len(self.server.calls), time.monotonic()
            elif time.monotonic() - since > QUIET:
                return
            await asyncio.sleep(0.01)
