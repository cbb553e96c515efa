"""Pick-up, and where things are for a facilitator. Source: pathway, step 3.

First come, first served: a pick-up is applied to what is there now, so exactly one wins.
Independence is declared before the story opens.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Final

from cards.booking import booking as cards
from cards.booking.booking import changed
from cards.changes import handing_over as handing_over_cards
from cards.changes import leading
from cards.changes import restricting as restricting_cards
from cards.changes import second as second_cards
from cards.changes.silent import with_hold
from cards.kit.door import with_its_buttons
from cards.kit.notes import note, sentence, stands_for_facilitator
from cards.kit.who import among
from cards.learning.learning import type_up
from cards.wording import wording
from cards.wording.source import Choices
from dialogs.booking.leading import leads_it
from dialogs.turn.access import Right, Role, roles
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Command, Plain, Route, Where
from records.board import board
from records.board.as_it_is import as_they_are
from records.board.places import of_stage
from records.changes import restricting
from records.conversation.conversation import Conversation
from records.conversation.feedback import NO_ANSWERS
from records.conversation.one_each import one_each
from records.manager.waiting import stand_aside
from records.people import Part, Participant
from records.stages import Act, Stage


async def _waiting(context: Context) -> Reply:
    """Every conversation that waits for a facilitator, oldest first."""
    store, dates = context.services.store, context.services.timetable
    listed = [one async for one in board.all_of(store, of_stage(Stage.AGREED))]
    now = await as_they_are(store, listed, dates)
    free = (one for one in now if one.stage is Stage.AGREED and not one.restricted)
    entries = sorted(free, key=lambda one: one.since)
    return Reply(cards.waiting_list(tuple(entries)), wording.WAITING_SUMMARY)


async def _look(context: Context, it: Conversation, data: Data) -> Reply:
    """People and agencies, and the question about independence; nothing of the story."""
    return Reply(cards.independence(it), wording.WAITING_WHY.format(reference=it.reference))


async def _take(context: Context, it: Conversation, data: Data) -> Reply:
    """Independence declared: the first one to do so facilitates."""
    # The address by which the team knows them tells later that they were told before.
    here = it.changes.restricted
    told = (*it.told, *(one.asked for one in (here.assigned if here else ())))
    known = (one.mail for one in told if one.may_be(context.person))
    me = as_facilitator(context, "facilitator", *known)
    it = await context.change(
        Act.PICK_UP, lambda now: restricting.taken(now.pick_up(context.now, me), context.now)
    )
    return for_all(it, await where(context, it))


def for_all(it: Conversation, reply: Reply) -> Reply:
    """What somebody has taken on, for each of their devices: the story is behind a button. The
    message asked whether they are independent; as long as it did, it would say that it waits."""
    if reply.card is None:
        return reply
    about = {"conversation": it.id}
    card = with_its_buttons(reply.card, wording.DOOR_REQUEST, "pickup.story", about)
    return replace(reply, card=card)


async def _story(context: Context, it: Conversation, data: Data) -> Reply:
    """The request, for whoever facilitates it: as they got it, at whatever stage it is by now."""
    if Role.FACILITATOR not in roles(context.who, it) or it.stage is Stage.PICKED_UP:
        return await where(context, it)
    return await theirs_now(context, it)


async def theirs_now(context: Context, it: Conversation) -> Reply:
    """The story, when and where, for the facilitator who has it now."""
    story = await context.read(it, "request", it.requester.id) or NO_ANSWERS
    card = handing_over_cards.yours(it, story, context.services.zone)
    return Reply(card, wording.TOOK_OVER_YOU.format(reference=it.reference))


async def _leave(context: Context, it: Conversation, data: Data) -> Reply:
    """Not independent: it is left for others, and they are not reminded of it; or goes back to the
    gatekeepers."""
    if context.assigned:
        return await back_to_gatekeepers(context, it)
    told = next((one.id for one in it.told if one.may_be(context.person)), str(context.person.key))
    await context.change(Act.STAND_ASIDE, lambda now: stand_aside(now, context.now, told))
    text = wording.INDEPENDENT_LEFT.format(reference=it.reference)
    return Reply(sentence(text), text)


async def back_to_gatekeepers(context: Context, it: Conversation) -> Reply:
    """Whom a gatekeeper asked says no."""
    await context.change(Act.ASSIGN_DECLINED, lambda now: restricting.decline(now, context.now))
    text = wording.ASSIGNED_LEFT.format(reference=it.reference)
    return Reply(sentence(text), text)


async def where(context: Context, it: Conversation) -> Reply:
    """Where things are, for a facilitator: their own, or one that another has by now."""
    if Role.SECOND in roles(context.who, it):
        words = await context.read(it, "request", it.requester.id) or NO_ANSWERS
        card = second_cards.sees(it, words, context.services.zone)
        return Reply(card, second_cards.sees_title(it))
    if Role.FACILITATOR not in roles(context.who, it):
        if Role.GATEKEEPER in roles(context.who, it):
            card = restricting_cards.sees(it, context.services.zone)
            return Reply(card, wording.GATE_SEES.format(reference=it.reference))
        if it.changes.restricted is not None:
            return Reply(note(wording.GONE), wording.GONE)
        if it.stage is Stage.BOOKED and leads_it(context, it):
            card = leading.sees(it, context.services.zone)
            return Reply(card, wording.CHANGED_SUMMARY.format(reference=it.reference))
        if it.facilitator:
            return Reply(cards.taken(it), cards.taken_title(it))
        return Reply(note(wording.GONE), wording.GONE)
    if it.stage is Stage.PICKED_UP:
        story = await context.read(it, "request", it.requester.id)
        card = with_hold(cards.picked_up(it, story or NO_ANSWERS), it, context.services.zone)
        return Reply(card, wording.PICKED_UP_YOU.format(reference=it.reference))
    if it.stage is Stage.BOOKED:
        card = with_hold(cards.booked(it, context.services.zone), it, context.services.zone)
        return Reply(card, wording.BOOKED_TITLE.format(reference=it.reference))
    text = stands_for_facilitator(it)
    ways = [type_up(it)] if it.allows(Act.LEARNING) else []
    ways += [changed(it)] if it.allows(Act.STOP) else []
    return Reply(with_hold(note(text, actions=ways), it, context.services.zone), text)


def facilitates(context: Context, it: Conversation) -> bool:
    """Whether they facilitate it, alone or together."""
    return not {Role.FACILITATOR, Role.SECOND}.isdisjoint(roles(context.who, it))


def as_facilitator(context: Context, key: str = "", *known: str) -> Participant:
    """The one who acts, as whoever facilitates; by an address they are `known` by, if any. Without
    a `key` the record gives one."""
    return Participant(
        id=key,
        part=Part.FACILITATOR,
        name=context.person.name,
        mail=next(chain(known, context.person.mails), ""),
        key=context.person.key,
        contact=context.person.contact,
    )


def choices(it: Conversation) -> Choices:
    """People who can come, each once, as (id, name and agency)."""
    return among(one_each(it, (one for one in it.present if one.part is not Part.FACILITATOR)))


async def _show_waiting(context: Context, data: Data) -> Reply:
    return await _waiting(context)


ROUTES: Final = (
    Plain("pickup.waiting", _show_waiting, team=True),
    Route("pickup.look", Right.PICK_UP, _look),
    Route("pickup.see", Right.PICK_UP, _look),
    Route("pickup.story", Right.READ_STORY, _story, whole=True),
    Route("pickup.take", Right.PICK_UP, _take),
    Route("pickup.leave", Right.LEAVE, _leave),
)
COMMANDS: Final = (Command(("waiting",), _waiting, team=True),)
WHERE: Final[Mapping[Right, Where]] = dict.fromkeys(
    (
        Right.PICK_UP,
        Right.LEAVE,
        Right.BOOK,
        Right.MOVE,
        Right.SEE_READY,
        Right.SAY_WHO_CAME,
        Right.NOT_AHEAD,
        Right.TYPE_UP,
        Right.PACK,
        Right.HAND_OVER,
        Right.SEE_CHANGES,
        Right.CONCERN,
        Right.ASK_LATER,
        Right.REVIEW_DAY,
        Right.STOP,
        Right.RESTRICT,
        Right.ASSIGN,
    ),
    where,
)
