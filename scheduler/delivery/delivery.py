"""Delivery of one prompt, never lost and never simply sent twice: long, as one order of steps.

Is it still owed → where is the person → its card → claim the row by its ETag, which is also the
intent to send → send → record the message id. Two durable writes: what is read stands before the
first, so that whoever dies until then has held up nothing. Where more than reading has to be done
(a chat to open, a place to bind, people to tell), the row is claimed before that, read again, and
the intent is a third write.

Whoever finds a claim whose lease has run out goes on where it stopped: before the intent nothing
was sent; after it something may have been. What nobody waits for comes after the send, for several
at once (`tidy`): the pointers of what is settled, and the cards of what came.
"""

import asyncio
import logging
import random
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final, TypeVar

from records.access.lines import What
from records.access.recorder import UNNOTED, Notes
from records.conversation.snapshot import TABLE, Snapshot
from records.outbox import due
from records.outbox.kinds import KINDS
from records.outbox.parked import shelf
from records.outbox.prompt import CHANNEL, NOT_NEEDED, SETTLED, Prompt, State
from records.people import Participant, Person, Reference
from records.register.register import Register
from records.store.contract import Changed, StoreError, Unavailable
from scheduler.delivery.courier import (
    Ambiguous,
    Courier,
    NotAccepted,
    Parcel,
    Refused,
    Unreachable,
    send,
)
from scheduler.delivery.lines import Dispatch, Lines, Reading
from scheduler.delivery.outbox import FREE, RESTING, Outbox, OutboxRow
from scheduler.delivery.reach import Reach, is_stopped, owed_now
from scheduler.delivery.retry import (
    Decision,
    Failure,
    Hold,
    Park,
    Remind,
    TryAgain,
    decide,
    in_hours,
)
from scheduler.delivery.settings import Clocks, DeliveryOutcome, Limits, Render
from scheduler.delivery.unsent import NothingLeft

log = logging.getLogger(__name__)
_T = TypeVar("_T")
Opened = Callable[[Prompt, Person], Awaitable[None]]
Showed = Callable[[Prompt, Person, Reference, str, Parcel], None]
Instead = Callable[[Prompt, Snapshot, Person | None], Awaitable[Parcel | NothingLeft | None]]
PLAIN: Final = frozenset({DeliveryOutcome.SENT, DeliveryOutcome.REMINDED, DeliveryOutcome.SETTLED})
"""After which the conversation is as it was read."""


@dataclass(frozen=True)
class _Claim:
    """A prompt of ours: its row, what pointed to it, its conversation, when the lease ends, and
    its recipient."""

    entry: OutboxRow
    pointer: due.Pointer
    file: Snapshot
    ends: float
    person: Person | None = None

    @property
    def participant(self) -> Participant | None:
        return self.file.conversation.person(self.entry.prompt.to)


@dataclass(frozen=True)
class _Letter:
    """A card, the place it goes to, and its recipient (None for the channel)."""

    place: Reference
    person: Person | None
    parcel: Parcel


async def _nothing_opens(prompt: Prompt, person: Person) -> None:
    """For those who take no typed answers."""


def _nobody_is_told(
    prompt: Prompt, person: Person, place: Reference, message: str, parcel: Parcel
) -> None:
    """For those whose cards may stay as they are."""


async def _as_it_is(prompt: Prompt, file: Snapshot, person: Person | None) -> None:
    """For those whose cards do not hang on what somebody has begun to write."""


