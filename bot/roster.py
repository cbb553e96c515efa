"""Who facilitates: a list of mail addresses in the settings, or the members of the team in Teams.

The roster is asked by the team's id, again after five minutes; where it cannot be had, the last one
serves for thirty, then nobody is let in. A removal therefore takes effect within five minutes.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from cachetools import TTLCache

from bot.edge.turns import of_error
from bot.teams.connector import Connector
from bot.teams.lookups import LOST
from bot.teams.rosters import TeamMember, roster
from cards.wording import wording
from records.directory import Directory
from records.people import (
    NOBODY,
    Part,
    Participant,
    Person,
    PersonKey,
    is_among,
    mail_key,
)
from records.teams import Teams

FRESH: Final = 300.0
SERVES: Final = 1_800.0
AGAIN: Final = 30.0
"""Seconds after which a roster that could not be had is asked for again."""
PATIENCE: Final = 3.0
"""Seconds that it may take of a turn's seven."""
KNOWN: Final = 60.0
MOST: Final = 1_000
TEAM_LEAD: Final = "team-lead"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """One entry of a list in the settings: an address, and the tenant in which it counts.

    Without a tenant it counts in any that is served.
    """

    mail: str
    tenant: str = ""


def entries(written: Iterable[str], home: str) -> tuple[Entry, ...]:
    """Entries as they are written, `mail` or `tenant-id/mail`; a bare one counts at `home`."""
    found = []
    for one in written:
        tenant, slash, mail = one.partition("/")
        found.append(Entry(mail, tenant) if slash else Entry(one, home))
    return tuple(found)


def facilitator(mail: str, name: str = "", tenant: str = "") -> Participant:
    """A facilitator who hears of requests; the id comes from the address and stays the same."""
    who = f"f-{mail_key(mail)[:12]}"
    return Participant(id=who, part=Part.FACILITATOR, name=name or mail, mail=mail, tenant=tenant)


def team_lead(found: tuple[Entry, ...]) -> Participant | None:
    """Who hears of a request that nobody picks up; None where no address is set."""
    if not found:
        return None
    return Participant(
        id=TEAM_LEAD,
        part=Part.FACILITATOR,
        name=wording.TEAM_LEAD,
        mail=found[0].mail,
        tenant=found[0].tenant,
    )


def reader(found: tuple[Entry, ...], name: str) -> Participant | None:
    """The team lead's deputy, or who stands in for both; None where no address is set."""
    lead = team_lead(found)
    return (
        lead.model_copy(update={"id": f"reader-{mail_key(lead.mail)[:12]}", "name": name})
        if lead
        else None
    )


def gatekeepers(found: tuple[Entry, ...]) -> tuple[Participant, ...]:
    """Who chooses a facilitator where few may know of a conversation; nobody where none is set."""
    return _each_as("keeper", wording.GATEKEEPER, found)


def evaluators(found: tuple[Entry, ...]) -> tuple[Participant, ...]:
    """Who reads the words of a closed period, to collate them; nobody where none is set."""
    return _each_as("evaluator", wording.EVALUATOR, found)


def practice_team(found: tuple[Entry, ...]) -> tuple[Participant, ...]:
    """Who hears of the difference a conversation made, eight weeks on."""
    return _each_as("practice", wording.PRACTICE_TEAM, found)


def _each_as(kind: str, name: str, found: tuple[Entry, ...]) -> tuple[Participant, ...]:
    return tuple(
        Participant(
            id=f"{kind}-{mail_key(one.mail)[:12]}",
            part=Part.FACILITATOR,
            name=name,
            mail=one.mail,
            tenant=one.tenant,
        )
        for one in found
    )


class ListedFacilitators:
    """The entries of FACILITATORS."""

    def __init__(
        self, listed: tuple[Entry, ...], directory: Directory, monotonic: Callable[[], float]
    ) -> None:
        self._listed = tuple(facilitator(one.mail, tenant=one.tenant) for one in listed)
        self._directory = directory
        self._known: TTLCache[PersonKey, bool] = TTLCache(MOST, KNOWN, monotonic)

    async def members(self) -> tuple[Participant, ...]:
        """One for each entry."""
        return self._listed

    async def is_member(self, person: Person) -> bool:
        """Whether one of the entries is this person, and nobody else, a minute ago at most.

        Who is not is asked of each time: they may just have come.
        """
        if person.key not in self._known:
            named = self._directory.is_named
            if not any([await named(one, person) for one in self._listed]):
                return False
            self._known[person.key] = True
        return True

    async def has_left(self, person: Person) -> bool:
        """Whether no entry is theirs, or those that were are somebody else's.

        An address that nobody has for certain just now, or several have, is not known to be
        anybody else's; and nothing is known of somebody whose addresses were never given.
        """
        theirs = [one for one in self._listed if _may_mean(one, person)]
        certain = self._directory.certain
        holders = [await certain(one.mail, one.tenant) for one in theirs]
        if not holders:
            return bool(person.mails)
        return not {NOBODY, person.key, *person.former} & set(holders)


def _may_mean(one: Participant, person: Person) -> bool:
    """Whether an entry is one of their addresses, in the tenant in which it counts."""
    here = not one.tenant or one.tenant.casefold() == person.tenant.casefold()
    return here and is_among(one.mail, person.mails)


class TeamFacilitators:
    """The members of the facilitation team, as the platform lists them."""

    def __init__(self, connector: Connector, teams: Teams, monotonic: Callable[[], float]) -> None:
        self._connector, self._teams, self._monotonic = connector, teams, monotonic
        self._lock = asyncio.Lock()
        self._members: tuple[Participant, ...] = ()
        self._keys: frozenset[PersonKey] = frozenset()
        self._at: float | None = None
        self._failed: float | None = None

    async def members(self) -> tuple[Participant, ...]:
        """Everybody on the roster, the latest that could be had."""
        await self._refresh()
        return self._members

    async def is_member(self, person: Person) -> bool:
        """Whether the person is on the roster, by who they are."""
        await self._refresh()
        return not self._keys.isdisjoint((person.key, *person.former))

    async def has_left(self, person: Person) -> bool:
        """Whether a roster that could be had, half an hour ago at most, has them no more."""
        member = await self.is_member(person)
        return bool(self._keys) and not member

    async def _refresh(self) -> None:
        async with self._lock:
            now = self._monotonic()
            if self._at is not None and now - self._at < FRESH:
                return
            if self._failed is not None and now - self._failed < AGAIN:
                return
            try:
                await self._read(now)
            except LOST as error:
                self._failed = now
                log.warning("roster failed", extra={"action": "roster_failed", **of_error(error)})
                if self._at is not None and now - self._at >= SERVES:
                    self._members, self._keys = (), frozenset()

    async def _read(self, now: float) -> None:
        """The roster of the team, by its id. One that was never seen is looked for each time."""
        team = await self._teams.team()
        if team is None:
            return
        async with asyncio.timeout(PATIENCE):
            found = await roster(self._connector, team)
        self._keys = frozenset(one.key for one in found if one.key)
        self._members = tuple(_member(one) for one in found if one.known.mails)
        self._at, self._failed = now, None


def _member(one: TeamMember) -> Participant:
    """Somebody of the roster, who is known by who they are."""
    named = facilitator(one.known.mails[0], one.known.name, one.tenant)
    return named.model_copy(update={"key": one.key})
