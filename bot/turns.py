"""From an activity to a turn of our own, and from its reply to what Teams shows."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from typing import Any, Final, Protocol

from bot.connector import (
    Connector,
    MayHaveArrived,
    NeverConnected,
    NotAllowed,
    TeamsAnswered,
)
from bot.incoming import CARD_ACTION, INVOKE, Incoming
from dialogs.events import (
    NOTHING,
    Actor,
    CardAction,
    Event,
    Installed,
    Message,
    Reply,
    Turn,
    Uninstalled,
)
from records.people import PersonKey, Reference

log = logging.getLogger(__name__)

LOOKUP_SECONDS: Final = 2.0
"""What a member lookup may take of a turn's seven seconds."""

Handler = Callable[[Turn], Awaitable[Reply]]
Sorry = Callable[[Turn], Reply]
NeedsMails = Callable[[PersonKey], Awaitable[bool]]
Showed = Callable[[Turn, str, Reply], None]

_AT: Final = re.compile(r"\A\s*<at(?: [^<>]{0,200})?>[^<>]{0,500}</at>(?:&nbsp;|\s)*")
_LOST: Final = (TeamsAnswered, NeverConnected, MayHaveArrived, NotAllowed, TimeoutError)


class Surface(Protocol):
    """Where a reply is shown when it cannot go back in the HTTP response."""

    async def post(self, reply: Reply) -> str:
        """A new message; the id that Teams gave it, or nothing."""
        ...

    async def replace(self, activity_id: str, reply: Reply) -> None:
        """In place of a message that is there."""
        ...


def _nobody_is_told(turn: Turn, message: str, reply: Reply) -> None:
    """For a bot whose cards may stay as they are."""


class Turns:
    """Runs one activity: who, what, the handler within its seconds, and the reply on its way.

    * `tenants` None lets every tenant in (the demo); otherwise others get `refusal` and nothing.
    * `sorry` builds the "not saved yet" reply for a handler that failed or was too slow.
    * `showed` is told which message holds the reply's card now, once it has gone out.
    * Every log line holds ids only.
    """

    def __init__(
        self,
        handler: Handler,
        sorry: Sorry,
        connector: Connector,
        *,
        tenants: Collection[str] | None,
        refusal: Reply,
        needs_mails: NeedsMails,
        seconds: float,
        demo: bool = False,
        showed: Showed = _nobody_is_told,
    ) -> None:
        self._handler, self._sorry, self._connector = handler, sorry, connector
        self._tenants = None if tenants is None else {name.casefold() for name in tenants}
        self._refusal, self._needs_mails = refusal, needs_mails
        self._seconds, self._demo, self._showed = seconds, demo, showed

    async def take(self, incoming: Incoming, surface: Surface) -> Reply:
        """The reply that belongs into the HTTP response: an invoke's. Others are shown here."""
        turn = read_turn(incoming, demo=self._demo)
        if turn is None:
            log.info("activity ignored", extra={"action": "activity_ignored", **incoming.ids})
            return NOTHING
        reply = await self._reply(turn, incoming)
        if incoming.type == INVOKE:
            self._told(turn, incoming.reply_to, reply)
            return reply
        if reply.card is not None or reply.summary:
            await self._show(turn, incoming, surface, reply)
        return NOTHING

    async def _reply(self, turn: Turn, incoming: Incoming) -> Reply:
        if self._tenants is not None and not self._known(incoming):
            log.warning(
                "tenant refused", extra={"action": "tenant_refused", **_ids(turn, incoming)}
            )
            return NOTHING if isinstance(turn.event, Uninstalled) else self._refusal
        try:
            async with asyncio.timeout(self._seconds):
                return await self._handler(await self._with_mails(turn, incoming))
        except TimeoutError:
            log.error("turn too slow", extra={"action": "turn_too_slow", **_ids(turn, incoming)})
        # Whatever went wrong below, the person gets their words back and Teams no 500.
        except Exception as error:
            log.error(
                "turn failed",
                extra={"action": "turn_failed", **told(error), **_ids(turn, incoming)},
            )
        return self._sorry(turn)

    def _known(self, incoming: Incoming) -> bool:
        """Every tenant that the activity names must be one of ours."""
        named = incoming.tenants
        return bool(named) and self._tenants is not None and named <= self._tenants

    async def _with_mails(self, turn: Turn, incoming: Incoming) -> Turn:
        """The addresses that Teams itself gives for the actor: never typed, never a display name.

        An install names nobody, so the name comes from there too. A lookup that fails is not
        worth the turn; it is asked again at the next one.
        """
        if isinstance(turn.event, Uninstalled):
            return turn
        wanted = isinstance(turn.event, Installed) or await self._needs_mails(turn.actor.key)
        if not wanted:
            return turn
        try:
            async with asyncio.timeout(LOOKUP_SECONDS):
                member = await self._connector.get_member(
                    incoming.service_url, incoming.conversation, incoming.sender
                )
        except _LOST as error:
            log.warning(
                "member lookup failed",
                extra={"action": "lookup_failed", **told(error), **_ids(turn, incoming)},
            )
            return turn
        named = replace(turn.actor, name=turn.actor.name or _name(member))
        return replace(turn, actor=named, mails=_mails(member))

    async def _show(self, turn: Turn, incoming: Incoming, surface: Surface, reply: Reply) -> None:
        """A reply that cannot be shown does not undo the turn: what was saved is saved."""
        try:
            async with asyncio.timeout(self._seconds):
                # A sentence alone leaves the card where it is, with all that is typed in it.
                in_place = isinstance(turn.event, CardAction) and reply.card is not None
                if in_place and incoming.reply_to:
                    try:
                        await surface.replace(incoming.reply_to, reply)
                        self._told(turn, incoming.reply_to, reply)
                        return
                    except (TeamsAnswered, NeverConnected):
                        pass  # the card is gone, or was not ours: a new message shows the same
                self._told(turn, await surface.post(reply), reply)
        except _LOST as error:
            log.error(
                "reply lost", extra={"action": "reply_lost", **told(error), **_ids(turn, incoming)}
            )

    def _told(self, turn: Turn, message: str, reply: Reply) -> None:
        """Only a card in somebody's own chat can hold a story; a sentence leaves the card there."""
        if message and reply.card is not None and turn.personal:
            self._showed(turn, message, reply)


