"""Who has the app and how they are reached; which mail address is whom.

A mail address is bound to a person only from the platform's own member lookup, never from typed
text. An address the platform gave for two people is ambiguous and reaches nobody by itself.
"""

import logging
from datetime import datetime
from typing import Final

from records.codec import read, to_values
from records.people import Person, PersonKey, Reference, mail_key, person_key
from records.prompt import CHANNEL
from records.store import AlreadyThere, Changed, Row, Store, Value

PEOPLE: Final = "people"
MAIL: Final = "mail"
log = logging.getLogger(__name__)


class Directory:
    """People and their mail aliases, over any store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def find(self, key: PersonKey) -> Person | None:
        """The person with this key, or None."""
        row = await self._store.get(PEOPLE, key, "person")
        return read(Person, row) if row else None

    async def find_by_mail(self, address: str) -> Person | None:
        """The person the platform bound to this address; None where unknown or ambiguous."""
        if not address.strip():
            return None
        row = await self._store.get(MAIL, mail_key(address), "person")
        if row is None or row.values.get("ambiguous"):
            return None
        return await self.find(PersonKey(str(row.values["person"])))

    async def seen(
        self,
        tenant: str,
        object_id: str,
        name: str,
        now: datetime,
        *,
        reference: Reference | None = None,
        mails: tuple[str, ...] = (),
    ) -> tuple[Person, bool]:
        """Note that somebody was here. Gives the person, and whether they are newly reachable.

        `reference` is given for a personal chat only: a channel is nobody's own place.
        """
        key = person_key(tenant, object_id)
        while True:
            row = await self._store.get(PEOPLE, key, "person")
            known = read(Person, row) if row else None
            base = known or Person(key=key, tenant=tenant, object_id=object_id, name=name)
            fresh = _refreshed(base, name, now, reference, mails)
            # Addresses first: a person whose record names one is taken to have it bound.
            for address in set(mails) - set(known.mails if known else ()):
                await self._bind(address, key, now)
            if known != fresh:
                try:
                    await self._write(row, fresh)
                except (AlreadyThere, Changed):
                    continue
            was = known is not None and known.reference is not None and known.reachable
            return fresh, reference is not None and not was

    async def update(self, person: Person) -> None:
        """Remember more about somebody: the last writer wins, none of it is an answer."""
        row = await self._store.get(PEOPLE, person.key, "person")
        try:
            await self._write(row, person)
        except (AlreadyThere, Changed):
            log.info("person changed meanwhile", extra={"action": "person_race"})

    async def welcome(self, key: PersonKey, now: datetime) -> bool:
        """Note the welcome. True for exactly one caller: the one who should give it."""
        row = await self._store.get(PEOPLE, key, "person")
        person = read(Person, row) if row else None
        if row is None or person is None or person.welcomed_at is not None:
            return False
        try:
            await self._write(row, person.model_copy(update={"welcomed_at": now}))
        except (AlreadyThere, Changed):
            return await self.welcome(key, now)
        return True

    async def gone(self, key: PersonKey) -> None:
        """The app was removed, or a send was refused for good: not reachable in Teams now."""
        person = await self.find(key)
        if person is not None and person.reachable:
            await self.update(person.model_copy(update={"reachable": False}))

    async def channel_seen(self, reference: Reference) -> None:
        """Remember where the facilitation team's channel is."""
        await self._store.put(PEOPLE, Row(CHANNEL, "channel", to_values(reference)))

    async def channel(self) -> Reference | None:
        """Where the facilitation team's channel is, once the app was seen there."""
        row = await self._store.get(PEOPLE, CHANNEL, "channel")
        return read(Reference, row) if row else None

    async def _write(self, row: Row | None, person: Person) -> None:
        fresh = Row(person.key, "person", to_values(person), row.etag if row else "")
        if row is None:
            await self._store.create(PEOPLE, fresh)
        else:
            await self._store.update(PEOPLE, fresh)

    async def _bind(self, address: str, key: PersonKey, now: datetime) -> None:
        partition, taken = mail_key(address), False
        while not taken:
            row = await self._store.get(MAIL, partition, "person")
            try:
                taken = await self._bind_over(row, partition, key, now)
            except (AlreadyThere, Changed):
                continue  # Somebody else was bound to it just now: look again.

    async def _bind_over(self, row: Row | None, partition: str, key: str, now: datetime) -> bool:
        """Bind, unless somebody has meanwhile. Raises AlreadyThere or Changed: look again."""
        values: dict[str, Value] = {"person": key, "source": "member-lookup", "at": now}
        if row is None:
            free = Row(partition, "person", values | {"ambiguous": False})
            await self._store.create(MAIL, free)
        elif row.values["person"] != key:
            log.warning("address given for two people", extra={"action": "mail_ambiguous"})
            both = Row(partition, "person", {**row.values, **values, "ambiguous": True}, row.etag)
            await self._store.update(MAIL, both)
        return True


def _refreshed(
    base: Person,
    name: str,
    now: datetime,
    reference: Reference | None,
    mails: tuple[str, ...],
) -> Person:
    changes: dict[str, object] = {"name": name or base.name}
    if mails:
        changes["mails"] = tuple(dict.fromkeys((*mails, *base.mails)))
    if reference is not None:
        changes |= {"reference": reference, "reachable": True}
    fresh = base.model_copy(update=changes)
    # A day's precision is enough, and saves a write at every tap.
    stale = base.seen_at is None or (now - base.seen_at).days >= 1
    return fresh.model_copy(update={"seen_at": now}) if stale or fresh != base else base
