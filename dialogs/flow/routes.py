"""The routes of every flow, whichever it is: what each verb does with the draft.

The flow's right was asked before one of these is called. Putting a draft away asks none: it is its
writer's own.
"""

from typing import Final

from cards.feedback.outcome_check import asked
from cards.kit.elements import act
from cards.kit.notes import note
from cards.request.check import whole
from cards.wording import wording
from dialogs.flow import engine, leaving, steering
from dialogs.flow.cancelling import own_part, put_away
from dialogs.flow.drafting import let_go
from dialogs.flow.flow import Flow, InFlow
from dialogs.turn.context import Context, Overtaken
from dialogs.turn.events import Data, Reply, with_texts


async def _open(context: Context, flow: Flow, data: Data) -> Reply:
    return await engine.open_flow(context, flow, data.conversation)


async def _list(context: Context, flow: Flow, data: Data) -> Reply:
    return await steering.peek(context, flow, data.conversation, {"as_list": True})


async def _show(context: Context, flow: Flow, data: Data) -> Reply:
    """One draft answer whole, from *Check your answers*."""
    key, field = data.conversation, data.text("field")
    opened = await context.services.drafts.find(context.person.key, flow.name, key)
    if opened is None:
        return Reply(note(wording.GONE), wording.GONE)
    question, answer = asked(opened.draft.answers, field, opened.draft.questions)
    carried = {"flow": flow.name, "conversation": key, "field": field}
    card = whole(
        question,
        answer,
        data.number("start"),
        act(wording.TO_CHECK, "flow.check", carried),
        lambda at: act(wording.SHOW_MORE, "flow.show", {**carried, "start": at}),
    )
    return Reply(card, flow.title())


async def _discard(context: Context, flow: Flow, data: Data) -> Reply:
    """Put away for good, by its writer: what they owe stays owed, and the card leads back to it.
    Where it was sent meanwhile, where things are."""
    key = data.conversation
    opened = await context.services.drafts.find(context.person.key, flow.name, key)
    if opened is not None and opened.draft.conversation == key:
        own = await own_part(context, flow, opened.draft)
        new = await let_go(context, flow, opened)
        if new is None:
            raise Overtaken
        return with_texts(await put_away(context, flow, key, own), new, wording.NOT_KEPT)
    if flow.right is not None:
        await context.about(key, flow.right, whole=flow.whole)
    return await flow.done(context, key) or Reply(note(wording.GONE), wording.GONE)


ROUTES: Final = (
    InFlow("flow.open", _open),
    InFlow("flow.next", engine.answer),
    InFlow("flow.send", engine.send),
    InFlow("flow.add", steering.add),
    InFlow("flow.remove", leaving.remove),
    InFlow("flow.back", leaving.go_back),
    InFlow("flow.list", _list),
    InFlow("flow.cut", leaving.cut),
    InFlow("flow.change", leaving.change),
    InFlow("flow.check", leaving.change),
    InFlow("flow.show", _show),
    InFlow("flow.discard", _discard, free=True),
)
"""What each tap of a flow's card does."""