class Deliverer:
    """Delivers prompts. Any number of instances may; `owner` begins the name of each of its claims.

    `opened` is told what a person was asked, so that typed text can answer it as the card does;
    `showed` which message holds the card, so that it can be closed. `instead` looks, when it is
    sent, at what its reader has begun to write. `access` notes who was written to.
    """

    def __init__(
        self,
        register: Register,
        reach: Reach,
        courier: Courier,
        render: Render,
        clocks: Clocks,
        owner: str,
        limits: Limits | None = None,
        chance: Callable[[], float] = random.random,
        opened: Opened = _nothing_opens,
        showed: Showed = _nobody_is_told,
        instead: Instead = _as_it_is,
        access: Notes = UNNOTED,
    ) -> None:
        self._register, self._reach, self._opened = register, reach, opened
        self._showed, self._instead, self._access = showed, instead, access
        self._courier, self._render = courier, render
        self._clocks, self._owner, self._chance = clocks, owner, chance
        self._limits = limits or Limits()
        self._outbox = Outbox(register.store)
        self._stopping = False
        self._gone: list[due.Pointer] = []
        self._came: list[Callable[[], None]] = []
        self.lines = Lines(clocks.monotonic)

    def stop(self) -> None:
        """Claim nothing more, and release what is claimed and not yet posted."""
        self._stopping = True

    def dispatches(self, pointers: Iterable[due.Pointer]) -> list[Dispatch]:
        """A look at each; prompts of one conversation read it together."""
        readings: dict[str, Reading] = {}
        return [Dispatch(one, self._reading(one.conversation, readings)) for one in pointers]

    def _reading(self, key: str, known: dict[str, Reading]) -> Reading:
        if key not in known:
            known[key] = Reading(self._register, key, self._clocks.monotonic)
        return known[key]

    async def deliver(self, pointer: due.Pointer) -> DeliveryOutcome:
        """Look at the prompt behind a pointer and do what is due, alone. Raises StoreError."""
        [dispatch] = self.dispatches([pointer])
        try:
            return await self.dispatch(dispatch)
        finally:
            self.lines.give_up(dispatch)
            await self.tidy()

    async def dispatch(self, dispatch: Dispatch) -> DeliveryOutcome:
        """The same for one of several: what has its chat goes first, and it is left in line.

        Whoever calls this asks `lines` who is next, and then for what is left to `tidy`.
        Raises StoreError.
        """
        if self._stopping:
            return DeliveryOutcome.LEFT
        plain = False
        try:
            file = await dispatch.reading.file()
            entry = await self._entry(file, dispatch.pointer)
            if entry is None:
                return DeliveryOutcome.MISSING
            try:
                outcome = await self._before(entry, dispatch.pointer)
                outcome = outcome or await self._look(entry, file, dispatch)
            except Changed:
                outcome = DeliveryOutcome.TAKEN
            plain = outcome in PLAIN and not (file and file.conversation.unreached)
        finally:
            if not plain:
                dispatch.reading.forget()
                self.lines.forget(dispatch)
        _tell(entry.prompt, outcome)
        return outcome

    @property
    def untidy(self) -> int:
        """How much is left to `tidy`."""
        return len(self._gone)

    async def tidy(self) -> None:
        """What need not be done before a message is sent, for all that were. Fails never."""
        gone, self._gone = self._gone, []
        came, self._came = self._came, []
        for tell in came:
            tell()
        await due.unpoint_all(self._register.store, gone)

    async def _entry(self, file: Snapshot | None, pointer: due.Pointer) -> OutboxRow | None:
        """The prompt as it was read with its conversation; by itself where it was not."""
        found = file.prompts.get(pointer.prompt) if file else None
        if found is not None:
            return OutboxRow(*found)
        return await self._outbox.read(pointer.conversation, pointer.prompt)

    # Before the claim ---------------------------------------------------------------------------

    async def _before(self, entry: OutboxRow, pointer: due.Pointer) -> DeliveryOutcome | None:
        """Why there is nothing to claim, or None."""
        prompt, now = entry.prompt, self._clocks.now()
        if prompt.state in SETTLED:
            self._gone.append(pointer)
            return DeliveryOutcome.SETTLED
        if prompt.state not in RESTING:
            if prompt.lease_until is not None and prompt.lease_until > self._clocks.system():
                return DeliveryOutcome.TAKEN
            return await self._died(entry) if prompt.state is State.SENDING else None
        if prompt.not_before > now:
            # A pointer later than its row belongs to a change that is just being written.
            if pointer.at < prompt.not_before:
                await self._outbox.forget(pointer)
            return DeliveryOutcome.LATER
        return await self._out_of_hours(entry, now)

    async def _out_of_hours(self, entry: OutboxRow, now: datetime) -> DeliveryOutcome | None:
        prompt, office = entry.prompt, self._register.timetable.office
        at = in_hours(prompt.kind, prompt.not_before, now, office, self._limits.waits)
        if at <= now:
            return None
        await self._outbox.postpone(entry, at)
        return DeliveryOutcome.LATER

    async def _died(self, entry: OutboxRow) -> DeliveryOutcome:
        """A process ended between intent and message id: it may have arrived."""
        failure = Ambiguous("the process ended while sending")
        match self._decide(entry.prompt, failure):
            case Park(reason) | Hold(reason):
                return await self._park(entry, reason)
            case TryAgain(at) | Remind(at):
                await self._outbox.postpone(entry, at, state=State.UNSURE, reminders=1)
                return DeliveryOutcome.UNSURE

    # What is read before the claim ---------------------------------------------------------------

    async def _look(
        self, entry: OutboxRow, file: Snapshot | None, dispatch: Dispatch
    ) -> DeliveryOutcome:
        """Send what only has to be sent; whatever else is to be done is done under a claim."""
        prompt = entry.prompt
        named = file.conversation.person(prompt.to) if file else None
        chat = _chat_of(prompt, named)
        if chat and not self.lines.enter(chat, dispatch):
            return DeliveryOutcome.IN_LINE
        letter = await self._letter(prompt, file, dispatch) if file else None
        if file is None or letter is None:
            return await self._claim(entry, dispatch.pointer)
        ends, taken = self._lease(prompt)
        claim = _Claim(entry, dispatch.pointer, file, ends, letter.person)
        return await self._post(claim, letter, taken)

    async def _letter(self, prompt: Prompt, file: Snapshot, dispatch: Dispatch) -> _Letter | None:
        """What is owed now to somebody who is known and can be reached; else None."""
        owed = owed_now(self._register.timetable, file, prompt.id)
        if prompt.state not in RESTING or owed is None or owed.due > self._clocks.now():
            return None
        named = file.conversation.person(prompt.to)
        if prompt.to != CHANNEL and not (named and named.key):
            return None
        find = partial(self._reach.known, prompt.to, named)
        place, person = await self.lines.found(_chat_of(prompt, named), dispatch, find)
        if place is None:
            return None
        parcel = await self._instead(prompt, file, person)
        if isinstance(parcel, NothingLeft):
            return None
        try:
            card = parcel or self._render(prompt, file, person, prompt.reminders > 0)
        except Exception:
            # It fails again under its claim, and that is when it is logged: a card that cannot be
            # drawn is tried when a lease has run out, and not at every sweep.
            return None
        return _Letter(place, person, card)

    def _lease(self, prompt: Prompt) -> tuple[float, dict[str, object]]:
        """When a claim of now ends by the monotonic clock, and what it writes into the row.

        Its owner is this claim's alone: a sweep and a commit of one process may both come to a
        prompt, and each has to know its own word from the other's.
        """
        lease = self._limits.lease
        return self._clocks.monotonic() + lease.total_seconds(), {
            "owner": f"{self._owner}-{secrets.token_hex(4)}",
            "lease_until": self._clocks.system() + lease,
            "attempt": prompt.attempt + 1,
        }

    # Under the claim ----------------------------------------------------------------------------

    async def _claim(self, entry: OutboxRow, pointer: due.Pointer) -> DeliveryOutcome:
        ends, taken = self._lease(entry.prompt)
        mine = await self._outbox.change(entry, state=State.CLAIMED, **taken)
        file = await self._register.file(entry.prompt.conversation)
        owed = owed_now(self._register.timetable, file, entry.prompt.id)
        if file is None or owed is None:
            return await self._cancel(mine, stopped=is_stopped(file))
        if owed.due > self._clocks.now():
            await self._outbox.postpone(mine, owed.due)
            return DeliveryOutcome.LATER
        return await self._address(_Claim(mine, pointer, file, ends))

    async def _cancel(self, mine: OutboxRow, *, stopped: bool) -> DeliveryOutcome:
        """A change that made it owed again while we held it could not wake it: look once more."""
        cancelled = await self._outbox.cancel(mine, stopped=stopped)
        file = await self._register.file(mine.prompt.conversation)
        owed = owed_now(self._register.timetable, file, mine.prompt.id)
        if owed is None or stopped:  # Starting again knows what a stop kept back.
            return DeliveryOutcome.CANCELLED
        await self._outbox.wake(cancelled, owed)
        return DeliveryOutcome.LEFT

    async def _address(self, claim: _Claim) -> DeliveryOutcome:
        """Find the place it goes to, and write the card."""
        prompt = claim.entry.prompt
        try:
            place, person = await self._reach.place(prompt.to, claim.participant)
        except (NotAccepted, Unreachable) as failure:
            return await self._failed(claim, failure)
        if place is None:
            return await self._park(claim.entry, "no way to reach", claim.participant)
        await self._reach.bind(prompt, claim.participant, person)
        parcel = await self._instead(prompt, claim.file, person)
        if isinstance(parcel, NothingLeft):
            await self._outbox.settle(claim.entry, State.CANCELLED, reason=NOT_NEEDED)
            return DeliveryOutcome.CANCELLED
        parcel = parcel or self._render(prompt, claim.file, person, prompt.reminders > 0)
        return await self._post(replace(claim, person=person), _Letter(place, person, parcel), {})

    async def _post(
        self, claim: _Claim, letter: _Letter, taken: Mapping[str, object]
    ) -> DeliveryOutcome:
        """Write the intent, with what claims the row where it is not claimed yet, and send."""
        if self._stopping:
            return DeliveryOutcome.LEFT if taken else await self._release(claim.entry)
        entry = await self._intend(claim.entry, taken)
        twice = 2 * self._limits.send.total_seconds()
        if claim.ends - self._clocks.monotonic() <= twice:
            return await self._release(entry)
        place, parcel = letter.place, letter.parcel
        try:
            # The courier keeps its own time-out; this one holds even if it does not, so that
            # nothing is posted once the lease has run out.
            async with asyncio.timeout(twice):
                personal = claim.person is not None
                message, now_at = await send(self._courier, place, parcel, personal=personal)
        except (NotAccepted, Refused, Ambiguous) as failure:
            return await self._failed(replace(claim, entry=entry), failure)
        except TimeoutError:
            return await self._failed(replace(claim, entry=entry), Ambiguous("no answer in time"))
        at = self._clocks.now()
        await self._surely(lambda: self._record(entry, message, at))
        self._note_sent(entry.prompt, claim.person, at)
        pointed = due.pointer(entry.prompt)
        self._gone.append(claim.pointer if claim.pointer == pointed else pointed)
        await self._surely(lambda: self._reach.reached(claim.file.conversation, entry.prompt.to))
        if now_at != place:
            await self._surely(lambda: self._reach.moved(claim.person, place, now_at))
        await self._open(entry.prompt, claim.person)
        if claim.person is not None:
            told = (entry.prompt, claim.person, now_at, message, parcel)
            self._came.append(partial(self._showed, *told))
        return DeliveryOutcome.REMINDED if entry.prompt.reminders else DeliveryOutcome.SENT

    def _note_sent(self, prompt: Prompt, person: Person | None, at: datetime) -> None:
        by = person.mark if person else CHANNEL
        about = {"of": prompt.to, "about": str(prompt.kind)}
        self._access.note(What.SENT, at, by, prompt.conversation, **about)

    async def _intend(self, entry: OutboxRow, taken: Mapping[str, object]) -> OutboxRow:
        """That we are about to send, written down. Raises Changed.

        Where the storage did not say whether it was, we look until it does: nothing was posted
        yet, and whoever found our word alone would have to take it that something was.
        """
        mine = entry.prompt.model_copy(update=dict(taken))
        while True:
            try:
                return await self._outbox.change(entry, state=State.SENDING, **taken)
            except (Unavailable, Changed):
                found = await self._surely(partial(self._ours, entry, mine))
                if found is None:
                    raise Changed(TABLE, entry.prompt.conversation, None) from None
                if found.prompt.state is State.SENDING:
                    return found
                entry = found

    async def _ours(self, entry: OutboxRow, mine: Prompt) -> OutboxRow | None:
        """The row, where it is as we read it or as we wrote it; None where somebody else has it."""
        found = await self._outbox.read(mine.conversation, mine.id)
        if found is None or found.etag == entry.etag:
            return found
        claim = (mine.owner, mine.attempt)
        return found if (found.prompt.owner, found.prompt.attempt) == claim else None

    async def _open(self, prompt: Prompt, person: Person | None) -> None:
        """A convenience: where it fails, the tap on the card opens the question."""
        if person is None or not KINDS[prompt.kind].opens:
            return
        try:
            await self._opened(prompt, person)
        except StoreError:
            log.warning("question not opened", extra={"action": "not_opened", "id": prompt.id})

    async def _release(self, entry: OutboxRow) -> DeliveryOutcome:
        """Nothing was posted: anybody may claim it at once."""
        await self._outbox.postpone(entry, entry.prompt.not_before)
        return DeliveryOutcome.LEFT

    async def _park(
        self,
        entry: OutboxRow,
        reason: str,
        absent: Participant | None = None,
        *,
        refused: bool = False,
    ) -> DeliveryOutcome:
        await self._reach.park(entry, reason, absent, refused=refused)
        return DeliveryOutcome.PARKED

    async def _record(self, entry: OutboxRow, message: str, at: datetime) -> None:
        """That it was sent outweighs what others made of our silence meanwhile."""
        current: OutboxRow | None = entry
        while current is not None and current.prompt.state not in SETTLED:
            try:
                sent = {"message_id": message, "sent_at": at}
                await self._outbox.change(current, state=State.SENT, **FREE, **sent)
            except Changed:
                prompt = entry.prompt
                current = await self._outbox.read(prompt.conversation, prompt.id)
                if current is not None and _is_another_send(current.prompt, prompt):
                    return  # A reminder is on its way, which records its own id.
            else:
                return

    async def _failed(self, claim: _Claim, failure: Failure) -> DeliveryOutcome:
        entry, person = claim.entry, claim.person
        match self._decide(entry.prompt, failure):
            case TryAgain(at):
                await self._surely(lambda: self._outbox.postpone(entry, at, reason=failure.reason))
                return DeliveryOutcome.AGAIN
            case Remind(at):
                state = {"state": State.UNSURE, "reminders": 1, "reason": failure.reason}
                await self._surely(lambda: self._outbox.postpone(entry, at, **state))
                return DeliveryOutcome.UNSURE
            case Hold(reason):
                await self._surely(lambda: self._reach.hold(entry, reason))
                return DeliveryOutcome.HELD
            case Park(reason):
                if not isinstance(failure, Unreachable):
                    return await self._park(entry, reason)
                if person is not None:
                    await self._reach.gone(person)
                return await self._park(entry, reason, claim.participant, refused=True)

    def _decide(self, prompt: Prompt, failure: Failure) -> Decision:
        office, waits = self._register.timetable.office, self._limits.waits
        return decide(prompt, failure, self._clocks.now(), office, self._chance, waits)

    async def _surely(self, write: Callable[[], Awaitable[_T]]) -> _T:
        """Write what Teams answered, for as long as the store is away and this process lives."""
        while True:
            try:
                return await write()
            except Unavailable:
                log.warning("store away after a send", extra={"action": "record_waits"})
                await asyncio.sleep(self._limits.record_pause.total_seconds())


def _chat_of(prompt: Prompt, named: Participant | None) -> str:
    """The chat a prompt is for, by its recipient; empty where nobody is known by it."""
    if prompt.to == CHANNEL:
        return CHANNEL
    return shelf(named) if named is not None else ""


def _is_another_send(current: Prompt, ours: Prompt) -> bool:
    return current.state is State.SENDING and current.attempt != ours.attempt


def _tell(prompt: Prompt, outcome: DeliveryOutcome) -> None:
    ids = {"conversation": prompt.conversation, "prompt": prompt.id, "kind": prompt.kind}
    log.info(f"prompt {outcome}", extra={"action": f"prompt_{outcome}", **ids})
