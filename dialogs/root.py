"""The root: which handler a command or a tap belongs to. The two tables at the end are its map."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from cards import wording
from cards.check import asked, whole
from cards.elements import act
from cards.home import stopped
from cards.notes import note, sentence
from dialogs import agreement, booking, feedback, held, home
from dialogs.agreement import NotThisRoute, TalkFirst
from dialogs.booking import BookingFlow
from dialogs.echo import with_texts
from dialogs.engine import Engine
from dialogs.events import CardAction, Event, Installed, Message, Reply, Turn, Uninstalled
from dialogs.feedback import FeedbackFlow
from dialogs.flow import Flow, NotOpen
from dialogs.held import TookPlaceFlow
from dialogs.outcome import OutcomeFlow
from dialogs.request import RequestFlow, without
from dialogs.typed import Typed
from dialogs.visit import Desk, Visit
from records.drafts import Open
from records.entities import well_formed
from records.stages import Act, WrongStage

FLOWS: Final[Mapping[str, Flow]] = {
    flow.name: flow
    for flow in (
        RequestFlow(),
        TalkFirst(),
        NotThisRoute(),
        BookingFlow(),
        TookPlaceFlow(),
        FeedbackFlow(),
        OutcomeFlow(),
    )
}
log = logging.getLogger(__name__)
More = Callable[[Visit, str], Awaitable[Reply | None]]


class Root:
    """Takes one turn and gives one reply. `more` reads commands only a demo has."""

    def __init__(self, desk: Desk, more: More | None = None) -> None:
        self.desk = desk
        self.engine = Engine()
        self._more = more
        self.typed = Typed(self.engine, FLOWS)

    async def handle(self, turn: Turn) -> Reply:
        """One turn. Raises StoreError where storage does not answer; nothing is lost by it."""
        turn, now = clean(turn), self.desk.now()
        person, arrived = await self.desk.directory.seen(
            turn.actor.tenant,
            turn.actor.object_id,
            turn.actor.name,
            now,
            reference=turn.reference if turn.personal else None,
            mails=turn.mails,
        )
        visit = Visit(self.desk, turn, person, now)
        if isinstance(turn.event, Uninstalled):
            await self.desk.directory.gone(person.key)
            return Reply()
        if not turn.personal:
            return await self._elsewhere(visit, turn.event)
        if arrived:
            await self.desk.arrived(person)
        try:
            return await self._here(visit, turn.event)
        except NotOpen as closed:
            return with_texts(closed.reply, typed_texts(turn.event))
        except WrongStage:
            # Somebody else moved it on between our look and our write.
            return with_texts(Reply(note(wording.BUSY), wording.BUSY), typed_texts(turn.event))

    async def _elsewhere(self, visit: Visit, event: Event) -> Reply:
        """In a channel or group nothing of a situation is asked or shown."""
        place = visit.turn.reference.conversation_id.split(";")[0]
        if isinstance(event, Installed):
            if place == self.desk.channel:
                await self.desk.directory.channel_seen(visit.turn.reference)
            return Reply()
        return Reply(sentence(wording.NOT_HERE), wording.NOT_HERE)

    async def _here(self, visit: Visit, event: Event) -> Reply:
        if isinstance(event, Installed):
            return await home.installed(visit)
        if isinstance(event, Message):
            return await self._message(visit, event.text)
        if isinstance(event, CardAction):
            return await self._action(visit, event)
        return Reply()

    async def _message(self, visit: Visit, text: str) -> Reply:
        words = " ".join(text.casefold().split()).strip(" .!?") or text.strip()
        command = COMMANDS.get(words)
        if command is not None:
            return await command(self, visit)
        if self._more is not None:
            reply = await self._more(visit, words)
            if reply is not None:
                return reply
        return await self.typed.text(visit, text)

    async def _action(self, visit: Visit, action: CardAction) -> Reply:
        handler = ACTIONS.get(action.verb)
        if handler is None:
            log.warning("unknown verb", extra={"action": "unknown_verb"})
            return Reply(note(wording.GONE), wording.GONE)
        return await handler(self, visit, action.data)

    async def open_flows(self, visit: Visit) -> list[tuple[Flow, Open]]:
        """The flows a person has open."""
        return await self.typed.open_flows(visit)


def clean(turn: Turn) -> Turn:
    """The turn with its texts well formed: half a character cannot be kept, nor compared later."""
    event = turn.event
    if isinstance(event, Message):
        return replace(turn, event=replace(event, text=well_formed(event.text)))
    if isinstance(event, CardAction):
        data = {
            key: well_formed(value) if isinstance(value, str) else value
            for key, value in event.data.items()
        }
        return replace(turn, event=replace(event, data=data))
    return turn


def typed_texts(event: Event) -> list[str]:
    """The long texts an event brought, to be shown back where they could not be kept."""
    if isinstance(event, Message):
        return [event.text]
    if not isinstance(event, CardAction):
        return []
    flow = flow_of(event.data)
    step = flow.step(text(event.data, "step")) if flow else None
    found = (event.data.get(name) for name in (step.typed if step else ()))
    return [one for one in found if isinstance(one, str) and one.strip()]


def text(data: Mapping[str, Any], name: str) -> str:
    """A short text a card carried; anything else is nothing."""
    value = data.get(name)
    return value[:100] if isinstance(value, str) else ""


def number(data: Mapping[str, Any], name: str) -> int:
    """A whole number a card carried; anything else is 0."""
    value = data.get(name)
    return value if isinstance(value, int) and 0 <= value <= 1_000_000 else 0


def flow_of(data: Mapping[str, Any]) -> Flow | None:
    """The flow a card belongs to."""
    return FLOWS.get(text(data, "flow"))


async def _flow(  # noqa: C901  # one line a verb reads better than a table of closures
    root: Root, visit: Visit, data: Mapping[str, Any], verb: str
) -> Reply:
    """Every tap inside a flow."""
    flow = flow_of(data)
    if flow is None:
        return Reply(note(wording.GONE), wording.GONE)
    engine, it, step = root.engine, text(data, "conversation"), text(data, "step")
    match verb:
        case "open":
            return await engine.open(visit, flow, it)
        case "next":
            return await engine.next(visit, flow, step, it, data)
        case "send":
            return await engine.send(visit, flow, it, data)
        case "add":
            return await engine.add(visit, flow, step, it, data)
        case "remove":
            place, who = number(data, "number"), text(data, "who")
            return await engine.move(visit, flow, it, lambda draft: without(draft, place, who))
        case "back":
            return await engine.back(visit, flow, it, step)
        case "list":
            return await engine.peek(visit, flow, it, {"as_list": True})
        case "discard":
            return await home.discard(visit, flow, it)
        case _:
            return await engine.change(visit, flow, it, text(data, "to"))


def _in_flow(verb: str) -> "Action":
    async def handle(root: Root, visit: Visit, data: Mapping[str, Any]) -> Reply:
        return await _flow(root, visit, data, verb)

    return handle


async def _show(root: Root, visit: Visit, data: Mapping[str, Any]) -> Reply:
    """One draft answer whole, from *Check your answers*."""
    flow, it, field = flow_of(data), text(data, "conversation"), text(data, "field")
    opened = await visit.desk.drafts.find(visit.person.key, flow.name, it) if flow else None
    if flow is None or opened is None:
        return Reply(note(wording.GONE), wording.GONE)
    question, answer = asked(opened.draft.answers, field)
    carried = {"flow": flow.name, "conversation": it, "field": field}
    card = whole(
        question,
        answer,
        number(data, "start"),
        act(wording.TO_CHECK, "flow.check", carried),
        lambda at: act(wording.SHOW_MORE, "flow.show", {**carried, "start": at}),
    )
    return Reply(card, flow.title)


async def _stop(root: Root, visit: Visit, data: Mapping[str, Any]) -> Reply:
    return Reply(stopped(), wording.RISK_STOPPED)


async def _request(root: Root, visit: Visit, data: Mapping[str, Any]) -> Reply:
    return await root.engine.open(visit, FLOWS["request"], "")


async def _story(root: Root, visit: Visit, data: Mapping[str, Any]) -> Reply:
    it, field = text(data, "conversation"), text(data, "field")
    return await home.show_story(visit, it, field, number(data, "start"))


def _on(handler: Callable[[Visit, str], Awaitable[Reply]]) -> "Action":
    """A handler that needs to know the conversation only."""

    async def handle(root: Root, visit: Visit, data: Mapping[str, Any]) -> Reply:
        return await handler(visit, text(data, "conversation"))

    return handle


def _took_part(act_: Act) -> "Action":
    async def handle(root: Root, visit: Visit, data: Mapping[str, Any]) -> Reply:
        it = text(data, "conversation")
        reply = await feedback.took_part(visit, it, act_)
        return reply or await root.engine.open(visit, FLOWS["feedback"], it)

    return handle


Action = Callable[[Root, Visit, Mapping[str, Any]], Awaitable[Reply]]
Command = Callable[[Root, Visit], Awaitable[Reply]]

ACTIONS: Final[Mapping[str, Action]] = {
    **{
        f"flow.{verb}": _in_flow(verb)
        for verb in (
            "open",
            "next",
            "send",
            "add",
            "remove",
            "back",
            "list",
            "discard",
            "change",
            "check",
        )
    },
    "flow.show": _show,
    "flow.stop": _stop,
    "request.open": _request,
    "request.mine": lambda root, visit, data: home.mine(visit),
    "request.see": _on(home.see),
    "request.again": _on(agreement.ask_again),
    "request.withdraw": _on(lambda visit, it: home.withdraw(visit, it, certain=False)),
    "request.withdraw-yes": _on(lambda visit, it: home.withdraw(visit, it, certain=True)),
    "manager.agree": _on(agreement.agree),
    "manager.see": _on(agreement.see),
    "story.show": _story,
    "pickup.look": _on(booking.look),
    "pickup.take": _on(booking.take),
    "pickup.leave": _on(booking.leave),
    "pickup.see": _on(booking.look),
    "held.not-ahead": _on(held.not_ahead),
    "held.rebook": _on(lambda visit, it: held.settle(visit, it, Act.REBOOK)),
    "held.end": _on(lambda visit, it: held.settle(visit, it, Act.END)),
    "feedback.yes": _took_part(Act.TOOK_PART),
    "feedback.no": _took_part(Act.NOT_THERE),
    "feedback.not-ahead": _took_part(Act.DOUBT),
    "typed.use": lambda root, visit, data: root.typed.use(
        visit, text(data, "flow"), text(data, "conversation")
    ),
    "typed.drop": lambda root, visit, data: root.typed.drop(visit),
}
"""What each tap does."""


async def _cancel(root: Root, visit: Visit) -> Reply:
    return await home.cancel(visit, await root.open_flows(visit))


_HELLO: Command = lambda root, visit: home.hello(visit)  # noqa: E731  # four names share it
_HELP: Command = lambda root, visit: home.help_(visit)  # noqa: E731  # so do these
_MINE: Command = lambda root, visit: home.mine(visit)  # noqa: E731  # and these
COMMANDS: Final[Mapping[str, Command]] = {
    "hello": _HELLO,
    "hi": _HELLO,
    "hey": _HELLO,
    "start": _HELLO,
    "help": _HELP,
    "?": _HELP,
    "urgent": lambda root, visit: home.urgent(visit),
    "request": lambda root, visit: _request(root, visit, {}),
    "my requests": _MINE,
    "my request": _MINE,
    "status": _MINE,
    "cancel": _cancel,
    "waiting": lambda root, visit: booking.waiting(visit),
}
"""What can be typed at any time, in any flow, without losing the draft."""
