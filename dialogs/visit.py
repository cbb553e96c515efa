"""A visit: one person's turn, with everything a handler needs handed in."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from cards.links import NO_LINKS, Links
from dialogs.carrier import NO_CARRIER, Carrier
from dialogs.events import Turn
from records.conversation import Conversation
from records.directory import Directory
from records.drafts import Drafts
from records.file import File, read_record
from records.partnership import Partnership
from records.people import Person
from records.register import Register
from records.request import Participant


class Facilitators(Protocol):
    """Who facilitates: the members of the facilitation team, or a list of mail addresses."""

    async def members(self) -> tuple[Participant, ...]:
        """Everybody who hears of a request that waits."""
        ...

    async def is_member(self, person: Person) -> bool:
        """Whether this person may pick up conversations."""
        ...


@dataclass(frozen=True)
class Desk:
    """What every handler works with. `nonce` gives the id one drawing of a card sends back.

    `channel` is the id of the facilitation team's channel, where nothing of a story is shown.
    `team_lead` hears of a request that nobody of the team picks up, `practice_team` of outcomes.
    `arrived` is called when somebody has become reachable, so that what waits for them goes out.
    `links` gives addresses of files for a browser, `carrier` hands files over through Teams.
    """

    register: Register
    drafts: Drafts
    directory: Directory
    facilitators: Facilitators
    now: Callable[[], datetime]
    nonce: Callable[[], str]
    arrived: Callable[[Person], Awaitable[None]]
    channel: str = ""
    links: Links = NO_LINKS
    team_lead: Participant | None = None
    practice_team: tuple[Participant, ...] = ()
    carrier: Carrier = NO_CARRIER

    @property
    def partnership(self) -> Partnership:
        """Whom this serves."""
        return self.register.timetable.partnership

    @property
    def zone(self) -> ZoneInfo:
        """The partnership's wall time."""
        return self.register.timetable.office.zone


class Stopped(Exception):
    """Messages of this conversation are stopped: the root answers for whoever opens it."""

    def __init__(self, it: Conversation) -> None:
        super().__init__(it.id)
        self.it = it


def _going_on(it: Conversation | None) -> Conversation | None:
    if it is not None and it.changes.stopped_at is not None:
        raise Stopped(it)
    return it


@dataclass(frozen=True)
class Visit:
    """One turn of one person. `now` is fixed for the turn."""

    desk: Desk
    turn: Turn
    person: Person
    now: datetime

    async def conversation(self, key: str) -> Conversation | None:
        """The conversation with this id, or None; what a card carries may be anything.

        Raises Stopped while its messages are stopped.
        """
        return _going_on(await self.even_stopped(key))

    async def even_stopped(self, key: str) -> Conversation | None:
        """As `conversation`, for what works while its messages are stopped."""
        found = await read_record(self.desk.register.store, key) if key else None
        return found[0] if found else None

    async def file(self, key: str) -> File | None:
        """A conversation with its answers, or None. Raises Stopped."""
        found = await self.desk.register.file(key) if key else None
        _going_on(found.conversation if found else None)
        return found

    def is_person(self, participant: Participant | None) -> bool:
        """Whether the one who acts is this participant."""
        return participant is not None and participant.is_person(self.person.key, self.person.mails)
