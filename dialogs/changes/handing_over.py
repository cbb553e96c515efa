"""A facilitator hands over to another one of the team. Source: pathway, independence."""

from collections.abc import Mapping
from typing import Final

from cards.booking import booking as booking_cards
from cards.changes import handing_over as cards
from cards.changes import leading
from cards.kit.notes import note, sentence
from cards.wording import wording
from dialogs.booking import pick_up
from dialogs.booking.leading import leads_it, told_by
from dialogs.turn.access import Right, Role, roles
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route, Where
from records.changes import restricting
from records.changes.handing_over import keep, offer, take_over
from records.changes.restricting import with_gatekeepers
from records.conversation.conversation import Conversation
from records.manager.waiting import is_same
from records.stages import Act


async def _ask(context: Context, it: Conversation, data: Data) -> Reply:
    """Sure? Or, where the team is asked already, that it is."""
    if it.changes.offer is not None:
        return _offered(context, it)
    sure = leading.offer_sure(it) if leads_it(context, it) else cards.hand_over_sure(it)
    return Reply(sure, wording.HAND_OVER)


def _offered(context: Context, it: Conversation) -> Reply:
    card = leading.offered(it) if leads_it(context, it) else cards.offered(it)
    return Reply(card, wording.OFFERED_TITLE.format(reference=it.reference))


async def _offer(context: Context, it: Conversation, data: Data) -> Reply:
    """The team is asked, all but the one who asks, and the one who has it."""
    members = await context.services.facilitators.members()
    has_it = it.person(it.facilitator)
    others = (one for one in members if has_it is None or not is_same(one, has_it))
    tell = tuple(one for one in others if not one.may_be(context.person))
    keepers = await context.gatekeepers() if it.changes.restricted is not None else ()

    def asked(now: Conversation) -> Conversation:
        return offer(with_gatekeepers(now, keepers), context.now, tell)

    asks = told_by(context, Act.OFFER, asked)
    return _offered(context, await context.change(Act.OFFER, asks))


async def _keep(context: Context, it: Conversation, data: Data) -> Reply:
    """The facilitator keeps it after all; too late once another one has it."""
    it = await context.change(Act.KEEP, lambda now: keep(now, context.now))
    text = wording.KEPT.format(reference=it.reference)
    if leads_it(context, it):
        text = wording.LEAD_KEPT.format(name=_name(it), reference=it.reference)
    return Reply(sentence(text), text)


def _name(it: Conversation) -> str:
    found = it.person(it.facilitator)
    return found.name if found else wording.SOMEBODY


async def _look(context: Context, it: Conversation, data: Data) -> Reply:
    """People and agencies, and the question about independence; nothing of the story."""
    if _needs_nobody(context, it):
        return await where(context, it)
    card = booking_cards.independence(it, "handover")
    return Reply(card, cards.why(it, context.services.zone))


async def _take(context: Context, it: Conversation, data: Data) -> Reply:
    """Independence declared: the first one to do so has it from now on."""
    if _needs_nobody(context, it):
        return await where(context, it)
    me = pick_up.as_facilitator(context)

    def taken(now: Conversation) -> Conversation:
        if _has_it(context, now):
            return now
        return restricting.taken(take_over(now, context.now, me), context.now)

    it = await context.change(Act.TAKE_OVER, taken)
    it = context.still(Right.READ_STORY)
    return pick_up.for_all(it, await pick_up.theirs_now(context, it))


async def _leave(context: Context, it: Conversation, data: Data) -> Reply:
    """Not independent: it is left for others; or goes back to the gatekeepers."""
    if context.assigned:
        return await pick_up.back_to_gatekeepers(context, it)
    text = wording.INDEPENDENT_LEFT.format(reference=it.reference)
    return Reply(sentence(text), text)


def _has_it(context: Context, it: Conversation) -> bool:
    return Role.FACILITATOR in roles(context.who, it)


def _needs_nobody(context: Context, it: Conversation) -> bool:
    """Whether it is not offered, or the one who looks has it themselves."""
    return it.changes.offer is None or _has_it(context, it)


async def where(context: Context, it: Conversation) -> Reply:
    """Where things are, for a member of the team: their own, or not offered any more."""
    if _has_it(context, it):
        return await pick_up.where(context, it)
    text = wording.NOT_OFFERED.format(reference=it.reference)
    return Reply(note(text), text)


def has_left(it: Conversation) -> Reply:
    """For a facilitator who has left the team: who it is with. Nothing of it is shown."""
    text = wording.LEFT_TEAM.format(reference=it.reference)
    return Reply(note(text, wording.LEFT_TEAM_MORE), text)


ROUTES: Final = (
    Route("handover.ask", Right.HAND_OVER, _ask),
    Route("handover.yes", Right.HAND_OVER, _offer),
    Route("handover.keep", Right.HAND_OVER, _keep),
    Route("handover.look", Right.TAKE_OVER, _look),
    Route("handover.take", Right.TAKE_OVER, _take),
    Route("handover.leave", Right.LEAVE, _leave),
)
WHERE: Final[Mapping[Right, Where]] = {Right.TAKE_OVER: where}
