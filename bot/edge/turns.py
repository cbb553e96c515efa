"""From an activity to a turn of our own, and from its reply to what Teams shows; long, as one."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Coroutine
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from typing import Any, Final, Protocol

from bot.edge.activity import INVOKE
from bot.edge.budget import Budget, OverBudget
from bot.edge.incoming import Incoming
from bot.edge.redraw import Messages, Redraws, Showed, nobody_is_told
from bot.edge.to_turn import read_turn
from bot.teams.connector import Connector, NeverConnected, TeamsAnswered
from bot.teams.lookups import LOST, member
from dialogs.home import HELLO
from dialogs.root.doors import for_message
from dialogs.root.said import bare
from dialogs.turn.events import (
    NOTHING,
    CardAction,
    Event,
    FileConsent,
    FileSent,
    Installed,
    Message,
    Reply,
    Turn,
    Uninstalled,
)
from records.people import PersonKey
from scheduler.delivery.courier import Ambiguous, NotAccepted, Parcel, Refused
from scheduler.upkeep.tidying import Shows

log = logging.getLogger(__name__)

Handler = Callable[[Turn], Awaitable[Reply]]
Sorry = Callable[[Turn], Reply]
NeedsMails = Callable[[PersonKey], Awaitable[bool]]
AfterThis = Callable[[], AbstractContextManager[None]]
Noted = Callable[[Incoming], Awaitable[None]]


class Surface(Protocol):
    """Where a reply is shown when it cannot go back in the HTTP response."""

    async def post(self, reply: Reply) -> str:
        """A new message; the id that Teams gave it, or nothing."""
        ...

    async def remove(self, activity_id: str) -> None:
        """Take a message of ours away."""
        ...


COUNTED: Final = (Message, CardAction, FileSent, FileConsent)
"""What somebody does, and may do too often; that the app came or went is always noted."""


def _nothing(turn: Turn) -> Reply:
    """For a bot without budgets."""
    return NOTHING


def _unknown(_: PersonKey) -> str:
    """For a bot that has read nobody."""
    return ""


async def _nobody_notes(incoming: Incoming) -> None:
    """For a bot that is in no team."""


class Turns:
    """Runs one activity: who, what, the handler within its seconds, and the reply on its way.

    * `tenants` None lets every tenant in (the demo); otherwise others get `refusal` and nothing.
    * `sorry` builds the "not saved yet" reply for a handler that failed or was too slow.
    * `budget` is what one person may have under way; `too_many` builds the reply to what is over.
    * `messages` updates the message that was tapped, beside the reply to the client that tapped.
    * `showed` is told at which message the reply's card is shown now, once it has gone out, and
      whether the message holds it.
    * `noted` is told of every activity of a tenant that is served, also of one without a person.
    * `after_this` is around all of a turn: what it left for later begins when the reply is out.
    * `mark` gives what stands for somebody in a log line; every one holds ids only.
    """

    def __init__(
        self,
        handler: Handler,
        sorry: Sorry,
        connector: Connector,
        messages: Messages,
        *,
        tenants: Collection[str] | None,
        refusal: Reply,
        needs_mails: NeedsMails,
        seconds: float,
        demo: bool = False,
        budget: Budget | None = None,
        too_many: Sorry = _nothing,
        showed: Showed = nobody_is_told,
        after_this: AfterThis = nullcontext,
        noted: Noted = _nobody_notes,
        mark: Callable[[PersonKey], str] = _unknown,
    ) -> None:
        self._handler, self._sorry, self._connector = handler, sorry, connector
        self._messages, self._redraws = messages, Redraws(messages, showed)
        self._tenants = None if tenants is None else {name.casefold() for name in tenants}
        self._refusal, self._needs_mails = refusal, needs_mails
        self._seconds, self._demo = seconds, demo
        self._after_this, self._budget, self._too_many = after_this, budget, too_many
        self._noted, self._mark = noted, mark

    async def take(self, incoming: Incoming, surface: Surface) -> Reply:
        """The reply that belongs into the HTTP response: an invoke's. Others are shown here."""
        with self._after_this():
            return await self._take(incoming, surface)

    async def _take(self, incoming: Incoming, surface: Surface) -> Reply:
        if self._tenants is None or self._known(incoming):
            await self._noted(incoming)
        turn = read_turn(incoming, demo=self._demo)
        if turn is None:
            log.info("activity ignored", extra={"action": "activity_ignored", **incoming.ids})
            return NOTHING
        ends = asyncio.get_running_loop().time() + self._seconds
        if self._budget is None or not isinstance(turn.event, COUNTED):
            return await self._answer(turn, incoming, surface, ends)
        try:
            async with self._budget.turn(turn.actor.key):
                return await self._answer(turn, incoming, surface, ends)
        except OverBudget as over:
            return await self._not_taken(turn, incoming, surface, say=over.say)

    async def _not_taken(
        self, turn: Turn, incoming: Incoming, surface: Surface, *, say: bool
    ) -> Reply:
        """One too many: what was typed in a card stays there, or comes back in it.

        A tap hears it in the response that it waits for. What has to be sent is said once for all:
        the messages themselves stand in the chat.
        """
        extra = {"action": "turn_over_budget", **self._ids(turn, incoming)}
        log.warning("turn not taken", extra=extra)
        if incoming.type == INVOKE and isinstance(turn.event, CardAction):
            return replace(self._too_many(turn), private=True)
        reply = replace(self._too_many(turn), private=True) if say else NOTHING
        if reply.shows:
            await self._show(turn, incoming, surface, reply)
        return NOTHING

    async def _answer(self, turn: Turn, incoming: Incoming, surface: Surface, ends: float) -> Reply:
        reply = await self._reply(turn, incoming, ends)
        if isinstance(turn.event, CardAction) and reply.beside is not None:
            beside = for_message(reply.beside)
            await self._surely(turn, incoming, _posted(surface, beside), beside)
            return reply if incoming.type == INVOKE else NOTHING
        if incoming.type == INVOKE and isinstance(turn.event, CardAction):
            self._redraws.answered(turn, incoming.reply_to, reply)
            return reply
        if reply.shows:
            await self._show(turn, incoming, surface, reply)
        return NOTHING

    async def quiet(self) -> None:
        """Every update that is on its way has ended: when the process is asked to stop."""
        await self._redraws.quiet()

    def _ids(self, turn: Turn, incoming: Incoming) -> dict[str, str]:
        return {"person": self._mark(turn.actor.key), **incoming.ids}

    async def _reply(self, turn: Turn, incoming: Incoming, ends: float) -> Reply:
        if self._tenants is not None and not self._known(incoming):
            why = "differ" if len(incoming.tenants) > 1 else "other"
            extra = {"action": "tenant_refused", "reason": why, **self._ids(turn, incoming)}
            log.warning("tenant refused", extra=extra)
            refusal = replace(self._refusal, private=True)
            return NOTHING if isinstance(turn.event, Uninstalled) else refusal
        try:
            async with asyncio.timeout_at(ends):
                return await self._handler(await self._with_mails(turn, incoming))
        except TimeoutError:
            log.error(
                "turn too slow", extra={"action": "turn_too_slow", **self._ids(turn, incoming)}
            )
        # Whatever went wrong below, the person gets their words back and Teams no 500.
        except Exception as error:
            log.error(
                "turn failed",
                extra={"action": "turn_failed", **of_error(error), **self._ids(turn, incoming)},
            )
        return replace(self._sorry(turn), private=True)

    def _known(self, incoming: Incoming) -> bool:
        """Whether the activity names one tenant, the same wherever it names one, and one of ours.

        Two that are both ours are refused as well: who acts is known by tenant and object id, and
        it would not be known whose the id is.
        """
        named = incoming.tenants
        return len(named) == 1 and self._tenants is not None and named <= self._tenants

    async def _with_mails(self, turn: Turn, incoming: Incoming) -> Turn:
        """The addresses that Teams itself gives for the actor: never typed, never a display name.

        An install names nobody, so the name comes from there too. A lookup that fails is not
        worth the turn; it is asked again at the next one.
        """
        if isinstance(turn.event, Uninstalled):
            return turn
        if not _says_hello(turn.event) and not await self._needs_mails(turn.actor.key):
            return turn
        # A team's members are listed by its own id, whichever of its channels this is in.
        place = incoming.team or incoming.conversation
        try:
            found = await member(self._connector, incoming.service_url, place, incoming.sender)
        except LOST as error:
            log.warning(
                "member lookup failed",
                extra={"action": "lookup_failed", **of_error(error), **self._ids(turn, incoming)},
            )
            return turn
        named = replace(turn.actor, name=turn.actor.name or found.name)
        return replace(turn, actor=named, addresses=found)

    async def _show(self, turn: Turn, incoming: Incoming, surface: Surface, reply: Reply) -> None:
        # A sentence alone leaves the card where it is, with all that is typed in it.
        in_place = isinstance(turn.event, CardAction) and reply.card is not None
        if in_place and incoming.reply_to:
            showing = self._replaced(turn, surface, incoming.reply_to, reply)
        elif reply.settled and incoming.reply_to:
            showing = _settled(surface, incoming.reply_to, reply)
        else:
            event = turn.event
            typed = event.text if isinstance(event, Message | FileSent) else ""
            unsaved = in_place and reply.private
            showing = _posted(surface, reply if unsaved else for_message(reply, typed))
        await self._surely(turn, incoming, showing, reply)

    async def _surely(
        self, turn: Turn, incoming: Incoming, showing: Coroutine[Any, Any, str], reply: Reply
    ) -> None:
        """A reply that cannot be shown does not undo the turn: what was saved is saved."""
        try:
            async with asyncio.timeout(self._seconds):
                shown = await showing
                there = Shows.HELD if shown == incoming.reply_to else Shows.POSTED
                self._redraws.told(turn, shown, reply, there)
        except (*LOST, Ambiguous) as error:
            log.error(
                "reply lost",
                extra={"action": "reply_lost", **of_error(error), **self._ids(turn, incoming)},
            )

    async def _replaced(self, turn: Turn, surface: Surface, activity_id: str, reply: Reply) -> str:
        """For a client that takes no card in the response: its message holds the answer, whatever
        it is, and is closed when that is done with."""
        if reply.card is not None:
            parcel = Parcel(reply.card, reply.summary)
            with suppress(NotAccepted, Refused):
                await self._messages.answer(turn.reference, activity_id, parcel)
                return activity_id
        # The card is gone, or was not ours: a new message shows the same. What was not saved is
        # kept nowhere else, so there it holds the words, until it is closed.
        return await _posted(surface, reply if reply.private else for_message(reply))


async def _posted(surface: Surface, reply: Reply) -> str:
    """The id of the message that shows the reply."""
    return await surface.post(reply)


async def _settled(surface: Surface, activity_id: str, reply: Reply) -> str:
    """The answer, and the consent card gone; that it stays, used, is no reason to fail."""
    posted = await surface.post(reply)
    with suppress(TeamsAnswered, NeverConnected):
        await surface.remove(activity_id)
    return posted


def of_error(error: BaseException) -> dict[str, str]:
    """What a log may say of an error: its kind and where it arose, never its words.

    A validation error's message holds what the person typed.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"
    status = {"status": str(error.status)} if isinstance(error, TeamsAnswered) else {}
    return {"error": type(error).__name__, "where": where, **status}


def _says_hello(event: Event) -> bool:
    """Whether somebody has just come, or says so: the platform is asked for their addresses."""
    return isinstance(event, Installed) or (
        isinstance(event, Message) and bare(event.text) in HELLO
    )
