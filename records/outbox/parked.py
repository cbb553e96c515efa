"""Which prompts wait for somebody to install the app: an index, so that an install finds them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from records.people import Participant, Person, mail_key, mail_key_as_written
from records.store.contract import Row, Store, Value

TABLE: Final = "parked"


@dataclass(frozen=True)
class Waiting:
    """A parked prompt, filed under the person's key or the key of the mail address they have.

    `refused` says that Teams would not take it: they are reached once something has come to them,
    and not by a sign of life alone.
    """

    partition: str
    conversation: str
    prompt: str
    refused: bool = False

    @property
    def key(self) -> str:
        """The row key."""
        return f"{self.conversation}-{self.prompt}"


def shelf(participant: Participant) -> str:
    """The partition for somebody named in a conversation; empty where no install could match."""
    if participant.key:
        return participant.key
    return mail_key(participant.mail) if participant.mail.strip() else ""


class Parked:
    """The index, over any store. A row left behind is harmless: the prompt itself is looked at."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def note(self, waiting: Waiting) -> None:
        """Remember; writing it twice is the same."""
        values: dict[str, Value] = {
            "conversation": waiting.conversation,
            "prompt": waiting.prompt,
            "refused": waiting.refused,
        }
        await self._store.put(TABLE, Row(waiting.partition, waiting.key, values))

    async def forget(self, waiting: Waiting) -> None:
        """Remove; one that is gone already is fine."""
        await self._store.delete(TABLE, waiting.partition, waiting.key)

    async def of(self, person: Person) -> AsyncIterator[Waiting]:
        """What waits for this person, under their key and every address the platform gave."""
        keys = (person.key, *person.former, *map(mail_key, person.mails))
        before = map(mail_key_as_written, person.mails)
        for partition in dict.fromkeys((*keys, *before)):
            async for row in self._store.query(TABLE, partition=partition):
                yield _waiting(row)

    async def all(self) -> AsyncIterator[Waiting]:
        """Everything that waits."""
        async for row in self._store.query(TABLE):
            yield _waiting(row)


def _waiting(row: Row) -> Waiting:
    # The key says the same, so a damaged row still leads to its prompt.
    conversation, _, prompt = row.key.rpartition("-")
    return Waiting(row.partition, conversation, prompt, bool(row.values.get("refused")))
