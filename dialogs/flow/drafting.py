"""What every turn of a flow does with its draft, long as it stands together: find, save, show and
send it; and how it tells what comes late or twice.

Every write is conditional: where another device was quicker, the turn is done again on what is
there now (`Overtaken`). So is every removal: what was written meanwhile is shown, never lost.
"""

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from cards.kit.elements import CardTooLarge
from cards.kit.known import KNOWN
from cards.kit.page import Page
from cards.wording import wording
from dialogs.flow.colleagues import to_choose_from
from dialogs.flow.flow import CHECK, Flow, NotOpen, Step, as_kept, asking, fitted, page, problems
from dialogs.turn.access import NotNow, is_theirs, was_facilitating
from dialogs.turn.context import Context, Overtaken
from dialogs.turn.events import NOTHING, Reply, with_texts
from records.drafts import Draft, Open
from records.store.contract import AlreadyThere, Changed, Unavailable

TRIES: Final = 20
MOST_SHOWN: Final = 18_000
"""Bytes of text that a card can show beside all else."""
log = logging.getLogger(__name__)


async def find(context: Context, flow: Flow, key: str) -> Open | None:
    """The draft a card belongs to, as it is kept now; one of another conversation is not it."""
    opened = await there(context, flow, key)
    return opened if opened is not None and key in ("", opened.draft.conversation) else None


async def there(context: Context, flow: Flow, key: str) -> Open | None:
    """The draft that is open: a person has one request at a time."""
    opened = await context.services.drafts.find(context.person.key, flow.name, key)
    return Open(fitted(flow, opened.draft), opened.etag) if opened else None


async def save(context: Context, opened: Open) -> Open:
    """The saved draft. Raises Overtaken where another device was quicker, and TooLarge."""
    roomy, _ = opened.draft.with_room()
    alarm = context.alarm
    told = alarm.marked(roomy) if alarm is not None else roomy
    draft = told.model_copy(update={"touched": context.now})
    try:
        saved = await context.services.drafts.save(Open(draft, opened.etag))
    except (AlreadyThere, Changed):
        raise Overtaken from None
    if alarm is not None:
        alarm.seen_in(draft)
    return saved


async def save_and_show(
    context: Context,
    flow: Flow,
    opened: Open,
    *,
    wrong: Mapping[str, str] | None = None,
    notice: str = "",
    more: Mapping[str, Any] | None = None,
) -> Reply:
    """The open card of a draft once it is saved. Raises Overtaken.

    Earlier texts for which there is no room any more are shown once, to be copied.
    """
    _, gone = opened.draft.with_room()
    saved = await save(context, Open(asking(flow, opened.draft), opened.etag))
    shown = await show(context, flow, saved.draft, wrong=wrong, notice=notice, more=more)
    return with_texts(shown, gone, wording.KEPT_NO_MORE) if gone else shown


async def show(
    context: Context,
    flow: Flow,
    draft: Draft,
    *,
    wrong: Mapping[str, str] | None = None,
    notice: str = "",
    more: Mapping[str, Any] | None = None,
) -> Reply:
    """The open card of a draft as it stands; on the last one what is kept and stands on no card.

    Every card of a draft is drawn here, so the flow's right is asked here. Raises NotNow.
    """
    if flow.right is not None:
        context.still(flow.right)
    facts = {**await flow.facts(context, draft), **(more or {})}
    if KNOWN in draft.answers:
        facts |= to_choose_from(draft.answers)
    on: Page = page(flow, draft, context.services.nonce(), facts, wrong=wrong, notice=notice)
    if context.alarm is not None:
        context.alarm.seen_in(draft)
    step = flow.step(draft.step)
    draw = step.card if step else flow.check
    try:
        card = draw(on)
    except CardTooLarge:
        # No sentence of ours is in the way of what was written.
        card = draw(replace(on, notice=""))
    reply = Reply(card, flow.title(), since=partial(_since, context, flow, draft))
    if draft.step not in (CHECK, flow.steps[-1].id):
        return reply
    return with_texts(reply, _on_no_card(flow, draft, step))


