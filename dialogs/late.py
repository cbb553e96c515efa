"""What comes late or twice: an answer to a card answered before, and the same tap once more."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from cards.wording import wording
from dialogs.drafting import Turned, save_and_show, show
from dialogs.echo import with_texts
from dialogs.flow import Flow, Step
from dialogs.visit import Visit
from records.drafts import Draft, Open


def submission_of(data: Mapping[str, Any], step: Step | None) -> str:
    """One drawing of a card with what was in it: the same again is a redelivery, and the same
    drawing with other words is not."""
    drawn = str(data.get("submission", ""))[:80]
    if not drawn or step is None:
        return drawn
    words = "\n".join(f"{name}={data.get(name, '')}" for name in step.fields)
    return f"{drawn}-{hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def drawn_before(data: Mapping[str, Any], recent: Iterable[str]) -> bool:
    """Whether something was sent from this drawing of a card, with whatever words."""
    drawn = submission_of(data, None)
    return bool(drawn) and any(one.startswith(f"{drawn}-") for one in recent)


def new_texts(step: Step, data: Mapping[str, Any], draft: Draft | None) -> list[str]:
    """Long texts a card sent that are not what is saved."""
    saved = draft.answers if draft else {}
    texts = ((name, data.get(name)) for name in step.typed)
    return [
        value
        for name, value in texts
        if isinstance(value, str) and value.strip() and value != saved.get(name)
    ]


async def stale(
    visit: Visit, flow: Flow, opened: Open, step: Step, data: Mapping[str, Any]
) -> Turned:
    """A card answered before: where things are now, and a text that is new is kept beside."""
    texts = new_texts(step, data, opened.draft)
    if not texts:
        return await show(visit, flow, opened.draft, notice=wording.MOVED_ON)
    kept = dict(opened.draft.kept)
    for name in step.fields:
        value = data.get(name)
        if isinstance(value, str) and value in texts:
            kept[name] = (*kept.get(name, ()), value)
    draft = opened.draft.model_copy(update={"kept": kept}).remember(submission_of(data, step))
    there = Open(draft, opened.etag)
    shown = await save_and_show(visit, flow, there, notice=wording.MOVED_ON_KEPT)
    return with_texts(shown, texts) if shown else None
