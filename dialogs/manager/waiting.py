"""What the requester does about a manager who is silent. Source: pathway, step 2."""

from typing import Final

from cards.manager import waiting as cards
from dialogs import home
from dialogs.turn.access import Right
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route
from records.conversation.conversation import Conversation
from records.manager.waiting import remind_again, silence, wait
from records.stages import Act


async def _leave_it(context: Context, it: Conversation, data: Data) -> Reply:
    """The requester leaves it with the manager, who is not written to."""
    which = data.text("silence")

    def change(now: Conversation) -> Conversation:
        return wait(now, context.now) if silence(now) == which else now

    it = await context.change(Act.WAIT, change)
    if which in it.waits:
        return Reply(cards.waiting_on(it), cards.waiting_on_title(it))
    return await home.where(context, it)


async def _remind(context: Context, it: Conversation, data: Data) -> Reply:
    """The manager is reminded now: once for each time that they were silent."""
    which, silent_from = data.text("silence"), context.services.timetable.manager_silent

    def change(now: Conversation) -> Conversation:
        due = silence(now) == which and context.now >= silent_from(now)
        return remind_again(now, context.now) if due else now

    it = await context.change(Act.NUDGE, change)
    if it.nudges and silence(it, reminders=len(it.nudges) - 1) == which:
        return Reply(cards.reminded(it), cards.reminded_title(it))
    return await home.where(context, it)


ROUTES: Final = (
    Route("request.wait", Right.WAIT, _leave_it),
    Route("request.remind", Right.WAIT, _remind),
)
"""The choices on the card that says that the manager has not answered."""
