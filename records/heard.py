"""Which typed messages were heard: Teams delivers one again with the same id, also much later.

One row a person: a mark of each of their last messages, and what it went to; ids only, never a
word. It is noted where a message is about to go (`done` is false), and once it has got there. What
a message changes carries its mark as well, in the same write, so that one noted only halfway is
told from one that never arrived.
"""

from dataclasses import dataclass
from typing import Final

from records.people import Frozen, PersonKey
from records.store.codec import read_or_pass, to_values
from records.store.contract import AlreadyThere, Changed, Row, Store

TABLE: Final = "heard"
KEY: Final = "messages"
REMEMBERED: Final = 100
"""Messages of one person that are told from new ones."""
TRIES: Final = 10


class Heard(Frozen):
    """One typed message: its mark, and the flow and conversation it went to; empty for neither."""

    mark: str
    place: str = ""
    done: bool = False


class _Kept(Frozen):
    heard: tuple[Heard, ...] = ()


@dataclass
class HeardMessages:
    """The messages of one person, as they were when they were read."""

    store: Store
    person: PersonKey
    heard: tuple[Heard, ...] = ()
    _etag: str = ""

    @classmethod
    async def of(cls, store: Store, person: PersonKey) -> "HeardMessages":
        """Read them. Raises Unavailable."""
        found = cls(store, person)
        await found._read()
        return found

    def find(self, mark: str) -> Heard | None:
        """The message with this mark, if it was heard before."""
        return next((one for one in self.heard if one.mark == mark), None)

    async def note(self, mark: str, place: str, *, done: bool = False) -> None:
        """Note where a message goes, or that it has got there. What is done stays done.

        Raises Unavailable, and Changed where others were quicker each time.
        """
        for _ in range(TRIES):
            before = self.find(mark)
            fresh = Heard(mark=mark, place=place, done=done)
            if before == fresh or (before is not None and before.done):
                return
            try:
                await self._write((*(one for one in self.heard if one.mark != mark), fresh))
            except (AlreadyThere, Changed):
                await self._read()
            else:
                return
        raise Changed(TABLE, self.person, KEY)

    async def _read(self) -> None:
        row = await self.store.get(TABLE, self.person, KEY)
        kept = read_or_pass(_Kept, row) if row else None
        self.heard, self._etag = kept.heard if kept else (), row.etag if row else ""

    async def _write(self, heard: tuple[Heard, ...]) -> None:
        last = heard[-REMEMBERED:]
        row = Row(self.person, KEY, to_values(_Kept(heard=last)), self._etag)
        write = self.store.update if self._etag else self.store.create
        self._etag, self.heard = (await write(TABLE, row)).etag, last
