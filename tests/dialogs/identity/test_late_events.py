"""What Teams delivers late: an install that is older than the removal it follows is none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.turn.events import Event, Installed, Message, Uninstalled
from tests.dialogs.conftest import House


async def happens(house: House, who: str, event: Event, *, ago: float = 0) -> None:
    """An event that Teams says happened so many minutes ago."""
    at = house.at - timedelta(minutes=ago)
    with house.afterwards.after_this():
        await house.root.handle(replace(house.a_turn(who, event), at=at))
    await house.tidy()
    await house.deliver()


async def is_here(house: House, who: str) -> bool:
    found = await house.directory.find(house.people[who].actor.key)
    return found is not None and found.reachable


@pytest.mark.parametrize("late", [Installed(), Message("hello")], ids=["install", "message"])
async def test_what_is_older_than_the_removal_brings_nobody_back(house: House, late: Event) -> None:
    await house.arrive(*house.people)
    await happens(house, "martin", Uninstalled())
    await happens(house, "martin", late, ago=1)
    assert not await is_here(house, "martin")
    await house.fill_request()
    await house.tap("priya", "Send")
    assert house.told("martin") == []


async def test_an_install_after_the_removal_brings_them_back(house: House) -> None:
    await house.arrive(*house.people)
    await happens(house, "martin", Uninstalled(), ago=1)
    await happens(house, "martin", Installed())
    assert await is_here(house, "martin")


async def test_another_copy_that_has_their_row_at_hand_brings_nobody_back(house: House) -> None:
    await house.arrive(*house.people)
    other = house.second()
    await other.handle(house.a_turn("martin", Message("my requests")))
    await happens(house, "martin", Uninstalled())
    turn = replace(house.a_turn("martin", Installed()), at=house.at - timedelta(minutes=1))
    with house.afterwards.after_this():
        await other.handle(turn)
    await house.tidy()
    assert not await is_here(house, "martin")
