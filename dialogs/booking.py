"""Pick-up and booking. Source: pathway, steps 3 and 4.

First come, first served: the register applies the pick-up to what is there now, so exactly one
wins. Independence is declared before the story opens.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import chain
from typing import Any, ClassVar

from cards import booking as cards
from cards import wording
from cards.answers import chosen
from cards.changing import changed
from cards.learning import type_up
from cards.notes import note, sentence
from cards.people import named
from cards.who_comes import by_agency
from dialogs import access
from dialogs.access import Right
from dialogs.events import Reply
from dialogs.flow import Flow, Step
from dialogs.visit import Visit
from records import board, moving
from records.calendar import Office
from records.conversation import Booking, Conversation, expected
from records.drafts import Draft
from records.register import Deed
from records.request import Part, Participant
from records.stages import Act, Stage, WrongStage
from records.waiting import stand_aside


async def waiting(visit: Visit) -> Reply:
    """Every conversation that waits for a facilitator, oldest first."""
    if not await visit.desk.facilitators.is_member(visit.person):
        return access.for_facilitators(visit, "waiting")
    store = visit.desk.register.store
    entries = [one async for one in board.all_of(store, board.of_stage(Stage.AGREED))]
    entries.sort(key=lambda one: one.since)
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
        card = cards.picked_up(it, story.texts if story else {})
        return Reply(card, wording.PICKED_UP_YOU.format(reference=it.reference))
    if it.stage is Stage.BOOKED:
        card = cards.booked(it, visit.desk.zone)
        return Reply(card, wording.BOOKED_TITLE.format(reference=it.reference))
    text = f"{it.reference}: {wording.FACILITATOR_STATUS[it.stage]}"
    actions = [type_up(it)] if access.may(visit, it, Right.TYPE_UP) else []
    actions += [changed(it)] if access.may(visit, it, Right.STOP) else []
    return Reply(note(text, actions=actions), text)


class BookingFlow(Flow):
    """Date, start, end, place or link, lead worker, who comes."""

    name: ClassVar[str] = "booking"
    title: ClassVar[str] = wording.BOOK_TITLE
    version: ClassVar[int] = 1
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "booking",
            cards.Booking,
            cards.booking,
            ("day", "start", "end", "place", "lead", "coming"),
            alone=True,
            carried=("lead", "coming"),
            press=wording.BOOK,
        ),
    )

    async def begin(self, visit: Visit, conversation: str) -> Draft | Reply:
        """For the facilitator, before it takes place; what was booked before is filled in."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.BOOK):
            return access.refuse(visit, "booking", conversation)
        if not access.may(visit, it, Right.BOOK):
            return await where(visit, it)
        last = it.booking or it.missed
        answers: dict[str, Any] = {
            "lead": last.lead if last else it.lead,
            "coming": ",".join(last.coming if last else expected(it.people)),
            "place": last.place if last else "",
        }
        return self.draft(visit, conversation, answers)

    async def now(self, visit: Visit, conversation: str) -> Reply | None:
        """Booked, or further."""
        it = await visit.conversation(conversation)
        if it is None or not access.is_theirs(visit, it, Right.BOOK):
            return access.refuse(visit, "booking", conversation)
        return None if access.may(visit, it, Right.BOOK) else await where(visit, it)

    async def facts(self, visit: Visit, draft: Draft) -> Mapping[str, Any]:
        """Whom to choose from."""
        return await whom(visit, draft)

    def context(self, visit: Visit) -> dict[str, Any]:
        """The clock and the zone a date is checked against."""
        office = visit.desk.register.timetable.office
        return {**super().context(visit), "now": visit.now, "office": office}

    async def finish(self, visit: Visit, draft: Draft, submission: str) -> Reply:
        """Book it; everyone who comes is told."""
        wanted = cards.Booking.model_validate(draft.answers, context=self.context(visit))
        office = visit.desk.register.timetable.office
        deed = Deed(Act.BOOK, visit.person.key, visit.now, submission)
        try:
            it = await visit.desk.register.change(
                draft.conversation,
                deed,
                lambda now: book(
                    visit.now, access.still(visit, now, Right.BOOK, Act.BOOK), wanted, office
                ),
            )
        except WrongStage:
            found = await visit.conversation(draft.conversation)
            if found is None:
                raise
            it = found
        return await where(visit, it)


def book(at: datetime, it: Conversation, wanted: cards.Booking, office: Office) -> Conversation:
    """The conversation with this booking, in a new cycle."""
    return moving.book(it, at, booked(it, wanted, office))


def booked(it: Conversation, wanted: cards.Booking, office: Office) -> Booking:
    """What was filled in as a booking. Somebody it does not know is left out."""
    last = it.booking or it.missed
    known = [one.id for one in it.present if one.part is not Part.FACILITATOR]
    return Booking(
        cycle=last.cycle + 1 if last else 1,
        start=office.at(wanted.day, wanted.start),
        end=office.at(wanted.day, wanted.end),
        wall_start=f"{wanted.day.isoformat()}T{wanted.start:%H:%M}",
        zone=office.zone.key,
        place=wanted.place,
        lead=wanted.lead if wanted.lead in known else it.lead,
        coming=tuple(who for who in known if who in (*wanted.coming, wanted.lead)),
    )


async def whom(visit: Visit, draft: Draft) -> Mapping[str, Any]:
    """Whom a booking can choose from, and who comes for which agency as it stands in the draft."""
    it = await visit.conversation(draft.conversation)
    if it is None:
        return {}
    agencies = by_agency(it.present, chosen(draft.answers.get("coming")))
    return {"people": choices(it), "reference": it.reference, "agencies": agencies}


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
