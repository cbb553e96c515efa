"""*Something has happened*: who says so, and who says that they rang.

Source: pathway, safety rules.

Typed words alone do nothing: they show the button. The button asks nothing more.
"""

from collections.abc import Mapping
from typing import Final

from cards import happening as cards
from cards.preparation.taking_part import HELP
from cards.wording import wording
from dialogs.booking.leading import the_lead
from dialogs.changes.people_change import named_in
from dialogs.home import where as where_it_stands
from dialogs.turn.access import NotNow, Right, Role, roles
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply, with_texts
from dialogs.turn.route import Command, Route, Where
from records.changes.happening import rang, rings, something_happened
from records.conversation.conversation import Conversation
from records.stages import Act


async def _tell(context: Context, it: Conversation, data: Data) -> Reply:
    """Reminders are paused for everyone, and whoever is to ring is asked."""
    members = () if rings(it) else await context.services.facilitators.members()
    lead = await the_lead(context)

    def happened(now: Conversation) -> Conversation:
        return something_happened(now, context.now, _who(context, now), members, lead)

    it = await context.change(Act.HAPPENED, happened)
    reply = Reply(cards.told(it), wording.HAPPENED_TITLE)
    # What was begun on a card that this was tapped on is not kept by it, and not lost either.
    begun = data.text(HELP).strip()
    return with_texts(reply, [begun] if begun else [], wording.NOT_KEPT)


def _who(context: Context, it: Conversation) -> str:
    """As whom they say so: as the lead worker, else as the one who asked."""
    leads = Role.LEAD in roles(context.who, it)
    return it.lead if leads and not context.is_person(it.requester) else it.requester.id


async def _rang(context: Context, it: Conversation, data: Data) -> Reply:
    """They rang: it goes on. Said already: that it is settled."""
    who, number = data.text("who"), data.number("number")
    try:
        it = await context.change(Act.RANG, lambda now: rang(now, context.now, who, number=number))
    except NotNow as lost:
        if not context.may(lost.right):
            raise
        return Reply(cards.settled(lost.it), wording.HAPPENED)
    return Reply(cards.goes_on(it), wording.RANG_DONE.format(reference=it.reference))


async def _which(context: Context) -> Reply:
    """Typed: the conversations of which they may say so, the newest first. Where messages are
    stopped, its button says whom to ring."""
    found = await named_in(context, Right.HAPPENED, stopped=True)
    found.sort(key=lambda it: it.stage_since, reverse=True)
    return Reply(cards.which(found), wording.HAPPENED)


async def _where(context: Context, it: Conversation) -> Reply:
    """Where things are, for whom it was theirs to say: nothing follows any more."""
    if Role.REQUESTER in roles(context.who, it):
        return await where_it_stands(context, it)
    return Reply(cards.settled(it), wording.HAPPENED)


ROUTES: Final = (
    Route("happened.tell", Right.HAPPENED, _tell),
    Route("happened.rang", Right.RANG, _rang),
)
COMMANDS: Final = (
    Command(
        (
            "something has happened",
            "something happened",
            "something s happened",
            "somethings happened",
        ),
        _which,
    ),
)
WHERE: Final[Mapping[Right, Where]] = {Right.HAPPENED: _where, Right.RANG: _where}
