"""Where somebody stands in the records: every conversation is looked at, and every person's row."""

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field

from records.conversation.binding import everybody as named
from records.conversation.conversation import Conversation
from records.conversation.snapshot import RECORD, TABLE
from records.mail_address import normal
from records.people import Part, Participant, Person, PersonKey, is_among
from records.register.repair import EVERY_PARTITION
from records.rekeying import everybody
from records.rights.nameless import IsThem, is_in_its_way
from records.stages import CLOSED
from records.store.codec import read_or_pass
from records.store.contract import Store


@dataclass
class Whereabouts:
    """What one person is known by, and where. `needed` are the references of conversations under
    way in which they have a place."""

    people: list[Person] = field(default_factory=list)
    keys: dict[PersonKey, None] = field(default_factory=dict)
    mails: dict[str, None] = field(default_factory=dict)
    words: dict[str, None] = field(default_factory=dict)
    conversations: list[str] = field(default_factory=list)
    needed: list[str] = field(default_factory=list)

    @property
    def is_anybody(self) -> bool:
        """Whether there is anything of them."""
        return bool(self.people or self.conversations)

    def know(self, name: str, mails: Iterable[str], number: str) -> None:
        """By this they are known, too."""
        self.mails |= dict.fromkeys(one for one in map(normal, mails) if one)
        self.words |= dict.fromkeys(one for one in (name.strip(), *mails, number.strip()) if one)


def by(keys: frozenset[PersonKey], mails: Iterable[str]) -> IsThem:
    """Whether somebody named is who has these keys; or, where nobody knows who it is yet, is named
    by one of these addresses."""
    theirs = tuple(mails)
    return lambda one: one.key in keys if one.key else is_among(one.mail, theirs)


def ruled(it: Conversation, is_them: IsThem) -> bool:
    """Whether they said what may be quoted of it: whoever does has no place in it."""
    return any(
        is_them(Participant(id="", part=Part.FACILITATOR, name="", key=one.ruled_by))
        for one in it.rulings
        if one.ruled_by
    )


async def conversations(store: Store) -> AsyncIterator[Conversation]:
    """Every record, as one stream; one that cannot be read is in the log."""
    rows = store.query(TABLE, partition_to=EVERY_PARTITION, key_from=RECORD, key_to=f"{RECORD}~")
    async for row in rows:
        if (it := read_or_pass(Conversation, row)) is not None:
            yield it


async def where_they_are(
    store: Store, is_their_row: Callable[[Person], bool], is_them: IsThem
) -> Whereabouts:
    """All that is known of one person: their rows, and each conversation that names them."""
    found = Whereabouts()
    async for person in everybody(store):
        if person is not None and is_their_row(person):
            found.people.append(person)
            found.keys |= dict.fromkeys(person.keys)
            found.know(person.name, person.mails, person.contact)
    async for it in conversations(store):
        here = [one for one in named(it) if is_them(one)]
        if not here and not ruled(it, is_them):
            continue
        found.conversations.append(it.id)
        found.keys |= dict.fromkeys(one.key for one in here if one.key)
        for one in here:
            found.know(one.name, filter(None, (one.mail,)), one.contact)
        if it.stage not in CLOSED and is_in_its_way(it, is_them):
            found.needed.append(it.reference)
    return found
