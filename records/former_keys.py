"""What is kept under a key that somebody had before, brought under the one they have now.

The new row is written before the old one goes, and nothing counts twice: a crash between leaves a
row too many, and the next pass takes it away.
"""

from contextlib import suppress

from records.drafts import TABLE, Draft
from records.people import PersonKey
from records.register.projections import BY_PERSON
from records.store.codec import Unreadable, read, tell, to_values
from records.store.contract import AlreadyThere, Changed, Row, Store


async def move_drafts(store: Store, before: PersonKey, now: PersonKey) -> int:
    """Their unfinished flows; how many were moved.

    Where both keys have one, the one touched last goes on, and holds the texts of the other beside
    its own. One that is changed meanwhile, cannot be read or would be too long stays where it is.
    """
    moved = 0
    async for row in store.query(TABLE, partition=before):
        try:
            await _bring(store, row, now)
            await store.delete(TABLE, before, row.key, etag=row.etag)
        except Unreadable as error:
            tell(error)
        except (Changed, _TooLong):
            continue
        else:
            moved += 1
    return moved


async def move_list(store: Store, before: PersonKey, now: PersonKey) -> int:
    """Their own list; how many rows were moved. A row that is there already is as new, or newer."""
    moved = 0
    async for row in store.query(BY_PERSON, partition=before):
        with suppress(AlreadyThere):
            await store.create(BY_PERSON, Row(now, row.key, row.values))
        await store.delete(BY_PERSON, before, row.key)
        moved += 1
    return moved


class _TooLong(Exception):
    """Two drafts hold more than one row may."""


async def _bring(store: Store, row: Row, now: PersonKey) -> None:
    """The draft in this row, there under the new key too. Raises Unreadable, Changed, _TooLong."""
    try:
        await store.create(TABLE, Row(now, row.key, {**row.values, "owner": now}))
    except AlreadyThere:
        there = await store.get(TABLE, now, row.key)
        if there is None:
            raise Changed(TABLE, now, row.key) from None
        kept, before = read(Draft, there), read(Draft, row)
        joined = _joined(kept, before.model_copy(update={"owner": now}))
        if joined != kept:
            await store.update(TABLE, Row(now, row.key, to_values(joined), there.etag))


def _joined(one: Draft, other: Draft) -> Draft:
    """The later of two, with what only the earlier one holds kept beside. Raises _TooLong."""
    later, earlier = (one, other) if one.touched >= other.touched else (other, one)
    if (one.id, one.begun) == (other.id, other.begun):
        return later  # The same draft, at two moments.
    kept = dict(later.kept)
    typed = {name: (str(text),) for name, text in earlier.answers.items() if str(text).strip()}
    for name in earlier.kept.keys() | typed.keys():
        texts = (*earlier.kept.get(name, ()), *typed.get(name, ()))
        kept[name] = tuple(dict.fromkeys((*texts, *kept.get(name, ()))))
    joined, gone = later.model_copy(update={"kept": kept, "spare": False}).with_room()
    if gone:
        raise _TooLong
    return joined
