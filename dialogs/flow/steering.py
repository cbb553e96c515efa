"""Taps that move a draft without an answer: *Add another*, the card drawn as a list."""

from collections.abc import Mapping
from typing import Any, Final

from cards.wording import wording
from dialogs.flow.answering import as_offered, inputs, with_answers
from dialogs.flow.drafting import find, show, submission_of
from dialogs.flow.engine import begin, move, still_open
from dialogs.flow.flow import Flow, problems
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


def _of_one(wrong: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the person being added, whatever else is missing on the card yet."""
    return {name: said for name, said in wrong.items() if name.startswith(OTHER)}
