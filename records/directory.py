"""Who has the app and how they are reached; which mail address is whose.

An address is bound to a person only from the platform's own member lookup, in a tenant that is
served, and never from typed text. It is read again at an install, at a hello, and when it was last
read over a day ago; what the platform gives then replaces what it gave before. An address that two
people have at present is nobody's: it reaches nobody, and gives nobody a right.

A person's row is at hand for a minute in a process that looks again after each reply (`later`).
"""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from cachetools import TTLCache

from records.addresses import ANYWHERE, Addresses, Holders, Tenants
from records.former_keys import move_drafts
from records.outbox.prompt import CHANNEL
from records.people import (
    NOBODY,
    Participant,
    Person,
    PersonKey,
    Reference,
    is_among,
    key_as_written,
    person_key,
)
from records.register.listing import Later
from records.store.codec import read, to_values
from records.store.contract import AlreadyThere, Changed, Row, Store, each

PEOPLE: Final = "people"
MOST_AT_HAND: Final = 5_000
"""People whose row is at hand in one process."""
AT_HAND: Final = 60.0
"""Seconds for which one is."""
READ_AGAIN: Final = timedelta(days=1)
"""After which the platform is asked for somebody's addresses again."""
log = logging.getLogger(__name__)

Arrived = Callable[[Person], Awaitable[None]]
Found = tuple[Row | None, Person | None]
Lookup = Callable[[Person], Awaitable[Addresses]]
"""Asks the platform for somebody's addresses. Raises NoSuchMember or NotLookedUp."""


class NoSuchMember(Exception):
    """The platform says that there is no such person any more."""


class NotLookedUp(Exception):
    """The platform could not be asked, or gave no answer."""


async def nobody_waits(_: Person) -> None:
    """For callers that leave to the nightly repair what waits for somebody."""


async def nobody_asks(_: Person) -> Addresses:
    """For callers that have no platform to ask."""
    raise NotLookedUp


