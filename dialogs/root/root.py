"""The root, long as every kind of turn comes in here: one turn in, one reply out.

`dialogs.root.routes` says which handler it belongs to. Here the person is resolved, the
conversation loaded once and the right asked once; where it does not hold, `dialogs.root.where` says
what is shown instead.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Final

from cards.kit.notes import note, sentence
from cards.kit.page import LEFT
from cards.wording import wording
from dialogs import home
from dialogs.changes import people_change
from dialogs.files import download
from dialogs.files.files import NotTheirs, by_link
from dialogs.flow.answering import CARRIED
from dialogs.flow.drafting import take_back_own
from dialogs.flow.flow import InFlow, NotOpen
from dialogs.flow.leaving import keep_left
from dialogs.flow.typed import submission_in, texts_in
from dialogs.learning import upload
from dialogs.root import messages
from dialogs.root.back import behind_a_button, put_by
from dialogs.root.doors import for_message
from dialogs.root.once import FILE, once
from dialogs.root.reads import note_reads
from dialogs.root.routes import COMMANDS, FILES, FLOWS, SPOKEN, TAPS, TYPED
from dialogs.root.said import Meant, bare, meant
from dialogs.root.where import instead, put_away
from dialogs.turn.access import NotNow, Right
from dialogs.turn.alarm import alarm_in
from dialogs.turn.context import Context, NoSuchKey, Services
from dialogs.turn.events import (
    CardAction,
    Data,
    Event,
    FileConsent,
    FileSent,
    Installed,
    Message,
    MessageChanged,
    Reply,
    Turn,
    Uninstalled,
    given_back,
    with_texts,
)
from dialogs.turn.route import Plain, for_evaluators, for_facilitators, refuse
from records.conversation.conversation import PRACTICE
from records.people import PersonKey
from records.store.contract import TooLarge
from records.store.row_rules import well_formed

log = logging.getLogger(__name__)
SHORTEST: Final = 2
"""Characters up to which an answer is a choice or a number, and no words are looked at."""
More = Callable[[Context, str], Awaitable[Reply | None]]


class Root:
    """Takes one turn and gives one reply. `more` reads commands only a demo has."""

    def __init__(self, services: Services, more: More | None = None) -> None:
        self.services = services
        self._more = more

    async def handle(self, turn: Turn) -> Reply:
        """One turn. Raises StoreError where storage does not answer; nothing is lost by it."""
        turn, now = clean(turn), self.services.now()
        person, arrived = await self.services.directory.seen(
            turn.actor.tenant,
            turn.actor.object_id,
            turn.actor.name,
            now,
            reference=turn.reference if turn.personal else None,
            addresses=turn.addresses,
            at=turn.at,
        )
        context = Context(self.services, turn, person, now)
        if isinstance(turn.event, Uninstalled):
            await self.services.directory.gone(person.key, turn.at or now)
            return Reply()
        if not turn.personal:
            return await self._elsewhere(context, turn.event)
        if isinstance(turn.event, Installed) and not person.reachable:
            return Reply()  # It was delivered late: they have removed the app since.
        if arrived:
            await self.services.arrived(person)
        reply = await self._or_instead(context, turn.event)
        if context.departed:
            await put_away(context, FLOWS)
        if not isinstance(turn.event, CardAction):
            reply = for_message(reply, "\n".join(typed_texts(turn.event)))
            reply = await behind_a_button(context, reply)
        if context.loaded or context.quoted or context.collated:
            self.services.access.later(partial(note_reads, context, reply))
        if context.alarm:
            reply = messages.alarmed(reply, context.alarm)
        # Most are about none, and cost no more than this.
        rehearsed = PRACTICE in f"{reply.card}{reply.summary}{reply.beside}".casefold()
        return messages.practised(reply) if rehearsed else reply

    async def _or_instead(self, context: Context, event: Event) -> Reply:
        """The reply, or what is said where the tap cannot be done; what was typed comes back."""
        try:
            return await context.until_it_holds(partial(self._here, context, event))
        except NotOpen as closed:
            return given_back(closed.reply, [] if closed.complete else typed_texts(event), event)
        except NotNow as lost:
            texts = _once((*lost.texts, *typed_texts(event)))
            reply, rest = await put_by(context, await instead(context, lost), texts)
            return given_back(reply, rest, event)
        except NoSuchKey as unknown:
            refused = refuse(context, "unknown", unknown.key)
            return given_back(refused, typed_texts(event), event)
        except TooLarge:
            # A sentence alone: no card could show it, and the one on the screen stays.
            return Reply(summary=wording.TOO_MUCH)

    async def _here(self, context: Context, event: Event) -> Reply:
        match event:
            case Installed():
                return await home.installed(context)
            case Message():
                answer = partial(self._message, context, event)
                return await once(context, TYPED, answer)
            case MessageChanged():
                said = messages.changed(event)
                return Reply(sentence(said), said)
            case CardAction() if LEFT in event.data:
                return await self._left(context, event)
            case CardAction():
                return await self._tap(context, event)
            case FileConsent():
                return await download.consented(context, FILES, event)
            case FileSent():
                context.alarm = alarm_in(typed_texts(event))
                return await once(context, TYPED, partial(_file_sent, context, event))
            case _:
                return Reply()

    async def _elsewhere(self, context: Context, event: Event) -> Reply:
        """In a channel or group nothing of a situation is asked or shown, and what becomes of
        messages there is not ours."""
        if isinstance(event, Installed | MessageChanged) or event == Message("", picture=True):
            return Reply()
        return Reply(sentence(wording.NOT_HERE), wording.NOT_HERE)

    async def _message(self, context: Context, event: Message) -> Reply:
        """What was typed; a picture beside it gets a sentence of its own."""
        if not event.picture:
            return await self._words(context, event.text)
        if not event.text:
            return Reply(sentence(wording.PICTURE), wording.PICTURE)
        return messages.with_picture(await self._words(context, event.text))

    async def _words(self, context: Context, text: str) -> Reply:
        """A command, what a demo alone has, what is meant beside all questions, or an answer."""
        words = bare(text, (context.turn.reference.bot_name, wording.APP))
        command = COMMANDS.get(words)
        if command is not None:
            if command.evaluators and not await context.is_evaluator():
                return for_evaluators(context, command.words[0])
            if command.team and not await context.is_of_team(readers_too=command.readers):
                return for_facilitators(context, command.words[0])
            return await command.handler(context)
        for one in SPOKEN:
            if spoken := one.pattern.fullmatch(text.strip()):
                return await one.handler(context, spoken["found"])
        if self._more is not None:
            reply = await self._more(context, words)
            if reply is not None:
                return reply
        said = meant(words)
        if said is not None:
            return await self._beside(context, said, text)
        context.alarm = alarm_in([text])
        return await TYPED.text(context, text)

    async def _beside(self, context: Context, said: Meant, text: str) -> Reply:
        """What answers nothing that was asked: no draft is touched."""
        match said:
            case Meant.THANKS:
                return await TYPED.thanked(context, text)
            case Meant.WHAT_IS_THIS:
                return await home.help_card(context, asked=True)
            case Meant.CANNOT_COME:
                return await people_change.cannot_come(context)

    async def _left(self, context: Context, tap: CardAction) -> Reply:
        """A button that leads out of a flow: what is half written on its card is kept first."""
        data = Data(tap.data)
        context.alarm = alarm_in(typed_texts(tap), submission_in(data, FLOWS))
        unkept = await keep_left(context, FLOWS, data)
        return with_texts(await self._tap(context, tap), unkept, wording.NOT_KEPT)

    async def _tap(self, context: Context, tap: CardAction) -> Reply:
        if tap.automatic:
            # No card of ours asks for it; a client that does changes nothing, whatever it names.
            return await home.mine(context)
        route, data = TAPS.get(tap.verb), Data(tap.data)
        if any(
            isinstance(one, str) and len(one) > SHORTEST and name not in CARRIED
            for name, one in data.items()
        ):
            context.alarm = alarm_in(typed_texts(tap), submission_in(data, FLOWS))
        if route is None:
            log.warning("unknown verb", extra={"action": "unknown_verb"})
            return Reply(note(wording.GONE), wording.GONE)
        if isinstance(route, InFlow):
            return await _in_flow(context, route, data)
        if isinstance(route, Plain):
            if route.evaluators and not await context.is_evaluator():
                return for_evaluators(context, route.verb)
            if route.team and not await context.is_of_team(readers_too=route.readers):
                return for_facilitators(context, route.verb)
            return await route.handler(context, data)
        it = await context.about(data.conversation, route.right, whole=route.whole)
        return await route.handler(context, it, data)


async def _in_flow(context: Context, route: InFlow, data: Data) -> Reply:
    """A tap inside a flow: the right is the flow's own."""
    flow = FLOWS.get(data.text("flow"))
    if flow is None:
        return Reply(note(wording.GONE), wording.GONE)
    if flow.right is not None and not route.free:
        try:
            await context.about(data.conversation, flow.right, whole=flow.whole)
        except NotNow as lost:
            await take_back_own(context, flow, lost)
            raise
    return await route.handler(context, flow, data)


async def _file_sent(context: Context, event: FileSent) -> Reply:
    context.place = ""
    reply = await upload.sent(context, event)
    if context.file is not None:
        context.place = f"{FILE} {context.it.id}"
    return reply


async def hand_in(services: Services, owner: PersonKey, key: str, name: str, body: bytes) -> str:
    """A file from the page; the sentence that says what became of it. Raises NotTheirs."""
    context = await by_link(services, owner)
    try:
        await context.about(key, Right.UPLOAD)
        taken = partial(upload.take, context, name, body)
        return (await context.until_it_holds(taken)).summary
    except NotNow as lost:
        if lost.it.stopped_at is not None:
            raise NotTheirs from lost
        return (await instead(context, lost)).summary
    except NoSuchKey as unknown:
        return refuse(context, "upload", unknown.key).summary


def clean(turn: Turn) -> Turn:
    """The turn with its texts well formed: half a character cannot be kept, nor compared later."""
    event = turn.event
    if isinstance(event, Message | FileSent):
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
    return texts_in(event, FLOWS)


def _once(texts: Iterable[str]) -> list[str]:
    """Each text once, whatever space stands around it."""
    return list({text.strip(): text for text in reversed(list(texts))}.values())[::-1]
