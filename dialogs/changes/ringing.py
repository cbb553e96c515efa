"""*Things have changed; please ring me*, and what the facilitator decides then."""

from typing import Final

from cards.changes import ringing as cards
from cards.kit.notes import sentence
from cards.wording import wording
from dialogs.turn.access import NotNow, Right
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route
from records.changes.ringing import ask_again, ring_me
from records.conversation.conversation import Conversation
from records.stages import Act


async def _ask(context: Context, it: Conversation, data: Data) -> Reply:
    """The lead worker asks to be rung; nothing more is asked of them until then."""
    it = await context.change(Act.RING_ME, lambda now: ring_me(now, context.now, now.lead))
    return Reply(cards.asked_to_ring(it), wording.RING_ME)


async def _later(context: Context, it: Conversation, data: Data) -> Reply:
    """They were rung, and are asked again in some weeks. Settled already: it says so."""
    who, office = data.text("who"), context.services.timetable.office
    days = 7 * context.services.partnership.timings.ask_again_weeks
    on_day = office.roll_forward(office.add_days(context.now, days))
    try:
        it = await context.change(
            Act.ASK_LATER, lambda now: ask_again(now, context.now, who, on_day)
        )
    except NotNow as lost:
        if not context.may(lost.right):
            raise
        return Reply(sentence(wording.RING_SETTLED), wording.RING_SETTLED)
    return Reply(cards.asked_later(it, who, context.services.zone), wording.ASK_LATER)


ROUTES: Final = (
    Route("ring.me", Right.RING_ME, _ask),
    Route("ring.later", Right.ASK_LATER, _later),
)
