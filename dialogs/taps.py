"""What each tap and each typed command does: the two tables at the end are the map."""

from collections.abc import Mapping
from typing import Any, Final

from cards.check import asked, whole
from cards.elements import act
from cards.home import stopped
from cards.notes import note
from cards.wording import wording
from dialogs import (
    agreement,
    amending,
    board,
    booking,
    changing,
    evaluation,
    feedback,
    handing_over,
    held,
    home,
    managing,
    offering,
    pack,
    practice,
    preparation,
    quoting,
    ringing,
    stopping,
    typing_up,
    uploading,
    waiting,
    ways,
)
from dialogs.events import Reply
from dialogs.flows import FLOWS, flow_of, number, text
from dialogs.hands import Action, Command, Hands, on
from dialogs.request import without
from dialogs.shelf import FILES
from dialogs.visit import Visit
from records.stages import Act


async def _flow(  # noqa: C901  # one line a verb reads better than a table of closures
    hands: Hands, visit: Visit, data: Mapping[str, Any], verb: str
) -> Reply:
    """Every tap inside a flow."""
    flow = flow_of(data)
    if flow is None:
        return Reply(note(wording.GONE), wording.GONE)
    engine, it, step = hands.engine, text(data, "conversation"), text(data, "step")
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


def _in_flow(verb: str) -> Action:
    async def handle(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
        return await _flow(hands, visit, data, verb)

    return handle


async def _show(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    """One draft answer whole, from *Check your answers*."""
    flow, it, field = flow_of(data), text(data, "conversation"), text(data, "field")
    opened = await visit.desk.drafts.find(visit.person.key, flow.name, it) if flow else None
    if flow is None or opened is None:
        return Reply(note(wording.GONE), wording.GONE)
    question, answer = asked(opened.draft.answers, field, opened.draft.questions)
    carried = {"flow": flow.name, "conversation": it, "field": field}
    card = whole(
        question,
        answer,
        number(data, "start"),
        act(wording.TO_CHECK, "flow.check", carried),
        lambda at: act(wording.SHOW_MORE, "flow.show", {**carried, "start": at}),
    )
    return Reply(card, flow.title)


async def _stop(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    amends = text(data, "flow") == amending.AmendFlow.name
    return Reply(stopped(amends=amends), wording.RISK_STOPPED)


async def _request(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    return await hands.engine.open(visit, FLOWS["request"], "")


async def _agree(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    return await agreement.agree(visit, text(data, "conversation"), number(data, "seen"))


async def _leave_naming(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    it = text(data, "conversation")
    reply = await managing.leave(visit, text(data, "flow"), it)
    return reply or await agreement.see(visit, it)


async def _story(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    it, field = text(data, "conversation"), text(data, "field")
    return await home.show_story(visit, it, field, number(data, "start"))


def _took_part(act_: Act) -> Action:
    async def handle(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
        it = text(data, "conversation")
        reply = await feedback.took_part(visit, it, act_)
        return reply or await hands.engine.open(visit, FLOWS["feedback"], it)

    return handle


async def _file(hands: Hands, visit: Visit, data: Mapping[str, Any]) -> Reply:
    return await offering.get(visit, FILES, text(data, "kind"), text(data, "conversation"))


ACTIONS: Final[Mapping[str, Action]] = {
    **board.TAPS,
    **evaluation.TAPS,
    **quoting.TAPS,
    **practice.TAPS,
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
    "request.mine": lambda hands, visit, data: home.mine(visit),
    "request.see": on(home.see),
    "request.again": on(agreement.ask_again),
    "request.withdraw": on(lambda visit, it: home.withdraw(visit, it, certain=False)),
    "request.withdraw-yes": on(lambda visit, it: home.withdraw(visit, it, certain=True)),
    **waiting.TAPS,
    "amend.leave": on(amending.leave),
    "managing.leave": _leave_naming,
    **changing.TAPS,
    **stopping.TAPS,
    **typing_up.TAPS,
    **uploading.TAPS,
    "manager.agree": _agree,
    **handing_over.TAPS,
    **ringing.TAPS,
    **ways.TAPS,
    "manager.see": on(agreement.see),
    "story.show": _story,
    "pickup.look": on(booking.look),
    "pickup.take": on(booking.take),
    "pickup.leave": on(booking.leave),
    "pickup.see": on(booking.look),
    "held.not-ahead": on(held.not_ahead),
    "held.rebook": on(lambda visit, it: held.settle(visit, it, Act.REBOOK)),
    "held.end": on(lambda visit, it: held.settle(visit, it, Act.END)),
    "feedback.yes": _took_part(Act.TOOK_PART),
    "feedback.no": _took_part(Act.NOT_THERE),
    "feedback.not-ahead": _took_part(Act.DOUBT),
    offering.GET: _file,
    **preparation.TAPS,
    "typed.use": lambda hands, visit, data: hands.typed.use(
        visit, text(data, "flow"), text(data, "conversation")
    ),
    "typed.drop": lambda hands, visit, data: hands.typed.drop(visit),
}
"""What each tap does."""


async def _cancel(hands: Hands, visit: Visit) -> Reply:
    return await home.cancel(visit, await hands.typed.open_flows(visit))


_HELLO: Command = lambda hands, visit: home.hello(visit)  # noqa: E731  # four names share it
_HELP: Command = lambda hands, visit: home.help_(visit)  # noqa: E731  # so do these
_MINE: Command = lambda hands, visit: home.mine(visit)  # noqa: E731  # and these
COMMANDS: Final[Mapping[str, Command]] = {
    **changing.COMMANDS,
    **ways.COMMANDS,
    **board.COMMANDS,
    **evaluation.COMMANDS,
    "hello": _HELLO,
    "hi": _HELLO,
    "hey": _HELLO,
    "start": _HELLO,
    "help": _HELP,
    "?": _HELP,
    "urgent": lambda hands, visit: home.urgent(visit),
    "request": lambda hands, visit: _request(hands, visit, {}),
    "my requests": _MINE,
    "my request": _MINE,
    "status": _MINE,
    "cancel": _cancel,
    **typing_up.COMMANDS,
    "waiting": lambda hands, visit: booking.waiting(visit),
    "pack": lambda hands, visit: pack.wanted(visit, FILES),
}
"""What can be typed at any time, in any flow, without losing the draft."""