class Directory:
    """People and their mail addresses, over any store.

    `later` is given what may wait until the reply is out, `arrived` who was here then, so that what
    waits for them comes. Without `later` nobody would look again, so nothing is at hand and every
    call reads. `lookup` asks the platform, `tenants` are those that are served. `now` says when
    what is known of an address is too old; without it nothing is.
    """

    def __init__(
        self,
        store: Store,
        *,
        later: Later | None = None,
        arrived: Arrived = nobody_waits,
        monotonic: Callable[[], float] = time.monotonic,
        lookup: Lookup = nobody_asks,
        tenants: Tenants = ANYWHERE,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._store, self._later, self._arrived = store, later, arrived
        self._monotonic, self._lookup, self._now = monotonic, lookup, now
        self._at_hand: TTLCache[PersonKey, Person] = TTLCache(MOST_AT_HAND, AT_HAND, monotonic)
        self._gone: TTLCache[PersonKey, float] = TTLCache(MOST_AT_HAND, AT_HAND, monotonic)
        self._holders = Holders(store, self.find, tenants)
        self.without_address = 0
        """Lookups that gave no address at all, since the start."""

    async def find(self, key: PersonKey) -> Person | None:
        """The person with this key, as kept now, or None."""
        return (await self._read(key))[1]

    async def recent(self, key: PersonKey) -> Person | None:
        """The same, as known a minute ago at most."""
        return self._at_hand.get(key) or await self.find(key)

    async def find_by_mail(self, address: str, tenant: str = "") -> Person | None:
        """The one person who has this address at present, in this tenant if one is named.

        None where nobody is known to have it, or several have. Whoever was last asked about over a
        day ago is asked about now: an address may have been handed on to somebody without the app.
        """
        found = await self.holders(address, tenant)
        now = self._now() if self._now is not None else None
        old = [one for one in found if now is not None and _is_old(one, now)]
        if old and now is not None:
            await each(partial(self.current, now=now), old)
            found = await self.holders(address, tenant)
        return found[0] if len(found) == 1 else None

    async def holders(self, address: str, tenant: str = "") -> tuple[Person, ...]:
        """Everybody who has this address at present; of several, nobody is meant."""
        return await self._holders.of(address, tenant)

    async def certain(self, address: str, tenant: str = "") -> PersonKey:
        """Whose this address is, or nobody: what a place in a conversation is bound by."""
        person = await self.find_by_mail(address, tenant)
        return person.key if person else NOBODY

    async def named(self, one: Participant) -> Person | None:
        """Who somebody named is: by their identity, else by an address that one person has."""
        if one.key:
            return await self.find(one.key)
        return await self.find_by_mail(one.mail, one.tenant)

    async def is_named(self, one: Participant, person: Person) -> bool:
        """Whether this is them, for lists of settings, which nobody binds. Reads only where the
        address is one of theirs."""
        if one.key or not is_among(one.mail, person.mails):
            return one.is_person(person)
        return await self.certain(one.mail, one.tenant) == person.key

    async def settle(self, address: str, key: PersonKey, now: datetime, by: str) -> None:
        """An operator's word on whose an address is that several have."""
        await self._holders.settle(address, key, now, by)

    async def seen(
        self,
        tenant: str,
        object_id: str,
        name: str,
        now: datetime,
        *,
        reference: Reference | None = None,
        addresses: Addresses | None = None,
    ) -> tuple[Person, bool]:
        """Note that somebody was here. Gives the person, and whether they are newly reachable.

        `reference` is given for a personal chat only: a channel is nobody's own place.
        `addresses` are what the platform gave just now, if it was asked. Where the row says all of
        it already but for the day, it answers, and what is to be noted waits for the reply; a row
        at hand answers without being read, and is looked at after the reply. Then, too, `arrived`
        is told that they were here, and addresses that were read over a day ago are read again.
        """
        key = person_key(tenant, object_id)
        if addresses is not None and not addresses.mails:
            self.without_address += 1
        here = _Here(key, tenant, object_id, name, now, reference, addresses)
        since, row, known = self._monotonic(), None, self._at_hand.get(key)
        at_hand = known is not None
        if known is None:
            row, known = await self._read(key)
        fresh = here.noted(known)
        today = {"seen_at": fresh.seen_at, "mails_at": fresh.mails_at}
        if known is None or self._later is None or known.model_copy(update=today) != fresh:
            person, newly = await self._note(here, None if at_hand else (row, known))
            await self._afterwards(partial(self._look, here, since, person, newly))
            return person, newly
        there = None if at_hand or known != fresh else fresh
        if (told := self._later(partial(self._look, here, since, there, False))) is not None:
            await told
        return fresh, False

    async def current(self, person: Person, now: datetime) -> Person:
        """The person with addresses that were read within a day, where the platform gives any.

        For when a right hangs on one. Raises StoreError.
        """
        return await self._read_again(person, now) if _is_old(person, now) else person

    async def _afterwards(self, errand: Callable[[], Awaitable[object]]) -> None:
        if self._later is not None and (told := self._later(errand)) is not None:
            await told

    async def _look(self, here: "_Here", since: float, there: Person | None, newly: bool) -> None:
        """After the reply: what is kept of them really, which addresses have they now, and what
        waits for them? `there` is who was read or written for the reply, `newly` whether they were
        told of before it.

        Whoever has gone since is not called back by what they did before.
        """
        left = self._gone.get(here.key)
        if left is not None and left >= since:
            return
        before = there or (await self._note(here))[0]
        person = await self.current(before, here.now)
        told = newly and person.mails == before.mails
        if here.reference is not None and person.reachable and not told:
            await self._arrived(person)

    async def _read_again(self, person: Person, now: datetime) -> Person:
        """Ask the platform; whoever it knows no more is gone, and what it does not say stays."""
        if person.reference is None:
            return person
        try:
            found = await self._lookup(person)
        except NoSuchMember:
            log.info("account gone", extra={"action": "account_gone", "person": person.key})
            await self.gone(person.key, account=None if _has_removed_it(person) else now)
            return await self.find(person.key) or person
        except NotLookedUp:
            return person
        if not found.mails:
            self.without_address += 1
        here = _Here(person.key, person.tenant, person.object_id, person.name, now, None, found)
        return (await self._note(here))[0]

    async def _note(self, here: "_Here", found: Found | None = None) -> tuple[Person, bool]:
        """Write what is new of them; `found` is what was read already."""
        while True:
            row, known = found or await self._read(here.key)
            if known is None:
                row, known = None, await self._as_written(here)
            fresh, found = here.noted(known), None
            had = known.mails if known else ()
            gained = [one for one in fresh.mails if not is_among(one, had)]
            # Addresses first: a person whose record names one is taken to have it.
            for address in gained:
                await self._holders.note(address, here.key, here.now)
            if known != fresh:
                try:
                    await self._write(row, fresh)
                except (AlreadyThere, Changed):
                    continue
            for address in had:
                if not is_among(address, fresh.mails):
                    await self._holders.drop(address, here.key)
            await self._tell_apart(fresh, gained, here.now)
            was = known is not None and known.reference is not None and known.reachable
            return fresh, here.reference is not None and not was

    async def _as_written(self, here: "_Here") -> Person | None:
        """Their row from when capitals counted, as it is from now on: with its key as an alias."""
        before = key_as_written(here.tenant, here.object_id)
        old = (await self._read(before))[1] if before != here.key else None
        if old is None:
            return None
        # Drafts first: once they have a row under the key of now, they are asked for under it.
        await move_drafts(self._store, before, here.key)
        former = tuple(dict.fromkeys((*old.former, before)))
        return old.model_copy(update={"key": here.key, "former": former})

    async def _tell_apart(self, person: Person, gained: list[str], now: datetime) -> None:
        """Where somebody else has an address too, the platform is asked whether they still do."""
        for address in gained:
            others = [one for one in await self.holders(address) if one.key != person.key]
            if not others:
                continue
            log.warning("address of two people", extra={"action": "mail_ambiguous"})
            for one in others:
                await self._afterwards(partial(self._ask_once_more, one, now))

    async def _ask_once_more(self, person: Person, now: datetime) -> None:
        fresh = await self._read_again(person, now)
        if fresh.mails != person.mails or not fresh.reachable:
            # Whoever shared the address with them may be certain now.
            for address in person.mails:
                for one in await self.holders(address):
                    await self._arrived(one)

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

    async def gone(
        self, key: PersonKey, at: datetime | None = None, *, account: datetime | None = None
    ) -> None:
        """The app was removed (`at`), or a send was refused for good: not reachable in Teams now;
        or there is no such `account`, since it was asked for.

        Nor are they present to have an address: it is somebody else's, if one other has it.
        """
        self._gone[key] = self._monotonic()
        removed = {"gone_at": at} if at is not None else {}
        removed |= {"unknown_at": account} if account is not None else {}
        await self._change(key, {"reachable": False, **removed})

    async def channel_seen(self, reference: Reference) -> None:
        """Remember where the facilitation team's channel is."""
        await self._store.put(PEOPLE, Row(CHANNEL, "channel", to_values(reference)))

    async def channel(self) -> Reference | None:
        """Where the facilitation team's channel is, once the app was seen there."""
        row = await self._store.get(PEOPLE, CHANNEL, "channel")
        return read(Reference, row) if row else None

    async def _read(self, key: PersonKey) -> Found:
        """Their row; under a former key the one they have now, if there is one by now."""
        row = await self._store.get(PEOPLE, key, "person")
        person = read(Person, row) if row else None
        if person is not None and (now := person_key(person.tenant, person.object_id)) != key:
            moved = await self._store.get(PEOPLE, now, "person")
            row, person = (moved, read(Person, moved)) if moved else (row, person)
        if person is not None and self._later is not None:
            self._at_hand[person.key] = person
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


@dataclass(frozen=True)
class _Here:
    """Somebody who was here, as the platform has it."""

    key: PersonKey
    tenant: str
    object_id: str
    name: str
    now: datetime
    reference: Reference | None
    addresses: Addresses | None

    def noted(self, known: Person | None) -> Person:
        """Their row with what is new of them, and the day."""
        base = known or Person(
            key=self.key, tenant=self.tenant, object_id=self.object_id, name=self.name
        )
        changes: dict[str, object] = {"name": self.name or base.name}
        if self.addresses is not None and self.addresses.mails:
            changes |= {"mails": self.addresses.mails, "guest": self.addresses.guest}
        if self.addresses is not None and _is_old(base, self.now):
            changes["mails_at"] = self.now
        if self.addresses is not None:
            changes["unknown_at"] = None
        if self.reference is not None:
            changes |= {"reference": self.reference, "reachable": True}
        fresh = base.model_copy(update=changes)
        # A day's precision is enough, and saves a write at every tap.
        stale = base.seen_at is None or (self.now - base.seen_at).days >= 1
        return fresh.model_copy(update={"seen_at": self.now}) if stale or fresh != base else base


def _is_old(person: Person, now: datetime) -> bool:
    """Whether the platform was last asked for their addresses over a day ago, or never; or knew
    no such account, while they are here."""
    read_at = person.mails_at
    return read_at is None or person.unknown_at is not None or now - read_at > READ_AGAIN


def _has_removed_it(person: Person) -> bool:
    """Whether they removed the app and are not back: then their chat is closed to us, and a lookup
    that fails says nothing of their account."""
    removed, seen = person.gone_at, person.seen_at
    return removed is not None and (seen is None or seen <= removed)
