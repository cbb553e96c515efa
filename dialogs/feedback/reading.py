"""Feedback is read: by those who are named to, and the words alone by the facilitator; and
somebody asks to be rung about how it was for them.

Who may is asked of each conversation; of each answer, the promise it was given under.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from cards.feedback import reading as cards
from cards.feedback.readers import ASK
from cards.home import WaitsFor
from cards.kit.notes import sentence
from cards.kit.when import moment
from cards.rights.beside import noted
from cards.wording import wording
from dialogs.turn.access import NotNow, Right, attendee, may
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Route, Where
from records.board.board import page
from records.board.places import TO_READ
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.one_each import as_came
from records.feedback.readers import given_to, of_feedback, to_talk, together
from records.feedback.reading import ask_to_talk, asked_to_talk, read, unread_since
from records.people import Participant
from records.stages import Act

MOST: Final = 20
"""So many conversations with something to read are looked at, those that wait longest."""


async def _reader(context: Context, it: Conversation) -> Participant | None:
    """As whom they read, by the settings of now."""
    for one in of_feedback(it, await context.readers()):
        if await context.services.directory.is_named(one, context.person):
            return one
    return None


async def unread(context: Context) -> list[tuple[datetime, WaitsFor]]:
    """What waits to be read by this person, who is named to read it, each with since when."""
    named = context.services.directory.is_named
    if not any([await named(one, context.person) for one in await context.readers()]):
        return []
    listed = await page(context.services.store, TO_READ, size=MOST)
    records = [await context.record(one.conversation) for one in listed.entries]
    found = []
    for it in filter(None, records):
        await context.reads_of(it)
        me = await _reader(context, it) if may(context.who, it, Right.READ_FEEDBACK) else None
        since = unread_since(it, me) if me is not None else None
        if since is not None:
            found.append((since, cards.waits(it)))
    return found


def _answers(context: Context, ids: tuple[str, ...]) -> list[Answers]:
    file = noted(context.whole)
    found = (file.answers_of("feedback", one) for one in ids)
    return [one for one in found if one is not None]


def _start(data: Data) -> int:
    at = data.get("at", 0)
    return at if isinstance(at, int) and not isinstance(at, bool) and at > 0 else 0


async def _words(context: Context, it: Conversation, data: Data) -> Reply:
    """What each said who was promised this reader, the latest first. The last card of it notes how
    far they have read."""
    me = await _reader(context, it)
    given = given_to(it, me) if me is not None else ()
    newest = sorted(given, key=lambda one: one.last_at or one.first_at, reverse=True)
    every = cards.by_person(it, _answers(context, tuple(one.by for one in newest)))
    start = _start(data)
    if me is None or start >= len(every):
        return _nothing(it)
    card, whole = cards.words(it, every, start)
    if whole:
        it = await context.change(Act.FEEDBACK_READ, lambda now: read(now, context.now, me))
    return Reply(card, wording.FEEDBACK_READ.format(reference=it.reference))


async def _together(context: Context, it: Conversation, data: Data) -> Reply:
    """To the facilitator, once the two days are over: the words of three or more, and no names."""
    dates = context.services.timetable
    deadline = dates.feedback_deadline(it)
    if deadline is None or context.now < deadline:
        until = moment(deadline, context.services.zone) if deadline else ""
        early = wording.TOGETHER_EARLY.format(reference=it.reference, deadline=until)
        return Reply(sentence(early), early)
    every = cards.without_names(_answers(context, together(it)))
    start = _start(data)
    if start >= len(every):
        return await few(context, it)
    title = wording.TOGETHER_TITLE.format(reference=it.reference)
    return Reply(cards.together(it, every, start), title)


async def few(context: Context, it: Conversation) -> Reply:
    """Too few have written for anybody to stay unknown."""
    text = wording.TOGETHER_FEW.format(reference=it.reference)
    return Reply(sentence(text), text)


def _nothing(it: Conversation) -> Reply:
    text = wording.FEEDBACK_READ_NONE.format(reference=it.reference)
    return Reply(sentence(text), text)


async def _ask(context: Context, it: Conversation, data: Data) -> Reply:
    """Somebody who came asks to be rung; nobody else in the conversation is told."""
    me = attendee(context.who, it)
    me = as_came(it, me) if me is not None else None
    if me is None or it.held is None or me.id not in it.held.came:
        raise NotNow(it, Right.TALK)
    if to_talk(it) is None and asked_to_talk(it, me.id) is None:
        text = wording.RING_AFTER_NOBODY.format(reference=it.reference)
        return Reply(sentence(text), text)
    it = await context.change(Act.ASK_TO_TALK, lambda now: ask_to_talk(now, context.now, me.id))
    talk = asked_to_talk(it, me.id)
    asked = it.person(talk.to) if talk else None
    name = asked.name if asked else wording.TEAM_LEAD
    return Reply(cards.talk_done(it, name, me.id), cards.talk_done_title(it, name))


async def where(context: Context, it: Conversation) -> Reply:
    """Before there is anything to read, or to talk about."""
    return _nothing(it)


ROUTES: Final = (
    Route("feedback.words", Right.READ_FEEDBACK, _words, whole=True),
    Route("feedback.read", Right.READ_TOGETHER, _together, whole=True),
    Route(ASK, Right.TALK, _ask),
)
WHERE: Final[Mapping[Right, Where]] = {
    Right.READ_FEEDBACK: where,
    Right.READ_TOGETHER: few,
    Right.TALK: where,
}
