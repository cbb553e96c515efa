"""A night that dies at any write of it leaves what the next one does to the end: nothing is left
behind, nothing has gone too early, and every chain holds."""

import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final

import pytest

from records.conversation.conversation import Layer
from records.store.memory import MemoryStore
from tests.records.audit_chain import first_break
from tests.retention.nights import ended, on, values
from tests.retention.test_nights import DATES, nights
from tests.security.cast import Copy, Marked

WRITES: Final = ("create", "update", "put", "delete", "commit")
EVERY: Final = int(os.environ.get("RETENTION_EVERY") or 3)
"""One in so many writes in the suite; `make faults-retention` dies at each."""


class Killed(BaseException):
    """Nothing of ours catches this: the process is gone."""


def dies_at(store: MemoryStore, number: int, *, after: bool) -> Callable[[], int]:
    """From now on the write with this number is the last; gives how many there were."""
    count = 0

    def wrapped(write: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def do(*given: Any, **named: Any) -> Any:
            nonlocal count
            count += 1
            if count == number and not after:
                raise Killed
            found = await write(*given, **named)
            if count == number:
                raise Killed
            return found

        return do

    for name in WRITES:
        setattr(store, name, wrapped(getattr(type(store), name).__get__(store)))
    return lambda: count


def lives(store: MemoryStore) -> None:
    for name in WRITES:
        delattr(store, name)


async def before_it_goes(layer: Layer) -> tuple[Copy, str]:
    """All that is kept the night before a part goes, and A."""
    house, state = await ended()
    for night in nights(layer)[:-1]:
        if night < DATES[layer][1]:
            await on(house, night)
    return house.copy(), state.a


@pytest.mark.parametrize("layer", list(Layer))
async def test_a_night_that_dies_is_done_by_the_next(layer: Layer, every: int) -> None:
    before, key = await before_it_goes(layer)
    whole = Marked(before)
    count = dies_at(_memory(whole), 0, after=False)
    await on(whole, DATES[layer][1])
    writes = count()
    lives(_memory(whole))
    await _the_rest(whole, layer)
    wanted = await values(whole)
    assert writes > 3
    died = 0
    for number in range(1, writes + 1, every):
        for after in (False, True):
            house = Marked(before)
            dies_at(_memory(house), number, after=after)
            try:
                await on(house, DATES[layer][1])
            except Killed:
                died += 1
            lives(_memory(house))
            await _the_rest(house, layer)
            assert await values(house) == wanted
            if layer is not Layer.TRAIL:
                file = await house.file(key)
                assert first_break(list(file.audit), file.conversation.audit_head) is None
    assert died >= 2 * (writes // every) - 2  # what goes on behind may take a write more or less


async def _the_rest(house: Marked, layer: Layer) -> None:
    """The next look, and the sweep that does what a copy left behind."""
    await on(house, DATES[layer][1])
    house.at += timedelta(minutes=1)
    await house.sweep.run()


@pytest.mark.parametrize("layer", list(Layer))
async def test_a_second_look_in_one_night_changes_nothing(layer: Layer) -> None:
    house, _ = await ended()
    for night in nights(layer):
        await on(house, night)
    before = await values(house)
    await on(house, nights(layer)[-1])
    assert await values(house) == before


@pytest.fixture
def every() -> int:
    """One in how many writes is the last."""
    return EVERY


def _memory(house: Marked) -> MemoryStore:
    assert isinstance(house.store, MemoryStore)
    return house.store