def _on_no_card(flow: Flow, draft: Draft, step: Step | None) -> list[str]:
    """What has no card any more, and what is kept beside the answers of other cards."""
    here = {text for name in (step.fields if step else ()) for text in draft.kept.get(name, ())}
    beside = (text for text in draft.beside if text not in here)
    return list(dict.fromkeys((*flow.left_over(draft), *beside)))


async def _since(context: Context, flow: Flow, drawn: Draft) -> Reply | None:
    """Where things are, if another copy has gone on since a draft was drawn; else None. Nothing to
    show where that cannot be told. Raises StoreError."""
    now = await find(context, flow, drawn.conversation)
    if now is not None and (now.draft.step, now.draft.touched) == (drawn.step, drawn.touched):
        return None
    await context.again()
    try:
        if now is not None:
            return await show(context, flow, now.draft)
        return await flow.done(context, drawn.conversation) or NOTHING
    except NotNow:
        return NOTHING


async def stale(
    context: Context, flow: Flow, opened: Open, step: Step, data: Mapping[str, Any]
) -> Reply:
    """A card answered before: where things are now, and a text that is new is kept beside."""
    texts = new_texts(step, data, opened.draft)
    if not texts:
        return await show(context, flow, opened.draft, notice=wording.MOVED_ON)
    there = Open(kept_beside(opened.draft, step, data), opened.etag)
    shown = await save_and_show(context, flow, there, notice=wording.MOVED_ON_KEPT)
    on_last = opened.draft.step in (CHECK, flow.steps[-1].id)
    return shown if on_last else with_texts(shown, texts)


def kept_beside(draft: Draft, step: Step, data: Mapping[str, Any]) -> Draft:
    """The draft with the texts of a late card that are new kept beside its answers, once."""
    texts = new_texts(step, data, draft)
    if not texts or submission_of(data, step) in draft.recent:
        return draft
    kept = dict(draft.kept)
    for name in step.fields:
        value = data.get(name)
        if isinstance(value, str) and value in texts:
            kept[name] = tuple(dict.fromkeys((*kept.get(name, ()), value)))
    update = {"kept": kept, "spare": False}
    return draft.model_copy(update=update).remember(submission_of(data, step))


async def keep_for_good(context: Context, flow: Flow, opened: Open, submission: str) -> Reply:
    """The receipt, or the card on which something is missing. Doing it twice keeps one record."""
    draft = opened.draft
    held = flow.hold_send(draft, context)
    if held is not None:
        return await save_and_show(context, flow, Open(held, opened.etag))
    for step in flow.steps:
        # A card that was left half written has not been tidied up yet.
        settled = flow.settle(draft, step)
        wrong = problems(flow, step, draft, context) or problems(flow, step, settled, context)
        if wrong:
            update = {"step": step.id, "returning": flow.checked}
            there = Open(draft.model_copy(update=update), opened.etag)
            return await save_and_show(context, flow, there, wrong=wrong)
        draft = as_kept(settled, step)
    return await _finish(context, flow, Open(draft, opened.etag), submission)


async def _finish(context: Context, flow: Flow, opened: Open, submission: str) -> Reply:
    """Saved once more before it is kept for good: what another device wrote is read first."""
    draft = opened.draft
    last = CHECK if flow.checked else flow.steps[-1].id
    recent = tuple(one for one in draft.recent if one != submission)
    held = draft.model_copy(update={"step": last, "recent": recent})
    saved = await save(context, Open(held, opened.etag))
    try:
        receipt = await flow.finish(context, draft, submission)
    except NotNow as lost:
        await take_back(context, flow, saved, lost)
        raise
    words = [*draft.beside]
    words += await let_go(context, flow, saved, words) or ()
    return with_texts(with_texts(receipt, flow.left_over(draft)), words, wording.NOT_KEPT)


