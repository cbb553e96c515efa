"""A typed message counts once: the same one again shows where things are now, and changes nothing.

Teams delivers a typed message again under the same id: after seconds, or once others were typed, to
another copy, or after a restart. The same words under a new id are a new message. One that carries
no id counts each time.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from dialogs import home
from dialogs.booking import pick_up
from dialogs.flow.drafting import drawn_before, find, show
from dialogs.flow.flow import Flow, NotOpen
from dialogs.root.typed_text import WAITING, TypedText
from dialogs.turn.access import NotNow, Right
from dialogs.turn.context import Context, NoSuchKey
from dialogs.turn.events import Reply
from records.heard import HeardMessages
from records.store.contract import StoreError

log = logging.getLogger(__name__)

FILE: Final = "file"
"""Where a file went that was attached to a message: no flow, but a conversation."""


async def once(context: Context, typed: TypedText, answer: Callable[[], Awaitable[Reply]]) -> Reply:
    """The answer to a message; where it was heard before, where things are. Raises as `answer`.

    A message after which nothing is different, such as `help`, is not noted and may come again.
    """
    mark = context.turn.activity
    if not mark:
        return await answer()
    context.heard = await HeardMessages.of(context.services.store, context.person.key)
    known = context.heard.find(mark)
    if known is not None and (known.done or await _arrived(context, typed, known.place)):
        return await _where_now(context, typed, known.place)
    try:
        reply = await answer()
    except (NotNow, NotOpen, NoSuchKey):
        await _note(context)
        raise
    await _note(context)
    return reply


async def _note(context: Context) -> None:
    """That it has got there. What it changed is kept, so a storage that is away fails nothing."""
    if context.heard is None or context.place is None:
        return
    try:
        await context.heard.note(context.turn.activity, context.place, done=True)
    except StoreError:
        log.warning("message not noted", extra={"action": "heard_late"})


async def _arrived(context: Context, typed: TypedText, place: str) -> bool:
    """Whether what a message was to change has its mark: it ended between the two notes."""
    name, _, key = place.partition(" ")
    flow = typed.flows.get(name)
    if flow is None:
        return await _used(context, typed) is not None
    opened, it = await find(context, flow, key), await context.record(key)
    recent = (*(opened.draft.recent if opened else ()), *(it.recent if it else ()))
    return drawn_before({"submission": context.typed_as}, recent)


async def _used(context: Context, typed: TypedText) -> tuple[Flow, str] | None:
    """The open flow that has this message among what it took."""
    for flow, opened in await typed.open_flows(context):
        if drawn_before({"submission": context.typed_as}, opened.draft.recent):
            return flow, opened.draft.conversation
    return None


async def _where_now(context: Context, typed: TypedText, place: str) -> Reply:
    """Where that is now which a message went to; nothing is written. Raises NotNow, NoSuchKey."""
    name, _, key = place.partition(" ")
    if name == FILE:
        return await pick_up.where(context, await context.about(key, Right.UPLOAD))
    if name == WAITING:
        waiting = await typed.waiting(context, key)
        if waiting is not None:
            return waiting
        used = await _used(context, typed)
        return await _of_flow(context, *used) if used else await home.mine(context)
    flow = typed.flows.get(name)
    return await home.mine(context) if flow is None else await _of_flow(context, flow, key)


async def _of_flow(context: Context, flow: Flow, key: str) -> Reply:
    """Its open card; else what it has to say once it is done or closed."""
    if flow.right is not None:
        await context.about(key, flow.right, whole=flow.whole)
    opened = await find(context, flow, key)
    shut = await flow.closed(context, opened.draft if opened else None)
    if shut is not None:
        return shut
    if opened is not None:
        return await show(context, flow, opened.draft)
    return await flow.receipt(context, key) or await home.mine(context)
