"""What an operator was told will be removed, and what has been: a row for each part, ids and dates.

Nothing goes without such a row of days before. It is also what a removal that was cut off goes on
from, and its receipt.
"""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final

from records.people import Frozen
from records.store.codec import read_or_pass, to_values
from records.store.contract import Row, Store

TABLE: Final = "retention"


class Notice(Frozen):
    """A part (`what`) of something (`of`: a conversation's id, or a person's key) goes on a day.

    `told` is since when an operator can know, `begun` and `done` when it was removed.
    """

    of: str
    what: str
    due: datetime
    told: datetime
    begun: datetime | None = None
    done: datetime | None = None


async def noted(store: Store, of: str, what: str) -> tuple[Notice, str] | None:
    """The notice and its etag, or None."""
    row = await store.get(TABLE, of, what)
    found = read_or_pass(Notice, row) if row else None
    return (found, row.etag) if row and found else None


async def note(store: Store, notice: Notice, etag: str = "") -> str:
    """Keep it; the new etag. Raises Changed or AlreadyThere where another copy was quicker."""
    row = Row(notice.of, notice.what, to_values(notice), etag)
    kept = await (store.update(TABLE, row) if etag else store.create(TABLE, row))
    return kept.etag


async def take_back(store: Store, notice: Notice) -> None:
    """It is not to go after all, or not now: whoever removes it is to tell anew."""
    await store.delete(TABLE, notice.of, notice.what)


async def notices(store: Store) -> AsyncIterator[tuple[Notice, str]]:
    """Every notice with its etag, those of one thing together."""
    async for row in store.query(TABLE):
        if (one := read_or_pass(Notice, row)) is not None:
            yield one, row.etag
