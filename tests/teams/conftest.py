"""A strict Teams with the real bot behind it."""

from collections.abc import AsyncIterator

import pytest

from tests.teams.running import World, world


@pytest.fixture
async def here() -> AsyncIterator[World]:
    """Whatever a test does, the bot has sent nothing that it should not have."""
    async with world() as made:
        yield made
        assert made.teams.wrong == []
