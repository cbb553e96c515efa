"""What writers are told before and after they write, beside who reads it: that evaluators collate
it, and that it is counted no more.

Words stay under the promise that they were sent with. So a draft that was begun while there were no
evaluators promises them nothing, though there be some by the time it is sent: some of its cards did
not say so. Source: pathway, step 11.
"""

from datetime import datetime
from typing import Any

from cards.wording import wording
from dialogs.turn.context import Context
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.drafts import Draft
from records.evaluation.closed import closed_at
from records.evaluation.collating import is_promised


def is_told(context: Context, draft: Draft) -> bool:
    """Whether every card of this draft tells of evaluators, as far as it may."""
    return draft.evaluators and bool(context.services.evaluators)


def under_promise(
    context: Context, draft: Draft, sent: Answers, before: Answers | None = None
) -> Answers:
    """What is sent, with the promise that it is sent under: what its cards said, as far as it may
    be said of this conversation. Words that were sent before stay under the promise they had."""
    promised = is_told(context, draft) and is_promised(context.it)
    if before is not None and before.texts == sent.texts:
        promised = before.evaluators
    return sent.model_copy(update={"evaluators": promised})


async def not_counted(context: Context, it: Conversation) -> dict[str, Any]:
    """The sentence that a card says before anybody writes, once the figures of a conversation's
    time are closed. Raises StoreError."""
    late = await came_late(context, it, context.now)
    return {"late": wording.NOT_COUNTED} if late else {}


async def came_late(context: Context, it: Conversation, at: datetime) -> bool:
    """Whether what came at this moment was too late to be counted. Raises StoreError."""
    services = context.services
    closed = await closed_at(services.store, services.partnership, it, context.now)
    return closed is not None and at >= closed
