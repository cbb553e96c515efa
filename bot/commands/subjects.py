"""Whom a command is about: a mail address, a person's key or object id, or a reference. No guess is
made: whoever is not certain is nobody."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from bot.commands.parts import OperatorParts
from bot.commands.whose import having
from records.board.board import named
from records.conversation.conversation import Conversation
from records.conversation.snapshot import read_record
from records.mail_address import normal
from records.people import Person, is_among
from records.rekeying import everybody
from records.retention.holds import Of
from records.rights.finding import Whereabouts, by, where_they_are


class NotCertain(Exception):
    """It is not certain who is meant; the message says why."""


@dataclass(frozen=True)
class WhoIsMeant:
    """Who or what it is: a conversation, or all that is known of a person."""

    of: Of
    it: Conversation | None
    found: Whereabouts

    @property
    def subject(self) -> tuple[str, ...]:
        """Under what releases to them are kept."""
        return (self.it.id,) if self.it else tuple(self.found.keys)


async def meant(records: OperatorParts, text: str) -> WhoIsMeant:
    """Who is meant. Raises NotCertain, Unreadable and StoreError."""
    if normal(text):
        return await _by_mail(records, text)
    key = await named(records.store, text)
    if key:
        record = await read_record(records.store, key)
        if record is None:
            raise NotCertain("There is no such conversation any more.")
        return WhoIsMeant(Of.CONVERSATION, record[0], Whereabouts(conversations=[key]))
    there = [one async for one in _known_as(records, text)]
    if len(there) != 1:
        raise NotCertain("Nobody has this address, key or object id, and nothing this reference.")
    return await _person(records, there[0])


async def _by_mail(records: OperatorParts, text: str) -> WhoIsMeant:
    people = (await having(records, text)).people
    if len(people) > 1:
        raise NotCertain(
            f"Several people have had this address ({len(people)}), so it means nobody."
            " `people find` lists their keys: give the key of the one you mean."
        )
    if people:
        return await _person(records, people[0])
    found = await where_they_are(records.store, lambda _: False, by(frozenset(), [normal(text)]))
    if not found.is_anybody:
        raise NotCertain("Nobody is known by this address.")
    return WhoIsMeant(Of.PERSON, None, found)


async def _person(records: OperatorParts, one: Person) -> WhoIsMeant:
    keys = frozenset(one.keys)
    mails = [address for address in one.mails if await _is_theirs_alone(records, one, address)]
    found = await where_they_are(
        records.store, lambda other: not keys.isdisjoint(other.keys), by(keys, mails)
    )
    return WhoIsMeant(Of.PERSON, None, found)


async def _is_theirs_alone(records: OperatorParts, one: Person, address: str) -> bool:
    """An address that somebody else has too names neither of them."""
    return not [
        other
        for other in (await having(records, address)).people
        if other.key not in one.keys and is_among(address, other.mails)
    ]


async def _known_as(records: OperatorParts, text: str) -> AsyncIterator[Person]:
    async for one in everybody(records.store):
        if one is not None and one.name and text.casefold() in set(_names(one)):
            yield one


def _names(one: Person) -> Iterator[str]:
    yield from (key.casefold() for key in one.keys)
    yield one.object_id.casefold()
