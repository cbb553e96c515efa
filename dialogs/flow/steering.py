"""Taps that move a draft without an answer: *Back*, *Change*, people who are listed, and the card
drawn as a list."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from cards.wording import wording
from dialogs.flow.answering import as_offered, back, inputs, with_answers
from dialogs.flow.drafting import find, show, submission_of
from dialogs.flow.engine import begin, move, open_flow, still_open
from dialogs.flow.flow import CHECK, Flow, problems
from dialogs.flow.leaving import Then, leave
from dialogs.flow.people_listed import without
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply
from records.drafts import Draft

OTHER: Final = "other"
"""How the inputs of a person who is being added begin."""


async def add(context: Context, flow: Flow, data: Data) -> Reply:
    """*Add another*: the person typed in joins the list; without a name the card asks."""
    step = flow.step(data.text("step"))
    wrong: dict[str, str] = {}

    def join(draft: Draft) -> Draft:
        wrong.clear()
        submission = submission_of(data, step)
        if step is None or draft.step != step.id:
            return draft
        sent = inputs(step, data, draft)
        if not str(sent.get("other_name", "")).strip():
            wrong["other_name"] = wording.OTHER_MISSING
        if submission in draft.recent:
            return draft
        answers, strange = as_offered(step, sent)
        filled = with_answers(draft, step, answers, {}).remember(submission)
        added = flow.settle(filled, step)
        wrong.update(_of_one({name: said for name, said in strange.items() if said}))
        wrong.update(_of_one(problems(flow, step, filled, context)))
        if not wrong:  # else the list would be said to hold whom the inputs hold
            wrong.update(_of_one(problems(flow, step, added, context)))
        return filled if wrong else added

    return await move(context, flow, data.conversation, join, wrong)


async def peek(context: Context, flow: Flow, key: str, facts: Mapping[str, Any]) -> Reply:
    """The open card drawn in another way; nothing is written."""
    opened = await find(context, flow, key)
    if opened is not None:
        shut = await still_open(context, flow, opened)
        return shut or await show(context, flow, opened.draft, more=facts)
    begun = await begin(context, flow, key)
    return begun if isinstance(begun, Reply) else await show(context, flow, begun, more=facts)


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


async def _away(context: Context, flow: Flow, data: Data, then: Then) -> Reply:
    """From a card with inputs what is half written is kept first; *Check your answers* has none."""
    if data.text("step") in ("", CHECK):
        return await move(context, flow, data.conversation, then)
    return await leave(context, flow, data, then)


def _of_one(wrong: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the person being added, whatever else is missing on the card yet."""
    return {name: said for name, said in wrong.items() if name.startswith(OTHER)}
