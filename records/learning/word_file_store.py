"""Finished Word files that were handed in, in a table of their own: never among the conversations.

One partition a conversation; a file is a head and pieces of text under 1 MiB each. The pieces are
written first and the head last, so a file whose head is there is whole. What a crash left of one
that no conversation names is removed at night (`scheduler.upkeep.leftovers`). Its name is not kept:
it could hold a person's.
"""

import hashlib
from base64 import b64decode, b64encode
from datetime import datetime
from typing import Final

from records.people import Frozen, PersonKey
from records.store.codec import from_values, to_values
from records.store.contract import Row, Store, Value

TABLE: Final = "files"
EVERYWHERE: Final = "~"
"""Sorts after every key the store accepts."""
PIECE: Final = 360_000
"""Bytes of a piece: 480,000 letters, for each of which the storage counts two bytes."""


class FileHead(Frozen):
    """The head of a file."""

    id: str
    by: PersonKey
    at: datetime
    size: int
    pieces: int
    digest: str


class Damaged(Exception):
    """A piece is missing or is not what was written."""


class WordFileStore:
    """The files of every conversation, over any store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def save(
        self, key: str, body: bytes, *, name: str, by: PersonKey, at: datetime
    ) -> FileHead:
        """Keep a file under a fresh id (`name`). Raises StoreError."""
        parts = [body[start : start + PIECE] for start in range(0, len(body), PIECE)]
        for number, part in enumerate(parts):
            values: dict[str, Value] = {"data": b64encode(part).decode(), "at": at}
            await self._store.put(TABLE, Row(key, _piece(name, number), values))
        digest = hashlib.sha256(body).hexdigest()
        kept = FileHead(id=name, by=by, at=at, size=len(body), pieces=len(parts), digest=digest)
        await self._store.put(TABLE, Row(key, f"{name}.head", to_values(kept)))
        return kept

    async def read(self, key: str, name: str) -> bytes | None:
        """The file, or None. Raises Damaged."""
        head = await self._store.get(TABLE, key, f"{name}.head")
        if head is None:
            return None
        kept = from_values(FileHead, head.values)
        found = bytearray()
        for number in range(kept.pieces):
            row = await self._store.get(TABLE, key, _piece(name, number))
            if row is None:
                raise Damaged(name)
            found += b64decode(str(row.values.get("data", "")))
        if hashlib.sha256(found).hexdigest() != kept.digest:
            raise Damaged(name)
        return bytes(found)

    async def remove(self, conversation: str, name: str) -> None:
        """Remove one file, its head first: half a file is none."""
        if not name:
            return
        keys = [
            row.key
            async for row in self._store.query(
                TABLE,
                partition=conversation,
                key_from=f"{name}.",
                key_to=f"{name}/",
                select=("size",),
            )
        ]
        for key in sorted(keys):
            await self._store.delete(TABLE, conversation, key)

    async def older(self, than: datetime) -> list[tuple[str, str]]:
        """Conversation and name of every file that was handed in before then, whole or not.

        Pieces that carry no time are passed over: nobody knows whether they are still coming in.
        """
        latest: dict[tuple[str, str], datetime] = {}
        async for row in self._store.query(TABLE, partition_to=EVERYWHERE, select=("at",)):
            at, key = row.values.get("at"), (row.partition, row.key.partition(".")[0])
            if isinstance(at, datetime):
                latest[key] = max(latest.get(key, at), at)
        return [key for key, at in latest.items() if at < than]


def _piece(name: str, number: int) -> str:
    return f"{name}.piece-{number:04d}"
