"""What information governance has released of the list beside a subject access: one by one.

The id of a piece is a mark of these very words for this very person, so a release never covers what
was written since.
"""

from datetime import datetime
from typing import Final

from records.people import Frozen
from records.retention.removing import RELEASES
from records.store.codec import read_or_pass, to_values
from records.store.contract import Row, Store

TABLE: Final = RELEASES


class Release(Frozen):
    """One piece. `of` is a conversation's id, or a person's key or that of their address."""

    of: str
    piece: str
    reason: str
    by: str
    at: datetime


async def keep(store: Store, one: Release) -> None:
    """The last word holds."""
    await store.put(TABLE, Row(one.of, one.piece, to_values(one)))


async def released(store: Store, *of: str) -> dict[str, Release]:
    """What was released to whoever has these, by piece."""
    found = dict[str, Release]()
    for key in of:
        async for row in store.query(TABLE, partition=key):
            if (one := read_or_pass(Release, row)) is not None:
                found[one.piece] = one
    return found


async def end(store: Store, before: datetime, held: frozenset[str]) -> int:
    """Those that were released before then are released no more, but of what is `held`; how many.

    Whoever asks again is decided about again. Raises StoreError.
    """
    rows = [
        Row(row.partition, row.key, {})
        async for row in store.query(TABLE)
        if row.partition not in held
        and ((one := read_or_pass(Release, row)) is None or one.at < before)
    ]
    for row in rows:
        await store.delete(TABLE, row.partition, row.key)
    return len(rows)


async def forget(store: Store, of: str) -> None:
    """Nothing was released of what is not kept any more."""
    for row in [row async for row in store.query(TABLE, partition=of)]:
        await store.delete(TABLE, of, row.key)
