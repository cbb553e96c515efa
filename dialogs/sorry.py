"""When storage does not answer: the same card with what was typed in it, and never a receipt."""

from collections.abc import Mapping
from typing import Any

from cards import wording
from cards.elements import MAX_BYTES, CardTooLarge, act, size
from cards.forms import fits
from cards.notes import note, sentence
from cards.page import Page
from dialogs.echo import with_texts
from dialogs.events import CardAction, Message, Reply, Turn
from dialogs.flow import Flow, Step, inputs
from dialogs.flows import FLOWS, text


def not_saved(turn: Turn, submission: str) -> Reply:
    """A reply built from the turn alone: nothing is read and nothing was written."""
    event = turn.event
    if not turn.personal:
        return Reply()
    if isinstance(event, Message):
        reply = Reply(sentence(wording.NOT_SAVED_TYPED), wording.NOT_SAVED_PLAIN)
        return with_texts(reply, [event.text], "")
    if not isinstance(event, CardAction):
        return Reply()
    flow = FLOWS.get(text(event.data, "flow"))
    step = flow.step(text(event.data, "step")) if flow else None
    try:
        if (
            flow is not None
            and step is not None
            and event.verb == "flow.next"
            and (step.typed or step.alone)
        ):
            return _same_card(flow, step, event.data, submission)
        return _try_again(event, step)
    except (CardTooLarge, ValueError):
        # A sentence instead of a card leaves the card on the screen, with all that is typed in it.
        return Reply(summary=_notice(flow, step) if flow and step else wording.NOT_SAVED_PLAIN)


def _notice(flow: Flow, step: Step) -> str:
    last = step is flow.steps[-1] and not flow.checked
    return wording.NOT_SAVED.format(button=wording.SEND if last else wording.NEXT)


def _same_card(flow: Flow, step: Step, data: Mapping[str, Any], submission: str) -> Reply:
    """The card with what was typed. It keeps its submission id: the write may have happened."""
    typed = inputs(step, data, None)
    if not all(fits(one) for one in typed.values()):
        raise CardTooLarge(f"{flow.name} {step.id}")
    about = text(data, "for")
    page = Page(
        flow=flow.name,
        step=step.id,
        conversation=text(data, "conversation"),
        submission=text(data, "submission") or submission,
        answers=({"about": about} if about else {}) | typed,
        notice=_notice(flow, step),
        number=step.number,
        total=flow.total,
        first=step is flow.steps[0],
    )
    return Reply(step.card(page), flow.title)


def _try_again(event: CardAction, step: Step | None) -> Reply:
    """A card that needs more than its own inputs: one button that sends the very same once more."""
    again = act(wording.TRY_AGAIN, event.verb, dict(event.data))
    card = note(wording.NOT_SAVED_PLAIN, actions=[again])
    if size(card) > MAX_BYTES // 2:
        raise CardTooLarge(event.verb[:40])
    typed = inputs(step, event.data, None) if step else {}
    texts = [typed[name] for name in (step.short if step else ()) if typed.get(name)]
    return with_texts(Reply(card, wording.NOT_SAVED_PLAIN), texts, wording.KEPT_HEADING)
