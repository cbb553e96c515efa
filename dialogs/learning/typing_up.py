"""The taps of typing up: all sections, one section, and what its card saves.

A card may be older than the draft, or the draft gone: what it holds is kept in its section all the
same, and a text that another device saved meanwhile is kept beside.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from cards.kit.notes import note
from cards.learning import learning as cards
from cards.learning.several import SAVE, listed_from, loaded
from cards.wording import wording
from dialogs.flow import engine
from dialogs.flow.answering import advance
from dialogs.flow.drafting import find, new_texts, save, show, submission_of
from dialogs.flow.flow import CHECK, Step, asking, problems, seen
from dialogs.learning import sharing
from dialogs.learning.learning import LEARNING
from dialogs.turn.access import Right, may
from dialogs.turn.context import Context
from dialogs.turn.events import Data, Reply, with_texts
from dialogs.turn.route import Command, Route
from records.conversation.conversation import Conversation
from records.drafts import Draft, Open
from records.register.projections import own_entries


async def go(context: Context, change: Callable[[Draft], Draft]) -> Reply:
    """The draft, begun if there is none, after this change."""
    key = context.it.id

    opened = await find(context, LEARNING, key)
    begun = opened.draft if opened else await engine.begin(context, LEARNING, key)
    if isinstance(begun, Reply):
        return begun
    draft = asking(LEARNING, change(begun))
    saved = await save(context, Open(draft, opened.etag if opened else ""))
    return await show(context, LEARNING, saved.draft)


async def type_up(context: Context, it: Conversation) -> Reply:
    """All sections as they are kept; a card with something wrong on it is still in the draft."""
    begun = await engine.begin(context, LEARNING, it.id)
    if isinstance(begun, Reply):
        return begun
    fresh = begun.answers

    def refreshed(draft: Draft) -> Draft:
        steps = [one for one in LEARNING.steps if problems(LEARNING, one, draft, context)]
        wrong = [name for step in steps for name in step.fields]
        answers = {**fresh, **{key: draft.answers[key] for key in wrong if key in draft.answers}}
        asked = {key: draft.questions[key] for key in wrong if key in draft.questions}
        update = {"answers": answers, "questions": {**begun.questions, **asked}, "step": CHECK}
        return draft.model_copy(update={**update, "returning": False})

    return await go(context, refreshed)


async def _type_up(context: Context, it: Conversation, data: Data) -> Reply:
    return await type_up(context, it)


async def _open_section(context: Context, it: Conversation, data: Data) -> Reply:
    """One section, from the overview."""
    step = LEARNING.step(data.text("to"))
    if step is None:
        return await type_up(context, it)
    shut = await LEARNING.closed(context, None)
    return shut or await go(context, lambda draft: _at(draft, step.id))


def _at(draft: Draft, place: str) -> Draft:
    return draft.model_copy(update={"step": place, "returning": False})


async def _save_section(context: Context, it: Conversation, data: Data) -> Reply:
    """Keep what a section's card holds, then go on: to the next, to all, or to one of its items.

    Three writes, so each of them that is overtaken is done again by itself.
    """
    step = LEARNING.step(data.text("step"))
    if step is None:
        return await engine.answer(context, LEARNING, data)
    again = context.until_it_holds
    stopped = await again(partial(_back_at, context, it.id, step, data))
    if stopped is not None:
        return stopped
    reply = await again(partial(_answered, context, step, data))
    opened = await find(context, LEARNING, it.id)
    to = data.text("to")
    if opened is None or opened.draft.step == step.id or not to:
        return reply  # something is still to be put right or looked at on this very card
    if to == cards.SHARES and context.may(Right.SHARE):
        return await again(partial(sharing.share, context))

    def there(draft: Draft) -> Draft:
        section = context.services.partnership.learning.section(to)
        if section is None:
            return _at(draft, CHECK)
        filled = listed_from(section, data.number("start"))
        filled |= loaded(draft.answers, section, data.text("item"))
        return _at(draft.model_copy(update={"answers": {**draft.answers, **filled}}), to)

    return await again(partial(go, context, there))


async def _back_at(context: Context, key: str, step: Step, data: Data) -> Reply | None:
    """The draft at the section the card shows; a text saved since it was drawn is kept beside.

    A reply where there is nothing to save: the same tap again, or sections that are closed.
    """
    submission = submission_of(data, step)
    shut = await LEARNING.closed(context, None)
    if shut is not None:
        return with_texts(shut, new_texts(step, data, None), wording.LEARNING_NOT_SAVED)

    opened = await find(context, LEARNING, key)
    begun = opened.draft if opened else await engine.begin(context, LEARNING, key)
    if isinstance(begun, Reply):
        return with_texts(begun, new_texts(step, data, None), wording.LEARNING_NOT_SAVED)
    if submission in begun.recent:
        return await show(context, LEARNING, begun)
    draft = _at(_beside(begun, step, data), step.id).model_copy(update={"spare": False})
    if opened is None or draft != begun:
        await save(context, Open(draft, opened.etag if opened else ""))
    return None


async def _answered(context: Context, step: Step, data: Data) -> Reply:
    """The section is kept, and its draft goes on. What an earlier round kept is not joined again
    where the draft has it from the document by now."""
    sent = submission_of(data, step)
    if not context.overtaken or sent not in context.it.recent:
        return await engine.answer(context, LEARNING, data)
    opened = await find(context, LEARNING, context.it.id)
    begun = await engine.begin(context, LEARNING, context.it.id)
    if opened is None or isinstance(begun, Reply):
        return await engine.open_flow(context, LEARNING, context.it.id)
    own = [one for one in begun.answers if one.startswith(f"{step.id}_")]
    fresh = all(begun.answers[one] == opened.draft.answers.get(one) for one in own)
    if opened.draft.step == step.id and not fresh:
        return await engine.answer(context, LEARNING, data)
    return await go(
        context,
        lambda draft: (
            advance(LEARNING, draft.remember(sent), step) if draft.step == step.id else draft
        ),
    )


def _beside(draft: Draft, step: Step, data: Data) -> Draft:
    if data.text("seen") == seen(draft, step):
        return draft
    kept = dict(draft.kept)
    for one in step.typed:
        before, now = str(draft.answers.get(one, "")), str(data.get(one, ""))
        if before.strip() and before != now and before not in kept.get(one, ()):
            kept[one] = (*kept.get(one, ()), before)
    return draft.model_copy(update={"kept": kept})


async def _mine(context: Context) -> tuple[Conversation, ...]:
    """The documents a facilitator can type up, the latest conversation first."""
    found = []
    async for entry in own_entries(context.services.store, *context.person.keys):
        it = await context.record(entry.conversation)
        if it is not None and may(context.who, it, Right.TYPE_UP):
            found.append(it)
    waits = [it for it in found if it.captured.confirmed_at is None]
    return tuple(sorted(waits, key=lambda it: it.booked_at or it.created, reverse=True))


async def _choose(context: Context) -> Reply:
    """The command: the one document, or which of several."""
    found = await _mine(context)
    if not found:
        return Reply(note(wording.TYPE_UP_NONE), wording.TYPE_UP_NONE)
    if len(found) == 1:
        [it] = found
        context.place = f"{LEARNING.name} {it.id}"
        reply = await type_up(context, await context.about(it.id, Right.TYPE_UP, whole=True))
        return replace(reply, opens=("learning.type-up", {"conversation": it.id}))
    return Reply(cards.which(found), wording.TYPE_UP_SUMMARY)


ROUTES: Final = (
    Route("learning.type-up", Right.TYPE_UP, _type_up, whole=True),
    Route(cards.OPEN, Right.TYPE_UP, _open_section, whole=True),
    Route(SAVE, Right.TYPE_UP, _save_section, whole=True),
)
"""What each tap of typing up does."""
COMMANDS: Final = (Command(("type up", "learning"), _choose),)
