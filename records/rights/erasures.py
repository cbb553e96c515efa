"""What is being erased and what was: a row for each, and one for each message that is to close.

While it goes on the row says whose it is, so that one that was cut off goes on; once it is done all
of that is gone, and the row says only that something was erased, why, when and by whom.
"""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from records.people import Frozen, PersonKey, Reference
from records.retention.holds import Of
from records.store.codec import read, read_or_pass, to_values
from records.store.contract import Row, Store, Value

TABLE: Final = "erasures"
ROW: Final = "erasure"
MESSAGE: Final = "message-"
RESTORED: Final = "restored"
"""The partition of notes about tables that were restored."""
WITHOUT: Final = "without-ledger"
ALLOWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "no-longer-needed": "it is no longer needed for what it was collected for, 17(1)(a)",
        "objection-upheld": "they objected, and nothing overrides that, 17(1)(c)",
        "unlawful": "it should never have been kept, 17(1)(d)",
        "required-by-law": "a court, the regulator or an act says so, 17(1)(e)",
    }
)
"""Reasons for which it is erased."""
REFUSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "consent-withdrawn": "nothing here rests on consent: 17(1)(b) does not apply",
        "child-online-service": "no child uses this as an online service: 17(1)(f) does not apply",
        "free-expression": "the right to free expression and information, 17(3)(a)",
        "public-task": "it is still needed for a public task, 17(3)(b)",
        "needed-by-law": "the law says that it has to be kept, 17(3)(b)",
        "public-health": "public health, 17(3)(c)",
        "research": "archiving, research or statistics in the public interest, 17(3)(d)",
        "legal-claims": "it is needed for a legal claim, 17(3)(e)",
    }
)
"""Reasons for which it is not."""


HELD: Final = "legal-hold"
NEEDED: Final = "under-way"
"""Why one that the law allows is refused all the same, for now."""


class Erasure(Frozen):
    """One. `refused` says why it was not done, where it was not: then nothing of whose it was is
    kept. `keys`, `mails` and `words` are theirs while it goes on, and `conversations` the ids of
    those that name them, or of the one that goes; `words` are what is taken out of others' texts.

    `ledgered` says that the ledger has it, `noted` that every message to close has its row.
    """

    id: str
    of: Of
    reason: str
    by: str
    at: datetime
    keys: tuple[PersonKey, ...] = ()
    mails: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    conversations: tuple[str, ...] = ()
    reference: str = ""
    ledgered: bool = False
    noted: bool = False
    refused: str = ""
    done: datetime | None = None

    def declined(self, why: str) -> "Erasure":
        """What is kept of one that is refused."""
        return self.finished(self.at).model_copy(update={"refused": why})

    def finished(self, at: datetime) -> "Erasure":
        """What is left of it."""
        bare = {"keys": (), "mails": (), "words": (), "conversations": (), "reference": ""}
        return self.model_copy(update={**bare, "done": at})


class ToClose(Frozen):
    """A message in somebody's chat that names who was erased. Ids of Teams alone."""

    place: Reference
    message: str
    since: datetime


async def keep(store: Store, one: Erasure) -> Erasure:
    """As it stands now: only one command or night works on it, and each step may be done twice."""
    await store.put(TABLE, Row(one.id, ROW, to_values(one)))
    return one


async def find(store: Store, which: str) -> Erasure | None:
    """The one with this id, or None. Raises Unreadable."""
    row = await store.get(TABLE, which, ROW)
    return read(Erasure, row) if row else None


async def every(store: Store) -> AsyncIterator[Erasure]:
    """Each, done or not."""
    async for row in store.query(TABLE, key_from=ROW, key_to=f"{ROW}~"):
        if row.key == ROW and (one := read_or_pass(Erasure, row)) is not None:
            yield one


async def note_message(store: Store, which: str, message: ToClose) -> None:
    """Its row; the same message again is the same row, under no id of Teams': one may hold what a
    key may not."""
    where = f"{message.place.conversation_id}|{message.message}"
    key = f"{MESSAGE}{sha256(where.encode()).hexdigest()[:32]}"
    await store.put(TABLE, Row(which, key, to_values(message)))


async def messages(store: Store) -> AsyncIterator[tuple[ToClose, Row]]:
    """Every message that is to close, with its row."""
    async for row in store.query(TABLE, key_from=MESSAGE, key_to=f"{MESSAGE}~"):
        if not row.key.startswith(MESSAGE):
            continue
        if (one := read_or_pass(ToClose, row)) is not None:
            yield one, row
        else:
            await store.delete(TABLE, row.partition, row.key)


async def note_without_ledger(store: Store, at: datetime, by: str, backup: str) -> None:
    """That tables were restored from this backup (its digest), and nothing was replayed."""
    values: dict[str, Value] = {"at": at, "by": by, "backup": backup}
    await store.put(TABLE, Row(RESTORED, f"{WITHOUT}-{int(at.timestamp())}", values))
