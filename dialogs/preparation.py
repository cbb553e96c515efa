"""Getting ready: each tap is one thing said, and the same card shows it. Source: pathway, 5 and 6.

Every button of the card carries the ticks, so that tapping something else keeps them too. The
facilitator accepts their own part of the agreement and sees how far people are.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from cards import preparation as cards
from cards.answers import chosen
from cards.calendar import ics
from cards.check import whole
from cards.elements import act
from cards.who_comes import far
from cards.wording import wording
from dialogs import access, booking, telling
from dialogs.access import Right
from dialogs.events import Reply
from dialogs.files import CALENDAR, FileKind, Kinds, Made, NotThere
from dialogs.flows import FLOWS, number, text
from dialogs.hands import Action, Hands, on
from dialogs.ready import reason, seen, shown
from dialogs.visit import Visit
from records import preparing
from records.conversation import Conversation
from records.file import File
from records.readiness import Point
from records.register import Deed
from records.stages import Act, Stage, WrongStage

Say = Callable[[Conversation, datetime, str], Conversation]


async def see(visit: Visit, conversation: str) -> Reply:
    """How to prepare, as it stands."""
    it = await visit.conversation(conversation)
    if it is None or not access.is_theirs(visit, it, Right.PREPARE):
        return access.refuse(visit, "preparation", conversation)
    return shown(visit, it)


async def _answer(
    visit: Visit, data: Mapping[str, Any], act_: Act, say: Say
) -> tuple[Conversation | None, Reply | None]:
    """The conversation after this, or what to show instead."""
    conversation = text(data, "conversation")
    it = await visit.conversation(conversation)
    if it is None or not access.is_theirs(visit, it, Right.PREPARE):
        return None, access.refuse(visit, "preparation", conversation)

    def change(now: Conversation) -> Conversation:
        access.still(visit, now, Right.PREPARE, act_)
        me = access.attendee(visit, now)
        if me is None:
            raise WrongStage(now.id, act_, now.stage)
        return say(_ticked(now, visit.now, me.id, data), visit.now, me.id)

    deed = Deed(act_, visit.person.key, visit.now)
    try:
        return await visit.desk.register.change(conversation, deed, change), None
    except WrongStage:
        return None, shown(visit, await visit.conversation(conversation) or it)


def _ticked(it: Conversation, at: datetime, who: str, data: Mapping[str, Any]) -> Conversation:
    """With the ticks a card sent; a card without the list changes none."""
    if not isinstance(data.get("had"), str):
        return it
    return preparing.tick(it, at, who, _points(data.get("had")), _points(data.get("points")))


def _points(value: object) -> tuple[Point, ...]:
    known = {one.value: one for one in Point}
    return tuple(known[one] for one in chosen(value) if one in known)


def _as_it_is(it: Conversation, _: datetime, __: str) -> Conversation:
    return it


def _says(act_: Act, say: Say) -> Action:
    """A tap that says one thing."""

    async def handle(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
        it, other = await _answer(visit, data, act_, say)
        return shown(visit, it) if it else other or Reply()

    return handle


async def _save(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    it, other = await _answer(visit, data, Act.PREPARE, _as_it_is)
    me = access.attendee(visit, it) if it else None
    if it is None or me is None:
        return other or Reply()
    count = len(preparing.said(it, me.id).ticks)
    return shown(visit, it, wording.PREPARE_TICKS_SAVED.format(count=count, total=len(Point)))


# The agreement: attendees and the facilitator ---------------------------------------------------


async def _agreement(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    """Word for word; the ticks of the card it was opened from are kept."""
    it = await visit.conversation(text(data, "conversation"))
    if it is not None and access.may(visit, it, Right.SEE_READY):
        return _words(visit, it, it.facilitator)
    changed, other = await _answer(visit, data, Act.PREPARE, _as_it_is)
    me = access.attendee(visit, changed) if changed else None
    return _words(visit, changed, me.id) if changed and me else other or Reply()


def _words(visit: Visit, it: Conversation, who: str) -> Reply:
    return Reply(cards.agreement(seen(visit, it, who)), wording.AGREEMENT_TITLE)


async def _accept(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    it = await visit.conversation(text(data, "conversation"))
    if it is None or not access.may(visit, it, Right.SEE_READY):
        return await _says(Act.ACCEPT, preparing.accept)(hands, visit, data)

    def change(now: Conversation) -> Conversation:
        access.still(visit, now, Right.SEE_READY, Act.ACCEPT)
        return preparing.accept(now, visit.now, now.facilitator)

    deed = Deed(Act.ACCEPT, visit.person.key, visit.now)
    await visit.desk.register.change(it.id, deed, change)
    return await people(visit, it.id)


async def people(visit: Visit, conversation: str) -> Reply:
    """How far everybody is, for the facilitator."""
    file = await visit.file(conversation)
    if file is None or not access.is_theirs(visit, file.conversation, Right.SEE_READY):
        return access.refuse(visit, "preparation", conversation)
    it = file.conversation
    if not access.may(visit, it, Right.SEE_READY):
        return await booking.where(visit, it)
    title = wording.FAR_TITLE.format(reference=it.reference)
    return Reply(far(it, visit.desk.zone, reason(file)), title)


# Telling the family -------------------------------------------------------------------------------


async def _telling(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    """The question to the lead worker; the ticks of the card it was opened from are kept."""
    it = await visit.conversation(text(data, "conversation"))
    if it is not None and access.may(visit, it, Right.PREPARE):
        await _answer(visit, data, Act.PREPARE, _as_it_is)
    return await telling.see(visit, text(data, "conversation"))


async def _because(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    """The reason whole, for the lead worker and the facilitator alone."""
    conversation = text(data, "conversation")
    file = await visit.file(conversation)
    if file is None or not access.may(visit, file.conversation, Right.READ_TELLING):
        return access.refuse(visit, "telling", conversation)
    it, carried = file.conversation, {"conversation": conversation}
    facilitates = access.may(visit, it, Right.SEE_READY)
    back = act(wording.PREPARE_BACK, "prepare.see", carried)
    if facilitates:
        back = act(wording.FAR_OPEN, "prepare.people", carried)
    why = reason(file)
    card = whole(
        why.question("text", wording.TELLING_BECAUSE),
        why.text("text"),
        number(data, "start"),
        back,
        lambda at: act(wording.SHOW_MORE, "prepare.because", {**carried, "start": at}),
    )
    return Reply(card, wording.TELLING_TITLE)


async def _right_person(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    """Somebody else is the right person; the ticks of the card it was opened from are kept."""
    it, other = await _answer(visit, data, Act.PREPARE, _as_it_is)
    return await hands.engine.open(visit, FLOWS["right-person"], it.id) if it else other or Reply()


# The calendar file ------------------------------------------------------------------------------


async def _calendar(visit: Visit, file: File) -> Made:
    it = file.conversation
    if it.booking is None or it.stage is not Stage.BOOKED:
        raise NotThere
    # Line ends are part of the format: the text is encoded as it is.
    title = wording.CALENDAR_CALLED.format(reference=it.reference)
    return Made(f"{it.reference}.ics", title, CALENDAR, ics(it, visit.now).encode())


FILES: Final[Kinds] = {"calendar": FileKind(Right.PREPARE, _calendar)}
"""The booked date for any calendar."""

TAPS: Final[Mapping[str, Action]] = {
    "prepare.see": on(see),
    "prepare.save": _save,
    "prepare.knows": _says(Act.KNOWS_WHO, preparing.knows_who),
    "prepare.not-yet": _says(Act.NOT_YET, preparing.does_not_know),
    "prepare.manager": _says(Act.MANAGER_KNOWS, preparing.manager_knows),
    "prepare.agreement": _agreement,
    "prepare.accept": _accept,
    "prepare.talk": _says(Act.TALK_AGREEMENT, preparing.talk_about_agreement),
    "prepare.people": on(people),
    "prepare.telling": _telling,
    "prepare.told": on(telling.told),
    "prepare.right-person": _right_person,
    "prepare.because": _because,
}
"""What each tap of getting ready does."""
