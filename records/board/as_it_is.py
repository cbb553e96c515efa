"""What a list shows, as it is now: each row from its own record, whatever the list still says.

Lists are written after the reply, so a row can be behind by the moment it takes, or by a minute
where a copy was killed. Whoever looks sees what is kept; what has left the list is left out.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from records.board.board import BoardPage, by_agency, named, page, row_of, stands_in
from records.board.list_entry import ListEntry, entry
from records.board.places import words
from records.conversation.dates import Dates
from records.conversation.snapshot import read_record
from records.store.codec import Unreadable, tell
from records.store.contract import Store, each


async def as_they_are(
    store: Store, listed: Iterable[ListEntry], dates: Dates
) -> tuple[ListEntry, ...]:
    """The same entries, each made from its record now; those without a record are left out.

    A record that cannot be read leaves its row as it was: somebody has to see that it is there.
    """
    found = await each(partial(_now, store, dates), [one.conversation for one in listed])
    return tuple(one for one in found if one is not None)


async def page_now(
    store: Store,
    dates: Dates,
    partition: str,
    *,
    after: str = "",
    until: datetime | None = None,
    size: int = 5,
) -> BoardPage:
    """`board.page`, as things are now."""
    listed = await page(store, partition, after=after, until=until, size=size)
    return await _still(store, dates, listed, partition, until)


async def found_now(store: Store, dates: Dates, text: str, *, after: str = "") -> BoardPage:
    """By reference, else by the words of an agency's name, as things are now."""
    key = await named(store, text)
    if key and (known := await _now(store, dates, key)) is not None:
        return BoardPage((known,))
    listed, wanted = await by_agency(store, text, after=after), set(words(text))
    now = await as_they_are(store, listed.entries, dates)
    found = (one for one in now if wanted <= set(words(" ".join(one.agencies))))
    return replace(listed, entries=tuple(found))


async def _still(
    store: Store, dates: Dates, listed: BoardPage, partition: str, until: datetime | None
) -> BoardPage:
    now = await as_they_are(store, listed.entries, dates)
    return replace(listed, entries=tuple(one for one in now if stands_in(one, partition, until)))


async def _now(store: Store, dates: Dates, key: str) -> ListEntry | None:
    try:
        found = await read_record(store, key)
    except Unreadable as error:
        tell(error)
        return await row_of(store, key)
    return entry(found[0], dates) if found else None
