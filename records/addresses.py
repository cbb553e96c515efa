"""Whose a mail address is: each present holder has a row of their own under it.

Two who are bound at once so both stand there, and neither hides the other. A row alone says
nothing: its person's own row has to name the address, so one that was left behind by a crash is no
holder. `settled` is an operator's word; it counts while that person has the address.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Final

from records.people import Person, PersonKey, is_among, mail_key, mail_key_as_written
from records.store.contract import Row, Store, Value, each

MAIL: Final = "mail"
SETTLED: Final = "settled"
BEFORE: Final = "person"
"""The key of the one row an address had before each holder had one."""

DOUBTFUL: Final = PersonKey("doubtful")
"""Whoever else had an address when it had but one row, which kept only the last of two."""

Tenants = frozenset[str] | None
ANYWHERE: Final[Tenants] = None
"""Every tenant is served, as in a demo."""
FindPerson = Callable[[PersonKey], Awaitable[Person | None]]


class Holders:
    """The rows, over any store. `find` gives a person's own row."""

    def __init__(self, store: Store, find: FindPerson, tenants: Tenants) -> None:
        self._store, self._find = store, find
        self._tenants = None if tenants is None else frozenset(map(str.casefold, tenants))

    async def of(self, address: str, tenant: str = "") -> tuple[Person, ...]:
        """Who has this address at present, one where it is certain; in this tenant, if named.

        Somebody at home counts before a guest: both may well be one person, and the account at
        home is theirs. Who is not reached now has it all the same: it is nobody's of another
        tenant meanwhile, and nobody else's where an operator has settled it. Raises StoreError.
        """
        if not address.strip():
            return ()
        named, settled = await self._named(address)
        if DOUBTFUL in named and not settled:
            return ()
        known = await each(self._find, named)
        # Each once: a row may name them by a key they had before.
        there = {one.key: one for one in known if one and self._has(one, address)}
        everybody = list(there.values())
        if tenant:
            everybody = [one for one in everybody if _lives_in(one, tenant)]
        chosen = [one for one in everybody if settled in one.keys]
        if chosen:
            return tuple(one for one in chosen if one.reachable)
        found = [one for one in everybody if one.reachable]
        at_home = [one for one in found if not one.guest]
        elsewhere = [
            one
            for one in everybody
            if not (one.reachable or one.guest)
            and not any(_lives_in(other, one.tenant) for other in at_home)
        ]
        return tuple((*at_home, *elsewhere) if at_home else found)

    async def note(self, address: str, key: PersonKey, now: datetime) -> None:
        """That they have it. Writing it twice is the same."""
        values: dict[str, Value] = {"person": key, "source": "member-lookup", "at": now}
        await self._store.put(MAIL, Row(mail_key(address), key, values))

    async def drop(self, address: str, key: PersonKey) -> None:
        """That they have it no more."""
        await self._store.delete(MAIL, mail_key(address), key)

    async def settle(self, address: str, key: PersonKey, now: datetime, by: str) -> None:
        """Whose it is, where several have it."""
        values: dict[str, Value] = {"person": key, "source": by, "at": now}
        await self._store.put(MAIL, Row(mail_key(address), SETTLED, values))

    def _has(self, person: Person, address: str) -> bool:
        served = self._tenants is None or person.tenant.casefold() in self._tenants
        return served and person.has_account and is_among(address, person.mails)

    async def _named(self, address: str) -> tuple[list[PersonKey], str]:
        """Whom the rows name, each once; and whom an operator chose."""
        keys: dict[PersonKey, None] = {}
        settled = ""
        for partition in _partitions(address):
            async for row in self._store.query(MAIL, partition=partition):
                person = PersonKey(str(row.values.get("person", "")))
                if row.key == SETTLED:
                    settled = person
                elif row.values.get("ambiguous"):
                    keys |= {person: None, DOUBTFUL: None}
                elif person:
                    keys[person] = None
        return list(keys), settled


def _lives_in(person: Person, tenant: str) -> bool:
    return person.tenant.casefold() == tenant.casefold()


def _partitions(address: str) -> Iterable[str]:
    """Its own; and where it stood when capitals and space alone were seen past."""
    return dict.fromkeys((mail_key(address), mail_key_as_written(address)))
