"""*Something has changed*: the ways a facilitator has, at the stage where things are."""

import re
from typing import Final

from cards.changes import menu as cards
from cards.kit.forms import Sentence
from cards.kit.notes import sentence
from cards.wording import wording
from dialogs.booking import pick_up
from dialogs.turn.access import Right, Role, roles
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from dialogs.turn.route import Command, Route, Spoken
from records.board.board import named
from records.conversation.conversation import Conversation
from records.register.projections import own_entries

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
            (Right.HAND_OVER, (lambda: wording.HAND_OVER, "handover.ask", "")),
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
    """The ways that are open now."""
    groups = [
        (heading, [way for right, way in ways if context.may(right)]) for heading, ways in WAYS
    ]
    return Reply(cards.menu(it, groups), wording.CHANGED_SUMMARY.format(reference=it.reference))


async def _open_one(context: Context, it: Conversation, data: Data) -> Reply:
    """One conversation as its facilitator sees it now."""
    return await pick_up.where(context, it)


async def _facilitating(context: Context) -> Reply:
    """The conversations somebody facilitates, those with stopped messages included."""
    await context.has_left()
    entries = [one async for one in own_entries(context.services.store, *context.person.keys)]
    every = [await context.record(one.conversation) for one in entries]
    found = [it for it in every if it and Role.FACILITATOR in roles(context.who, it)]
    found.sort(key=lambda it: it.stage_since, reverse=True)
    return Reply(cards.facilitating(found), wording.FACILITATING_TITLE)


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
)
COMMANDS: Final = (Command(("my conversations",), _facilitating),)
SPOKEN: Final = (
    Spoken(
        re.compile(
            r"(?:show |open )?conversation:?\s+(?P<found>(?:LC[ -]?)?[0-9A-Z]{5})[.!]?",
            re.IGNORECASE,
        ),
        _by_reference,
    ),
)
"""`conversation LC-7K3QX`: for whoever facilitates it, and for the team lead."""
