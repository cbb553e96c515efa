"""The roster of the facilitation team: a removal counts within five minutes, a failure never."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.roster import AGAIN, FRESH, SERVES, ListedFacilitators, TeamFacilitators, entries
from bot.teams.connector import TeamsAnswered
from records.directory import Directory, NoSuchMember
from records.facilitation import has_left
from records.people import Addresses, Person, Reference
from records.store.memory import MemoryStore
from records.teams import TeamEvent, Teams

HOME = "tenant-1"
NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
PLACE = Reference(service_url="https://teams.example/", conversation_id="19:team", tenant=HOME)


class FakeTeams:
    """A Teams whose roster can be changed, and which can fail."""

    def __init__(self) -> None:
        self.members: list[dict[str, Any]] = []
        self.fails, self.asked, self.hangs = False, 0, False

    async def get_members(self, service_url: str, conversation: str) -> list[dict[str, Any]]:
        assert conversation == PLACE.conversation_id, "a roster is a team's, not a channel's"
        self.asked += 1
        if self.hangs:
            await asyncio.Event().wait()
        if self.fails:
            raise TeamsAnswered(502, {}, {})
        return self.members


class Team:
    """A team in Teams, and a clock that moves."""

    def __init__(self) -> None:
        self.teams, self.seconds = FakeTeams(), 0.0
        store = MemoryStore()
        self.directory, self.known = Directory(store), Teams(store, team=PLACE.conversation_id)
        connector: Any = self.teams
        self.facilitators = TeamFacilitators(connector, self.known, lambda: self.seconds)

    async def person(self, object_id: str, mail: str) -> Person:
        found = Addresses((mail,))
        return (await self.directory.seen(HOME, object_id, "Fay", NOW, addresses=found))[0]


def member(object_id: str, mail: str) -> dict[str, Any]:
    return {"aadObjectId": object_id, "tenantId": HOME, "email": mail, "name": "Somebody"}


@pytest.fixture
async def team() -> Team:
    made = Team()
    await made.known.seen(TeamEvent(PLACE, picked="19:picked"))
    made.teams.members = [member("fay", "fay@f.example"), member("idris", "idris@f.example")]
    return made


async def test_who_is_taken_off_the_team_has_left_it_within_five_minutes(team: Team) -> None:
    fay = await team.person("fay", "fay@f.example")
    assert not await team.facilitators.has_left(fay)
    team.teams.members = team.teams.members[1:]
    team.seconds = FRESH
    assert await team.facilitators.has_left(fay)
    assert FRESH == 300.0


async def test_the_roster_is_asked_once_in_five_minutes(team: Team) -> None:
    fay = await team.person("fay", "fay@f.example")
    for _ in range(5):
        await team.facilitators.has_left(fay)
        team.seconds += FRESH / 10
    assert team.teams.asked == 1


async def test_a_roster_that_fails_for_forty_minutes_takes_nobodys_own_away(team: Team) -> None:
    fay = await team.person("fay", "fay@f.example")
    assert await team.facilitators.is_member(fay)
    team.teams.fails = True
    for _ in range(8):
        team.seconds += FRESH
        assert not await team.facilitators.has_left(fay)
    assert team.seconds > SERVES
    assert not await team.facilitators.is_member(fay), "nobody is let in who was not there"


async def test_a_roster_that_was_never_to_be_had_says_of_nobody_that_they_left(team: Team) -> None:
    team.teams.fails = True
    assert not await team.facilitators.has_left(await team.person("fay", "fay@f.example"))
    team.teams.fails, team.teams.members = False, []
    assert not await team.facilitators.has_left(await team.person("fay", "fay@f.example"))


async def test_an_account_that_is_gone_has_left_whatever_the_roster_says(team: Team) -> None:
    async def gone(_: Person) -> Addresses:
        raise NoSuchMember

    fay = await team.person("fay", "fay@f.example")
    reference = PLACE.model_copy(update={"conversation_id": "chat-fay"})
    directory = Directory(team.directory._store, lookup=gone)
    await directory.seen(HOME, "fay", "Fay", NOW, reference=reference)
    later = NOW.replace(day=4)
    about = team.facilitators, directory, None
    assert not await has_left(*about, fay)
    known = await directory.find(fay.key)
    assert known is not None
    assert await has_left(*about, await directory.current(known, later))
    back, _ = await directory.seen(
        HOME, "fay", "Fay", later, reference=reference, addresses=Addresses(("fay@f.example",))
    )
    assert not await has_left(*about, back), "the platform knows them again"


Listing = Callable[[str], ListedFacilitators]


@pytest.fixture
def listing(team: Team) -> Listing:
    return lambda mail: ListedFacilitators(
        entries((mail,), HOME), team.directory, lambda: team.seconds
    )


async def with_chat(team: Team, object_id: str, mail: str) -> Person:
    """Somebody who can be written to, so that they have their address at present."""
    place = PLACE.model_copy(update={"conversation_id": f"chat-{object_id}"})
    seen = team.directory.seen
    found = Addresses((mail,))
    return (await seen(HOME, object_id, "X", NOW, reference=place, addresses=found))[0]


async def test_who_is_taken_off_the_list_has_left(team: Team, listing: Listing) -> None:
    fay = await with_chat(team, "fay", "fay@f.example")
    assert not await listing("Fay@F.example").has_left(fay)
    assert await listing("idris@f.example").has_left(fay)
    assert await listing("other-tenant/fay@f.example").has_left(fay)


async def test_an_address_handed_to_somebody_else_is_theirs_and_the_one_before_has_left(
    team: Team, listing: Listing
) -> None:
    """While both have it nobody is let in by it, and nobody has left either."""
    fay = await with_chat(team, "fay", "fay@f.example")
    new = await with_chat(team, "new", "fay@f.example")
    listed = listing("fay@f.example")
    for one in (fay, new):
        assert not await listed.is_member(one)
        assert not await listed.has_left(one)
    await team.directory.gone(fay.key)
    assert await listed.has_left(fay)
    assert await listed.is_member(new)


async def test_who_removed_the_app_or_has_no_known_address_has_not_left(
    team: Team, listing: Listing
) -> None:
    fay = await with_chat(team, "fay", "fay@f.example")
    await team.directory.gone(fay.key, NOW)
    assert not await listing("fay@f.example").has_left(fay)
    unknown, _ = await team.directory.seen(HOME, "ida", "Ida", NOW)
    assert not await listing("fay@f.example").has_left(unknown)


async def test_whoever_is_here_though_their_account_was_said_to_be_gone_is_asked_of_again(
    team: Team,
) -> None:
    """Also where their addresses were read today."""

    async def known(_: Person) -> Addresses:
        return Addresses(("fay@f.example",))

    fay = await with_chat(team, "fay", "fay@f.example")
    await team.directory.gone(fay.key, account=NOW)
    directory = Directory(team.directory._store, lookup=known)
    gone = await directory.find(fay.key)
    assert gone is not None
    assert gone.unknown_at == NOW
    assert (await directory.current(gone, NOW)).unknown_at is None


async def test_a_roster_that_cannot_be_had_is_not_asked_for_at_every_turn(team: Team) -> None:
    team.teams.fails = True
    for _ in range(5):
        assert await team.facilitators.members() == ()
        team.seconds += AGAIN / 10
    assert team.teams.asked == 1
    team.teams.fails = False
    team.seconds += AGAIN
    assert len(await team.facilitators.members()) == 2


async def test_a_roster_that_hangs_does_not_take_a_turns_seconds(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    await team.facilitators.members()
    monkeypatch.setattr("bot.roster.PATIENCE", 0.01)
    team.teams.hangs = True
    team.seconds = FRESH
    async with asyncio.timeout(1):
        assert len(await team.facilitators.members()) == 2, "the last one serves"


async def test_a_team_is_there_as_soon_as_it_was_seen(team: Team) -> None:
    """Whoever asked before does not have to wait until a roster is old."""
    connector: Any = team.teams
    other = Teams(MemoryStore(), team=PLACE.conversation_id)
    facilitators = TeamFacilitators(connector, other, lambda: team.seconds)
    assert await facilitators.members() == ()
    await other.seen(TeamEvent(PLACE))
    assert len(await facilitators.members()) == 2
