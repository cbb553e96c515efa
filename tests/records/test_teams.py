"""Where the teams are: learned from whatever happens there, and kept as before."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from records.directory import Directory
from records.people import Reference
from records.people_rows import PEOPLE, TeamPlace
from records.store.azure import TableStore
from records.store.codec import read, to_values
from records.store.contract import Row, Store
from records.store.memory import MemoryStore
from records.teams import TeamEvent, Teams

TEAM = "19:8d2f6bd3f1a94d0f9e6c@thread.tacv2"
PICKED = "19:1c0de0b1a5f44e0f8b1d@thread.tacv2"
SET = "19:5e77ab1e00c24d3fb0aa@thread.tacv2"
OTHER = "19:4f7c1f3a2b6e4d5c8a90@thread.tacv2"


def place(team: str = TEAM, url: str = "https://smba.trafficmanager.net/uk/") -> Reference:
    return Reference(
        service_url=url, conversation_id=team, tenant="t", bot_id="28:bot", bot_name="Learning"
    )


@pytest.fixture(params=["memory", "tables"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    if request.param == "memory":
        made: Store = MemoryStore()
    else:
        address = request.getfixturevalue("azurite")
        made = TableStore(address, clock=lambda: datetime.now(UTC), prefix=f"t{uuid4().hex[:12]}")
    yield made
    await made.close()


async def announces(teams: Teams) -> str:
    found = await teams.channel()
    return found.conversation_id if found else ""


async def test_any_event_says_where_the_team_is_and_general_is_announced_in(store: Store) -> None:
    teams = Teams(store, team=TEAM)
    assert (await teams.team(), await teams.channel()) == (None, None)
    await teams.seen(TeamEvent(place()))
    team = await teams.team()
    assert team is not None
    assert (team.conversation_id, team.service_url) == (TEAM, place().service_url)
    assert (team.bot_id, team.user_id) == ("28:bot", "")
    assert await announces(teams) == TEAM


async def test_the_channel_that_was_picked_is_announced_in_and_stays(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    teams = Teams(store, team=TEAM)
    await teams.seen(TeamEvent(place(), picked=PICKED))
    logged = [vars(one)["team"] for one in caplog.records if hasattr(one, "team")]
    assert logged == [TEAM] * 2, "an operator finds the team's id, whichever channel was picked"
    await teams.seen(TeamEvent(place(url="https://smba.trafficmanager.net/emea/")))
    assert await announces(teams) == PICKED
    team = await teams.team()
    assert team is not None
    assert (team.conversation_id, team.service_url[-5:]) == (TEAM, "emea/")
    await teams.seen(TeamEvent(place(), picked=TEAM))
    assert await announces(teams) == TEAM, "added anew, for the general one"


async def test_the_channel_that_is_set_comes_before_the_one_that_was_picked(store: Store) -> None:
    for teams in (Teams(store, team=TEAM, channel=SET), Teams(store, team=TEAM)):
        await teams.seen(TeamEvent(place(), picked=PICKED))
        assert await announces(teams) == (SET if teams._channel else PICKED)
        team = await teams.team()
        assert team is not None
        assert team.conversation_id == TEAM


async def test_another_team_is_noted_and_is_not_the_facilitation_team(store: Store) -> None:
    teams = Teams(store, team=TEAM)
    await teams.seen(TeamEvent(place(OTHER), picked=PICKED))
    assert (await teams.team(), await teams.channel()) == (None, None)
    await teams.seen(TeamEvent(place()))
    assert {one.conversation_id for one in await teams.everywhere()} == {TEAM, OTHER}
    await teams.seen(TeamEvent(place(OTHER), gone=True))
    assert {one.conversation_id for one in await teams.everywhere()} == {TEAM}


async def test_none_is_known_where_none_is_set(store: Store) -> None:
    await Teams(store, team=TEAM).seen(TeamEvent(place()))
    teams = Teams(store, team="")
    await teams.seen(TeamEvent(place()))
    assert not teams.is_set
    assert (await teams.team(), await teams.channel()) == (None, None)


async def test_a_team_that_is_set_instead_is_asked_by_its_own_id(store: Store) -> None:
    await Teams(store, team=OTHER).seen(TeamEvent(place(OTHER), picked=PICKED))
    teams = Teams(store, team=TEAM)
    team = await teams.team()
    assert team is not None
    assert team.conversation_id == TEAM
    assert await announces(teams) == TEAM, (
        "what was picked in the other one is none of its channels"
    )


async def test_what_is_known_is_not_written_again(store: Store) -> None:
    teams = Teams(store, team=TEAM)
    await teams.seen(TeamEvent(place(), picked=PICKED))
    before = [row.etag async for row in store.query(PEOPLE)]
    await teams.seen(TeamEvent(place()))
    assert [row.etag async for row in store.query(PEOPLE)] == before


async def test_the_two_events_of_one_install_lose_nothing_at_two_copies(store: Store) -> None:
    """One names the picked channel and the other does not, and both come at once."""
    for _ in range(5):
        copies = [Teams(store, team=TEAM) for _ in range(4)]
        urls = [f"https://smba.trafficmanager.net/{n}/" for n in range(4)]
        events = [
            TeamEvent(place(url=url), picked=PICKED if url[-2] == "0" else "") for url in urls
        ]
        await asyncio.gather(*(copy.seen(one) for copy, one in zip(copies, events, strict=True)))
        assert await announces(copies[0]) == PICKED
        await store.delete(PEOPLE, "channel", "channel")


async def test_a_busy_team_costs_nothing_for_a_minute(store: Store) -> None:
    now = [0.0]
    teams = Teams(store, team=TEAM, monotonic=lambda: now[0])
    await teams.seen(TeamEvent(place()))
    await store.delete(PEOPLE, "channel", "channel")
    await teams.seen(TeamEvent(place()))
    assert await teams.team() is None, "it was not looked for"
    now[0] = 61.0
    await teams.seen(TeamEvent(place()))
    assert await teams.team() is not None
    # What is new is noted at once, and so is a return.
    await teams.seen(TeamEvent(place(), picked=PICKED))
    assert await announces(teams) == PICKED
    for gone in (True, False):
        await teams.seen(TeamEvent(place(OTHER), gone=gone))
    assert OTHER in {one.conversation_id for one in await teams.everywhere()}


# As it was kept before ---------------------------------------------------------------------------


@pytest.mark.parametrize("before", [TEAM, SET])
async def test_the_row_of_an_earlier_version_still_says_where_the_team_and_the_channel_are(
    store: Store, before: str
) -> None:
    """It held the channel alone: the one that was set, or else the general one."""
    old = place().model_copy(update={"conversation_id": before, "user_id": "29:installer"})
    await store.put(PEOPLE, Row("channel", "channel", to_values(old)))
    for channel in ("", before):
        teams = Teams(store, team=TEAM, channel=channel)
        assert await announces(teams) == before
        team = await teams.team()
        assert team is not None
        assert (team.conversation_id, team.service_url) == (TEAM, old.service_url)
        found = await teams.channel()
        assert found is not None
        assert found.user_id == "", "a channel is nobody's own place"


async def test_an_earlier_version_reads_the_row_of_this_one(store: Store) -> None:
    await Teams(store, team=TEAM).seen(TeamEvent(place(), picked=PICKED))
    row = await store.get(PEOPLE, "channel", "channel")
    assert row is not None
    assert read(Reference, row).conversation_id == PICKED


async def test_a_channel_at_another_host_is_kept_with_what_was_picked(store: Store) -> None:
    teams = Teams(store, team=TEAM)
    await teams.seen(TeamEvent(place(), picked=PICKED))
    found = await teams.channel()
    assert found is not None
    moved = found.model_copy(update={"service_url": "https://gcc.teams.example"})
    await Directory(store).channel_seen(moved)
    assert await teams.channel() == moved
    assert isinstance(moved, TeamPlace)


async def test_a_damaged_row_is_written_anew(store: Store) -> None:
    await store.put(PEOPLE, Row("channel", "channel", {"schema": 1, "tenant": 7}))
    teams = Teams(store, team=TEAM)
    await teams.seen(TeamEvent(place()))
    assert await announces(teams) == TEAM
