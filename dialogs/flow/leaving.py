"""Away from a card without an answer: *Back*, *Change*, *Remove*, and what leads out of its flow.
What is half written on it is kept, right or not, and nobody is told what is wrong with it.

A card that was drawn before its answers were given overwrites none of them: what is new on it is
kept beside, as with any late answer (`dialogs.flow.drafting.stale`).
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from cards.kit.page import LEFT
from dialogs.flow.answering import as_offered, back, inputs, typed_in, with_answers, words_on
from dialogs.flow.drafting import (
    find,
    kept_beside,
    new_texts,
    save,
    save_and_show,
    stale,
    submission_of,
)
from dialogs.flow.engine import answer, begin, move, offered, open_flow, take
from dialogs.flow.flow import CHECK, Flow, Step, asking, problems, seen
from dialogs.flow.people_listed import without
from dialogs.turn.access import NotNow
from dialogs.turn.context import Context, NoSuchKey
from dialogs.turn.events import Data, Reply
from records.drafts import Draft, Open

Then = Callable[[Draft], Draft]
"""Where the draft goes on from there; nothing else may change in it."""


async def go_back(context: Context, flow: Flow, data: Data) -> Reply:
    """One step back from the step the card shows; an old card's Back shows where things are."""
    step = data.text("step")
    return await _away(
        context, flow, data, lambda draft: back(flow, draft) if draft.step == step else draft
    )


async def change(context: Context, flow: Flow, data: Data) -> Reply:
    """From *Check your answers* to one step, and straight back after it; in a flow without one,
    back to that step, and on from there."""
    to = data.text("to")
    place = next((one.id for one in flow.steps if to in (one.id, *one.fields)), CHECK)
    if place == CHECK and not flow.checked:
        return await open_flow(context, flow, data.conversation)
    update = {"step": place, "returning": flow.checked and place != CHECK}
    return await _away(context, flow, data, lambda draft: draft.model_copy(update=update))


async def remove(context: Context, flow: Flow, data: Data) -> Reply:
    """Somebody off the list that the card shows. A card of an earlier version says who that was."""
    off = partial(without, number=data.number("number"), who=data.text("who"))
    return await _away(context, flow, data, off)


async def cut(context: Context, flow: Flow, data: Data) -> Reply:
    """*Remove the rest*: what the box of one text holds is all of it."""
    name = data.text("field")
    step = flow.step(data.text("step"))
    text = str(data.get(name, "")).strip()
    if step is None or name not in (*step.typed, *step.short):
        return await open_flow(context, flow, data.conversation)

    def without_the_rest(draft: Draft) -> Draft:
        return draft.model_copy(update={"answers": {**draft.answers, name: text}})

    return await _leave(context, flow, data, without_the_rest)


async def _away(context: Context, flow: Flow, data: Data, then: Then) -> Reply:
    """From a card with inputs what is half written is kept first; *Check your answers* has none."""
    if data.text("step") in ("", CHECK):
        return await move(context, flow, data.conversation, then)
    return await _leave(context, flow, data, then)


async def _leave(context: Context, flow: Flow, data: Data, then: Then) -> Reply:
    """Keep what is half written on the card, then go where its button leads. Raises Overtaken.

    A late card shows where things are now instead.
    """

    async def left(context: Context, flow: Flow, opened: Open, step: Step, data: Data) -> Reply:
        draft = opened.draft
        if not _is_old(draft, step, data):
            half = await _half_written(context, flow, draft, step, data)
            gone = then(half)
            if half.returning and gone.step == CHECK and not _wrong(context, flow, step, half):
                return await take(context, flow, opened, step, data)
        elif draft.step == step.id and not data.text("seen"):
            # It is from before cards had that mark, when Back sent nothing.
            gone = then(kept_beside(draft, step, data))
        else:
            return await stale(context, flow, opened, step, data)
        return await save_and_show(context, flow, Open(gone, opened.etag))

    return await answer(context, flow, data, left)


async def keep_left(context: Context, flows: Mapping[str, Flow], data: Data) -> list[str]:
    """Keep what is half written on a card whose button leads out of its flow, as *Ring me* does.
    Gives the texts that no draft can take any more, to be shown back.

    The tap goes on whatever becomes of them. Raises Overtaken.
    """
    flow = flows.get(data.text(LEFT))
    step = flow.step(data.text("step")) if flow is not None else None
    if flow is None or step is None:
        return list(typed_in(data).values()) if flow is not None else []
    try:
        opened = await _draft_of(context, flow, data)
    except (NotNow, NoSuchKey):
        opened = None
    if opened is None:
        return new_texts(step, data, None)
    draft = opened.draft
    if submission_of(data, step) in draft.recent:
        return []
    if _is_old(draft, step, data):
        half = kept_beside(draft, step, data)
    else:
        half = await _half_written(context, flow, draft, step, data)
    if _holds(half) != _holds(draft):
        await save(context, Open(asking(flow, half), opened.etag))
    return []


def _holds(draft: Draft) -> tuple[dict[str, Any], Mapping[str, tuple[str, ...]]]:
    """All that there is in a draft; an input that is empty is nothing."""
    return {name: one for name, one in draft.answers.items() if one}, draft.kept


async def _draft_of(context: Context, flow: Flow, data: Data) -> Open | None:
    """The draft that a card belongs to, begun where there is none; None where the flow is closed.

    Raises NotNow and NoSuchKey.
    """
    key = data.conversation
    if flow.right is not None:
        await context.about(key, flow.right, whole=flow.whole)
    opened = await find(context, flow, key)
    if opened is None:
        begun = await begin(context, flow, key)
        return Open(begun) if isinstance(begun, Draft) else None
    return opened if await flow.closed(context, opened.draft) is None else None


def _is_old(draft: Draft, step: Step, data: Data) -> bool:
    """Whether a card shows another step than is open, or other answers than are there by now.

    The first card of a flow that came as a message was drawn over no answers, and has no mark.
    """
    if step.id != draft.step:
        return True
    mark = data.text("seen")
    empty = not any(draft.answers.get(one) for one in step.fields)
    return mark != seen(draft, step) if mark else not empty


async def _half_written(
    context: Context, flow: Flow, draft: Draft, step: Step, data: Data
) -> Draft:
    """The draft with what stands on the card, right or not; what its inputs could not have sent is
    left out, and of that nothing is said."""
    sent = inputs(step, data, draft)
    answers, strange = as_offered(step, sent)
    if strange:
        answers, _ = await offered(context, flow, draft, step, sent)
    words = words_on(step, draft, data) or {}
    half = with_answers(draft, step, answers, words, leaving=True)
    return half.remember(submission_of(data, step))


def _wrong(context: Context, flow: Flow, step: Step, half: Draft) -> bool:
    """Whether this is no answer yet."""
    every = (half, flow.settle(half, step))
    return any(problems(flow, step, one, context) for one in every)
