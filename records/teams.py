"""The teams in Teams where the app is; of the facilitation team also the channel to announce in.

Which team that is the settings say, by its id; where it is any event in it says. Its row is the one
that there was before, when it held the channel alone, and an earlier version reads it still.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeVar

from cachetools import TTLCache

from records.outbox.prompt import CHANNEL
from records.people import Reference
from records.people_rows import PEOPLE, TeamPlace
from records.store.codec import read, read_or_pass, to_values
from records.store.contract import AlreadyThere, Changed, Row, Store

TEAM: Final = "team"
MOST_NOTED: Final = 1_000
NOTED: Final = 60.0
"""Seconds for which a copy does not look again whether it is kept: a team may be a busy place."""
LONGEST_ID: Final = 300
"""Characters of an id in a log line. Teams' own are far shorter."""
log = logging.getLogger(__name__)
_Place = TypeVar("_Place", bound=Reference)


@dataclass(frozen=True)
class TeamEvent:
    """Something happened in a team: `place` is the team, by its id.

    `picked` is the channel for which the app was just added, where that is said. `gone` says that
    the app is there no more.
    """

    place: Reference
    picked: str = ""
    gone: bool = False


class Teams:
    """The teams, over any store. `team` and `channel` are the facilitation team's, as set."""

    def __init__(
        self,
        store: Store,
        *,
        team: str,
        channel: str = "",
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._team, self._channel = store, team, channel
        self._noted: TTLCache[str, TeamEvent] = TTLCache(MOST_NOTED, NOTED, monotonic)

    @property
    def is_set(self) -> bool:
        """Whether the settings name a facilitation team."""
        return bool(self._team)

    async def seen(self, event: TeamEvent) -> None:
        """Note where a team is. What is known already is not written again, and what this copy has
        noted a minute ago not looked for. Raises StoreError."""
        place = event.place
        if self._noted.get(place.conversation_id) == event:
            return
        self._noted.pop(place.conversation_id, None)
        key = sha256(place.conversation_id.encode()).hexdigest()[:32]
        if event.gone:
            await self._store.delete(PEOPLE, TEAM, key)
            return
        await self._note(Row(TEAM, key, {}), place)
        if self._team and place.conversation_id == self._team:
            await self._note_ours(event)
        self._noted[place.conversation_id] = event

    async def everywhere(self) -> tuple[Reference, ...]:
        """Every team where the app is, as far as it was seen. Raises StoreError."""
        rows = self._store.query(PEOPLE, partition=TEAM)
        found = [read_or_pass(Reference, row) async for row in rows]
        ours = await self.team()
        known = (*found, ours)
        return tuple({one.conversation_id: one for one in known if one is not None}.values())

    async def team(self) -> Reference | None:
        """The facilitation team, by which its roster is asked; None where none is set, or the app
        was never seen there. Raises StoreError."""
        kept = await self._ours()
        return _at(kept, self._team) if kept else None

    async def channel(self) -> Reference | None:
        """Where is announced: in the channel that is set, else in the one that was picked, else in
        the general one, whose id is the team's. None as for the team. Raises StoreError."""
        kept = await self._ours()
        if kept is None:
            return None
        before = "" if kept.team else kept.conversation_id
        picked = kept.picked if kept.team == self._team else ""
        return _at(kept, self._channel or before or picked or self._team)

    async def _ours(self) -> TeamPlace | None:
        row = await self._store.get(PEOPLE, CHANNEL, CHANNEL) if self._team else None
        return read(TeamPlace, row) if row else None

    async def _note_ours(self, event: TeamEvent) -> None:
        while True:
            row = await self._store.get(PEOPLE, CHANNEL, CHANNEL)
            kept = read_or_pass(TeamPlace, row) if row else None
            picked = event.picked or (kept.picked if kept and kept.team == self._team else "")
            about = {
                "conversation_id": self._channel or picked or self._team,
                "team": self._team,
                "picked": picked,
            }
            fresh = TeamPlace(**event.place.model_dump() | about)
            if await self._kept(row or Row(CHANNEL, CHANNEL, {}), kept, fresh):
                return

    async def _note(self, where: Row, fresh: Reference) -> None:
        while True:
            row = await self._store.get(PEOPLE, where.partition, where.key)
            if await self._kept(row or where, read_or_pass(Reference, row) if row else None, fresh):
                return

    async def _kept(self, row: Row, kept: _Place | None, fresh: _Place) -> bool:
        """Whether it stands there now; not where another copy was quicker, whose word is read."""
        if kept == fresh:
            return True
        written = Row(row.partition, row.key, to_values(fresh), row.etag)
        try:
            await (self._store.update if row.etag else self._store.create)(PEOPLE, written)
        except (AlreadyThere, Changed):
            return False
        team = fresh.team if isinstance(fresh, TeamPlace) else fresh.conversation_id
        log.info("team seen", extra={"action": "team_seen", "team": team[:LONGEST_ID]})
        return True


def _at(kept: TeamPlace, conversation: str) -> TeamPlace:
    """The same with another place in it, which is nobody's own."""
    return kept.model_copy(update={"conversation_id": conversation, "user_id": ""})
