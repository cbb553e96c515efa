"""*Stop all messages*: the facilitator alone; before it is picked up the team lead, when something
has happened. Source: pathway, safety rules. And that a conversation which nobody touched goes on.

While messages are stopped there is no right but to start them again, and to withdraw a request that
nobody has picked up (`dialogs.turn.access.may`).
"""

from collections.abc import Mapping
from typing import Final

from cards.changes import silent
from cards.changes import stopping as cards
from cards.wording import wording
from dialogs.turn.access import Right, Role, has_role, may, roles
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route, Where, refuse
from records.changes.going_on import goes_on
from records.changes.stopping import start, stop
from records.conversation.conversation import Conversation
from records.stages import Act

OF_THE_TEAM: Final = frozenset(
    {
        Role.TEAM,
        Role.INDEPENDENT,
        Role.OUTSIDE,
        Role.TEAM_LEAD,
        Role.STAND_IN,
        Role.PRACTICE,
        Role.READER,
        Role.GATEKEEPER,
        Role.ASSIGNED,
        Role.NAMED,
    }
)
"""Roles that are no part in the conversation itself, or none that anybody has now."""


def takes_part(context: Context, it: Conversation) -> bool:
    """Whether the one who acts is somebody in it now, beyond being in a team.

    The Practice Team hears of a conversation once it is complete, and of no other.
    """
    told = any(map(context.is_person, it.practice_team))
    return told or bool(roles(context.who, it) - OF_THE_TEAM)


def stopped(context: Context, it: Conversation) -> Reply:
    """What somebody sees who opens anything of it while messages are stopped."""
    starts = may(context.who, it, Right.STOP)
    if not starts and not takes_part(context, it):
        return refuse(context, "stopped", it.id)
    own = may(context.who, it, Right.WITHDRAW)
    card = cards.stopped(it) if starts else cards.stopped_for_others(it, withdraws=own)
    return Reply(card, wording.STOPPED_SUMMARY.format(reference=it.reference))


async def _stop(context: Context, it: Conversation, data: Data) -> Reply:
    """Stopped, by the button alone; the facilitator rings people, and can start again."""
    return stopped(context, await context.change(Act.STOP, lambda now: stop(now, context.now)))


async def _start(context: Context, it: Conversation, data: Data) -> Reply:
    """Messages go on."""
    it = await context.change(Act.START, lambda now: start(now, context.now))
    return Reply(
        cards.started(it, facilitates=bool(it.facilitator)),
        wording.STARTED_TITLE.format(reference=it.reference),
    )


async def _goes_on(context: Context, it: Conversation, data: Data) -> Reply:
    """Said once; the same tap again says that it does."""
    it = await context.change(Act.GOES_ON, lambda now: goes_on(now, context.now))
    return await _going_on(context, it)


async def _going_on(context: Context, it: Conversation) -> Reply:
    """That it goes on, or that it has ended meanwhile."""
    if it.silent_at is not None:
        asked = has_role(context.who, it, Role.REQUESTER)
        who = it.requester.id if asked else it.facilitator
        return Reply(silent.over(it, who), silent.over_title(it))
    return Reply(silent.goes_on(it), silent.goes_on_title(it))


ROUTES: Final = (
    Route("silent.goes-on", Right.GOES_ON, _goes_on),
    Route("stop.ask", Right.STOP, _stop),
    Route("stop.yes", Right.STOP, _stop),
    Route("stop.start", Right.STOP, _start),
)
WHERE: Final[Mapping[Right, Where]] = {Right.GOES_ON: _going_on}
