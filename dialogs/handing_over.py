"""A facilitator hands over to another one of the team. Source: pathway, independence."""

from collections.abc import Mapping
from typing import Final

from cards import booking as booking_cards
from cards import handing_over as cards
from cards.notes import note, sentence
from cards.wording import wording
from dialogs import access, booking
from dialogs.access import Right
from dialogs.events import Reply
from dialogs.hands import Action, on
from dialogs.visit import Visit
from records.conversation import Conversation
from records.feedback import NO_ANSWERS
from records.handing_over import keep, offer, take_over
from records.register import Deed
from records.request import Part, Participant
from records.stages import Act, WrongStage


async def ask(visit: Visit, conversation: str) -> Reply:
    """Sure? Or, where the team is asked already, that it is."""
    it = await visit.conversation(conversation)
    if it is None or not access.is_theirs(visit, it, Right.HAND_OVER):
        return access.refuse(visit, "hand-over", conversation)
    if not access.may(visit, it, Right.HAND_OVER):
        return await booking.where(visit, it)
    if it.changes.offer is not None:
        return Reply(cards.offered(it), wording.OFFERED_TITLE.format(reference=it.reference))
    return Reply(cards.hand_over_sure(it), wording.HAND_OVER)


async def offer_it(visit: Visit, conversation: str) -> Reply:
    """The team is asked, all but the one who asks."""
    it = await visit.conversation(conversation)
    if it is None or not access.is_theirs(visit, it, Right.HAND_OVER):
        return access.refuse(visit, "hand-over", conversation)
    members = await visit.desk.facilitators.members()
    tell = tuple(one for one in members if not visit.is_person(one))
    deed = Deed(Act.OFFER, visit.person.key, visit.now)
    try:
        it = await visit.desk.register.change(
            conversation,
            deed,
            lambda now: offer(
                access.still(visit, now, Right.HAND_OVER, Act.OFFER), visit.now, tell
            ),
        )
    except WrongStage:
        return await booking.where(visit, await visit.conversation(conversation) or it)
    return Reply(cards.offered(it), wording.OFFERED_TITLE.format(reference=it.reference))


async def keep_it(visit: Visit, conversation: str) -> Reply:
    """The facilitator keeps it after all; too late once another one has it."""
    it = await visit.conversation(conversation)
    if it is None or not access.is_theirs(visit, it, Right.HAND_OVER):
        return access.refuse(visit, "hand-over", conversation)
    deed = Deed(Act.KEEP, visit.person.key, visit.now)
    try:
        it = await visit.desk.register.change(
            conversation,
            deed,
            lambda now: keep(access.still(visit, now, Right.HAND_OVER, Act.KEEP), visit.now),
        )
    except WrongStage:
        return await booking.where(visit, await visit.conversation(conversation) or it)
    text = wording.KEPT.format(reference=it.reference)
    return Reply(sentence(text), text)


async def look(visit: Visit, conversation: str) -> Reply:
    """People and agencies, and the question about independence; nothing of the story."""
    it = await visit.conversation(conversation)
    if it is None:
        return access.refuse(visit, "hand-over", conversation)
    stopped = await _not_for_them(visit, it)
    card = booking_cards.independence(it, "handover")
    return stopped or Reply(card, cards.why(it, visit.desk.zone))


async def take(visit: Visit, conversation: str) -> Reply:
    """Independence declared: the first one to do so has it from now on."""
    it = await visit.conversation(conversation)
    if it is None:
        return access.refuse(visit, "hand-over", conversation)
    stopped = await _not_for_them(visit, it)
    if stopped is not None:
        return stopped
    me = Participant(
        id="",
        part=Part.FACILITATOR,
        name=visit.person.name,
        mail=next(iter(visit.person.mails), ""),
        key=visit.person.key,
    )
    deed = Deed(Act.TAKE_OVER, visit.person.key, visit.now)

    def taken(now: Conversation) -> Conversation:
        if access.is_facilitator(visit, now):
            return now
        access.still(visit, now, Right.TAKE_OVER, Act.TAKE_OVER, member=True)
        return take_over(now, visit.now, me)

    try:
        await visit.desk.register.change(conversation, deed, taken)
    except WrongStage:
        return await booking.where(visit, await visit.conversation(conversation) or it)
    return await _theirs_now(visit, conversation)


async def leave(visit: Visit, conversation: str) -> Reply:
    """Not independent: it is left for others."""
    it = await visit.conversation(conversation)
    member = await visit.desk.facilitators.is_member(visit.person)
    if it is None or not member:
        return access.refuse(visit, "hand-over", conversation)
    text = wording.INDEPENDENT_LEFT.format(reference=it.reference)
    return Reply(sentence(text), text)


async def _not_for_them(visit: Visit, it: Conversation) -> Reply | None:
    member = await visit.desk.facilitators.is_member(visit.person)
    if access.is_facilitator(visit, it):
        return await booking.where(visit, it)
    if not member:
        return access.refuse(visit, "hand-over", it.id)
    if not access.is_theirs(visit, it, Right.TAKE_OVER, member=member):
        text = wording.INVOLVED.format(reference=it.reference)
        return Reply(sentence(text), text)
    if it.changes.offer is None or not access.may(visit, it, Right.TAKE_OVER, member=member):
        text = wording.NOT_OFFERED.format(reference=it.reference)
        return Reply(note(text), text)
    return None


async def _theirs_now(visit: Visit, conversation: str) -> Reply:
    file = await visit.file(conversation)
    if file is None or not access.may_read_story(visit, file.conversation):
        return access.refuse(visit, "hand-over", conversation)
    it = file.conversation
    story = file.answers_of("request", it.requester.id) or NO_ANSWERS
    card = cards.yours(it, story, visit.desk.zone)
    return Reply(card, wording.TOOK_OVER_YOU.format(reference=it.reference))


TAPS: Final[Mapping[str, Action]] = {
    "handover.ask": on(ask),
    "handover.yes": on(offer_it),
    "handover.keep": on(keep_it),
    "handover.look": on(look),
    "handover.take": on(take),
    "handover.leave": on(leave),
}
