"""When storage does not answer: the same card with what was typed in it, and never a receipt."""

from collections.abc import Mapping
from typing import Any

from cards import wording
from cards.elements import act
from cards.notes import note, sentence
from cards.page import Page
from dialogs.echo import with_texts
from dialogs.events import CardAction, Message, Reply, Turn
from dialogs.flow import Flow, Step, inputs
from dialogs.root import FLOWS, text


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
    if flow is not None and step is not None and step.typed and event.verb == "flow.next":
        return _same_card(flow, step, event.data, submission)
    return _try_again(event)


def _same_card(flow: Flow, step: Step, data: Mapping[str, Any], submission: str) -> Reply:
    notice = wording.NOT_SAVED.format(button=wording.NEXT)
    if step is flow.steps[-1] and not flow.checked:
        notice = wording.NOT_SAVED.format(button=wording.SEND)
    about = text(data, "for")
    page = Page(
        flow=flow.name,
        step=step.id,
        conversation=text(data, "conversation"),
        submission=submission,
        answers=inputs(step, data, None) | ({"about": about} if about else {}),
        notice=notice,
        number=step.number,
        total=flow.total,
        first=step is flow.steps[0],
    )
    return Reply(step.card(page), flow.title)


def _try_again(event: CardAction) -> Reply:
    """A card without long text: one button that sends the very same answer once more."""
    again = act(wording.TRY_AGAIN, event.verb, dict(event.data))
    return Reply(note(wording.NOT_SAVED_PLAIN, actions=[again]), wording.NOT_SAVED_PLAIN)
