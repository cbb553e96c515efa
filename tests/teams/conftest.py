"""A strict Teams with the real bot behind it."""

from collections.abc import AsyncIterator

import pytest

from tests.teams.people import Person
from tests.teams.puppet import Puppet, puppet
from tests.teams.running import World, world


@pytest.fixture
async def here() -> AsyncIterator[World]:
    """Whatever a test does, the bot has sent nothing that it should not have."""
    async with world() as made:
        yield made
        assert made.teams.wrong == []


@pytest.fixture
async def bot() -> AsyncIterator[Puppet]:
    async with puppet() as made:
        yield made


@pytest.fixture
def ann(bot: Puppet) -> Person:
    return bot.teams.person("ann")


@pytest.fixture
def bo(bot: Puppet) -> Person:
    return bot.teams.person("bo")
