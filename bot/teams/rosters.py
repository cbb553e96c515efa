"""Rosters of teams: who is in one, and who of all their members somebody named is.

| a roster that cannot be read | means |
|---|---|
| 403, 404 | the app is not in that team any more: nobody is found in it |
| never connected, 412, 429, what is the deployment's fault | later, as for a message |
| anything else | later, for a quarter of an hour; then nobody is found in it |

Source: Teams, "Get the team roster": `pagedmembers` takes the id of a team, not of a channel.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from bot.teams.answers import meaning
from bot.teams.connector import Connector, NeverConnected, NotAllowed, TeamsAnswered
from bot.teams.lookups import LOST, addresses
from bot.teams.outbreak import Trouble
from bot.teams.teams_courier import MEMBER
from records.people import (
    NOBODY,
    Addresses,
    Participant,
    PersonKey,
    Reference,
    is_among,
    person_key,
)
from records.teams import Teams
from scheduler.delivery.courier import NotAccepted, Unreachable
from scheduler.delivery.opening import Candidate

FRESH: Final = 300.0
"""Seconds for which a roster serves."""
AGAIN: Final = 30.0
"""Seconds after which one that could not be read is asked for again."""
GIVEN_UP: Final = 900.0
"""Seconds after which whoever is looked for waits for it no longer."""
ALL: Final = 60.0
"""Seconds that looking through all of them may take."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TeamMember:
    """Somebody on a roster. `id` is the one with which a chat can be opened, `object_id` who they
    are in the directory of `tenant`; empty where Teams does not say it."""

    id: str
    tenant: str
    object_id: str
    known: Addresses

    @property
    def key(self) -> PersonKey:
        """Who they are, as it is known of whoever acts."""
        return person_key(self.tenant, self.object_id) if self.object_id else NOBODY


async def roster(connector: Connector, team: Reference) -> tuple[TeamMember, ...]:
    """Everybody in a team. Raises what the connector raises."""
    found = await connector.get_members(team.service_url, team.conversation_id)
    return tuple(_member(one, team.tenant) for one in found)


def _member(one: dict[str, Any], tenant: str) -> TeamMember:
    return TeamMember(
        id=str(one.get("id") or ""),
        tenant=str(one.get("tenantId") or tenant),
        object_id=str(one.get("aadObjectId") or one.get("objectId") or ""),
        known=addresses(one),
    )


@dataclass
class _Read:
    """A team's roster as it was last read; since when it cannot be, and when it was tried."""

    members: tuple[TeamMember, ...] = ()
    at: float | None = None
    failing: float | None = None
    tried: float = field(default=float("-inf"))
    waits: bool = True


class Rosters:
    """Finds somebody named among the members of all teams where the app is."""

    def __init__(self, connector: Connector, teams: Teams, monotonic: Callable[[], float]) -> None:
        self._connector, self._teams, self._monotonic = connector, teams, monotonic
        self._lock = asyncio.Lock()
        self._read: dict[str, _Read] = {}

    async def find(self, named: Participant) -> Candidate | None:
        """The one who is meant, by who they are, else by an address; None where nobody or more
        than one is. Raises NotAccepted where a roster that is needed can be read later."""
        found: dict[PersonKey, Candidate] = {}
        waits = False
        try:
            async with asyncio.timeout(ALL), self._lock:
                for team in await self._teams.everywhere():
                    read = await self._of(team)
                    waits = waits or read.waits
                    mine = (one for one in read.members if _is_meant(named, one, team))
                    found |= {one.key: _candidate(one, team) for one in mine}
        except TimeoutError as error:
            raise NotAccepted("rosters are slow", AGAIN) from error
        if not found and waits:
            raise NotAccepted("a roster cannot be read", AGAIN)
        return next(iter(found.values())) if len(found) == 1 else None

    async def _of(self, team: Reference) -> _Read:
        now = self._monotonic()
        read = self._read.setdefault(team.conversation_id, _Read())
        fresh = read.at is not None and now - read.at < FRESH
        if fresh or now - read.tried < AGAIN:
            return read
        read.tried = now
        try:
            read.members, read.at = await roster(self._connector, team), now
            read.failing, read.waits = None, False
        except LOST as error:
            self._failed(read, team, error, now)
        return read

    def _failed(self, read: _Read, team: Reference, error: Exception, now: float) -> None:
        why = meaning(error, team) if isinstance(error, TeamsAnswered) else None
        if isinstance(why, Unreachable):
            read.members, read.at, read.failing, read.waits = (), now, None, False
        else:
            read.failing = now if read.failing is None else read.failing
            read.waits = _passes(error, why) or now - read.failing < GIVEN_UP
        about = {"team": team.conversation_id[:300], "error": type(error).__name__}
        status = {"status": str(error.status)} if isinstance(error, TeamsAnswered) else {}
        log.warning("roster failed", extra={"action": "roster_failed", **about, **status})


def _passes(error: Exception, why: object) -> bool:
    """Whether it is nothing of this roster, so that it is waited for as long as it takes."""
    if isinstance(error, TeamsAnswered) and error.status in (412, 429):
        return True
    return isinstance(why, Trouble) or isinstance(error, NeverConnected | NotAllowed)


def _is_meant(named: Participant, one: TeamMember, team: Reference) -> bool:
    """Of the team's own tenant: what other directories call somebody means nobody in ours."""
    here = one.tenant.casefold()
    if not one.key or not one.id.startswith(MEMBER) or here != team.tenant.casefold():
        return False
    if named.key:
        return one.key == named.key
    counts = not named.tenant or named.tenant.casefold() == here
    return counts and is_among(named.mail, one.known.mails)


def _candidate(one: TeamMember, team: Reference) -> Candidate:
    """Until the chat is open, their id stands where its own will."""
    place = team.model_copy(update={"conversation_id": one.id, "user_id": one.id})
    plain = Reference(**{name: getattr(place, name) for name in Reference.model_fields})
    return Candidate(one.object_id, one.known, plain)
