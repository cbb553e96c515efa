"""Whether the deployment itself is out of order, which is the fault of nobody we write to.

A fault is believed once two chats have met it with no success between, or one chat for a quarter
of an hour. Then it is an outbreak: one error in the log, a word in /readyz, and nothing is sent
until everything is tried again, after waits that double up to an hour. The first success ends it.
What one chat alone has met holds up nobody else. Kept by each process for itself.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from records.people import Reference

FIRST: Final = 30.0
"""Seconds after which everything is tried for the first time again."""
LONGEST: Final = 3600.0
"""Seconds of the longest wait, and so of what a healed deployment still waits at most."""
ALONE: Final = 15 * 60.0
"""Seconds after which what one chat alone has met is believed."""
RECENT: Final = 2 * LONGEST
"""Seconds for which a fault is told of after it was last met: a copy that has nothing to send any
more does not go on about it."""
DOUBLINGS: Final = 10
log = logging.getLogger(__name__)


class Trouble(StrEnum):
    """What may be wrong with the deployment, in words fit to be shown to anybody."""

    NO_TOKEN = "there is no token to be had"  # noqa: S105  # no password, but a sentence
    NOT_KNOWN = "Teams does not know the bot"
    BLOCKED = "an administrator has blocked the app"
    ADDRESS = "an address of Teams is not allowed"


@dataclass
class _Met:
    """One trouble, since the last success: when, how often everything was tried, and by whom."""

    since: float
    last: float
    rounds: int = 0
    again_at: float = 0.0
    chats: set[str] = field(default_factory=set)
    believed: bool = False


class Outbreaks:
    """The faults of this deployment that last, by kind and by where they hold."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._met: dict[tuple[Trouble, str], _Met] = {}

    def met(self, trouble: Trouble, to: Reference, reason: str) -> float | None:
        """One more answer of this kind: seconds until everything is tried again, or None while
        one chat alone has met it. Those that were under way together count as one round."""
        now, where = self._monotonic(), _where(trouble, to)
        one = self._met.setdefault((trouble, where), _Met(now, now))
        one.last = now
        if len(one.chats) < 2:
            one.chats.add(to.conversation_id)
        if now >= one.again_at:
            one.again_at = now + min(FIRST * (1 << min(one.rounds, DOUBLINGS)), LONGEST)
            one.rounds += 1
        if not one.believed and (len(one.chats) > 1 or now - one.since >= ALONE):
            one.believed = True
            about = {"trouble": trouble.name.casefold(), "where": where, "reason": reason}
            log.error("Teams takes nothing", extra={"action": "teams_out_of_order", **about})
        return one.again_at - now if one.believed else None

    def holds(self, to: Reference) -> tuple[str, float] | None:
        """Why nothing is sent there at present, and for how many seconds; None where it may be."""
        now = self._monotonic()
        for trouble in Trouble:
            one = self._met.get((trouble, _where(trouble, to)))
            if one is not None and one.believed and now < one.again_at:
                return trouble, one.again_at - now
        return None

    def ended(self, to: Reference) -> None:
        """Teams has taken something there: whatever was wrong is so no more."""
        for trouble in Trouble if self._met else ():
            where = _where(trouble, to)
            one = self._met.pop((trouble, where), None)
            if one is not None and one.believed:
                seconds = round(self._monotonic() - one.since)
                about = {"trouble": trouble.name.casefold(), "where": where, "seconds": seconds}
                log.warning("Teams takes messages again", extra={"action": "teams_again", **about})

    def lasting(self) -> list[str]:
        """What is wrong at present, for /readyz."""
        now = self._monotonic()
        lasts = (
            trouble
            for (trouble, _), one in self._met.items()
            if one.believed and now - one.last < RECENT
        )
        return list(dict.fromkeys(map(str, lasts)))


def _where(trouble: Trouble, to: Reference) -> str:
    """For whom a trouble holds: for all, for a tenant, or for a host of Teams."""
    match trouble:
        case Trouble.NO_TOKEN:
            return ""
        case Trouble.ADDRESS:
            return _host(to.service_url)
        case _:
            return to.tenant


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc or url
    except ValueError:
        return url