async def let_go(
    context: Context, flow: Flow, opened: Open, shown: Sequence[str] = ()
) -> list[str] | None:
    """Put a draft away. Gives what another device has written to it since it was read, to be shown;
    None where it had gone already.

    Where its words are `shown` for the last time, a storage that does not say whether it is gone
    fails nothing: better shown twice than never. What no card could show stays, until its writer
    has made it shorter or its time is up. Raises Unavailable otherwise.
    """
    drafts, draft, last = context.services.drafts, opened.draft, opened
    known, new = set(flow.written(draft)), list[str]()
    for _ in range(TRIES):
        if len("".join((*shown, *new)).encode("utf-8", "surrogatepass")) > MOST_SHOWN:
            return new
        try:
            await drafts.remove(last)
        except Changed:
            now = await drafts.find(draft.owner, flow.name, draft.conversation)
            if now is None or (now.draft.id, now.draft.conversation) != (
                draft.id,
                draft.conversation,
            ):
                return None  # what stands in its place is another one
            last, new = now, [one for one in flow.written(now.draft) if one not in known]
        except Unavailable:
            if not shown and not new:
                raise
            break
        else:
            return new
    log.warning("draft left", extra={"action": "draft_left", "flow": flow.name})
    return new


async def take_back(context: Context, flow: Flow, opened: Open, lost: NotNow) -> None:
    """A draft whose right is gone is put away; its writer sees its words once more, to copy them.

    Not while messages are stopped: then it waits; so does that of a facilitator who has left the
    team, until they are back or somebody has taken it over. Nor are they shown to somebody who has
    lost their place. Raises NotOpen where the flow has something to say of it.
    """
    if lost.it.stopped_at is not None or was_facilitating(context.who, lost.it, lost.right):
        return
    draft = opened.draft
    words = [*flow.unsent(context, draft), *flow.left_over(draft), *draft.beside]
    words += await let_go(context, flow, opened, words) or ()
    if not is_theirs(context.who, lost.it, lost.right):
        return
    lost.texts = tuple(dict.fromkeys((*lost.texts, *words)))
    late = flow.too_late(lost.it) if words else None
    if late is not None:
        raise NotOpen(with_texts(late, lost.texts)) from lost


async def take_back_own(context: Context, flow: Flow, lost: NotNow) -> None:
    """The same for whatever draft of the flow its writer has of this conversation."""
    opened = await find(context, flow, lost.it.id)
    if opened is not None:
        await take_back(context, flow, opened, lost)


async def put_away(context: Context, flow: Flow, key: str) -> list[str]:
    """Somebody's own draft of a flow, where there is one. Gives what came to it meanwhile."""
    opened = await find(context, flow, key)
    return (await let_go(context, flow, opened) or []) if opened is not None else []


async def begin_with(context: Context, draft: Draft) -> None:
    """Begin a flow with what is filled in, in place of what was there; where another device was
    quicker, its card opens."""
    drafts = context.services.drafts
    there = await drafts.find(context.person.key, draft.flow, draft.conversation)
    try:
        await drafts.save(Open(draft, there.etag if there else ""))
    except (AlreadyThere, Changed):
        return


# What comes late or twice -------------------------------------------------------------------------


def submission_of(data: Mapping[str, Any], step: Step | None) -> str:
    """One drawing of a card with what was in it: the same again is a redelivery, and the same
    drawing with other words is not."""
    drawn = str(data.get("submission", ""))[:80]
    if not drawn or step is None:
        return drawn
    each = sorted(one for one in data if one.partition(".")[0] in step.fields and "." in one)
    names = (*step.fields, *(one.id for one in step.known if data.get(one.id)), *each)
    words = "\n".join(f"{name}={data.get(name, '')}" for name in names)
    return f"{drawn}-{hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def drawn_before(data: Mapping[str, Any], recent: Iterable[str]) -> bool:
    """Whether something was sent from this drawing of a card, with whatever words."""
    drawn = submission_of(data, None)
    return bool(drawn) and any(one.startswith(f"{drawn}-") for one in recent)


def new_texts(step: Step, data: Mapping[str, Any], draft: Draft | None) -> list[str]:
    """What somebody wrote on a card, a name or a place too, that is not what is saved."""
    saved = draft.answers if draft else {}
    texts = ((name, data.get(name)) for name in (*step.typed, *step.short))
    return [
        value
        for name, value in texts
        if isinstance(value, str) and value.strip() and value != saved.get(name)
    ]
