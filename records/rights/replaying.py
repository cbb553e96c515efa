"""The ledger replayed over tables that were restored from a backup: what was erased since goes
again, before the bot may start.

A mark in the table `restored` is there from the first row of a restore until that is done.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from records.conversation.conversation import Conversation
from records.people import Person
from records.retention.holds import Of
from records.rights import erasures
from records.rights.erasing import Eraser
from records.rights.erasures import Erasure
from records.rights.finding import conversations, where_they_are
from records.rights.ledger import Ledger, LedgerEntry
from records.store.contract import Row, Store

MARKS: Final = "restored"
"""A table that no backup holds: it is about these tables, not about what is in them."""
TABLES: Final = "tables"


@dataclass(frozen=True)
class Mark:
    """These tables were restored from a backup with this digest; `whole`: every row is there."""

    backup: str
    whole: bool


async def mark(store: Store, backup: str, at: datetime, *, whole: bool) -> None:
    """Nobody starts over these tables from now on."""
    await store.put(MARKS, Row(TABLES, TABLES, {"backup": backup, "whole": whole, "at": at}))


async def marked(store: Store) -> Mark | None:
    """The mark that is there, or None."""
    row = await store.get(MARKS, TABLES, TABLES)
    if row is None:
        return None
    return Mark(str(row.values.get("backup", "")), bool(row.values.get("whole")))


async def unmark(store: Store) -> None:
    """The bot may start."""
    await store.delete(MARKS, TABLES, TABLES)


async def replay(store: Store, eraser: Eraser, ledger: Ledger) -> int:
    """Erase again what the ledger has and these tables do not know as done; how many. Twice is the
    same. Raises StoreError."""
    done = 0
    for entry in ledger.entries:
        known = await erasures.find(store, entry.id)
        if known is not None and known.done is not None:
            continue
        found = await _again(store, entry, ledger)
        if known is not None:
            # It was cut off when the backup was made: what it had found then counts as well.
            found = _both(known, found)
        await eraser.carry_out(await erasures.keep(store, found))
        done += 1
    return done


async def _again(store: Store, entry: LedgerEntry, ledger: Ledger) -> Erasure:
    base = Erasure(
        id=entry.id, of=entry.of, reason=entry.reason, by="ledger", at=entry.at, ledgered=True
    )
    if entry.of is Of.CONVERSATION:
        ids = [it async for it in _meant(store, entry, ledger)]
        reference = ids[0].reference if ids else ""
        return base.model_copy(
            update={"conversations": tuple(it.id for it in ids), "reference": reference}
        )

    def is_their_row(person: Person) -> bool:
        return ledger.is_their_row(entry, person.keys)

    found = await where_they_are(store, is_their_row, lambda one: ledger.is_them(entry, one))
    return base.model_copy(
        update={
            "keys": tuple(found.keys),
            "mails": tuple(found.mails),
            "words": tuple(found.words),
            "conversations": tuple(found.conversations),
        }
    )


async def _meant(store: Store, entry: LedgerEntry, ledger: Ledger) -> AsyncIterator[Conversation]:
    async for it in conversations(store):
        if ledger.of_conversation(it.id) in entry.digests:
            yield it


def _both(known: Erasure, found: Erasure) -> Erasure:
    def joined(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*getattr(known, name), *getattr(found, name))))

    names = ("keys", "mails", "words", "conversations")
    more = {name: joined(name) for name in names}
    return known.model_copy(update={**more, "ledgered": True, "noted": False})
