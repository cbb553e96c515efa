"""A second facilitator: asked from the roster, with the same declaration. Source: pathway,
independence."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from cards.changes import second as cards
from cards.wording import wording
from dialogs.booking import pick_up
from dialogs.turn.access import Right, Role, roles
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route, Where
from records.changes import second
from records.conversation.conversation import Conversation
from records.facilitation import looked_up
from records.people import Participant
from records.stages import Act


async def _free(context: Context, it: Conversation) -> tuple[Participant, ...]:
    """The members of the team who have no part in it, by their own names."""
    members = await context.services.facilitators.members()
    found = await looked_up(context.services.directory, members)
    return tuple(one for one in found if second.can_be_asked(it, one))


async def _whom(context: Context, it: Conversation, data: Data) -> Reply:
    """Whom to ask; or who is asked already."""
    people = tuple((one.id, one.name) for one in await _free(context, it))
    title = wording.SECOND_TITLE.format(reference=it.reference)
    return Reply(cards.whom(it, people), title)


async def _ask(context: Context, it: Conversation, data: Data) -> Reply:
    """They are asked; nothing opens by it."""
    chosen = data.text(cards.WHOM)
    found = next((one for one in await _free(context, it) if one.id == chosen), None)
    if found is None:
        return await _whom(context, it, data)
    one = found
    it = await context.change(Act.SECOND_ASKED, lambda now: second.ask(now, context.now, one))
    return Reply(cards.asked(it), wording.SECOND_TITLE.format(reference=it.reference))


async def _is_asked(context: Context, it: Conversation) -> bool:
    """Whether it is the one who acts who is asked now."""
    asked = it.changes.asked_second
    return asked is not None and await context.services.directory.is_named(
        asked.asked, context.person
    )


async def _look(context: Context, it: Conversation, data: Data) -> Reply:
    """People and agencies, and the question about independence; nothing of the story."""
    if not await _is_asked(context, it):
        return await where(context, it)
    return Reply(cards.look(it), cards.came_title(it))


async def _take(context: Context, it: Conversation, data: Data) -> Reply:
    """Independence declared: they facilitate it together."""
    if not await _is_asked(context, it):
        return await where(context, it)
    me = pick_up.as_facilitator(context)
    it = await context.change(Act.SECOND_JOINED, lambda now: second.join(now, context.now, me))
    return pick_up.for_all(it, await pick_up.where(context, it))


async def _leave(context: Context, it: Conversation, data: Data) -> Reply:
    """Not independent: the first facilitator hears so."""
    if not await _is_asked(context, it):
        return await where(context, it)
    it = await context.change(Act.SECOND_DECLINED, lambda now: second.decline(now, context.now))
    return _over(it)


async def _end(context: Context, it: Conversation, data: Data) -> Reply:
    """The second steps back, or the first goes on alone."""
    if it.changes.second is None and it.changes.asked_second is None:
        return _over(it)
    ends = Role.SECOND in roles(context.who, it)
    change = partial(second.end, at=context.now, by_the_second=ends)
    return _over(await context.change(Act.SECOND_ENDED, change))


def _over(it: Conversation) -> Reply:
    return Reply(cards.over(it), wording.SECOND_OVER.format(reference=it.reference))


async def where(context: Context, it: Conversation) -> Reply:
    """Where things are: theirs, or nobody's to answer any more."""
    if pick_up.facilitates(context, it):
        return await pick_up.where(context, it)
    return _over(it)


ROUTES: Final = (
    Route("second.whom", Right.SECOND_ASK, _whom),
    Route("second.ask", Right.SECOND_ASK, _ask),
    Route("second.look", Right.SECOND_JOIN, _look),
    Route("second.take", Right.SECOND_JOIN, _take),
    Route("second.leave", Right.SECOND_JOIN, _leave),
    Route("second.end", Right.SECOND_END, _end),
)
WHERE: Final[Mapping[Right, Where]] = dict.fromkeys(
    (Right.SECOND_ASK, Right.SECOND_JOIN, Right.SECOND_END), where
)
