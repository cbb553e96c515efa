"""Send: with something missing or to be asked again, go there first; then keep it for good."""

from dialogs.drafting import Turned, save, save_and_show
from dialogs.echo import with_texts
from dialogs.flow import CHECK, Flow, problems
from dialogs.visit import Visit
from records.drafts import Open


async def keep_for_good(visit: Visit, flow: Flow, opened: Open, submission: str) -> Turned:
    """The receipt, or the card on which something is missing. Doing it twice keeps one record."""
    draft = opened.draft
    held = flow.hold_send(draft, visit)
    if held is not None:
        return await save_and_show(visit, flow, Open(held, opened.etag))
    for step in flow.steps:
        wrong = problems(flow, step, draft, visit)
        if wrong:
            update = {"step": step.id, "returning": flow.checked}
            there = Open(draft.model_copy(update=update), opened.etag)
            return await save_and_show(visit, flow, there, wrong=wrong)
    return await _finish(visit, flow, opened, submission)


async def _finish(visit: Visit, flow: Flow, opened: Open, submission: str) -> Turned:
    """Saved once more before it is kept for good: what another device wrote is read first."""
    draft = opened.draft
    last = CHECK if flow.checked else flow.steps[-1].id
    recent = tuple(one for one in draft.recent if one != submission)
    held = draft.model_copy(update={"step": last, "recent": recent})
    saved = await save(visit, Open(held, opened.etag))
    if saved is None:
        return None
    receipt = await flow.finish(visit, draft, submission)
    await visit.desk.drafts.discard(draft)
    return with_texts(receipt, flow.left_over(draft))
