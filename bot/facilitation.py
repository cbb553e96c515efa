"""Whether there is anybody to facilitate, in words for an operator: in /readyz, and in the log."""

import logging
from enum import StrEnum

from records.facilitation import Facilitators
from records.teams import Teams

log = logging.getLogger(__name__)


class Lack(StrEnum):
    """What is missing, in words fit to be shown to anybody."""

    NOT_SET = "neither FACILITATION_TEAM_ID nor FACILITATORS is set"
    NOT_SEEN = "the app was not seen in the team of FACILITATION_TEAM_ID yet"
    NOBODY = "nobody is known to be in the facilitation team"


class Facilitation:
    """The team as it is now. With a list of addresses (`listed`) the team is only where to
    announce, so that it need not be set."""

    def __init__(self, teams: Teams, facilitators: Facilitators, *, listed: bool) -> None:
        self._teams, self._facilitators, self._listed = teams, facilitators, listed
        self._told: list[Lack] = []

    async def lacks(self) -> list[str]:
        """Why nobody would come, or hear of it; empty where all is well. The log says so too, once
        each time it changes. Raises StoreError."""
        found = await self._lacks()
        if found != self._told:
            self._told = found
            self._log(found)
        return list(map(str, found))

    async def _lacks(self) -> list[Lack]:
        if not self._teams.is_set:
            return [] if self._listed else [Lack.NOT_SET]
        if await self._teams.team() is None:
            return [Lack.NOT_SEEN]
        return [] if await self._facilitators.members() else [Lack.NOBODY]

    def _log(self, found: list[Lack]) -> None:
        if found:
            about = {"action": "facilitation_lacking", "reason": "; ".join(found)}
            log.error("nobody facilitates", extra=about)
        else:
            log.warning("somebody facilitates again", extra={"action": "facilitation_there"})
