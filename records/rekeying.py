"""People brought under the keys they have now, and their addresses under the form they have now.

A key hangs on tenant and object id, whatever their capitals; it did not always. The row under the
former key stays, emptied, so that whoever asks by it finds who it is. Every step may be done twice.
"""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from records.addresses import ANYWHERE, BEFORE, MAIL, Holders
from records.directory import Directory
from records.former_keys import move_drafts
from records.people import Person, PersonKey, mail_key, person_key
from records.people_rows import PEOPLE
from records.store.codec import Unreadable, read, tell, to_values
from records.store.contract import AlreadyThere, Changed, Row, Store

PERSON: Final = "person"
REMEMBERED: Final = (
    "reference", "welcomed_at", "contact", "team", "agency", "manager_name", "manager_mail",
)  # fmt: skip
"""What a row may hold that another one of the same person does not."""


def present_key(person: Person) -> PersonKey:
    """The key that this person has now, whichever they are kept under."""
    return person_key(person.tenant, person.object_id)


async def everybody(store: Store) -> AsyncIterator[Person | None]:
    """Every row of a person, under whichever key; None for one that cannot be read."""
    async for row in store.query(PEOPLE):
        if row.key != PERSON:
            continue
        try:
            yield read(Person, row)
        except Unreadable as error:
            tell(error)
            yield None


async def bring_forward(store: Store, person: Person) -> Person:
    """The person under the key they have now: their drafts first, then their row.

    Raises StoreError.
    """
    now = present_key(person)
    if now == person.key:
        return person
    await move_drafts(store, person.key, now)
    while True:
        row = await store.get(PEOPLE, now, PERSON)
        if row is None and _is_alias(person):
            return person  # Of somebody who is there no more.
        kept = read(Person, row) if row else person
        fresh = _one(kept, person, now)
        if fresh == kept:
            return kept
        with suppress(AlreadyThere, Changed):
            written = Row(now, PERSON, to_values(fresh), row.etag if row else "")
            await (store.update if row else store.create)(PEOPLE, written)
            return fresh


def _one(kept: Person, person: Person, now: PersonKey) -> Person:
    """Two rows of one person as one. Whoever was seen last says how things are; what only the other
    one remembers stays. Addresses of both count until the platform was asked again."""
    long_ago = datetime.min.replace(tzinfo=UTC)
    later, earlier = kept, person
    if (person.seen_at or long_ago) > (kept.seen_at or long_ago):
        later, earlier = person, kept
    gaps = {name: value for name in REMEMBERED if (value := getattr(earlier, name))}
    found = {name: value for name, value in gaps.items() if not getattr(later, name)}
    both = {mail_key(one): one for one in (*earlier.mails, *later.mails)}
    mails = kept.mails if kept.mails_at else tuple(both.values())
    former = tuple(dict.fromkeys((*kept.former, *person.former, person.key)))
    known = {"key": now, "former": former, "mails": mails, "mails_at": kept.mails_at}
    # What was done under the present key stands under the mark that its secret makes.
    secret = kept.secret or person.secret
    return later.model_copy(update={**found, **known, "secret": secret})


async def leave_alias(store: Store, former: PersonKey) -> None:
    """Empty the row under a former key, once all is moved: what it is an alias of stays in it."""
    row = await store.get(PEOPLE, former, PERSON)
    person = read(Person, row) if row else None
    if (
        row is None
        or person is None
        or await store.get(PEOPLE, present_key(person), PERSON) is None
    ):
        return
    bare = _alias(person)
    if bare != person:
        with suppress(Changed):
            await store.update(PEOPLE, Row(former, PERSON, to_values(bare), row.etag))


def _alias(one: Person) -> Person:
    """What stays under a former key: by it the present one is found."""
    return Person(key=one.key, tenant=one.tenant, object_id=one.object_id, name="", reachable=False)


def _is_alias(person: Person) -> bool:
    return person == _alias(person)


async def note_addresses(store: Store, directory: Directory, person: Person, at: datetime) -> None:
    """A row of their own for each address they have; one that is there stays as it is."""
    holders = Holders(store, directory.find, ANYWHERE)
    for address in person.mails:
        if await store.get(MAIL, mail_key(address), person.key) is None:
            await holders.note(address, person.key, person.mails_at or person.seen_at or at)


async def drop_single_rows(store: Store, *, ambiguous: bool) -> int:
    """Remove the rows of addresses that had but one, those that were ambiguous or the others; how
    many. Only once everybody has their own.

    One that was ambiguous makes its address nobody's until it goes; by then both who had it have
    a row. An older version finds people by the others alone.
    """
    removed = 0
    async for row in store.query(MAIL, key_from=BEFORE, key_to=f"{BEFORE}~"):
        if bool(row.values.get("ambiguous")) is not ambiguous:
            continue
        with suppress(Changed):
            await store.delete(MAIL, row.partition, row.key, etag=row.etag)
            removed += 1
    return removed
