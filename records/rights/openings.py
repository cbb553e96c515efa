"""Who opened something of a conversation, as those who may ask are told: people in place of marks.

The chain of reads knows nobody but by a mark, which only a person's own row can make. So whoever is
named in a conversation, or was, is asked for theirs; a mark that is none of these is somebody who
is not known any more, or has never been named in it.
"""

from collections.abc import Sequence

from records.access.readers import readers_of
from records.conversation.binding import everybody
from records.conversation.snapshot import read_record
from records.directory import Directory
from records.people import NOBODY, PersonKey
from records.rights.writers import FirstOpened
from records.store.contract import Store, each


class Openers:
    """Looks it up, over any store."""

    def __init__(self, store: Store, directory: Directory) -> None:
        self._store, self._directory = store, directory

    async def of(self, conversations: Sequence[str]) -> Sequence[FirstOpened]:
        """Each thing of these once for each who opened it. Raises StoreError."""
        found = await readers_of(self._store, conversations)
        if not found:
            return ()
        records = await each(lambda key: read_record(self._store, key), conversations)
        named = {one.key for record in records if record for one in everybody(record[0]) if one.key}
        known = await each(self._directory.find, named)
        people: dict[str, PersonKey] = {one.mark: one.key for one in known if one and one.mark}
        return tuple(
            FirstOpened(one.conversation, people.get(one.by, NOBODY), one.of, one.first)
            for one in found
        )
