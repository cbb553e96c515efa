"""A conversation that was walked to its end with a mark in every word, and nights after it."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from records.store.contract import Row
from records.store.memory import MemoryStore
from tests.security.cast import Marked
from tests.security.marks import MARK
from tests.security.states import State, walk

_KNOWN: dict[str, State] = {}


async def ended(name: str = "reviewed") -> tuple[Marked, State]:
    """A house in which A has come to an end; B, of other people, is under way."""
    state = await walk(name, _KNOWN)
    return Marked(state.kept), state


async def everything(house: Marked) -> AsyncIterator[tuple[str, Row]]:
    """Every row of every table."""
    assert isinstance(house.store, MemoryStore)
    for table in sorted(house.store._tables):
        async for row in house.store.query(table):
            yield table, row


async def marks(house: Marked, which: str = "a") -> dict[str, set[str]]:
    """Each marked word of a conversation that any row holds, with the tables it stands in."""
    found: dict[str, set[str]] = {}
    async for table, row in everything(house):
        text = f"{row.partition} {row.key} {dict(row.values)}"
        for mark in MARK.finditer(text):
            if mark.group(2) == which:
                found.setdefault(mark.group(1), set()).add(table)
    return found


async def rows_of(house: Marked, *words: str) -> set[tuple[str, str, str]]:
    """Where one of these stands, in whatever part of a row."""
    return {
        (table, row.partition, row.key)
        async for table, row in everything(house)
        if any(word in f"{row.partition} {row.key} {dict(row.values)}" for word in words)
    }


async def on(house: Marked, day: str) -> Any:
    """The night's look of that day."""
    house.at = house.local(f"{day}T02:30")
    return await house.a_night()


async def values(house: Marked) -> Mapping[tuple[str, str, str], Mapping[str, Any]]:
    """All that is kept, without the storage's own marks."""
    return {
        (table, row.partition, row.key): dict(row.values) async for table, row in everything(house)
    }