def read_turn(incoming: Incoming, *, demo: bool = False) -> Turn | None:
    """The turn in an activity, or None where there is nothing for us.

    The actor is the directory's object id. Only the demo falls back to the channel's own id,
    which a guest could share with nobody but which no lookup could bind.
    """
    event = _event(incoming)
    object_id = incoming.object_id or (incoming.sender if demo else "")
    if event is None or not object_id:
        return None
    tenant = min(incoming.tenants, default="")
    return Turn(
        actor=Actor(tenant, object_id, incoming.sender_name),
        event=event,
        reference=Reference(
            service_url=incoming.service_url,
            conversation_id=incoming.conversation,
            tenant=tenant,
            bot_id=incoming.bot,
            bot_name=incoming.bot_name,
            user_id=incoming.sender,
        ),
        personal=incoming.conversation_type == "personal",
    )


def told(error: BaseException) -> dict[str, str]:
    """What a log may say of an error: its kind and where it arose, never its words.

    A validation error's message holds what the person typed.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"
    status = {"status": str(error.status)} if isinstance(error, TeamsAnswered) else {}
    return {"error": type(error).__name__, "where": where, **status}


def _event(incoming: Incoming) -> Event | None:
    match incoming.type:
        case "message":
            return _said(incoming)
        case "invoke" if incoming.name == CARD_ACTION:
            action = incoming.value["action"]
            return CardAction(action["verb"], action.get("data") or {}, in_place=True)
        case "installationUpdate" if incoming.action in ("add", "add-upgrade"):
            return Installed()
        case "installationUpdate" if incoming.action == "remove":
            return Uninstalled()
        case "conversationUpdate" if incoming.bot in incoming.added:
            return Installed()
        case "conversationUpdate" if incoming.bot in incoming.removed:
            return Uninstalled()
    return None


def _said(incoming: Incoming) -> Event | None:
    """Typed text; or an old client's Action.Submit, a message with a value and no text."""
    text = plain_text(incoming)
    if text:
        return Message(text)
    value: Any = incoming.value
    if isinstance(value, dict) and isinstance(value.get("verb"), str) and value["verb"]:
        data = {key: item for key, item in value.items() if key != "verb"}
        return CardAction(value["verb"], data, in_place=False)
    return None


def plain_text(incoming: Incoming) -> str:
    """The words of a message, without the mention of the bot that a channel needs."""
    text = incoming.text
    for mention in incoming.mentions:
        text = text.replace(mention, " ", 1)
    return _AT.sub("", text, count=1).replace("&nbsp;", " ").strip()


def _name(member: dict[str, Any]) -> str:
    name = member.get("name")
    return name if isinstance(name, str) else ""


def _mails(member: dict[str, Any]) -> tuple[str, ...]:
    found = (member.get("email"), member.get("userPrincipalName"))
    named = [mail.strip() for mail in found if isinstance(mail, str) and "@" in mail]
    return tuple({mail.casefold(): mail for mail in named}.values())


def _ids(turn: Turn, incoming: Incoming) -> dict[str, str]:
    return {"person": turn.actor.key, **incoming.ids}
