"""When storage does not answer: the same card with what was typed in it, and never a receipt."""

from dataclasses import replace
from typing import Final

from cards import home as cards
from cards.kit.elements import MAX_BYTES, CardTooLarge, act, size, with_warning
from cards.kit.forms import text_of
from cards.kit.notes import note, sentence
from cards.kit.page import Page, mark_of
from cards.wording import wording
from dialogs import home
from dialogs.flow.answering import as_offered, inputs
from dialogs.flow.flow import Flow, Step
from dialogs.flow.typed import flow_of, texts_in
from dialogs.root import messages
from dialogs.root.routes import FLOWS
from dialogs.root.said import bare
from dialogs.turn.alarm import alarm_in
from dialogs.turn.events import (
    CardAction,
    Data,
    Event,
    FileConsent,
    FileSent,
    Message,
    MessageChanged,
    Reply,
    Turn,
    with_texts,
)

SENDS_INPUTS: Final = ("flow.next", "flow.add", "flow.save", "flow.back", "flow.check")
"""What stands on the card again when it is drawn without the store."""


def not_saved(turn: Turn, submission: str) -> Reply:
    """A reply built from the turn alone: nothing is read and nothing was written. Where its words
    tell of danger, that comes first."""
    if not turn.personal:
        return Reply()
    reply = _not_saved(turn.event, submission)
    alarm = alarm_in(texts_in(turn.event, FLOWS))
    return messages.practised(messages.alarmed(reply, alarm) if alarm is not None else reply)


def _not_saved(event: Event, submission: str) -> Reply:
    if isinstance(event, MessageChanged):
        said = messages.changed(event)
        return Reply(sentence(said), said)
    if isinstance(event, Message):
        return _message(event)
    if isinstance(event, FileSent):
        return Reply(sentence(wording.FILE_LATER), wording.FILE_LATER)
    if isinstance(event, FileConsent):
        return Reply(sentence(wording.FILE_NOT_STORED), wording.FILE_NOT_STORED)
    if not isinstance(event, CardAction):
        return Reply()
    if event.verb == cards.URGENT:
        return Reply(cards.urgent(), wording.URGENT_SUMMARY)
    data = Data(event.data)
    flow = flow_of(data, FLOWS)
    step = flow.step(data.text("step")) if flow else None
    own = step is not None and (step.typed or step.alone) and event.verb in SENDS_INPUTS
    button = _button(flow, step, event.verb) if flow and step else ""
    try:
        if flow is None or step is None or not own:
            return _try_again(event, step)
        page = _page(flow, step, data, submission)
        card = step.card(replace(page, returning=event.verb == "flow.check"))
        # Right above the button just pressed: the top of a long card is out of sight on a phone.
        return Reply(with_warning(card, wording.NOT_SAVED.format(button=button)), flow.title())
    except (CardTooLarge, ValueError):
        # No card can show it. In place of a card, a sentence leaves the one on the screen; some
        # clients empty its inputs then.
        long = wording.NOT_SAVED_LONG.format(button=button)
        return Reply(summary=long if button else wording.NOT_SAVED_PLAIN)


def not_taken(turn: Turn, submission: str) -> Reply:
    """For one who sends more in a minute than is taken: nothing was done, and nothing is lost."""
    if not turn.personal:
        return Reply()
    if isinstance(turn.event, CardAction):
        return not_saved(turn, submission)
    return Reply(sentence(wording.TOO_MANY_AT_ONCE), wording.TOO_MANY_AT_ONCE)


def _message(event: Message) -> Reply:
    """What to do when someone is in danger is said whether storage answers or not."""
    if bare(event.text, (wording.APP,)) in ("urgent", *home.DANGER):
        return Reply(cards.urgent(), wording.URGENT_SUMMARY)
    if not event.text:
        return Reply(sentence(wording.PICTURE), wording.PICTURE)
    return Reply(sentence(wording.NOT_SAVED_TYPED), wording.NOT_SAVED_PLAIN)


def _button(flow: Flow, step: Step, verb: str) -> str:
    """What has to be pressed again."""
    others = {
        "flow.add": wording.ADD_ANOTHER,
        "flow.back": wording.BACK,
        "flow.check": wording.TO_CHECK,
    }
    if verb in others:
        return others[verb]
    last = step is flow.steps[-1] and not flow.checked
    return text_of(step.press) or (wording.SEND if last else wording.NEXT)


def _page(flow: Flow, step: Step, data: Data, submission: str) -> Page:
    """The card with what was typed. It keeps its submission id: the write may have happened."""
    typed, _ = as_offered(step, inputs(step, data, None))
    about = data.text("for")
    left = {name: data.text(name) for name in ("whole", "part") if data.text(name)}
    carried = {name: str(typed[name]) for name in step.carried}
    carried |= {one.id: str(typed[one.id]) for one in step.known if typed[one.id]}
    answers = ({"about": about} if about else {}) | typed
    return Page(
        flow=flow.name,
        step=step.id,
        conversation=data.conversation,
        submission=data.text("submission") or submission,
        answers=answers,
        asked=mark_of(step.asks(answers)),
        seen=data.text("seen"),
        number=step.number,
        total=flow.total,
        first=step is flow.steps[0],
        away=True,
        carried=carried | left,
    )


def _try_again(event: CardAction, step: Step | None) -> Reply:
    """A tap, or a card that cannot be drawn again: one button sends the very same once more."""
    again = act(wording.TRY_AGAIN, event.verb, dict(event.data))
    card = note(wording.NOT_SAVED_PLAIN, actions=[again])
    if size(card) > MAX_BYTES // 2:
        raise CardTooLarge(event.verb[:40])
    typed = inputs(step, event.data, None) if step else {}
    names = dict.fromkeys((*step.typed, *step.short)) if step else ()
    texts = [typed[name] for name in names if typed.get(name)]
    return with_texts(Reply(card, wording.NOT_SAVED_PLAIN), texts)
