"""The rows of people who have the app, and of the facilitation team's channel, over any store.

A person's row is at hand for a minute in a process that looks again after each reply.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from cachetools import TTLCache

from records.outbox.prompt import CHANNEL
from records.people import Person, PersonKey, Reference, person_key
from records.store.codec import read, to_values
from records.store.contract import AlreadyThere, Changed, Row, Store

PEOPLE: Final = "people"
OPENING: Final = "opening"
"""The partition in which it is noted that a chat with somebody is just being opened."""
MOST_AT_HAND: Final = 5_000
"""People whose row is at hand in one process."""
AT_HAND: Final = 60.0
"""Seconds for which one is."""
REMOVED: Final = 3600.0
"""Seconds for which a process remembers who is gone: longer than any look at them may wait."""
log = logging.getLogger(__name__)

Found = tuple[Row | None, Person | None]


class TeamPlace(Reference):
    """Where the facilitation team's channel is. `team` is the team's id, and empty in a row of an
    earlier version; `picked` the channel that was picked for the app, if one was."""

    team: str = ""
    picked: str = ""


class PeopleRows:
    """Reads and writes them; with `keeps` a row is at hand after that, by a monotonic clock."""

    def __init__(self, store: Store, monotonic: Callable[[], float], *, keeps: bool) -> None:
        self._store, self._monotonic, self._keeps = store, monotonic, keeps
        self._at_hand: TTLCache[PersonKey, Person] = TTLCache(MOST_AT_HAND, AT_HAND, monotonic)
        self._gone: TTLCache[PersonKey, float] = TTLCache(MOST_AT_HAND, REMOVED, monotonic)
        self._marks: TTLCache[PersonKey, str] = TTLCache(MOST_AT_HAND, REMOVED, monotonic)

    async def find(self, key: PersonKey) -> Person | None:
        """The person with this key, as kept now, or None."""
        return (await self._read(key))[1]

    async def recent(self, key: PersonKey) -> Person | None:
        """The same, as known a minute ago at most."""
        return self._at_hand.get(key) or await self.find(key)

    def mark(self, key: str) -> str:
        """The mark of somebody whom this process has read lately, for a log line: nothing is read
        for it. Else empty, and never the key."""
        return self._marks.get(PersonKey(key), "")

    async def forget(self, key: PersonKey) -> None:
        """Remove their row, and with it the secret: from then on nobody can say whose their marks
        are, in no trail, chain or log, and no line of those is touched. Raises StoreError.

        Another process may have them at hand for a minute. Who comes back is somebody new.
        """
        person = await self.find(key)
        for one in {key, *(person.keys if person else ())}:
            await self._store.delete(PEOPLE, one, "person")
            self._at_hand.pop(one, None)
            self._marks.pop(one, None)

    def forget_at_hand(self, keys: Iterable[PersonKey]) -> None:
        """Whoever had these is gone from the tables, beside this object."""
        for key in keys:
            self._at_hand.pop(key, None)
            self._marks.pop(key, None)

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

        Where they are gone as an account, an address they had is somebody else's, if one other has
        it; where only the app is, it is so within their own tenant (`records.addresses`).
        """
        self._gone[key] = self._monotonic()
        removed = {"gone_at": at} if at is not None else {}
        removed |= {"unknown_at": account} if account is not None else {}
        await self._change(key, {"reachable": False, **removed})

    async def moved(self, key: PersonKey, before: Reference, to: Reference) -> None:
        """Their chat has another id or host; whoever was in another one since keeps that."""
        person = await self.find(key)
        if person is not None and person.reference == before:
            await self._change(key, {"reference": to})

    async def channel_seen(self, reference: Reference) -> None:
        """Remember where the facilitation team's channel is."""
        await self._store.put(PEOPLE, Row(CHANNEL, CHANNEL, to_values(reference)))

    async def channel(self) -> TeamPlace | None:
        """What is known of where that is, once the app was seen there (`records.teams`)."""
        row = await self._store.get(PEOPLE, CHANNEL, CHANNEL)
        return read(TeamPlace, row) if row else None

    async def _read(self, key: PersonKey) -> Found:
        """Their row; under a former key the one they have now, if there is one by now."""
        row = await self._store.get(PEOPLE, key, "person")
        person = read(Person, row) if row else None
        if person is not None and (now := person_key(person.tenant, person.object_id)) != key:
            moved = await self._store.get(PEOPLE, now, "person")
            row, person = (moved, read(Person, moved)) if moved else (row, person)
        if person is not None:
            self._know(person)
        return row, person

    async def _write(self, row: Row | None, person: Person) -> None:
        fresh = Row(person.key, "person", to_values(person), row.etag if row else "")
        self._at_hand.pop(person.key, None)
        if row is None:
            await self._store.create(PEOPLE, fresh)
        else:
            await self._store.update(PEOPLE, fresh)
        self._know(person)

    def _know(self, person: Person) -> None:
        self._marks[person.key] = person.mark
        if self._keeps:
            self._at_hand[person.key] = person
