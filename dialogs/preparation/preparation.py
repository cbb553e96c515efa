"""Getting ready: each tap is one thing said, and the same card shows it. Source: pathway, 5 and 6.

Every button of the card carries the ticks, so that tapping something else keeps them too. The
facilitator accepts their own part of the agreement and sees how far people are.
"""

from typing import Final

from cards.preparation.agreement import agreement
from cards.preparation.calendar import ics
from cards.preparation.how_far import far
from cards.preparation.paper import paper
from cards.preparation.taking_part import HELP
from cards.wording import wording
from dialogs.files.files import CALENDAR, FileKind, Kinds, Made, NotThere
from dialogs.flow import engine
from dialogs.preparation.card import Say, as_it_is, card_of, said, seen, why
from dialogs.preparation.right_person import RIGHT_PERSON
from dialogs.turn.access import Right, attendee, is_second
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Handler, Route
from records.conversation.conversation import Conversation
from records.conversation.snapshot import Snapshot
from records.preparation import preparing
from records.stages import Act, Stage


async def _see(context: Context, it: Conversation, data: Data) -> Reply:
    """How to prepare, as it stands."""
    return card_of(context, it)


def _says(act: Act, say: Say) -> Handler:
    """A tap that says one thing."""

    async def handle(context: Context, it: Conversation, data: Data) -> Reply:
        return card_of(context, await said(context, data, act, say))

    return handle


async def _both(context: Context, it: Conversation, data: Data) -> Reply:
    """They know who it is about, and their manager knows: two things said by one tap."""
    await said(context, data, Act.KNOWS_WHO, preparing.knows_who)
    return card_of(context, await said(context, data, Act.MANAGER_KNOWS, preparing.manager_knows))


async def _save(context: Context, it: Conversation, data: Data) -> Reply:
    it = await said(context, data, Act.PREPARE, as_it_is)
    me = attendee(context.who, it)
    who = me.id if me else ""
    shown, have = preparing.points(it, who), preparing.readiness_of(it, who).ticks
    count = len([one for one in have if one in shown])
    notice = wording.PREPARE_TICKS_SAVED.format(count=count, total=len(shown))
    # Who only wrote what would help reads on the card that it is kept.
    alone = data.text(HELP).strip() and not count
    return card_of(context, it, "" if alone else notice)


async def _paper(context: Context, it: Conversation, data: Data) -> Reply:
    """A page of the partnership's paper; the ticks of the card it was opened from are kept."""
    it = await said(context, data, Act.PREPARE, as_it_is)
    me, pages = attendee(context.who, it), wording.partnership.paper.pages
    if me is None or not pages:
        return card_of(context, it)
    number = min(max(data.number("page"), 0), len(pages) - 1)
    return Reply(paper(seen(context, it, me.id), number), wording.PAPER_OPEN)


# The agreement: attendees and the facilitator ---------------------------------------------------


async def _agreement(context: Context, it: Conversation, data: Data) -> Reply:
    """Word for word; the ticks of the card it was opened from are kept."""
    if context.may(Right.SEE_READY):
        return _words(context, it, _mine(context, it))
    it = await said(context, data, Act.PREPARE, as_it_is)
    me = attendee(context.who, it)
    return _words(context, it, me.id) if me else card_of(context, it)


def _words(context: Context, it: Conversation, who: str) -> Reply:
    return Reply(agreement(seen(context, it, who)), wording.AGREEMENT_TITLE)


async def _accept(context: Context, it: Conversation, data: Data) -> Reply:
    if not context.may(Right.SEE_READY):
        return card_of(context, await said(context, data, Act.ACCEPT, preparing.accept))
    it = await context.change(
        Act.ACCEPT, lambda now: preparing.accept(now, context.now, _mine(context, now))
    )
    return await _how_far(context, it)


async def _people(context: Context, it: Conversation, data: Data) -> Reply:
    """How far everybody is, for the facilitator."""
    return await _how_far(context, it)


async def _how_far(context: Context, it: Conversation) -> Reply:
    title = wording.FAR_TITLE.format(reference=it.reference)
    card = far(it, context.services.zone, await why(context, it), me=_mine(context, it))
    return Reply(card, title)


def _mine(context: Context, it: Conversation) -> str:
    """As whom a facilitator, the first or the second, has their own part of the agreement."""
    here = it.changes.second
    return here.asked.id if here is not None and is_second(context.who, it) else it.facilitator


async def _right_person(context: Context, it: Conversation, data: Data) -> Reply:
    """Somebody else is the right person; the ticks of the card it was opened from are kept."""
    it = await said(context, data, Act.PREPARE, as_it_is)
    return await engine.open_flow(context, RIGHT_PERSON, it.id)


# The calendar file ------------------------------------------------------------------------------


async def _calendar(context: Context, file: Snapshot) -> Made:
    it = file.conversation
    if it.booking is None or it.stage is not Stage.BOOKED:
        raise NotThere
    # Line ends are part of the format: the text is encoded as it is.
    title = wording.CALENDAR_CALLED.format(reference=it.reference)
    return Made(f"{it.reference}.ics", title, CALENDAR, ics(it, context.now).encode())


FILES: Final[Kinds] = {"calendar": FileKind(Right.PREPARE, _calendar)}
"""The booked date for any calendar."""

ROUTES: Final = (
    Route("prepare.see", Right.PREPARE, _see),
    Route("prepare.save", Right.PREPARE, _save),
    Route("prepare.knows", Right.PREPARE, _says(Act.KNOWS_WHO, preparing.knows_who)),
    Route("prepare.both", Right.PREPARE, _both),
    Route("prepare.not-yet", Right.PREPARE, _says(Act.NOT_YET, preparing.does_not_know)),
    Route("prepare.manager", Right.PREPARE, _says(Act.MANAGER_KNOWS, preparing.manager_knows)),
    Route("prepare.agreement", Right.AGREEMENT, _agreement),
    Route("prepare.accept", Right.AGREEMENT, _accept),
    Route(
        "prepare.talk",
        Right.PREPARE,
        _says(Act.TALK_AGREEMENT, preparing.talk_about_agreement),
    ),
    Route("prepare.people", Right.SEE_READY, _people, whole=True),
    Route("prepare.paper", Right.PREPARE, _paper),
    Route("prepare.right-person", Right.RIGHT_PERSON, _right_person),
)
"""What each tap of getting ready does."""
