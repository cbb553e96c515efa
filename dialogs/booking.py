"""Pick-up, and where things are for a facilitator. Source: pathway, step 3.

First come, first served: the register applies the pick-up to what is there now, so exactly one
wins. Independence is declared before the story opens.
"""

import re
from itertools import chain

from cards import booking as cards
from cards.changing import changed
from cards.learning import type_up
from cards.notes import note, sentence
from cards.people import named
from cards.wording import wording
from dialogs import access
from dialogs.access import Right
from dialogs.events import Reply
from dialogs.visit import Visit
from records import board
from records.as_it_is import as_they_are
from records.conversation import Conversation
from records.feedback import NO_ANSWERS
from records.register import Deed
from records.request import Part, Participant
from records.stages import Act, Stage, WrongStage
from records.waiting import stand_aside


async def waiting(visit: Visit) -> Reply:
    """Every conversation that waits for a facilitator, oldest first."""
    if not await visit.desk.facilitators.is_member(visit.person):
        return access.for_facilitators(visit, "waiting")
    store, dates = visit.desk.register.store, visit.desk.register.timetable
    listed = [one async for one in board.all_of(store, board.of_stage(Stage.AGREED))]
    now = await as_they_are(store, listed, dates)
    entries = sorted((one for one in now if one.stage is Stage.AGREED), key=lambda one: one.since)
    return Reply(cards.waiting_list(tuple(entries)), wording.WAITING_SUMMARY)


async def look(visit: Visit, conversation: str) -> Reply:
    """People and agencies, and the question about independence; nothing of the story."""
    it = await visit.conversation(conversation)
    if it is None:
        return access.refuse(visit, "pick-up", conversation)
    stopped = await _not_theirs(visit, it)
    if stopped is not None:
        return stopped
    return Reply(cards.independence(it), wording.WAITING_WHY.format(reference=it.reference))


async def take(visit: Visit, conversation: str) -> Reply:
    """Independence declared: the first one to do so facilitates."""
    it = await visit.conversation(conversation)
    if it is None:
        return access.refuse(visit, "pick-up", conversation)
    stopped = await _not_theirs(visit, it)
    if stopped is not None:
        return stopped
    # The address by which the team knows them tells later that they were told before.
    known = (one.mail for one in it.told if visit.is_person(one))
    me = Participant(
        id="facilitator",
        part=Part.FACILITATOR,
        name=visit.person.name,
        mail=next(chain(known, visit.person.mails), ""),
        key=visit.person.key,
    )
    deed = Deed(Act.PICK_UP, visit.person.key, visit.now)
    try:
        it = await visit.desk.register.change(
            conversation,
            deed,
            lambda now: access.still(visit, now, Right.PICK_UP, Act.PICK_UP, member=True).pick_up(
                visit.now, me
            ),
        )
    except WrongStage:
        it = await visit.conversation(conversation) or it
    return await where(visit, it)


async def leave(visit: Visit, conversation: str) -> Reply:
    """Not independent: it is left for others, and they are not reminded of it."""
    it = await visit.conversation(conversation)
    member = await visit.desk.facilitators.is_member(visit.person)
    if it is None or not access.may(visit, it, Right.LEAVE, member=member):
        return access.refuse(visit, "pick-up", conversation)
    told = next((one.id for one in it.told if visit.is_person(one)), str(visit.person.key))
    deed = Deed(Act.STAND_ASIDE, visit.person.key, visit.now)
    try:
        await visit.desk.register.change(
            conversation,
            deed,
            lambda now: stand_aside(now, visit.now, told),
        )
    except WrongStage:
        return await where(visit, await visit.conversation(conversation) or it)
    text = wording.INDEPENDENT_LEFT.format(reference=it.reference)
    return Reply(sentence(text), text)


async def _not_theirs(visit: Visit, it: Conversation) -> Reply | None:
    if access.is_facilitator(visit, it):
        return await where(visit, it)
    member = await visit.desk.facilitators.is_member(visit.person)
    if not member:
        return access.refuse(visit, "pick-up", it.id)
    if not access.is_theirs(visit, it, Right.PICK_UP, member=member):
        text = wording.INVOLVED.format(reference=it.reference)
        return Reply(sentence(text), text)
    open_ = access.may(visit, it, Right.PICK_UP, member=member)
    return None if open_ else await where(visit, it)


async def where(visit: Visit, it: Conversation) -> Reply:
    """Where things are, for a facilitator."""
    if not access.is_facilitator(visit, it):
        if it.facilitator:
            return Reply(cards.taken(it), wording.STATUS_SUMMARY)
        return Reply(note(wording.GONE), wording.GONE)
    if it.stage is Stage.PICKED_UP:
        file = await visit.file(it.id)
        story = file.answers_of("request", it.requester.id) if file else None
        card = cards.picked_up(it, story or NO_ANSWERS)
        return Reply(card, wording.PICKED_UP_YOU.format(reference=it.reference))
    if it.stage is Stage.BOOKED:
        card = cards.booked(it, visit.desk.zone)
        return Reply(card, wording.BOOKED_TITLE.format(reference=it.reference))
    text = f"{it.reference}: {wording.FACILITATOR_STATUS[it.stage]}"
    actions = [type_up(it)] if access.may(visit, it, Right.TYPE_UP) else []
    actions += [changed(it)] if access.may(visit, it, Right.STOP) else []
    return Reply(note(text, actions=actions), text)


def choices(it: Conversation) -> tuple[tuple[str, str], ...]:
    """People who can come, as (id, name and agency)."""
    found = []
    people = [one for one in it.present if one.part is not Part.FACILITATOR]
    for one in people:
        name, place = named(len(people), one.name, one.agency or one.role)
        found.append((one.id, plain(f"{name} ({place})" if place else name)))
    return tuple(found)


def plain(text: str) -> str:
    """A name for a choice's title, without what a client could read as markdown."""
    return re.sub(r"[\[\]()*_`<>]+", lambda m: m.group() if m.group() in "()" else " ", text)
