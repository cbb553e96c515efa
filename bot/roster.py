"""Who facilitates: a list of mail addresses in the settings, or the members of the team in Teams.

The roster is refreshed in the background every five minutes; where it cannot be had, the last one
serves for thirty, then nobody is let in. A removal therefore takes effect within five minutes.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from cachetools import TTLCache

from bot.edge.turns import of_error
from bot.teams.connector import Connector, MayHaveArrived, NeverConnected, NotAllowed, TeamsAnswered
from bot.teams.lookups import addresses
from cards.wording import wording
from records.directory import Directory
from records.people import (
    NOBODY,
    Addresses,
    Part,
    Participant,
    Person,
    PersonKey,
    is_among,
    mail_key,
    person_key,
)

FRESH: Final = 300.0
SERVES: Final = 1_800.0
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


def practice_team(found: tuple[Entry, ...]) -> tuple[Participant, ...]:
    """Who hears of the difference a conversation made, eight weeks on."""
    return tuple(
        Participant(
            id=f"practice-{mail_key(one.mail)[:12]}",
            part=Part.FACILITATOR,
            name=wording.PRACTICE_TEAM,
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

    def __init__(
        self, connector: Connector, directory: Directory, monotonic: Callable[[], float]
    ) -> None:
        self._connector, self._directory, self._monotonic = connector, directory, monotonic
        self._lock = asyncio.Lock()
        self._members: tuple[Participant, ...] = ()
        self._keys: frozenset[PersonKey] = frozenset()
        self._at: float | None = None

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
            try:
                await self._read(self._connector.get_members)
                self._at = now
            except (TeamsAnswered, NeverConnected, MayHaveArrived, NotAllowed) as error:
                log.warning("roster failed", extra={"action": "roster_failed", **of_error(error)})
                if self._at is not None and now - self._at >= SERVES:
                    self._members, self._keys = (), frozenset()

    async def _read(self, get: Callable[[str, str], Awaitable[list[Any]]]) -> None:
        place = await self._directory.channel()
        if place is None:
            return
        found = await get(place.service_url, place.conversation_id)
        people, keys = [], set()
        for one in found:
            tenant = str(one.get("tenantId") or place.tenant)
            object_id = str(one.get("aadObjectId") or one.get("objectId") or "")
            if object_id:
                keys.add(person_key(tenant, object_id))
            if (known := addresses(one)).mails:
                people.append(_member(known, tenant, object_id))
        self._members, self._keys = tuple(people), frozenset(keys)


def _member(known: Addresses, tenant: str, object_id: str) -> Participant:
    """Somebody of the roster, who is known by who they are."""
    named = facilitator(known.mails[0], known.name, tenant)
    key = person_key(tenant, object_id) if object_id else NOBODY
    return named.model_copy(update={"key": key})
