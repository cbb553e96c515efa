"""The engine, long as one order of steps: loads a draft, takes an answer, shows the next card.

`dialogs.flow.drafting` has what it does with a draft, `dialogs.flow.leaving` and `steering` what
moves one without an answer. It runs any flow and keeps nothing: all is in the draft and the record.

Promises kept here: nothing typed is lost; a receipt never comes before the write; a card answered
before, a double click or a redelivery shows where things are now and keeps one record. Every
write is conditional, and after a lost race the turn is done again (`Context.until_it_holds`). A
draft that this process wrote last serves the next answer without being read; every other verdict
reads it first."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from cards.wording import wording
from dialogs.flow.answering import (
    advance,
    as_offered,
    inputs,
    is_late,
    is_untouched,
    typed_in,
    with_answers,
    words_on,
)
from dialogs.flow.before_sending import due, put_again
from dialogs.flow.colleagues import with_known
from dialogs.flow.drafting import (
    drawn_before,
    find,
    keep_for_good,
    let_go,
    new_texts,
    save,
    save_and_show,
    show,
    stale,
    submission_of,
    there,
)
from dialogs.flow.flow import CHECK, Flow, Step, as_kept, asking, problems, seen
from dialogs.flow.sensitive_words import REMEMBERED
from dialogs.turn.context import Context, Overtaken
from dialogs.turn.events import Data, Reply, with_texts
from records.drafts import Draft, Open

Taking = Callable[[Context, Flow, Open, Step, Data], Awaitable[Reply]]
"""What becomes of what a card sent, once the draft is there that it belongs to."""


async def open_flow(context: Context, flow: Flow, key: str) -> Reply:
    """Begin, or go on where the draft stands. Raises NotNow."""
    begun = await _opened(context, flow, key)
    if isinstance(begun, Reply):
        return begun
    if asking(flow, begun.draft) == begun.draft:
        return await show(context, flow, begun.draft)
    return await move(context, flow, key, lambda draft: draft)


async def _opened(context: Context, flow: Flow, key: str) -> Open | Reply:
    opened = await find(context, flow, key)
    if opened is not None:
        return await still_open(context, flow, opened) or opened
    begun = await begin(context, flow, key)
    if isinstance(begun, Reply):
        return begun
    try:
        return await save(context, Open(begun))
    except Overtaken:
        # A person has one request at a time, whichever a card names.
        if (other := await there(context, flow, key)) is None:
            raise
        return other


async def begin(context: Context, flow: Flow, key: str) -> Draft | Reply:
    """A new draft that is not saved yet, or what is said where none can be begun. Raises NotNow.

    A request needs no right; that it was sent already is found by its key.
    """
    if flow.right is not None:
        context.still(flow.right)
    elif key and (done := await flow.done(context, key)) is not None:
        return done
    begun = await flow.closed(context, None) or await flow.begin(context)
    if isinstance(begun, Reply) or not any(step.known for step in flow.steps):
        return begun
    return await with_known(context, begun)


async def still_open(context: Context, flow: Flow, opened: Open) -> Reply | None:
    """Nothing where a draft that was found may go on; else why not, with its words to copy.

    Such a draft is read once more, as another copy may have written to it, and put away: its words
    are shown this once and kept nowhere; unless the flow reopens. Raises NotNow.
    """
    if flow.right is not None:
        context.still(flow.right)
    shut = await flow.closed(context, opened.draft)
    if shut is None or flow.reopens:
        return shut
    last = await find(context, flow, opened.draft.conversation) or opened
    words = [*flow.unsent(context, last.draft), *last.draft.beside]
    words += await let_go(context, flow, last, words) or ()
    return with_texts(shut, tuple(dict.fromkeys(words)), wording.NOT_KEPT)


async def answer(context: Context, flow: Flow, data: Data, taking: Taking | None = None) -> Reply:
    """Take the answer that a card sent for one of its steps, in the draft that it belongs to.

    With `taking` it is none yet: that says what becomes of it.
    """
    step, key = flow.step(data.text("step")), data.conversation
    if step is None:
        return await _no_such_card(context, flow, key, data)

    opened = _at_hand(context, flow, step, data) or await there(context, flow, key)
    if opened is not None and key in ("", opened.draft.conversation):
        shut = await still_open(context, flow, opened)
        if shut is not None:
            return with_texts(shut, new_texts(step, data, opened.draft))
        sent, here = submission_of(data, step), step.id == opened.draft.step
        # What the conversation has and its draft missed is taken once more.
        before = not here and flow.right is not None and sent in context.it.recent
        if sent and (before or sent in opened.draft.recent):
            wrong = problems(flow, step, opened.draft, context) if here else {}
            asked = put_again(context, flow, opened.draft, sent)
            return await show(context, flow, opened.draft, wrong=wrong, **asked)
        if not here and not step.again:
            draft = _at_card(context, flow, opened.draft, step, data)
            opened = Open(draft, opened.etag)
        return await (taking or take)(context, flow, opened, step, data)
    begun = await _begin_at(context, flow, step, key, data)
    if isinstance(begun, Reply):
        return begun
    if opened is not None:
        return await stale(context, flow, opened, step, data)
    return await (taking or take)(context, flow, Open(begun), step, data)


def _at_card(context: Context, flow: Flow, draft: Draft, step: Step, data: Data) -> Draft:
    """The draft at the step of a card with something new on it, wherever it stood, where that card
    shows its answers as they are now and all before them is there: nothing on it is late.

    So it is in a message that holds no words: its card stays while others open for one client, and
    what is written on it is the answer that it says it is.
    """
    if data.get("seen") != seen(draft, step):
        return draft
    before = flow.steps[: flow.steps.index(step)]
    if not new_texts(step, data, draft) or any(
        problems(flow, one, draft, context) for one in before
    ):
        return draft
    returning = flow.checked and (draft.returning or draft.step == CHECK)
    return draft.model_copy(update={"step": step.id, "returning": returning})


def _at_hand(context: Context, flow: Flow, step: Step, data: Data) -> Open | None:
    """The draft as this process wrote it last, where this is plainly its next answer.

    Nothing is read. Another copy may have written since: it serves a conditional write alone.
    """
    key = data.conversation
    opened = context.services.drafts.at_hand(context.person.key, flow.name, key)
    if opened is None or context.overtaken:
        return None
    draft = opened.draft
    plain = draft.step == step.id and submission_of(data, step) not in draft.recent
    return opened if plain and key in ("", draft.conversation) else None


async def send(context: Context, flow: Flow, data: Data) -> Reply:
    """Keep everything for good; with something missing, go there first.

    A draft that is gone may just have been sent: the record is read once more before that is said.
    """
    key = data.conversation

    opened = await find(context, flow, key)
    if opened is None:
        await context.again()
        done = await flow.receipt(context, key)
        return done or await open_flow(context, flow, key)
    shut = await still_open(context, flow, opened)
    return shut or await keep_for_good(context, flow, opened, submission_of(data, None))


async def move(
    context: Context,
    flow: Flow,
    key: str,
    change: Callable[[Draft], Draft],
    wrong: Mapping[str, str] | None = None,
) -> Reply:
    """Apply a change of the draft that takes no answer, from a card without inputs of its own."""

    opened = await find(context, flow, key)
    if opened is None:
        await context.again()
        done = await flow.done(context, key)
        return done or await open_flow(context, flow, key)
    shut = await still_open(context, flow, opened)
    if shut is not None:
        return shut
    changed = Open(change(opened.draft), opened.etag)
    return await save_and_show(context, flow, changed, wrong=wrong)


async def _no_such_card(context: Context, flow: Flow, key: str, data: Mapping[str, Any]) -> Reply:
    """A card of an earlier set, of which there is none any more: what it holds is kept."""
    typed, submission = typed_in(data), submission_of(data, None)
    if not typed:
        return await open_flow(context, flow, key)

    opened = await find(context, flow, key)
    begun = opened.draft if opened else await begin(context, flow, key)
    if isinstance(begun, Reply):
        return with_texts(begun, list(typed.values()))
    kept = dict(begun.kept)
    for name, text in typed.items():
        kept[name] = tuple(dict.fromkeys((*kept.get(name, ()), text)))
    draft = begun.model_copy(update={"kept": kept, "spare": False}).remember(submission)
    at = Open(draft, opened.etag if opened else "")
    return await save_and_show(context, flow, at, notice=wording.MOVED_ON_KEPT)


async def _begin_at(
    context: Context, flow: Flow, step: Step, key: str, data: Mapping[str, Any]
) -> Draft | Reply:
    """No draft: the flow is done, was put away, or begins with this very answer.

    One drawing of a card is sent once: from another device, with other words, it is late. What was
    sent last the conversation knows; a request is looked up, as it may not have been sent.
    """
    sent = context.it if flow.right is not None else await context.record(key)
    recent = sent.recent if sent else ()
    known = submission_of(data, step) in recent
    late = drawn_before(data, recent)
    if known or late or step.id != flow.steps[0].id:
        done = await (flow.receipt if known or late else flow.done)(context, key)
        if done is not None:
            return done if known else with_texts(done, new_texts(step, data, None))
    begun = await begin(context, flow, key)
    if isinstance(begun, Reply):
        return with_texts(begun, new_texts(step, data, None))
    return begun


async def offered(
    context: Context, flow: Flow, draft: Draft, step: Step, sent: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What the card's inputs could have sent of this, and what is said of the rest: what the model
    says of it, or that one of the choices is wanted."""
    chose = any(sent.get(one) for one in step.carried)
    facts = await flow.facts(context, draft) if chose else {}
    people = [one.id for one in context.it.people] if chose else ()
    answers, strange = as_offered(step, sent, facts, people)
    if not strange:
        return answers, {}
    raw = draft.model_copy(update={"answers": {**draft.answers, **sent}})
    return answers, {**strange, **problems(flow, step, raw, context)}


