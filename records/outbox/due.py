"""Due pointers: which prompt to look at next, without reading any conversation.

A pointer holds ids only. It is written before the prompt exists (a dangling one is harmless) and
removed when the prompt is settled, so what a sweep costs follows what is due: a row key begins with
the instant, so that in every day's partition the same bound leaves out what is later.
"""

import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from records.outbox.prompt import Prompt
from records.store.codec import Unreadable, tell
from records.store.contract import (
    MAX_OPERATIONS,
    Changed,
    Delete,
    Row,
    Store,
    StoreError,
    Value,
    each,
)

TABLE: Final = "due"
LISTS: Final = "lists"
"""What a pointer to lists names in place of a prompt; no prompt's id begins so."""
GRACE: Final = timedelta(seconds=10)
"""What the copy that made a change has to write its lists, before a sweep does it in its place."""
NO_INSTANT: Final = ":"
"""Sorts after every digit: no key that begins with an instant comes after it."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pointer:
    """Where to look, and when. `due` is when it was owed first: what goes before what.

    `etag` is that of its row where it was read: then it may be removed together with others.
    """

    at: datetime
    conversation: str
    prompt: str
    due: datetime | None = field(default=None, compare=False)
    etag: str = field(default="", compare=False)

    @property
    def turn(self) -> datetime:
        """Of several of one conversation, the earliest goes first."""
        return self.due or self.at

    @property
    def partition(self) -> str:
        """The day, UTC."""
        return _day(self.at)

    @property
    def key(self) -> str:
        """Sorts by time within the day."""
        return f"{_stamp(self.at)}-{self.conversation}-{self.prompt}"


def pointer(prompt: Prompt) -> Pointer:
    """The pointer a prompt has while it waits."""
    return Pointer(prompt.not_before, prompt.conversation, prompt.id, prompt.due)


def lists_pointer(key: str, sequence: int, changed: datetime) -> Pointer:
    """The pointer to the lists of a conversation's change with this audit sequence."""
    return Pointer(changed + GRACE, key, f"{LISTS}{sequence}")


def is_lists(one: Pointer) -> bool:
    """Whether it points to lists, and to no prompt."""
    return one.prompt.startswith(LISTS)


async def point(store: Store, to: Pointer) -> None:
    """Write a pointer; writing it twice is the same."""
    values: dict[str, Value] = {"conversation": to.conversation, "prompt": to.prompt, "at": to.at}
    if to.due is not None:
        values["due"] = to.due
    await store.put(TABLE, Row(to.partition, to.key, values))


async def unpoint(store: Store, from_: Pointer) -> None:
    """Remove a pointer; one that is gone already is fine."""
    await store.delete(TABLE, from_.partition, from_.key)


async def unpoint_all(store: Store, gone: Iterable[Pointer]) -> None:
    """Remove pointers to what is settled: those that were read together, by days, in transactions.

    Where one of them is gone or was written anew meanwhile, each is removed by itself. A storage
    that is away fails nothing: whoever meets a pointer to what is settled removes it.
    """
    days: dict[str, list[Pointer]] = defaultdict(list)
    for one in dict.fromkeys(gone):
        days[one.partition if one.etag else ""].append(one)
    alone = days.pop("", [])
    for some in days.values():
        for start in range(0, len(some), MAX_OPERATIONS):
            alone += await _left_of(store, some[start : start + MAX_OPERATIONS])
    try:
        await each(partial(unpoint, store), alone)
    except StoreError as error:
        _left(error)


async def _left_of(store: Store, some: list[Pointer]) -> list[Pointer]:
    """Those of one day that one transaction did not remove: none, or all of them."""
    if len(some) == 1:
        return some
    rows = (Row(one.partition, one.key, etag=one.etag) for one in some)
    try:
        await store.commit(TABLE, [Delete(row) for row in rows])
    except Changed:
        return some
    except StoreError as error:
        _left(error)
    return []


def _left(error: StoreError) -> None:
    extra = {"action": "pointers_left", "error": type(error).__name__}
    log.warning("pointers left to a sweep", extra=extra)


async def due(store: Store, now: datetime) -> AsyncIterator[Pointer]:
    """Pointers due by now, oldest day first: overdue days are never missed.

    What is due later today is not read; where nothing is due, one page is asked for.
    """
    async for row in store.query(TABLE, partition_to=_day(now), key_to=_after(now)):
        found = _pointer(row)
        if found is None:
            await _lead_nowhere(store, row)
        elif found.at <= now:
            yield found


async def forget(store: Store, key: str) -> None:
    """Remove every pointer to what a conversation owes, whenever it is due. Raises StoreError."""
    rows = [row async for row in store.query(TABLE) if f"-{key}-" in row.key]
    for row in rows:
        await store.delete(TABLE, row.partition, row.key)


async def clean(store: Store) -> int:
    """Remove what no sweep reads, because its key names no instant; how many. Raises StoreError.

    The nightly repair writes every pointer anew, so one that leads nowhere may go.
    """
    rows = [row async for row in store.query(TABLE, key_from=NO_INSTANT)]
    for row in rows:
        await _lead_nowhere(store, row)
    return len(rows)


async def next_due(
    store: Store, until: datetime, *, after: datetime | None = None
) -> datetime | None:
    """The earliest instant at or before `until` at which something is due, or None.

    With `after`, the earliest later than that: what is stuck does not hold up what follows. Reads
    one row, unless that leads nowhere.
    """
    for most in (1, None):
        rows = store.query(
            TABLE,
            partition_to=_day(until),
            key_from="" if after is None else _after(after),
            key_to=_after(until),
            most=most,
        )
        nothing = True
        async for row in rows:
            nothing = False
            found = _pointer(row)
            if found is not None and (after is None or found.at > after):
                return found.at
        if nothing:
            return None
    return None


async def _lead_nowhere(store: Store, row: Row) -> None:
    tell(Unreadable("Pointer", row.partition, row.key))
    await store.delete(TABLE, row.partition, row.key)


def _day(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d")


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")


def _after(at: datetime) -> str:
    """Between the keys of this instant and those of any later one: "." sorts after "-"."""
    return f"{_stamp(at)}."


def _pointer(row: Row) -> Pointer | None:
    """What the row says, or else what its key says; None where neither leads anywhere."""
    stamp, _, ids = row.key.partition("-")
    conversation, _, prompt = ids.rpartition("-")
    said, names = row.values.get("at"), ("conversation", "prompt")
    if isinstance(said, datetime) and all(isinstance(row.values.get(one), str) for one in names):
        owed = row.values.get("due")
        turn = owed if isinstance(owed, datetime) else None
        ids_said = str(row.values["conversation"]), str(row.values["prompt"])
        return Pointer(said, *ids_said, turn, row.etag)
    try:
        at = datetime.strptime(stamp, "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    there = conversation and prompt
    return Pointer(at, conversation, prompt, etag=row.etag) if there else None
