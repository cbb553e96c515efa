"""The Practice Team reads what difference a conversation made. Source: pathway, step 10."""

from typing import Final

from cards import practice as cards
from cards.wording import wording
from dialogs.turn.access import Right
from dialogs.turn.context import Context
from dialogs.turn.data import Data
from dialogs.turn.events import Reply
from dialogs.turn.route import Route
from records.conversation import Conversation
from records.feedback import NO_ANSWERS


async def _read(context: Context, it: Conversation, data: Data) -> Reply:
    """The lead worker's two answers; the request and its hopes stay where they are."""
    answers = await context.answers(it, "outcome", "lead") or NO_ANSWERS
    summary = wording.PRACTICE_WHY.format(reference=it.reference)
    return Reply(cards.outcome(it, answers), summary)


ROUTES: Final = (Route("outcome.read", Right.READ_OUTCOME, _read),)
