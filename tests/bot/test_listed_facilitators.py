"""Who facilitates, by a list or by the team's roster: never by an address in another tenant."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.roster import (
    Entry,
    ListedFacilitators,
    TeamFacilitators,
    entries,
    team_lead,
)
from records.directory import Directory
from records.people import Addresses, Person, Reference, person_key
from records.store.memory import MemoryStore
from records.teams import Teams

NOW = datetime(2026, 11, 2, 10, tzinfo=ZoneInfo("Europe/London"))
TEAM = Reference(service_url="https://t.example", conversation_id="19:team", tenant="home")


def test_a_bare_entry_counts_at_home_and_a_named_tenant_there() -> None:
    found = entries(("fay@team.example", "other/idris@team.example"), "home")
    assert found == (Entry("fay@team.example", "home"), Entry("idris@team.example", "other"))
    assert team_lead(()) is None


@dataclass
class Town:
    """People of two tenants, and a clock."""

    seconds: float = 0.0
    directory: Directory = field(default_factory=lambda: Directory(MemoryStore()))

    async def comes(self, tenant: str, who: str, *mails: str) -> Person:
        place = Reference(service_url="https://t.example", conversation_id=who, tenant=tenant)
        found = Addresses(mails)
        person, _ = await self.directory.seen(
            tenant, who, who, NOW, reference=place, addresses=found
        )
        return person


@pytest.mark.parametrize(
    ("written", "home", "members"),
    [
        ("fay@team.example", "home", ["fay"]),
        ("Fay@Team.example", "home", ["fay"]),
        ("other/fay@team.example", "home", ["elsewhere"]),
        ("fay@team.example", "", []),
        ("nobody@team.example", "home", []),
    ],
)
async def test_a_listed_address_is_one_persons_in_its_tenant(
    written: str, home: str, members: list[str]
) -> None:
    """The same address in another tenant that is served is somebody else's."""
    town = Town()
    people = {
        "fay": await town.comes("home", "fay", "fay@team.example"),
        "elsewhere": await town.comes("other", "elsewhere", "fay@team.example"),
        "idris": await town.comes("home", "idris", "idris@team.example"),
    }
    team = ListedFacilitators(entries((written,), home), town.directory, lambda: town.seconds)
    assert [who for who, one in people.items() if await team.is_member(one)] == members


async def test_somebody_who_is_listed_no_more_is_none_within_a_minute() -> None:
    town = Town()
    fay = await town.comes("home", "fay", "fay@team.example")
    team = ListedFacilitators(
        entries(("fay@team.example",), "home"), town.directory, lambda: town.seconds
    )
    assert await team.is_member(fay)
    fay = await town.comes("home", "fay", "fay.larsen@team.example")
    town.seconds = 61.0
    assert not await team.is_member(fay)
    assert await team.has_left(fay)


@dataclass
class Roster:
    """Teams, which lists the team's members."""

    people: list[dict[str, Any]]

    async def get_members(self, service_url: str, conversation: str) -> list[dict[str, Any]]:
        return self.people


def member(who: str, tenant: str = "home") -> dict[str, Any]:
    return {"aadObjectId": who.upper(), "tenantId": tenant, "email": f"{who}@team.example"}


async def team_of(town: Town, roster: Roster) -> TeamFacilitators:
    await town.directory.channel_seen(TEAM)  # as an earlier version kept it
    teams = Teams(town.directory._store, team=TEAM.conversation_id)
    return TeamFacilitators(roster, teams, lambda: town.seconds)  # type: ignore[arg-type]  # all of it that is used


async def test_the_roster_knows_people_by_who_they_are() -> None:
    town, roster = Town(), Roster([member("fay")])
    team = await team_of(town, roster)
    assert await team.is_member(await town.comes("home", "fay"))
    for tenant, who in (("other", "fay"), ("home", "robin")):
        person = await town.comes(tenant, who, "fay@team.example")
        assert not await team.is_member(person)
    assert [one.key for one in await team.members()] == [person_key("home", "fay")]
