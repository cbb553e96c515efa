"""Taps and a typed command that lead into the flows of changes: they look first, then open one."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from cards import concern as concern_cards
from cards import people_change as people_cards
from cards.wording import wording
from dialogs import access, booking
from dialogs.access import Right
from dialogs.concern import manager_of
from dialogs.events import Reply
from dialogs.flows import FLOWS, text
from dialogs.hands import Action, Command, Hands, on
from dialogs.people_change import places
from dialogs.review import people_of
from dialogs.visit import Visit
from records import board
from records.conversation import Conversation
from records.drafts import Open
from records.lists import own_entries
from records.store import AlreadyThere, Changed

AT_ONCE: Final = 20
"""Conversations looked at side by side for the typed command."""


async def concern(visit: Visit, conversation: str) -> Reply:
    """Which worker; nothing is written."""
    it = await visit.conversation(conversation)
    if it is None or not access.may(visit, it, Right.CONCERN):
        return access.refuse(visit, "concern", conversation)
    return Reply(concern_cards.whose(it, booking.choices(it)), wording.CONCERN)


async def _whom(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    conversation = text(data, "conversation")
    it = await visit.conversation(conversation)
    if it is None or not access.may(visit, it, Right.CONCERN):
        return access.refuse(visit, "concern", conversation)
    flow = FLOWS["concern"]
    draft = flow.draft(visit, conversation, manager_of(it, text(data, "worker")))
    there = await visit.desk.drafts.find(visit.person.key, flow.name, conversation)
    await _keep(visit, Open(draft, there.etag if there else ""))
    return await hands.engine.open(visit, flow, conversation)


async def _again(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    """A new request with the people filled in and nothing of the story; an open one stays."""
    conversation = text(data, "conversation")
    it = await visit.conversation(conversation)
    if it is None or not access.is_lead(visit, it):
        return access.refuse(visit, "review", conversation)
    flow = FLOWS["request"]
    if await visit.desk.drafts.find(visit.person.key, flow.name) is None:
        begun = await flow.begin(visit, "")
        if isinstance(begun, Reply):
            return begun
        filled = begun.model_copy(update={"answers": {**begun.answers, **people_of(visit, it)}})
        await _keep(visit, Open(filled))
    return await hands.engine.open(visit, flow, "")


async def _keep(visit: Visit, opened: Open) -> None:
    """Save a draft that is filled in; where another device was quicker, its card opens."""
    try:
        await visit.desk.drafts.save(opened)
    except (AlreadyThere, Changed):
        return


async def which(visit: Visit) -> Reply:
    """Typed `someone else`: the conversations in which somebody has a place to pass on.

    Those named by mail address stand in no list of their own, so the open ones are looked at.
    """
    store = visit.desk.register.store
    ids = [one.conversation async for one in own_entries(store, visit.person.key)]
    ids += [one.conversation async for one in board.all_of(store, board.OPEN)]
    ids = list(dict.fromkeys(ids))
    found: list[Conversation] = []
    for start in range(0, len(ids), AT_ONCE):
        part = (visit.even_stopped(one) for one in ids[start : start + AT_ONCE])
        read = await asyncio.gather(*part)
        found += [it for it in read if it and access.may(visit, it, Right.REPLACE)]
    found = [it for it in found if places(visit, it)]
    return Reply(people_cards.which(found), wording.SOMEONE_ELSE)


TAPS: Final[Mapping[str, Action]] = {
    "concern.ask": on(concern),
    "concern.whom": _whom,
    "review.again": _again,
}
COMMANDS: Final[Mapping[str, Command]] = {
    "someone else": lambda hands, visit: which(visit),
}
