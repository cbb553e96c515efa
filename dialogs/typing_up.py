"""The taps of typing up: all sections, one section, and what its card saves.

A card may be older than the draft, or the draft gone: what it holds is kept in its section all the
same, and a text that another device saved meanwhile is kept beside.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from cards import learning as cards
from cards.notes import note
from cards.wording import wording
from dialogs import access, sharing
from dialogs.access import Right
from dialogs.asked import asking
from dialogs.drafting import find, save, show, until_it_holds
from dialogs.echo import with_texts
from dialogs.events import Reply
from dialogs.flow import CHECK, Step, problems
from dialogs.flows import text
from dialogs.hands import Action, Command, Hands, on
from dialogs.late import new_texts, submission_of
from dialogs.learning import FLOW, seen
from dialogs.visit import Visit
from records.conversation import Conversation
from records.drafts import Draft, Open
from records.lists import own_entries


async def go(visit: Visit, conversation: str, change: Callable[[Draft], Draft]) -> Reply:
    """The draft, begun if there is none, after this change."""

    async def once() -> Reply | None:
        opened = await find(visit, FLOW, conversation)
        begun = opened.draft if opened else await FLOW.begin(visit, conversation)
        if isinstance(begun, Reply):
            return begun
        draft = asking(FLOW, change(begun))
        saved = await save(visit, Open(draft, opened.etag if opened else ""))
        return await show(visit, FLOW, saved.draft) if saved else None

    return await until_it_holds(once)


async def type_up(visit: Visit, conversation: str) -> Reply:
    """All sections as they are kept; a text that was too long to keep is still in the draft."""
    begun = await FLOW.begin(visit, conversation)
    if isinstance(begun, Reply):
        return begun
    fresh = begun.answers

    def refreshed(draft: Draft) -> Draft:
        wrong = {one for step in FLOW.steps for one in problems(FLOW, step, draft, visit)}
        answers = {**fresh, **{key: draft.answers[key] for key in wrong if key in draft.answers}}
        asked = {key: draft.questions[key] for key in wrong if key in draft.questions}
        update = {"answers": answers, "questions": {**begun.questions, **asked}, "step": CHECK}
        return draft.model_copy(update={**update, "returning": False})

    return await go(visit, conversation, refreshed)


async def open_section(visit: Visit, conversation: str, to: str) -> Reply:
    """One section, from the overview."""
    step = FLOW.step(to)
    if step is None:
        return await type_up(visit, conversation)
    return await go(visit, conversation, lambda draft: _at(draft, step.id))


def _at(draft: Draft, place: str) -> Draft:
    return draft.model_copy(update={"step": place, "returning": False})


async def save_section(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    """Keep what a section's card holds, then go on: to the next, to all, or to one of its items."""
    conversation, step = text(data, "conversation"), FLOW.step(text(data, "step"))
    if step is None:
        return await hands.engine.next(visit, FLOW, text(data, "step"), conversation, data)
    stopped = await _back_at(visit, conversation, step, data)
    if stopped is not None:
        return stopped
    reply = await hands.engine.next(visit, FLOW, step.id, conversation, data)
    opened = await find(visit, FLOW, conversation)
    to = text(data, "to")
    if opened is None or opened.draft.step == step.id or not to:
        return reply  # something is still to be put right or looked at on this very card

    def there(draft: Draft) -> Draft:
        section = visit.desk.partnership.learning.section(to)
        if section is None:
            return _at(draft, CHECK)
        filled = cards.loaded(draft.answers, section, text(data, "item"))
        return _at(draft.model_copy(update={"answers": {**draft.answers, **filled}}), to)

    return await go(visit, conversation, there)


async def _back_at(
    visit: Visit, conversation: str, step: Step, data: Mapping[str, Any]
) -> Reply | None:
    """The draft at the section the card shows; a text saved since it was drawn is kept beside.

    A reply where there is nothing to save: the same tap again, or sections that are closed.
    """
    submission = submission_of(data, step)

    async def once() -> Reply | None:
        opened = await find(visit, FLOW, conversation)
        begun = opened.draft if opened else await FLOW.begin(visit, conversation)
        if isinstance(begun, Reply):
            return with_texts(begun, new_texts(step, data, None), wording.LEARNING_NOT_SAVED)
        if submission in begun.recent:
            return await show(visit, FLOW, begun)
        draft = _at(_beside(begun, step, data), step.id).model_copy(update={"spare": False})
        if opened is not None and draft == begun:
            return _READY
        return _READY if await save(visit, Open(draft, opened.etag if opened else "")) else None

    reply = await until_it_holds(once)
    return None if reply is _READY else reply


_READY: Final = Reply()


def _beside(draft: Draft, step: Step, data: Mapping[str, Any]) -> Draft:
    if text(data, "seen") == seen(draft, step):
        return draft
    kept = dict(draft.kept)
    for one in step.typed:
        before, now = str(draft.answers.get(one, "")), str(data.get(one, ""))
        if before.strip() and before != now and before not in kept.get(one, ()):
            kept[one] = (*kept.get(one, ()), before)
    return draft.model_copy(update={"kept": kept})


async def mine(visit: Visit) -> tuple[Conversation, ...]:
    """The documents a facilitator can type up, the latest conversation first."""
    found = []
    async for entry in own_entries(visit.desk.register.store, visit.person.key):
        it = await visit.conversation(entry.conversation)
        if it is not None and access.may(visit, it, Right.TYPE_UP):
            found.append(it)
    waits = [it for it in found if it.captured.confirmed_at is None]
    return tuple(sorted(waits, key=lambda it: it.booked_at or it.created, reverse=True))


async def choose(visit: Visit) -> Reply:
    """The command: the one document, or which of several."""
    found = await mine(visit)
    if not found:
        return Reply(note(wording.TYPE_UP_NONE), wording.TYPE_UP_NONE)
    if len(found) == 1:
        return await type_up(visit, found[0].id)
    return Reply(cards.which(found), wording.TYPE_UP_SUMMARY)


async def _open(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    return await open_section(visit, text(data, "conversation"), text(data, "to"))


TAPS: Final[Mapping[str, Action]] = {
    "learning.type-up": on(type_up),
    cards.OPEN: _open,
    cards.SAVE: save_section,
    "learning.share": on(sharing.sure),
    "learning.share-yes": on(sharing.share),
    "learning.open-again": on(sharing.open_again),
    "learning.record": on(sharing.to_record),
    "learning.recorded": on(sharing.recorded),
}
"""What each tap about the learning document does."""
_CHOOSE: Command = lambda hands, visit: choose(visit)  # noqa: E731  # two names share it
COMMANDS: Final[Mapping[str, Command]] = {"type up": _CHOOSE, "learning": _CHOOSE}
