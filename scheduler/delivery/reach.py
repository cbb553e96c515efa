"""Who can be reached, and what becomes of prompts of those who cannot; long, as it is one matter.

Not reached means parked, with the requester and the facilitators told. A parked prompt comes back
when its recipient installs the app. A notice about this never causes another. What Teams would take
from nobody is held for an operator instead, and nobody is told anything of anybody.
"""

import logging
from datetime import datetime
from functools import partial

from records.conversation.binding import bind
from records.conversation.conversation import Conversation
from records.conversation.snapshot import ASSISTANT, Snapshot
from records.directory import Directory
from records.outbox.parked import Parked, Waiting, shelf
from records.outbox.prompt import CHANNEL, SETTLED, Kind, Owed, Prompt, State
from records.people import Participant, Person, Reference
from records.register.register import Deed, Register
from records.stages import Act
from records.store.codec import Unreadable, tell
from records.store.contract import Changed
from records.timetable.timetable import Timetable
from scheduler.delivery.courier import NotAccepted, Unreachable
from scheduler.delivery.outbox import RESTING, Outbox, OutboxRow
from scheduler.delivery.settings import Clocks, Places

log = logging.getLogger(__name__)


class Reach:
    """Finds people, parks what cannot reach them, and brings it back."""

    def __init__(
        self, register: Register, directory: Directory, places: Places, clocks: Clocks
    ) -> None:
        self._register, self._directory = register, directory
        self._places, self._clocks = places, clocks
        self._outbox, self._parked = Outbox(register.store), Parked(register.store)

    async def place(
        self, to: str, named: Participant | None
    ) -> tuple[Reference | None, Person | None]:
        """Where a recipient can be written to now, or None; and the person, if it is one.

        With somebody who has no chat one is opened, where that can be. Raises NotAccepted where it
        may be later, Unreachable where Teams will not.
        """
        place, person = await self.known(to, named)
        if named is not None and (person is None or person.reference is None):
            person = await self._places.open(named) or person
            place = _reference(person)
        return place, person

    async def known(
        self, to: str, named: Participant | None
    ) -> tuple[Reference | None, Person | None]:
        """The same where nothing is done about it: no chat is opened. Raises StoreError."""
        if to == CHANNEL:
            return await self._places.channel(), None
        person = await self._directory.named(named) if named else None
        return _reference(person), person

    async def bind(self, prompt: Prompt, named: Participant | None, person: Person | None) -> None:
        """Whoever is written to by an address is its person from then on. Raises StoreError."""
        if named is None or person is None or named.key:
            return
        deed = Deed(Act.BOUND, ASSISTANT, self._clocks.now())
        keys = {(named.mail, named.tenant): person.key}
        await self._register.change(prompt.conversation, deed, partial(bind, keys=keys))

    async def gone(self, person: Person) -> None:
        """A send was refused because they have no longer got the app.

        Whoever has been in another chat since is here all the same.
        """
        now = await self._directory.find(person.key)
        if now is not None and now.reference == person.reference:
            await self._directory.gone(person.key)

    async def moved(self, person: Person | None, before: Reference, to: Reference) -> None:
        """A chat, or the channel where it is nobody's, has another id or host from now on."""
        if person is not None:
            await self._directory.moved(person.key, before, to)
        elif await self._places.channel() == before:
            await self._directory.channel_seen(to)

    async def park(
        self,
        entry: OutboxRow,
        reason: str,
        absent: Participant | None = None,
        *,
        refused: bool = False,
    ) -> None:
        """Wait for somebody to act, and say so. `absent` is given where their next sign of life
        would help; `refused` says that Teams would not take it, so that a sign of life is tried,
        and they are reached once something has come.

        The row comes last: a crash before it repeats all of this, and none of it counts twice.
        Raises Changed where somebody else took the prompt.
        """
        prompt, now = entry.prompt, self._clocks.now()
        place = shelf(absent) if absent else ""
        waiting = Waiting(place, prompt.conversation, prompt.id, refused)
        if waiting.partition:
            await self._parked.note(waiting)
        await self._say_not_reached(prompt, absent)
        await self._outbox.settle(entry, State.PARKED, reason=reason, parked_at=now)
        # They may have installed it since we looked, and found nothing parked yet.
        if absent and place and await self._is_here(absent):
            await self._unpark(waiting)

    async def hold(self, entry: OutboxRow, reason: str) -> None:
        """Wait for an operator: no sign of life of anybody would help. Raises Changed."""
        prompt, now = entry.prompt, self._clocks.now()
        await self._outbox.settle(entry, State.PARKED, reason=reason, held_at=now)
        ids = {"conversation": prompt.conversation, "prompt": prompt.id, "kind": prompt.kind}
        log.error("message held", extra={"action": "message_held", "reason": reason, **ids})

    async def _is_here(self, named: Participant) -> bool:
        return _reference(await self._directory.named(named)) is not None

    async def resume(self, person: Person) -> tuple[Prompt, ...]:
        """The prompts that waited for a sign of life of this person and are due again, now.

        Hand them to the timer's queue, or leave them to the next sweep. The conversations note
        that the person is reached. What is not owed now is cancelled, and may be owed again.
        Raises StoreError.
        """
        back = [await self._back(one) async for one in self._parked.of(person)]
        return tuple(one for one in back if one is not None)

    async def resume_reachable(self) -> tuple[Prompt, ...]:
        """As `resume`, for everybody who can be reached: what a crash between left behind."""
        back = [await self._back(one) async for one in self._parked.all()]
        return tuple(one for one in back if one is not None)

    async def _back(self, waiting: Waiting) -> Prompt | None:
        """Unpark one, if its recipient can be reached. A damaged row stops no other."""
        try:
            if not await self._can_come(waiting):
                return None
            return await self._unpark(waiting)
        except Unreadable as error:
            tell(error)
            return None

    async def _can_come(self, waiting: Waiting) -> bool:
        file = await self._register.file(waiting.conversation)
        entry = await self._outbox.read(waiting.conversation, waiting.prompt)
        named = file.conversation.person(entry.prompt.to) if file and entry else None
        if named is None or await self._is_here(named):
            return True
        owed = owed_now(self._register.timetable, file, waiting.prompt)
        return owed is not None and not waiting.refused and await self._joined(named)

    async def _joined(self, named: Participant) -> bool:
        """Whether they can be written to since, as a member of a team."""
        try:
            return _reference(await self._places.open(named)) is not None
        except (NotAccepted, Unreachable):
            return False

    async def reached(self, it: Conversation, who: str) -> None:
        """Something was brought to somebody who could not be reached before. Raises StoreError."""
        if any(one.who == who and one.still for one in it.unreached):
            await self._note_reached(it.id, who)

    async def _note_reached(self, key: str, who: str) -> None:
        deed = Deed(Act.REACHED, ASSISTANT, self._clocks.now())
        await self._register.change(key, deed, lambda it: it.reached(who))

    async def _say_not_reached(self, prompt: Prompt, absent: Participant | None) -> None:
        ids = {"conversation": prompt.conversation, "prompt": prompt.id}
        if prompt.to == CHANNEL:
            log.error("channel not reached", extra={"action": "channel_not_reached", **ids})
        elif prompt.kind is not Kind.NOT_REACHED:
            tell, at = await self._places.facilitators(), self._clocks.now()
            deed = Deed(Act.NOT_REACHED, ASSISTANT, at)
            shared = absent is not None and await self._is_shared(absent)
            await self._register.change(
                prompt.conversation,
                deed,
                # Whoever has answered meanwhile was reached.
                lambda it: (
                    it.not_reached(at, prompt.to, tell, shared=shared)
                    if self._owes(it, prompt)
                    else it
                ),
            )

    async def _is_shared(self, named: Participant) -> bool:
        """Whether several people have the address by which they are named."""
        if named.key:
            return False
        return len(await self._directory.holders(named.mail, named.tenant)) > 1

    def _owes(self, conversation: Conversation, prompt: Prompt) -> bool:
        return any(one.id == prompt.id for one in self._register.timetable.owed(conversation))

    async def _unpark(self, waiting: Waiting) -> Prompt | None:
        """Back to waiting, if still owed. The index row goes last, so that a crash repeats it."""
        entry = await self._outbox.read(waiting.conversation, waiting.prompt)
        back: Prompt | None = None
        if entry is not None:
            if entry.prompt.state not in SETTLED | RESTING:
                return None  # It is being parked; whoever does looks again afterwards.
            who = entry.prompt.to
            if not waiting.refused:
                await self._note_reached(waiting.conversation, who)
            back = await wake(self._register, entry, self._clocks.now())
            if waiting.refused and back is None:
                await self._note_reached(waiting.conversation, who)  # Nothing is left to come.
        await self._parked.forget(waiting)
        return back


async def wake(register: Register, entry: OutboxRow, now: datetime) -> Prompt | None:
    """A parked prompt is due again now, if it is still owed; what is not is cancelled, and None.
    Raises StoreError."""
    outbox, prompt = Outbox(register.store), entry.prompt
    file = await register.file(prompt.conversation)
    owed = owed_now(register.timetable, file, prompt.id)
    if prompt.state is not State.PARKED:
        return None
    try:
        if owed is None:
            await outbox.cancel(entry, stopped=is_stopped(file))
            return None
        back = {"reason": "", "parked_at": None, "held_at": None}
        return (await outbox.postpone(entry, now, **back)).prompt
    except Changed:
        return None  # Another instance woke it.


def owed_now(timetable: Timetable, file: Snapshot | None, prompt: str) -> Owed | None:
    """What the conversation owes under this id as it stands now, or None."""
    owed = timetable.owed(file.conversation) if file else ()
    return next((one for one in owed if one.id == prompt), None)


def is_stopped(file: Snapshot | None) -> bool:
    """Whether nothing is owed because messages are stopped."""
    return file is not None and file.conversation.stopped_at is not None


def _reference(person: Person | None) -> Reference | None:
    return person.reference if person is not None and person.reachable else None
