"""Opens a chat with somebody who never had one: a member of a team where the app is.

Once, whatever number of copies have something for them: a claim goes before it, and the chat is
kept with the person, who counts as reachable from then on. Whoever had a chat and has removed the
app, or blocked it, has said so: with them none is opened. Source: Teams, "Send proactive messages".
"""

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from records.directory import Arrived, Directory
from records.people import Addresses, Participant, Person, PersonKey, Reference, person_key
from records.people_rows import OPENING, PEOPLE
from records.store.contract import AlreadyThere, Changed, Row, Store
from scheduler.delivery.courier import Courier, NotAccepted
from scheduler.delivery.settings import Clocks

LEASE: Final = timedelta(minutes=1)
"""After which a claim counts no more: whoever had it has died."""
SOON: Final = 5.0
"""Seconds after which it is looked again whether another copy has opened the chat."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Candidate:
    """Somebody with whom a chat can be opened: who they are, as a roster has them. `place` has no
    chat in it yet; its `user_id` is theirs."""

    object_id: str
    known: Addresses
    place: Reference

    @property
    def key(self) -> PersonKey:
        """Who they are, as it is known of whoever acts."""
        return person_key(self.place.tenant, self.object_id)


Find = Callable[[Participant], Awaitable[Candidate | None]]
"""The one member of a team where the app is who is meant, or None. Raises NotAccepted where it
cannot be told just now."""


class Opening:
    """Opens chats. `arrived` is told who can be reached from now on."""

    def __init__(
        self,
        store: Store,
        directory: Directory,
        courier: Courier,
        find: Find,
        clocks: Clocks,
        arrived: Arrived,
    ) -> None:
        self._store, self._directory, self._courier = store, directory, courier
        self._find, self._clocks, self._arrived = find, clocks, arrived

    async def open(self, named: Participant) -> Person | None:
        """Whom a chat was opened with: somebody named who has none, if they are in a team. None
        where they are not, or where it cannot be said for certain who is meant.

        Raises NotAccepted where it is to be tried again, Unreachable where Teams refuses, and
        StoreError.
        """
        found = await self._find(named)
        if found is None or not await self._is_theirs(named, found):
            return None
        if (mine := await self._claim(found.key)) is None:
            raise NotAccepted("a chat is being opened", SOON)
        try:
            known = await self._directory.find(found.key)
            if known is None or known.reference is None:
                await self._opened(found)
        finally:
            await self._give_back(mine)
        # By what is kept of everybody, as for whoever installed it: never by the roster alone.
        return await self._directory.named(named)

    async def _is_theirs(self, named: Participant, found: Candidate) -> bool:
        """Whether nobody else has the address by which they are named."""
        if named.key:
            return True
        holders = await self._directory.holders(named.mail, named.tenant)
        return all(found.key in one.keys for one in holders)

    async def _claim(self, key: PersonKey) -> Row | None:
        """The row of exactly one caller within the lease, and None for all others."""
        now, row = self._clocks.system(), await self._store.get(PEOPLE, OPENING, key)
        since = row.values.get("at") if row else None
        if isinstance(since, datetime) and now - since < LEASE:
            return None
        mine = Row(OPENING, key, {"at": now}, row.etag if row else "")
        try:
            return await (self._store.update if row else self._store.create)(PEOPLE, mine)
        except (AlreadyThere, Changed):
            return None

    async def _give_back(self, mine: Row) -> None:
        with suppress(Changed):  # Whoever has it since took it for one of a copy that died.
            await self._store.delete(PEOPLE, mine.partition, mine.key, etag=mine.etag)

    async def _opened(self, found: Candidate) -> None:
        place = await self._courier.reopen(found.place)
        person, newly = await self._directory.seen(
            place.tenant,
            found.object_id,
            found.known.name,
            self._clocks.now(),
            reference=place,
            addresses=found.known,
        )
        log.info("chat opened", extra={"action": "chat_opened", "person": person.mark})
        if newly:
            await self._arrived(person)
