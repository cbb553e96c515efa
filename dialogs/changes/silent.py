"""Nobody has done anything for long, and somebody says that it goes on."""

from collections.abc import Mapping
from typing import Final

from cards.changes import silent as cards
from dialogs.turn.access import Right
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route, Where
from records.changes.going_on import goes_on
from records.conversation.conversation import Conversation
from records.stages import Act


async def _goes_on(context: Context, it: Conversation, data: Data) -> Reply:
    """Said once; the same tap again says that it does."""
    it = await context.change(Act.GOES_ON, lambda now: goes_on(now, context.now))
    return await where(context, it)


async def where(context: Context, it: Conversation) -> Reply:
    """That it goes on, or that it has ended meanwhile."""
    if it.silent_at is not None:
        return Reply(cards.over(it), cards.over_title(it))
    return Reply(cards.goes_on(it), cards.goes_on_title(it))


ROUTES: Final = (Route("silent.goes-on", Right.GOES_ON, _goes_on),)
WHERE: Final[Mapping[Right, Where]] = {Right.GOES_ON: where}
