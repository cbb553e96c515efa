"""*Something has changed*: the ways a facilitator has, at the stage where things are."""

import re
from datetime import datetime
from typing import Final

from cards.changes import menu as cards
from cards.kit.forms import Sentence
from cards.kit.notes import sentence
from cards.wording import wording
from dialogs.booking import pick_up
from dialogs.turn.access import Right, Role, roles
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Command, Plain, Route, Spoken
from dialogs.waiting import waiting
from records.board.board import named
from records.conversation.conversation import Conversation
from records.register.projections import own_entries
from records.stages import CLOSED, Stage

WAYS: Final[tuple[tuple[Sentence, tuple[tuple[Right, cards.Way], ...]], ...]] = (
    (
        lambda: wording.CHANGED_DATE,
        (
            (Right.MOVE, (lambda: wording.MOVE_IT, "flow.open", "moving")),
            (Right.NOT_AHEAD, (lambda: wording.CALL_OFF, "held.not-ahead", "")),
            (Right.REVIEW_DAY, (lambda: wording.REVIEW_DATE, "flow.open", "review-day")),
        ),
    ),
    (
        lambda: wording.CHANGED_PEOPLE,
        (
            (Right.REPLACE, (lambda: wording.SOMEONE_ELSE, "flow.open", "someone-else")),
            (Right.SECOND_ASK, (lambda: wording.SECOND_ASK, "second.whom", "")),
            (Right.HAND_OVER, (lambda: wording.HAND_OVER, "handover.ask", "")),
            (Right.RESTRICT, (lambda: wording.RESTRICT, "restrict.ask", "")),
        ),
    ),
    (
        lambda: wording.CHANGED_REST,
        (
            (Right.CONCERN, (lambda: wording.CONCERN, "concern.ask", "")),
            (Right.STOP, (lambda: wording.STOP_ALL, "stop.ask", "")),
        ),
    ),
)
"""Each way with the right it needs, in groups."""


async def _see(context: Context, it: Conversation, data: Data) -> Reply:
    """The ways that are open now; a gatekeeper sees where it stands, and whom they can ask."""
    if Role.GATEKEEPER in roles(context.who, it) and not pick_up.facilitates(context, it):
        return await pick_up.where(context, it)
    groups = [
        (heading, [way for right, way in ways if context.may(right)]) for heading, ways in WAYS
    ]
    return Reply(cards.menu(it, groups), wording.CHANGED_SUMMARY.format(reference=it.reference))


async def _open_one(context: Context, it: Conversation, data: Data) -> Reply:
    """One conversation as its facilitator sees it now."""
    return await pick_up.where(context, it)


async def _facilitating(context: Context, begin: int = 0) -> Reply:
    """The conversations somebody facilitates, those with stopped messages included: what waits for
    them, longest first; then the open ones; then what is over. From the one at `begin`, a page."""
    await context.has_left()
    entries = [one async for one in own_entries(context.services.store, *context.person.keys)]
    every = [await context.record(one.conversation) for one in entries]
    found = [it for it in every if it and pick_up.facilitates(context, it)]
    found.sort(key=lambda it: it.stage_since, reverse=True)
    found.sort(key=lambda it: it.stage in CLOSED)
    since = {it.id: _waits_since(context, it) for it in found}
    waits = sorted(
        (one for one in found if since[one.id]), key=lambda it: since[it.id] or it.stage_since
    )
    rest = [it for it in found if not since[it.id]]
    return Reply(cards.facilitating(waits, rest, begin), wording.FACILITATING_TITLE)


def _waits_since(context: Context, it: Conversation) -> datetime | None:
    """Since when the next step is theirs: what they were asked, a date to find, a document to type
    up."""
    if it.stopped_at is not None or Role.FACILITATOR not in roles(context.who, it):
        return None
    asked = [at for at, _ in waiting(it, context.who, context.services.timetable, context.now)]
    if it.stage is Stage.PICKED_UP or (it.stage is Stage.HELD and it.captured.is_open):
        asked.append(it.stage_since)
    return min(asked, default=None)


async def _mine(context: Context) -> Reply:
    return await _facilitating(context)


async def _more(context: Context, data: Data) -> Reply:
    return await _facilitating(context, data.number("begin"))


async def _by_reference(context: Context, typed: str) -> Reply:
    """One conversation by its reference, as its facilitator or the team lead sees it."""
    key = await named(context.services.store, typed)
    if not key:
        text = wording.CONVERSATION_NOT_FOUND.format(reference=typed.upper())
        return Reply(sentence(text), text)
    it = await context.about(key, Right.SEE_CHANGES)
    return await pick_up.where(context, it)


ROUTES: Final = (
    Route("changes.see", Right.SEE_CHANGES, _see),
    Route("changes.open", Right.SEE_CHANGES, _open_one),
    Plain("changes.mine", _more),
)
COMMANDS: Final = (Command(("my conversations",), _mine),)
SPOKEN: Final = (
    Spoken(
        re.compile(
            r"(?:show |open )?conversation:?\s+(?P<found>(?:LC[ -]?)?[0-9A-Z]{5})[.!]?",
            re.IGNORECASE,
        ),
        _by_reference,
    ),
)
"""`conversation LC-7K3QX`: for whoever facilitates it, the team lead, and its gatekeepers."""
