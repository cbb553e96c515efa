"""The root: one turn in, one reply out. `dialogs.taps` says which handler it belongs to."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from cards.notes import note, sentence
from cards.wording import wording
from dialogs import home, offering, stopping, uploading
from dialogs.echo import with_texts
from dialogs.engine import Engine
from dialogs.events import (
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
from dialogs.flow import NotOpen
from dialogs.flows import FLOWS, flow_of, text
from dialogs.hands import Hands
from dialogs.shelf import FILES
from dialogs.taps import ACTIONS, COMMANDS
from dialogs.typed import Typed
from dialogs.visit import Desk, Stopped, Visit
from records.entities import well_formed
from records.stages import WrongStage

log = logging.getLogger(__name__)
More = Callable[[Visit, str], Awaitable[Reply | None]]


class Root:
    """Takes one turn and gives one reply. `more` reads commands only a demo has."""

    def __init__(self, desk: Desk, more: More | None = None) -> None:
        self.desk = desk
        self._more = more
        engine = Engine()
        self._hands = Hands(engine, Typed(engine, FLOWS))

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
            texts = [] if closed.complete else typed_texts(turn.event)
            return with_texts(closed.reply, texts)
        except Stopped as stopped:
            return with_texts(stopping.where(visit, stopped.it), typed_texts(turn.event))
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
        if isinstance(event, FileConsent):
            return await offering.consented(visit, FILES, event)
        if isinstance(event, FileSent):
            return await uploading.sent(visit, event)
        return Reply()

    async def _message(self, visit: Visit, text: str) -> Reply:
        words = " ".join(text.casefold().split()).strip(" .!?") or text.strip()
        command = COMMANDS.get(words)
        if command is not None:
            return await command(self._hands, visit)
        if self._more is not None:
            reply = await self._more(visit, words)
            if reply is not None:
                return reply
        return await self._hands.typed.text(visit, text)

    async def _action(self, visit: Visit, action: CardAction) -> Reply:
        handler = ACTIONS.get(action.verb)
        if handler is None:
            log.warning("unknown verb", extra={"action": "unknown_verb"})
            return Reply(note(wording.GONE), wording.GONE)
        return await handler(self._hands, visit, action.data)


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
