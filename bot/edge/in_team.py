"""What an activity says of the team in which it happened, also where no person did it.

The team is `channelData.team.id`. `conversation.id` is the team's as well, but for two kinds: what
somebody says names the channel they say it in, and what adds the app names the channel that was
picked for it. Source: Teams, "Subscribe to conversation events" and "Installation update event".
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.edge.activity import HANDLED, INSTALLATION, MEMBERS
from bot.edge.incoming import Incoming
from bot.edge.turns import of_error
from records.people import Reference
from records.teams import TeamEvent

log = logging.getLogger(__name__)

NOTE_SECONDS: Final = 2.0
"""What noting it may take of a turn's seven seconds."""
ADDED: Final = "add"
REMOVED: Final = "remove"
NO_TEAM_ANY_MORE: Final = ("teamDeleted", "teamHardDeleted")


def team_in(incoming: Incoming) -> TeamEvent | None:
    """The team, and what this says of it; None where it happened in none."""
    if not incoming.team or incoming.type not in HANDLED:
        return None
    place = Reference(
        service_url=incoming.service_url,
        conversation_id=incoming.team,
        tenant=min(incoming.tenants, default=""),
        bot_id=incoming.bot,
        bot_name=incoming.bot_name,
    )
    return TeamEvent(place, picked=_picked(incoming), gone=_is_gone(incoming))


def _picked(incoming: Incoming) -> str:
    """The channel for which the app was added just now, or nothing."""
    if incoming.type == INSTALLATION and incoming.action == ADDED:
        return incoming.picked or incoming.conversation.split(";")[0]
    if incoming.type == MEMBERS and incoming.bot in incoming.added:
        # Of the two events of one install this is the one that may name the team all the same.
        here = incoming.picked or incoming.conversation.split(";")[0]
        return "" if here == incoming.team else here
    return ""


def _is_gone(incoming: Incoming) -> bool:
    if incoming.type == INSTALLATION:
        return incoming.action == REMOVED
    gone = incoming.bot in incoming.removed or incoming.change in NO_TEAM_ANY_MORE
    return incoming.type == MEMBERS and gone


def noting(seen: Callable[[TeamEvent], Awaitable[None]]) -> Callable[[Incoming], Awaitable[None]]:
    """Has a team noted. What was not is noted with the next event there: no turn fails by it."""

    async def note(incoming: Incoming) -> None:
        event = team_in(incoming)
        if event is None:
            return
        try:
            async with asyncio.timeout(NOTE_SECONDS):
                await seen(event)
        # Whatever it is, whoever wrote in the team gets their answer.
        except Exception as error:
            extra = {"action": "team_not_noted", **of_error(error), **incoming.ids}
            log.warning("team not noted", extra=extra)

    return note
