"""A request that its requester changed: who hears of it, once for each change."""

from collections.abc import Iterator

from records.conversation import Conversation
from records.dates import Dates
from records.owed.managing import BEFORE_BOOKING, never_reached
from records.prompt import Kind, Owed
from records.stages import Stage


def owed(_: Dates, it: Conversation) -> Iterator[Owed]:
    """The manager, unless they are asked anew with what it says now; and the facilitator, unless
    they picked it up as it is now. Only the last change is told of: its card shows all of it."""
    if not it.amended or it.stage not in BEFORE_BOOKING:
        return
    last, cycle = it.amended[-1], str(len(it.amended))
    same_ask = (last.manager, last.asks) == (it.manager.id, it.asks)
    told = [it.manager.id] if same_ask and not never_reached(it, it.manager) else []
    if it.facilitator and last.stage is Stage.PICKED_UP:
        told.append(it.facilitator)
    for to in told:
        yield Owed(kind=Kind.AMENDED, to=to, cycle=cycle, due=last.at)
