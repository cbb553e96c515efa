"""Somebody who was not seen for long and has nothing open: everything by which they are known goes.

What they said stands in conversations, each of which has its own end. The person's row goes last,
so that a removal that was cut off is found again. Raises StoreError throughout.
"""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime

from records import drafts, heard
from records.addresses import MAIL, SETTLED
from records.conversation.snapshot import read_record
from records.drafts import Drafts
from records.outbox import parked
from records.people import Person, PersonKey, mail_key
from records.people_rows import OPENING, PEOPLE
from records.register.projections import BY_PERSON, naming
from records.rekeying import PERSON, everybody, present_key
from records.retention.holds import Holds
from records.retention.removing import RELEASES, delete_partition
from records.shown_cards import TABLE as SHOWN
from records.stages import CLOSED
from records.store.codec import Unreadable
from records.store.contract import Store

BY_OWNER = (drafts.TABLE, heard.TABLE, BY_PERSON, parked.TABLE, RELEASES)
"""Tables with a partition for each person."""


def last_seen(person: Person) -> datetime | None:
    """When they were last here, as far as is known."""
    times = (person.seen_at, person.welcomed_at, person.mails_at, person.gone_at)
    return max(filter(None, times), default=None)


async def is_needed(store: Store, person: Person, held: Holds) -> bool:
    """Whether a conversation has or names them that is under way or held; one that cannot be read
    is taken for one."""
    for key in person.keys:
        async for row in store.query(BY_PERSON, partition=key, select=["schema"]):
            if await _is_open(store, row.key, held):
                return True
    for conversation in await naming(store, person.mails):
        if await _is_open(store, conversation, held):
            return True
    return False


async def _is_open(store: Store, conversation: str, held: Holds) -> bool:
    try:
        found = await read_record(store, conversation)
    except Unreadable:
        return True
    return found is not None and (found[0].stage not in CLOSED or held.stops(found[0]))


async def known(store: Store) -> AsyncIterator[Person]:
    """Everybody who has a row; what is left under a former key goes with its owner."""
    async for one in everybody(store):
        if one is not None and one.key == present_key(one):
            yield one


async def forget(store: Store, kept: Drafts, people: Iterable[Person]) -> None:
    """These people, and what stands under their keys and addresses; one pass over what stands
    among others' for all of them."""
    # The row they have now goes last: by it the others are found.
    gone = {key: person for person in people for key in reversed(person.keys)}
    if not gone:
        return
    async for row in store.query(SHOWN):
        if row.values.get("person") in gone:
            await store.delete(SHOWN, row.partition, row.key)
    for key, person in gone.items():
        await _forget(store, key, person)
    kept.forget_at_hand()


async def _forget(store: Store, key: PersonKey, person: Person) -> None:
    for table in BY_OWNER:
        await delete_partition(store, table, key)
    for address in person.mails:
        await delete_partition(store, RELEASES, mail_key(address))
        settled = await store.get(MAIL, mail_key(address), SETTLED)
        if settled is not None and settled.values.get("person") == key:
            await store.delete(MAIL, settled.partition, SETTLED)
        await store.delete(MAIL, mail_key(address), key)
    await store.delete(PEOPLE, OPENING, key)
    await store.delete(PEOPLE, key, PERSON)
