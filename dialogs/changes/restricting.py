"""A restricted conversation: its facilitator says so, and a gatekeeper chooses whom to ask.

Nothing opens by being asked: whoever is declares independence first, as for any other
(`dialogs.booking.pick_up`, `dialogs.changes.handing_over`).
"""

from typing import Final

from cards.changes import restricting as cards
from cards.kit.answers import mail_as_kept
from cards.kit.who import among
from cards.wording import wording
from dialogs.turn.access import Right
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route
from records import mail_address
from records.changes import restricting
from records.conversation.conversation import Conversation
from records.facilitation import looked_up
from records.people import Participant
from records.stages import Act


async def _sure(context: Context, it: Conversation, data: Data) -> Reply:
    """What is different from then on, and who would choose another facilitator."""
    named = await context.gatekeepers()
    found = restricting.gatekeepers(restricting.restrict(it, context.now, it.facilitator, named))
    names = ", ".join(one.name for one in found)
    title = wording.RESTRICT_SURE.format(reference=it.reference)
    return Reply(cards.sure(it, names), title)


async def _restrict(context: Context, it: Conversation, data: Data) -> Reply:
    """From now on few may know of it."""
    named = await context.gatekeepers()
    it = await context.change(
        Act.RESTRICT, lambda now: restricting.restrict(now, context.now, now.facilitator, named)
    )
    await context.services.register.list_now(it)  # The board shows no more of it from here on.
    return Reply(cards.restricted(it), wording.RESTRICT_DONE.format(reference=it.reference))


async def _free(context: Context, it: Conversation) -> tuple[Participant, ...]:
    """The members of the team who can be asked, by their own names."""
    members = await context.services.facilitators.members()
    found = await looked_up(context.services.directory, members)
    return tuple(one for one in found if restricting.can_be_assigned(it, one))


async def _choose(context: Context, it: Conversation, data: Data) -> Reply:
    """Whom of the team to ask."""
    return await _again(context, it)


async def _again(context: Context, it: Conversation, typed: str = "", problem: str = "") -> Reply:
    people = among(await _free(context, it), lambda one: ())
    title = wording.GATE_TITLE.format(reference=it.reference)
    return Reply(cards.choose(it, people, typed, problem=problem), title)


async def _ask(context: Context, it: Conversation, data: Data) -> Reply:
    """They are asked; nothing opens by it. An address is taken where one of the team has it."""
    chosen, typed = data.text(cards.WHOM), mail_as_kept(data.text(cards.MAIL))
    free = await _free(context, it)
    found = next((one for one in free if one.id == chosen), None)
    if typed:
        found = next((one for one in free if mail_address.same(one.mail, typed)), None)
    if found is None:
        problem = wording.GATE_NOT_OF_TEAM if typed else wording.GATE_NOBODY_CHOSEN
        return await _again(context, it, typed, problem)
    one, named = found, await context.gatekeepers()

    def asked(now: Conversation) -> Conversation:
        return restricting.assign(restricting.with_gatekeepers(now, named), context.now, one)

    it = await context.change(Act.ASSIGN, asked)
    return Reply(cards.done(it), wording.GATE_TITLE.format(reference=it.reference))


ROUTES: Final = (
    Route("restrict.ask", Right.RESTRICT, _sure),
    Route("restrict.yes", Right.RESTRICT, _restrict),
    Route("gate.choose", Right.ASSIGN, _choose),
    Route("gate.ask", Right.ASSIGN, _ask),
)
