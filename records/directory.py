"""Who has the app and how they are reached; which mail address is whom.

A mail address is bound to a person only from the platform's own member lookup, never from typed
text. An address the platform gave for two people is ambiguous and reaches nobody by itself.

A person's row is at hand for a minute in a process that looks again after each reply (`later`).
"""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from cachetools import TTLCache

from records.outbox.prompt import CHANNEL
from records.people import Person, PersonKey, Reference, mail_key, person_key
from records.register.listing import Later
from records.store.codec import read, to_values
from records.store.contract import AlreadyThere, Changed, Row, Store, Value

PEOPLE: Final = "people"
MAIL: Final = "mail"
MOST_AT_HAND: Final = 5_000
"""People whose row is at hand in one process."""
AT_HAND: Final = 60.0
"""Seconds for which one is."""
log = logging.getLogger(__name__)

Arrived = Callable[[Person], Awaitable[None]]
Found = tuple[Row | None, Person | None]


async def nobody_waits(_: Person) -> None:
    """For callers that leave to the nightly repair what waits for somebody."""


class Directory:
    """People and their mail aliases, over any store.

    `later` is given what may wait until the reply is out, `arrived` who turned out newly reachable
    then. Without `later` nobody would look again, so nothing is at hand and every call reads.
    """

    def __init__(
        self,
        store: Store,
        *,
        later: Later | None = None,
        arrived: Arrived = nobody_waits,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._later, self._arrived = store, later, arrived
        self._monotonic = monotonic
        self._at_hand: TTLCache[PersonKey, Person] = TTLCache(MOST_AT_HAND, AT_HAND, monotonic)
        self._gone: TTLCache[PersonKey, float] = TTLCache(MOST_AT_HAND, AT_HAND, monotonic)

    async def find(self, key: PersonKey) -> Person | None:
        """The person with this key, as kept now, or None."""
        return (await self._read(key))[1]

    async def recent(self, key: PersonKey) -> Person | None:
        """The same, as known a minute ago at most."""
        return self._at_hand.get(key) or await self.find(key)

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

        `reference` is given for a personal chat only: a channel is nobody's own place. Where the
        row says all of it already but for the day, it answers, and what is to be noted waits for
        the reply; a row at hand answers without being read, and is looked at after the reply: if
        another copy has noted meanwhile that they were gone, `arrived` is told there and then.
        """
        key = person_key(tenant, object_id)
        here = _Here(key, tenant, object_id, name, now, reference, mails)
        since, row, known = self._monotonic(), None, self._at_hand.get(key)
        at_hand = known is not None
        if known is None:
            row, known = await self._read(key)
        fresh = here.noted(known)
        today = {"seen_at": fresh.seen_at}
        if known is None or self._later is None or known.model_copy(update=today) != fresh:
            return await self._note(here, None if at_hand else (row, known))
        if at_hand or known != fresh:
            told = self._later(partial(self._look, here, since))
            if told is not None:
                await told
        return fresh, False

    async def _look(self, here: "_Here", since: float) -> None:
        """After the reply that the row at hand answered: what is kept of them really?

        Whoever has gone since is not called back by what they did before.
        """
        left = self._gone.get(here.key)
        if left is not None and left >= since:
            return
        person, newly = await self._note(here)
        if newly:
            await self._arrived(person)

    async def _note(self, here: "_Here", found: Found | None = None) -> tuple[Person, bool]:
        """Write what is new of them; `found` is what was read already."""
        while True:
            row, known = found or await self._read(here.key)
            fresh, found = here.noted(known), None
            # Addresses first: a person whose record names one is taken to have it bound.
            for address in set(here.mails) - set(known.mails if known else ()):
                await self._bind(address, here.key, here.now)
            if known != fresh:
                try:
                    await self._write(row, fresh)
                except (AlreadyThere, Changed):
                    continue
            was = known is not None and known.reference is not None and known.reachable
            return fresh, here.reference is not None and not was

    async def remember(self, key: PersonKey, said: Mapping[str, str]) -> None:
        """Remember more about somebody: the last writer wins, none of it is an answer."""
        await self._change(key, said)

    async def _change(self, key: PersonKey, changes: Mapping[str, object]) -> None:
        """On their row as it is kept now: what another copy has noted of them stays."""
        row, person = await self._read(key)
        if person is None:
            return
        fresh = person.model_copy(update=changes)
        if fresh == person:
            return
        try:
            await self._write(row, fresh)
        except (AlreadyThere, Changed):
            log.info("person changed meanwhile", extra={"action": "person_race"})

    async def welcome(self, key: PersonKey, now: datetime) -> bool:
        """Note the welcome. True for exactly one caller: the one who should give it."""
        row, person = await self._read(key)
        if row is None or person is None or person.welcomed_at is not None:
            return False
        try:
            await self._write(row, person.model_copy(update={"welcomed_at": now}))
        except (AlreadyThere, Changed):
            return await self.welcome(key, now)
        return True

    async def gone(self, key: PersonKey) -> None:
        """The app was removed, or a send was refused for good: not reachable in Teams now."""
        self._gone[key] = self._monotonic()
        await self._change(key, {"reachable": False})

    async def channel_seen(self, reference: Reference) -> None:
        """Remember where the facilitation team's channel is."""
        await self._store.put(PEOPLE, Row(CHANNEL, "channel", to_values(reference)))

    async def channel(self) -> Reference | None:
        """Where the facilitation team's channel is, once the app was seen there."""
        row = await self._store.get(PEOPLE, CHANNEL, "channel")
        return read(Reference, row) if row else None

    async def _read(self, key: PersonKey) -> Found:
        row = await self._store.get(PEOPLE, key, "person")
        person = read(Person, row) if row else None
        if person is not None and self._later is not None:
            self._at_hand[key] = person
        return row, person

    async def _write(self, row: Row | None, person: Person) -> None:
        fresh = Row(person.key, "person", to_values(person), row.etag if row else "")
        self._at_hand.pop(person.key, None)
        if row is None:
            await self._store.create(PEOPLE, fresh)
        else:
            await self._store.update(PEOPLE, fresh)
        if self._later is not None:
            self._at_hand[person.key] = person

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


@dataclass(frozen=True)
class _Here:
    """Somebody who was here, as the platform has it."""

    key: PersonKey
    tenant: str
    object_id: str
    name: str
    now: datetime
    reference: Reference | None
    mails: tuple[str, ...]

    def noted(self, known: Person | None) -> Person:
        """Their row with what is new of them, and the day."""
        base = known or Person(
            key=self.key, tenant=self.tenant, object_id=self.object_id, name=self.name
        )
        changes: dict[str, object] = {"name": self.name or base.name}
        if self.mails:
            changes["mails"] = tuple(dict.fromkeys((*self.mails, *base.mails)))
        if self.reference is not None:
            changes |= {"reference": self.reference, "reachable": True}
        fresh = base.model_copy(update=changes)
        # A day's precision is enough, and saves a write at every tap.
        stale = base.seen_at is None or (self.now - base.seen_at).days >= 1
        return fresh.model_copy(update={"seen_at": self.now}) if stale or fresh != base else base
