"""*Something has changed*: the ways a facilitator has, at the stage where things are."""

from collections.abc import Mapping
from typing import Final

from cards import changing as cards
from cards.questions import Sentence
from cards.wording import wording
from dialogs import access, booking
from dialogs.access import Right
from dialogs.events import Reply
from dialogs.hands import Action, Command, on
from dialogs.visit import Visit
from records.conversation import Conversation
from records.lists import own_entries

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


async def see(visit: Visit, conversation: str) -> Reply:
    """The ways that are open now."""
    it = await visit.conversation(conversation)
    if it is None or not access.is_facilitator(visit, it):
        return access.refuse(visit, "changes", conversation)
    groups = [
        (heading, [way for right, way in ways if access.may(visit, it, right)])
        for heading, ways in WAYS
    ]
    return Reply(cards.menu(it, groups), wording.CHANGED_SUMMARY.format(reference=it.reference))


async def open_one(visit: Visit, conversation: str) -> Reply:
    """One conversation as its facilitator sees it now."""
    it = await visit.conversation(conversation)
    if it is None or not access.is_facilitator(visit, it):
        return access.refuse(visit, "changes", conversation)
    return await booking.where(visit, it)


async def facilitating(visit: Visit) -> Reply:
    """The conversations somebody facilitates, those with stopped messages included."""
    entries = [one async for one in own_entries(visit.desk.register.store, visit.person.key)]
    every = [await visit.even_stopped(one.conversation) for one in entries]
    found: list[Conversation] = [it for it in every if it and access.is_facilitator(visit, it)]
    found.sort(key=lambda it: it.stage_since, reverse=True)
    return Reply(cards.facilitating(found), wording.FACILITATING_TITLE)


TAPS: Final[Mapping[str, Action]] = {
    "changes.see": on(see),
    "changes.open": on(open_one),
}
COMMANDS: Final[Mapping[str, Command]] = {
    "my conversations": lambda hands, visit: facilitating(visit),
}
