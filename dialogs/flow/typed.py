"""Typed text in a flow: it answers the open question just as the card does."""

from collections.abc import Mapping
from typing import Any

from cards.wording import wording
from dialogs.flow.drafting import Turned, find, save_and_show, show, stale, until_it_holds
from dialogs.flow.engine import answer, still_open
from dialogs.flow.flow import Flow, Step, problems, with_answers
from dialogs.flow.question_kept import words_on
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply, with_texts
from records.drafts import Draft, Open


async def typed(context: Context, flow: Flow, opened: Open, text: str) -> Reply:
    """Typed text answers the open question, just as the card does."""
    draft = opened.draft
    shut = await still_open(context, flow, opened)
    if shut is not None:
        return with_texts(shut, [text])
    step = flow.step(draft.step)
    read = dict(step.choices(text) or {}) if step and step.choices else {}
    if step is None or not (read or step.typed):
        return with_texts(await show(context, flow, draft), [text], wording.USE_CARD)
    if read:
        return await answer(context, flow, _typed(draft, step, read))
    wrong = problems(flow, step, draft, context)
    free = [name for name in step.typed if not draft.answers.get(name) or name in wrong]
    if not free:
        # A right answer is changed on its card, where it can be seen.
        return with_texts(await show(context, flow, draft), [text], wording.USE_CARD)
    if len(free) > 1:
        return await _part(context, flow, draft, step, {free[0]: text})
    answers = {key: draft.answers.get(key, "") for key in step.fields} | {free[0]: text}
    return await answer(context, flow, _typed(draft, step, answers))


def _typed(draft: Draft, step: Step, answers: Mapping[str, Any]) -> Data:
    """What its card would have sent."""
    return Data({**answers, "step": step.id, "conversation": draft.conversation, "submission": ""})


async def _part(
    context: Context, flow: Flow, seen: Draft, step: Step, typed: Mapping[str, Any]
) -> Reply:
    """One of several questions on a card, typed. Answered meanwhile: it is kept beside."""

    async def once() -> Turned:
        opened = await find(context, flow, seen.conversation)
        if opened is None:
            return await answer(context, flow, _typed(seen, step, typed))
        draft = opened.draft
        same = all(draft.answers.get(name) == seen.answers.get(name) for name in typed)
        if draft.step != step.id or not same:
            return await stale(context, flow, opened, step, typed)
        words = words_on(step, draft, {}) or {}
        filled = Open(with_answers(draft, step, typed, words), opened.etag)
        return await save_and_show(context, flow, filled, notice=wording.ANSWERED_TYPED)

    return await until_it_holds(context, once)
