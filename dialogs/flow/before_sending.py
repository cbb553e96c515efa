"""The gentle question about what texts may hold: asked of their writer once, and never in the way.

It comes once for all texts of a flow, before they are sent: with *Check your answers*, or on the
last card where there is no such card. Where each card is kept for good by itself, on that card.
What was typed is saved first, so the question never stands between somebody and their words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cards.kit.hints import Hint, hints, sentence, what
from cards.kit.page import HINTED, Hinted
from cards.request.check import told_apart
from dialogs.flow.flow import CHECK, Flow, Step
from dialogs.flow.sensitive_words import mark, marks, put
from dialogs.turn.context import Context
from records.drafts import Draft


@dataclass(frozen=True)
class Asked:
    """What is asked, `about` which answers where that is not plain, and the marks of a draft whose
    writer was asked."""

    notice: str
    about: tuple[Hinted, ...]
    marks: tuple[str, ...]

    @property
    def shown(self) -> Mapping[str, Any]:
        """What the card is drawn with."""
        return {"notice": self.notice, "more": {HINTED: self.about}}


def due(context: Context, flow: Flow, step: Step, draft: Draft, sent: str) -> Asked | None:
    """The question after the answer to the last step, or to any where each card is kept by itself;
    None where there is nothing to ask.

    `sent` tells the tap that brings it, so that the same tap again brings it again.
    """
    steps = (step,) if flow.kept_by_card else flow.steps
    return _question(context, flow, steps, draft, sent)


def put_again(context: Context, flow: Flow, draft: Draft, sent: str) -> Mapping[str, Any]:
    """What a card is drawn with for a tap that comes twice: the question that it brought, where the
    draft is still where that was put; else nothing."""
    here = flow.step(draft.step)
    steps, there = (flow.steps, CHECK if flow.checked else flow.steps[-1].id)
    if flow.kept_by_card and here is not None:
        steps, there = (here,), here.id
    if put(sent) not in draft.asked or draft.step != there:
        return {}
    found = _question(context, flow, steps, draft, sent, again=True)
    return found.shown if found is not None else {}


def _question(
    context: Context,
    flow: Flow,
    steps: Sequence[Step],
    draft: Draft,
    sent: str,
    *,
    again: bool = False,
) -> Asked | None:
    texts = {
        name: str(draft.answers.get(name, ""))
        for step in steps
        for name in step.typed
        if step.hints and name in flow.looked_at(draft, step)
    }
    asked = {name: step.hints for step in steps for name in step.typed}
    fresh = {name: one for name, one in texts.items() if again or mark(one) not in draft.asked}
    if not any(fresh.values()):
        return None
    today = context.now.astimezone(context.services.zone).date()
    known = flow.workers(context, draft)
    found = {
        name: hints(text, today=today, known=known, asked=asked[name])
        for name, text in fresh.items()
    }
    found = {name: holds for name, holds in found.items() if holds}
    if not found:
        return None
    several = len(flow.steps) > 1 and not flow.kept_by_card
    notice = sentence({one for holds in found.values() for one in holds}, there=several)
    about = _about(flow, steps, draft, found) if several else ()
    return Asked(notice, about, marks(draft, [texts[name] for name in found], sent))


def _about(
    flow: Flow, steps: Sequence[Step], draft: Draft, found: Mapping[str, Sequence[Hint]]
) -> tuple[Hinted, ...]:
    """Which answers hold what, by their questions, in the order in which these were asked."""
    return tuple(
        Hinted(
            name,
            told_apart(name, draft.questions.get(name) or step.asks(draft.answers).get(name, "")),
            what(found[name]),
            change=not flow.checked and step is not steps[-1],
        )
        for step in steps
        for name in step.typed
        if name in found
    )
