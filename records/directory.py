"""Who has the app and how they are reached, long as one visit is; which mail address is whose.

An address is bound to a person only from the platform's own member lookup, in a tenant that is
served, and never from typed text. It is read again at an install, at a hello, and when it was last
read over a day ago; what the platform gives then replaces what it gave before. An address that two
people have at present is nobody's: it reaches nobody, and gives nobody a right.

A person's row is at hand for a minute in a process that looks again after each reply (`later`).
"""

import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from records.addresses import ANYWHERE, Holders, Tenants
from records.former_keys import move_drafts
from records.people import (
    NOBODY,
    Addresses,
    Participant,
    Person,
    PersonKey,
    Reference,
    Visit,
    has_removed_it,
    is_among,
    is_old,
    key_as_written,
    person_key,
)
from records.people_rows import AT_HAND, Found, PeopleRows
from records.register.listing import Errand, Later
from records.store.contract import AlreadyThere, Changed, Store, each

log = logging.getLogger(__name__)

Arrived = Callable[[Person], Awaitable[None]]
Once = Callable[[str, Errand, float], None]
"""Where to hand what is done once for a key, so many seconds after the first time."""
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


class Directory(PeopleRows):
    """People and their mail addresses, over any store.

    `later` is given what may wait until the reply is out, `arrived` who was here then, so that what
    waits for them comes. Without `later` nobody would look again, so nothing is at hand and every
    call reads. With `once` a row at hand is looked at again once in its minute, not after each
    reply. `lookup` asks the platform, `tenants` are those that are served. `now` says when
    what is known of an address is too old; without it nothing is.
    """

    def __init__(
        self,
        store: Store,
        *,
        later: Later | None = None,
        once: Once | None = None,
        arrived: Arrived = nobody_waits,
        monotonic: Callable[[], float] = time.monotonic,
        lookup: Lookup = nobody_asks,
        tenants: Tenants = ANYWHERE,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__(store, monotonic, keeps=later is not None)
        self._later, self._once, self._arrived = later, once, arrived
        self._lookup, self._now = lookup, now
        self.addresses = Holders(store, self.find, tenants)
        self.without_address = 0
        """Lookups that gave no address at all, since the start."""

    async def find_by_mail(self, address: str, tenant: str = "") -> Person | None:
        """The one person who has this address at present, in this tenant if one is named.

        None where nobody is known to have it, or several have. Whoever was last asked about over a
        day ago is asked about now: an address may have been handed on to somebody without the app.
        """
        found = await self.holders(address, tenant)
        now = self._now() if self._now is not None else None
        old = [one for one in found if now is not None and is_old(one, now)]
        if old and now is not None:
            await each(partial(self.current, now=now), old)
            found = await self.holders(address, tenant)
        return found[0] if len(found) == 1 else None

    async def holders(self, address: str, tenant: str = "") -> tuple[Person, ...]:
        """Everybody who has this address at present; of several, nobody is meant."""
        return await self.addresses.of(address, tenant)

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

    async def seen(
        self,
        tenant: str,
        object_id: str,
        name: str,
        now: datetime,
        *,
        reference: Reference | None = None,
        addresses: Addresses | None = None,
        at: datetime | None = None,
    ) -> tuple[Person, bool]:
        """Note that somebody was here. Gives the person, and whether they are newly reachable.

        `reference` is given for a personal chat only: a channel is nobody's own place. `addresses`
        are what the platform gave just now, if it was asked, and `at` is when it says that this
        happened: who has removed the app since is not back by it.

        Where the row says all of it already but for the day, it answers, and what is to be noted
        waits for the reply; a row at hand answers without being read, and is looked at after the
        reply, or once its minute is over. Then, too, addresses that are over a day old are read
        again. `arrived` is told after each reply.
        """
        key = person_key(tenant, object_id)
        if addresses is not None and not addresses.mails:
            self.without_address += 1
        here = Visit(key, tenant, object_id, name, now, reference, addresses, at)
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
        if at_hand and known == fresh and self._once is not None and self._later is not None:
            # What they do in a channel takes nothing away from what they did in their own chat.
            about = key if reference is not None else f"{key} in a channel"
            self._once(about, partial(self._look, here, since, None, False), AT_HAND)
            if (told := self._later(partial(self._tell, fresh, here, since))) is not None:
                await told
            return fresh, False
        there = None if at_hand or known != fresh else fresh
        if (told := self._later(partial(self._look, here, since, there, False))) is not None:
            await told
        return fresh, False

    async def current(self, person: Person, now: datetime) -> Person:
        """The person with addresses that were read within a day, where the platform gives any.

        For when a right hangs on one. Raises StoreError.
        """
        return await self._read_again(person, now) if is_old(person, now) else person

    async def _afterwards(self, errand: Callable[[], Awaitable[object]]) -> None:
        if self._later is not None and (told := self._later(errand)) is not None:
            await told

    async def _tell(self, person: Person, here: Visit, since: float) -> None:
        """After a reply to somebody whose row is at hand: what waits under their own key comes.
        What waits under an address, or as they are gone by their row, has the second look."""
        left = self._gone.get(here.key)
        if (left is None or left < since) and here.reference is not None and person.reachable:
            await self._arrived(person.model_copy(update={"mails": (), "former": ()}))

    async def _look(self, here: Visit, since: float, there: Person | None, newly: bool) -> None:
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
            log.info("account gone", extra={"action": "account_gone", "person": person.mark})
            await self.gone(person.key, account=None if has_removed_it(person) else now)
            return await self.find(person.key) or person
        except NotLookedUp:
            return person
        if not found.mails:
            self.without_address += 1
        here = Visit(person.key, person.tenant, person.object_id, person.name, now, None, found)
        return (await self._note(here))[0]

    async def _note(self, here: Visit, found: Found | None = None) -> tuple[Person, bool]:
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
                await self.addresses.note(address, here.key, here.now)
            if known != fresh:
                try:
                    await self._write(row, fresh)
                except (AlreadyThere, Changed):
                    continue
            for address in had:
                if not is_among(address, fresh.mails):
                    await self.addresses.drop(address, here.key)
            await self._tell_apart(fresh, gained, here.now)
            was = known is not None and known.reference is not None and known.reachable
            return fresh, here.reference is not None and fresh.reachable and not was

    async def _as_written(self, here: Visit) -> Person | None:
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