async def take(  # noqa: C901  # one order of steps
    context: Context, flow: Flow, opened: Open, step: Step, data: Data
) -> Reply:
    """An answer: checked, kept, and on to the next card; or this one with what is wrong."""
    draft, submission = opened.draft, submission_of(data, step)
    if step.id != draft.step and not step.again:
        return await stale(context, flow, opened, step, data)
    texts = step.id == draft.step and (step.typed or step.short)
    late = bool(texts) and is_late(draft, step, data)
    if late and is_untouched(draft, step, data):
        return await show(context, flow, draft, notice=wording.MOVED_ON)
    words, sent = words_on(step, draft, data), inputs(step, data, draft)
    raw = draft.model_copy(update={"answers": {**draft.answers, **sent}})
    answers, unfit = sent, dict[str, str]()
    # The scale's own model knows its numbers: the one tap that many make is looked at once.
    if not step.again or problems(flow, step, raw, context):
        answers, unfit = as_offered(step, sent)
    if unfit:
        answers, unfit = await offered(context, flow, draft, step, sent)
    draft = with_answers(draft, step, answers, words or {}, late=late).remember(submission)
    if words is None:
        anew = Open(draft.model_copy(update={"step": step.id}), opened.etag)
        return await save_and_show(context, flow, anew, notice=wording.ASKED_ANEW)
    if words and words == step.asks(draft.answers):
        draft = draft.model_copy(update={"version": flow.version()})
    settled = flow.settle(draft, step)
    wrong = problems(flow, step, draft, context) or problems(flow, step, settled, context)
    wrong = {**wrong, **unfit}
    if wrong:
        if step.id != draft.step:
            return await show(context, flow, opened.draft)
        more = {"as_list": True} if data.get("as_list") else {}
        return await save_and_show(context, flow, Open(draft, opened.etag), wrong=wrong, more=more)
    if not step.is_plain:
        draft, settled = as_kept(draft, step), as_kept(settled, step)
        asked, marked = _once(draft, step.sure(context, draft) if step.sure else "")
        if asked:
            return await save_and_show(context, flow, Open(marked, opened.etag), notice=asked)
    await flow.keep_step(context, draft, step, submission)
    then = Open(advance(flow, settled, step), opened.etag)
    if then.draft.step == CHECK or flow.kept_by_card:
        return await _look_at(context, flow, step, draft, then, submission)
    said = step.noted(settled) if step.noted else ""
    return await save_and_show(context, flow, then, notice=said)


async def _look_at(
    context: Context, flow: Flow, step: Step, draft: Draft, then: Open, submission: str
) -> Reply:
    """Before answers are sent, what they may hold is asked about; where they would be kept for good
    at once, on this card."""
    last = then.draft.step == CHECK and not flow.checked
    asked = due(context, flow, step, draft, submission)
    if asked is not None:
        at = draft if last or flow.kept_by_card else then.draft
        there = Open(at.model_copy(update={"asked": asked.marks}), then.etag)
        return await save_and_show(context, flow, there, **asked.shown)
    if last:
        return await keep_for_good(context, flow, then, submission)
    return await save_and_show(context, flow, then)


def _once(draft: Draft, asked: str) -> tuple[str, Draft]:
    """A question about the answers as they are; none where it was asked in the same words before.

    The words hold the day or the hour, so another answer is another question.
    """
    mark = hashlib.sha256(asked.encode()).hexdigest()[:12]
    if not asked or mark in draft.asked:
        return "", draft
    return asked, draft.model_copy(update={"asked": (*draft.asked, mark)[-REMEMBERED:]})
