"""Who facilitates: a list of mail addresses in the settings, or the members of the team in Teams.

The roster is refreshed in the background every five minutes; where it cannot be had, the last one
serves for thirty, then nobody is let in. A removal therefore takes effect within five minutes.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from bot.edge.turns import of_error
from bot.teams.connector import Connector, MayHaveArrived, NeverConnected, NotAllowed, TeamsAnswered
from cards.wording import wording
from records.directory import Directory
from records.people import Part, Participant, Person, mail_key, same_mail

FRESH: Final = 300.0
SERVES: Final = 1_800.0
TEAM_LEAD: Final = "team-lead"
log = logging.getLogger(__name__)


def facilitator(mail: str, name: str = "") -> Participant:
    """A facilitator who hears of requests; the id comes from the address and stays the same."""
    who = f"f-{mail_key(mail)[:12]}"
    return Participant(id=who, part=Part.FACILITATOR, name=name or mail, mail=mail)


def team_lead(mail: str) -> Participant | None:
    """Who hears of a request that nobody picks up; None where no address is set."""
    if not mail:
        return None
    return Participant(id=TEAM_LEAD, part=Part.FACILITATOR, name=wording.TEAM_LEAD, mail=mail)


def practice_team(mails: tuple[str, ...]) -> tuple[Participant, ...]:
    """Who hears of the difference a conversation made, eight weeks on."""
    return tuple(
        Participant(
            id=f"practice-{mail_key(mail)[:12]}",
            part=Part.FACILITATOR,
            name=wording.PRACTICE_TEAM,
            mail=mail,
        )
        for mail in mails
    )


class ListedFacilitators:
    """The addresses in FACILITATORS."""

    def __init__(self, mails: tuple[str, ...]) -> None:
        self._mails = mails

    async def members(self) -> tuple[Participant, ...]:
        """One for each address."""
        return tuple(facilitator(mail) for mail in self._mails)

    async def is_member(self, person: Person) -> bool:
        """Whether one of the person's verified addresses is listed."""
        return any(same_mail(one, mail) for one in self._mails for mail in person.mails)


class TeamFacilitators:
    """The members of the facilitation team, as the platform lists them."""

    def __init__(
        self, connector: Connector, directory: Directory, monotonic: Callable[[], float]
    ) -> None:
        self._connector, self._directory, self._monotonic = connector, directory, monotonic
        self._lock = asyncio.Lock()
        self._members: tuple[Participant, ...] = ()
        self._keys: frozenset[str] = frozenset()
        self._at: float | None = None

    async def members(self) -> tuple[Participant, ...]:
        """Everybody on the roster, the latest that could be had."""
        await self._refresh()
        return self._members

    async def is_member(self, person: Person) -> bool:
        """Whether the person is on the roster, by object id."""
        await self._refresh()
        return person.object_id.casefold() in self._keys

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
            mail = str(one.get("email") or one.get("userPrincipalName") or "")
            keys.add(str(one.get("aadObjectId") or one.get("objectId") or "").casefold())
            if mail:
                people.append(facilitator(mail, str(one.get("name") or "")))
        self._members, self._keys = tuple(people), frozenset(keys - {""})
