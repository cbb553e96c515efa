"""The facilitation team's channel as it was kept: announced in as before, until something happens
in the team, and read by that earlier version after it."""

from tests.upgrade.town import CHANNEL, Copied, MemoryStore, Reference, Teams, read


async def test_the_channel_that_was_kept_is_announced_in_and_says_where_the_team_is(
    migrated: MemoryStore,
) -> None:
    """Whether it was set for itself, or was the team's general one."""
    kept = await migrated.get("people", "channel", "channel")
    assert kept is not None
    before = read(Reference, kept)
    own = "19:its-own@thread.tacv2"
    for teams, team in (
        (Teams(migrated, team=CHANNEL), CHANNEL),
        (Teams(migrated, team=CHANNEL, channel=CHANNEL), CHANNEL),
        (Teams(migrated, team=own), own),
        (Teams(migrated, team=own, channel=CHANNEL), own),
    ):
        channel, found = await teams.channel(), await teams.team()
        assert channel is not None
        assert (channel.conversation_id, channel.service_url) == (CHANNEL, before.service_url)
        assert channel.tenant == before.tenant
        assert found is not None
        assert (found.conversation_id, found.service_url) == (team, before.service_url)


async def test_nothing_is_written_where_nothing_has_happened(migrated: MemoryStore) -> None:
    store = Copied(migrated)
    await Teams(store, team=CHANNEL).channel()
    kept, now = [await one.get("people", "channel", "channel") for one in (migrated, store)]
    assert kept is not None
    assert now is not None
    assert now.values == kept.values
