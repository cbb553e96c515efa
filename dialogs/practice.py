"""The Practice Team reads what difference a conversation made. Source: pathway, step 10."""

from collections.abc import Mapping
from typing import Final

from cards import practice as cards
from cards.wording import wording
from dialogs import access
from dialogs.access import Right
from dialogs.events import Reply
from dialogs.hands import Action, on
from dialogs.visit import Visit
from records.feedback import NO_ANSWERS


async def read(visit: Visit, conversation: str) -> Reply:
    """The lead worker's two answers; the request and its hopes stay where they are."""
    file = await visit.file(conversation)
    if file is None or not access.may(visit, file.conversation, Right.READ_OUTCOME):
        return access.refuse(visit, "outcome", conversation)
    answers = file.answers_of("outcome", "lead") or NO_ANSWERS
    it = file.conversation
    summary = wording.PRACTICE_WHY.format(reference=it.reference)
    return Reply(cards.outcome(it, answers), summary)


TAPS: Final[Mapping[str, Action]] = {"outcome.read": on(read)}
"""What a tap on the message does."""
