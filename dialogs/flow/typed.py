"""Typed text in a flow: it answers the open question just as the card does."""

from collections.abc import Mapping
from typing import Any

from cards.kit.page import LEFT
from cards.preparation.taking_part import HELP
from cards.wording import wording
from dialogs.flow.answering import typed_in, with_answers, words_on
from dialogs.flow.drafting import drawn_before, find, save_and_show, show, stale, submission_of
from dialogs.flow.engine import move, still_open
from dialogs.flow.flow import Flow, Step, problems
from dialogs.turn.context import Context
from dialogs.turn.events import CardAction, Data, Event, FileSent, Message, Reply, given_back
from records.drafts import Draft, Open


async def typed(
    context: Context, flow: Flow, opened: Open, text: str, submission: str = ""
) -> Reply:
    """Typed text fills a field of the open card, which is shown with it; with a `submission`,
    once."""
    draft = opened.draft
    if drawn_before({"submission": submission}, draft.recent):
        return await show(context, flow, draft)
    shut = await still_open(context, flow, opened)
    if shut is not None:
        return given_back(shut, [text], context.turn.event)
    step = flow.step(draft.step)
    read = dict(step.choices(text) or {}) if step and step.choices else {}
    if step is None or not (read or step.typed):
        return _on_its_card(context, await show(context, flow, draft), text)
    if read:
        return await _part(context, flow, draft, step, read, submission)
    wrong = problems(flow, step, draft, context)
    free = [name for name in step.typed if not draft.answers.get(name) or name in wrong]
    if not free:
        # A right answer is changed on its card, where it can be seen.
        return _on_its_card(context, await show(context, flow, draft), text)
    return await _part(context, flow, draft, step, {free[0]: text}, submission)


def _on_its_card(context: Context, shown: Reply, text: str) -> Reply:
    """What can be answered on its card alone."""
    here, above = wording.USE_CARD, wording.USE_CARD_ABOVE
    return given_back(shown, [text], context.turn.event, heading=here, above=above)


def _typed(draft: Draft, step: Step, answers: Mapping[str, Any], submission: str) -> Data:
    """What its card would have sent."""
    place = {"step": step.id, "conversation": draft.conversation, "submission": submission}
    return Data({**answers, **place})


async def _part(
    context: Context,
    flow: Flow,
    seen: Draft,
    step: Step,
    typed: Mapping[str, Any],
    submission: str,
) -> Reply:
    """The card with what was typed filled in, or chosen, which waits for its button. Answered
    meanwhile: it is kept beside."""

    opened = await find(context, flow, seen.conversation)
    if opened is None:
        shown = await move(context, flow, seen.conversation, lambda draft: draft)
        texts = [str(typed[name]) for name in step.typed if name in typed]
        return given_back(shown, texts, context.turn.event)
    draft = opened.draft
    same = all(draft.answers.get(name) == seen.answers.get(name) for name in typed)
    if draft.step != step.id or not same:
        return await stale(context, flow, opened, step, _typed(seen, step, typed, submission))
    words = words_on(step, draft, {}) or {}
    sent = submission_of(_typed(draft, step, typed, submission), step)
    filled = with_answers(draft, step, typed, words).remember(sent)
    if step.choices and not set(typed) & set(step.typed):
        return await _chosen(context, flow, Open(filled, opened.etag), step)
    more = [name for name in step.typed if not filled.answers.get(name)]
    many = (wording.ANSWERED_TYPED_UNSENT, wording.ANSWERED_TYPED)
    said = many[len(more)] if len(more) < len(many) else wording.ANSWERED_TYPED_MORE
    found = problems(flow, step, filled, context)
    wrong = {name: what for name, what in found.items() if name in typed}
    return await save_and_show(
        context, flow, Open(filled, opened.etag), wrong=wrong, notice="" if wrong else said
    )


async def _chosen(context: Context, flow: Flow, filled: Open, step: Step) -> Reply:
    """The card with a choice made on it that stands nowhere else yet; one that the card has more to
    say of than that, such as somebody being at risk, shows that."""
    draft = filled.draft.model_copy(update={"spare": False})
    wrong = problems(flow, step, draft, context)
    said = "" if wrong else wording.TYPED_CHOSEN
    return await save_and_show(context, flow, Open(draft, filled.etag), wrong=wrong, notice=said)


def flow_of(data: Data, flows: Mapping[str, Flow]) -> Flow | None:
    """The flow whose card was tapped, also where its button leads to another."""
    return flows.get(data.text(LEFT) or data.text("flow"))


def texts_in(event: Event, flows: Mapping[str, Flow]) -> list[str]:
    """The texts that an event brought; of a card that is known no more, all that it holds."""
    if isinstance(event, Message | FileSent):
        return [event.text] if event.text else []
    if not isinstance(event, CardAction):
        return []
    data = Data(event.data)
    flow = flow_of(data, flows)
    step = flow.step(data.text("step")) if flow else None
    if flow is not None and step is None and data.text("step"):
        return list(typed_in(data).values())
    names = (*step.typed, *step.short) if step else (HELP,)
    found = (event.data.get(name) for name in names)
    return [one for one in found if isinstance(one, str) and one.strip()]


def submission_in(data: Data, flows: Mapping[str, Flow]) -> str:
    """What tells this tap of a flow's card from others; empty where it is none."""
    flow = flow_of(data, flows)
    return submission_of(data, flow.step(data.text("step"))) if flow else ""
