"""The gentle question about what a text may hold: asked of its writer, once a text.

What was typed is saved first, so the question never stands between somebody and their words.
"""

import hashlib
from typing import Final

from cards.kit.hints import hints, sentence
from dialogs.flow.flow import Flow, Step
from dialogs.turn.context import Context
from records.drafts import Draft

REMEMBERED: Final = 40
"""Texts a draft remembers to have asked about."""


async def question(context: Context, flow: Flow, step: Step, draft: Draft) -> tuple[str, Draft]:
    """The question about those texts of this step that were not asked about yet, and the draft
    that remembers them; an empty one where there is nothing to ask."""
    texts = {name: str(draft.answers.get(name, "")) for name in step.typed}
    fresh = {name: text for name, text in texts.items() if _mark(text) not in draft.asked}
    if not any(fresh.values()):
        return "", draft
    known, today = (
        flow.workers(context, draft),
        context.now.astimezone(context.services.zone).date(),
    )
    found = {
        name: hints(text, today=today, known=known, asked=step.hints)
        for name, text in fresh.items()
    }
    marks = (*draft.asked, *(_mark(texts[name]) for name, holds in found.items() if holds))
    every = {hint for holds in found.values() for hint in holds}
    return sentence(every), draft.model_copy(update={"asked": marks[-REMEMBERED:]})


def _mark(text: str) -> str:
    return hashlib.sha256(text.strip().encode("utf-8", "surrogatepass")).hexdigest()[:12]
