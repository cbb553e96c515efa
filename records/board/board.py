"""The facilitators' board: lists of conversations, each a partition of its own.

One row a conversation says where it stands (`ROWS`); the lists hold nothing but keys that sort by
what a reader wants first. A key counts only while its conversation's row names it, so a row left
behind by a crash shows nothing old. Every query names one partition and a range of keys in it.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from records.board.list_entry import ListEntry
from records.board.places import _places, in_seconds, of_word, places, words
from records.conversation.conversation import PRACTICE
from records.store.codec import read_or_pass, to_values
from records.store.contract import Row, Store, Value

BOARD: Final = "board"
ROWS: Final = "rows"
REFERENCES: Final = "references"
REFERENCE: Final = "LC"
PRACTICE_REFERENCE: Final = "PRACTICE"
"""With what the references of conversations and of rehearsals begin."""
FIRST: Final = "0"
"""At or before every key of a list; keys begin with a digit."""
LAST: Final = "~"
"""After every key of a list."""
AT_ONCE: Final = 20
"""Keys read at a time while a page is filled."""
Kept = Mapping[str, Mapping[str, Value]]
"""Places with what their rows hold."""
_CROCKFORD: Final = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class BoardPage:
    """Some conversations of a list, and the key after which the next page begins, if any."""

    entries: tuple[ListEntry, ...]
    after: str = ""


async def show(
    store: Store,
    fresh: ListEntry,
    kept: Kept = MappingProxyType({}),
    *,
    also: Sequence[str] = (),
    afresh: bool = False,
) -> tuple[str, ...]:
    """Write a conversation's row and keys; gives the places it has now.

    `kept` are places whose rows hold something, for the evaluation. A newer row is left alone,
    unless made `afresh`. Keys first, then the row that names them, then what it no longer names
    is removed, with the places in `also`, which this writer wrote before others did.
    """
    before = await row_of(store, fresh.conversation)
    if before is not None and before.made_from > fresh.made_from and not afresh:
        return ()
    now, old = (*places(fresh), *kept), before.places if before else ()
    for place in now:
        if afresh or place in kept or place not in old:
            partition, _, key = place.partition("/")
            await store.put(BOARD, Row(partition, key, kept.get(place, {})))
    values = to_values(fresh.model_copy(update={"places": now}))
    await store.put(BOARD, Row(ROWS, fresh.conversation, values))
    for place in dict.fromkeys((*old, *also)):
        if place not in now:
            partition, _, key = place.partition("/")
            await store.delete(BOARD, partition, key)
    return now


async def practices(store: Store) -> AsyncIterator[ListEntry]:
    """Every rehearsal that has a row, listed or not."""
    rows = store.query(BOARD, partition=ROWS, key_from=PRACTICE, key_to=f"{PRACTICE}~")
    async for row in rows:
        if (one := read_or_pass(ListEntry, row)) is not None:
            yield one


async def forget(store: Store, conversation: str) -> None:
    """Remove a conversation's keys, also such as a crash has left behind, and then its row. Every
    key of the board is looked at. Raises StoreError."""
    mine = f".{conversation}"
    keys = [row async for row in store.query(BOARD, select=["schema"]) if row.key.endswith(mine)]
    for row in keys:
        await store.delete(BOARD, row.partition, row.key)
    await store.delete(BOARD, ROWS, conversation)


async def row_of(store: Store, key: str) -> ListEntry | None:
    """What the board says of one conversation, or None; a row that cannot be read says nothing."""
    row = await store.get(BOARD, ROWS, key)
    return read_or_pass(ListEntry, row) if row else None


async def page(
    store: Store, partition: str, *, after: str = "", until: datetime | None = None, size: int = 5
) -> BoardPage:
    """The next conversations of a list, in its order; with `until` those due by then."""
    return await _filled(_entries(store, partition, after, until), size)


async def count(
    store: Store, partition: str, *, until: datetime | None = None, most: int = 100
) -> int:
    """How many keys a list has; no more than `most` are looked at."""
    rows = store.query(BOARD, partition=partition, key_from=FIRST, key_to=_to(until), most=most)
    return len([row.key async for row in rows])


def stands_in(one: ListEntry, partition: str, until: datetime | None = None) -> bool:
    """Whether a list shows this conversation as it stands; with `until` among those due by then."""
    keys = (key for where, key in _places(one) if where == partition)
    return any(FIRST <= key < _to(until) for key in keys)


async def named(store: Store, text: str) -> str:
    """The id behind a reference as people write one down (`lc 7k3qx`, O for 0), or nothing."""
    bare = re.sub(r"[^0-9A-Z]", "", text.upper())
    kind = PRACTICE_REFERENCE if bare.startswith(PRACTICE_REFERENCE) else REFERENCE
    bare = bare.removeprefix(kind).translate(_CROCKFORD)
    row = await store.get(REFERENCES, f"{kind}-{bare}", "reference") if len(bare) == 5 else None
    return str(row.values["conversation"]) if row else ""


async def by_agency(store: Store, text: str, *, after: str = "", size: int = 5) -> BoardPage:
    """Conversations with all these words in the agencies' names, the newest request first."""
    wanted = words(text)
    if not wanted:
        return BoardPage(())

    async def named() -> AsyncIterator[tuple[str, ListEntry]]:
        # The longest word is the rarest, as a rule.
        async for key, one in _entries(store, of_word(max(wanted, key=len)), after, None):
            if set(wanted) <= set(words(" ".join(one.agencies))):
                yield key, one

    return await _filled(named(), size)


async def all_of(store: Store, partition: str) -> AsyncIterator[ListEntry]:
    """Every conversation of a list, in its order."""
    async for _, one in _entries(store, partition, "", None):
        yield one


async def _filled(entries: AsyncIterator[tuple[str, ListEntry]], size: int) -> BoardPage:
    """The first of them, and where to go on if there are more."""
    found: list[tuple[str, ListEntry]] = []
    async for one in entries:
        if len(found) == size:
            return BoardPage(tuple(entry for _, entry in found), found[-1][0])
        found.append(one)
    return BoardPage(tuple(entry for _, entry in found))


async def _entries(
    store: Store, partition: str, after: str, until: datetime | None
) -> AsyncIterator[tuple[str, ListEntry]]:
    """Keys with their rows, some at a time; keys their row no longer names are passed over."""
    start = f"{after}!" if after else FIRST  # "!" sorts before all that a key may hold
    while True:
        rows = store.query(
            BOARD, partition=partition, key_from=start, key_to=_to(until), most=AT_ONCE
        )
        keys = [row.key async for row in rows]
        for key, one in zip(keys, await _rows(store, keys), strict=True):
            if one is not None and f"{partition}/{key}" in one.places:
                yield key, one
        if len(keys) < AT_ONCE:
            return
        start = f"{keys[-1]}!"


async def _rows(store: Store, keys: list[str]) -> list[ListEntry | None]:
    return await asyncio.gather(*(row_of(store, key.partition(".")[2]) for key in keys))


def _to(until: datetime | None) -> str:
    return LAST if until is None else f"{in_seconds(until) + 1:010d}"
