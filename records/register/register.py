"""The register, the one place that changes a conversation: long, as it is one order of steps.

A change, the prompts it now owes and its audit line commit in one transaction. Before it, all at
the same time, are written: the due pointers, one more that says "lists to do"
(`records.register.listing`), and the own list rows of people who are new to it. The lists
themselves come after the reply. A transaction creates prompt rows, and wakes those that were
cancelled and are owed again; it touches no other.
"""

import asyncio
import logging
import random
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, TypeVar

from records.board.board import PRACTICE_REFERENCE, REFERENCE, REFERENCES
from records.conversation.binding import (
    Certain,
    Named,
    bind,
    everybody,
    newly_named,
    unbound,
    whose,
)
from records.conversation.conversation import Conversation, is_practice
from records.conversation.feedback import Answers
from records.conversation.snapshot import (
    ASSISTANT,
    KEYS_SEALED,
    TABLE,
    AuditLine,
    Snapshot,
    answers_key,
    answers_row,
    audit_row,
    chained,
    prompt_row,
    read_file,
    record_row,
)
from records.outbox import due
from records.outbox.prompt import Prompt
from records.people import NOBODY, PersonKey
from records.register import projections
from records.register.listing import Later, at_once, settle_lists, write_lists
from records.stages import QUIET, Act
from records.store.contract import (
    AlreadyThere,
    Changed,
    Create,
    Operation,
    Row,
    Store,
    StoreError,
    Update,
    together,
)
from records.timetable.timetable import Timetable

TRIES: Final = 40
"""More than the people of one conversation, who may all act at once."""
LONGEST_PAUSE: Final = 0.2
"""Seconds at most between two tries."""
REMEMBERED: Final = 40
"""Submission ids a conversation remembers: a redelivered Send finds its own receipt."""
CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NAMING: Final = ("people", "told", "practice_team", "team_lead", "changes", "reading")
"""Where a conversation names people."""
log = logging.getLogger(__name__)

_Key = TypeVar("_Key", bound=str)
Change = Callable[[Conversation], Conversation]
AnswersOf = Callable[[Snapshot], Sequence[Answers]]
Announce = Callable[[Sequence[Prompt]], Awaitable[None] | None]


class NoSuchConversation(StoreError):
    """There is no conversation with this id."""


@dataclass(frozen=True)
class Deed:
    """What is done, by whom and when: what the audit trail keeps of a change.

    `by` is the mark of a person, or a word such as ASSISTANT. `submission` is the id of the card
    that did it, where one did; the same one does it once.
    """

    act: Act
    by: str
    at: datetime
    submission: str = ""


def new_reference(random: Callable[[str], str] = secrets.choice, *, practice: bool = False) -> str:
    """A short random reference people can read out, such as LC-7K3QX (Crockford base 32); that of a
    rehearsal says so on every card and in every notification."""
    kind = PRACTICE_REFERENCE if practice else REFERENCE
    return f"{kind}-" + "".join(random(CROCKFORD) for _ in range(5))


async def nobody_is_certain(mail: str, tenant: str) -> PersonKey:
    """For callers that know no addresses."""
    return NOBODY


def nothing_to_announce(_: Sequence[Prompt]) -> None:
    """For callers that leave delivery to the sweep."""


class Register:
    """Opens and changes conversations.

    `announce` is told of the prompts each change created, `later` is given what may wait until the
    reply is out. `certain` says whose an address is: whoever a change names is bound with it.
    """

    def __init__(
        self,
        store: Store,
        timetable: Timetable,
        announce: Announce = nothing_to_announce,
        later: Later = at_once,
        certain: Certain = nobody_is_certain,
    ) -> None:
        self.store = store
        self.timetable = timetable
        self._announce, self._later, self._certain = announce, later, certain

    async def file(self, key: str, *, whole: bool = True) -> Snapshot | None:
        """What is kept of a conversation, or None; not `whole` without answers and audit lines."""
        return await read_file(self.store, key, whole=whole)

    async def reserve_reference(self, key: str) -> str:
        """A reference no other conversation has."""
        while True:
            reference = new_reference(practice=is_practice(key))
            row = Row(reference, "reference", {"conversation": key})
            try:
                await self.store.create(REFERENCES, row)
            except AlreadyThere:
                continue
            return reference

    async def open(self, conversation: Conversation, answers: Answers, by: str) -> Conversation:
        """Create a conversation with the answers of its request.

        Repeatable: where the conversation is there already, that one is the result.
        """
        deed = Deed(Act.REQUEST, by, conversation.created)
        conversation = await self._known(conversation, unbound(everybody(conversation)))
        fresh, lines = _audited(conversation, deed)
        prompts = [Prompt.of(one, fresh.id) for one in self.timetable.owed(fresh)]
        mine = await self._point(None, fresh, deed, prompts)
        operations: list[Operation] = [
            Create(record_row(fresh, "")),
            Create(answers_row(fresh.id, answers)),
            *(Create(audit_row(fresh.id, one)) for one in lines),
            *(Create(prompt_row(one)) for one in prompts),
        ]
        try:
            await self.store.commit(TABLE, operations)
        except AlreadyThere:
            file = await self.file(conversation.id, whole=False)
            if file is None:
                raise
            # The first try may have ended before it came to the lists.
            await self._finish(file.conversation, (), mine)
            return file.conversation
        await self._finish(fresh, prompts, mine)
        return fresh

    async def change(
        self,
        key: str,
        deed: Deed,
        change: Change,
        answers: AnswersOf | None = None,
        *,
        seen: Snapshot | None = None,
    ) -> Conversation:
        """`apply`, for those who go on with the record alone."""
        return (await self.apply(key, deed, change, answers, seen=seen)).conversation

    async def apply(
        self,
        key: str,
        deed: Deed,
        change: Change,
        answers: AnswersOf | None = None,
        *,
        seen: Snapshot | None = None,
        once: bool = False,
    ) -> Snapshot:
        """Apply a change and keep the answers that come with it; gives what is kept now.

        `seen` is what the caller has read already: the first try begins from it, and holds only if
        nobody has changed the record since. Where somebody was quicker, it is read again and
        `change` is applied to what is there now; so it is pure, asks the stage itself, and may
        raise; `once` leaves that to the caller, who has looked at more than `change` does, and
        raises Changed or AlreadyThere. Returning the same record changes nothing. To write answers
        a file has to be whole: one that is not is read again. Raises NoSuchConversation,
        WrongStage, Unavailable.
        """
        whole = answers is not None or (seen is not None and seen.whole)
        file = seen if seen is not None and seen.whole == whole else None
        for turn in range(TRIES):
            file = file or await self.file(key, whole=whole)
            if file is None:
                raise NoSuchConversation(key)
            if once and seen is not None and file.etag != seen.etag:
                raise Changed(TABLE, key, None)
            if deed.submission and deed.submission in file.conversation.recent:
                return file
            fresh = change(file.conversation)
            kept = answers(file) if answers is not None else ()
            if fresh == file.conversation and not kept:
                return file
            try:
                return await self._commit(file, fresh, deed, kept)
            except (Changed, AlreadyThere):
                if once:
                    raise
                file = None
                log.info("change again", extra={"action": "change_race", "id": key})
                await asyncio.sleep(min(0.005 * turn, LONGEST_PAUSE) * random.random())  # noqa: S311
        raise Changed(TABLE, key, None)

    async def _commit(
        self, file: Snapshot, changed: Conversation, deed: Deed, kept: Sequence[Answers]
    ) -> Snapshot:
        before = file.conversation
        if any(getattr(before, one) is not getattr(changed, one) for one in NAMING):
            changed = await self._known(changed, newly_named(before, changed))
        fresh, lines = _audited(changed, deed)
        due_now = () if deed.act in QUIET else self.timetable.owed(fresh)
        there = file.prompts.keys() | file.unreadable.keys()
        prompts = [Prompt.of(one, fresh.id) for one in due_now if one.id not in there]
        woken = file.cancelled(due_now) if due_now else []
        owed = (*prompts, *(one for one, _ in woken))
        mine = await self._point(file.conversation, fresh, deed, owed)
        said = [_keep(file, one) for one in kept]
        operations: list[Operation] = [
            Update(record_row(fresh, file.etag)),
            *(Create(audit_row(fresh.id, one)) for one in lines),
            *(Create(prompt_row(one)) for one in prompts),
            *(Update(prompt_row(*one)) for one in woken),
            *(operation for _, operation in said),
        ]
        written = await self.store.commit(TABLE, operations)
        await self._finish(fresh, owed, mine)
        return file.after(fresh, lines, owed, [one for one, _ in said], written)

    async def list_now(self, it: Conversation) -> None:
        """Write the lists already before the reply: where a turn that changed something also shows
        a list that counts it. A storage that is away fails nothing.
        """
        try:
            await write_lists(self.store, self.timetable, it)
        except StoreError:
            log.warning("lists left for later", extra={"action": "lists_late", "id": it.id})

    async def _known(self, fresh: Conversation, named: Sequence[Named]) -> Conversation:
        """With those of these bound who are certain."""
        return bind(fresh, await whose(named, self._certain))

    async def _point(
        self,
        before: Conversation | None,
        fresh: Conversation,
        deed: Deed,
        prompts: Iterable[Prompt],
    ) -> due.Pointer:
        """What has to be there before the change is, at the same time; gives the lists' pointer."""
        mine, store = due.lists_pointer(fresh.id, fresh.audit_sequence, deed.at), self.store
        pointers = (mine, *map(due.pointer, prompts))
        rows = list[Awaitable[None]]()
        if before is None or fresh.people is not before.people:
            if joined := _new(projections.belongs_to, before, fresh):
                rows.append(projections.list_for(store, fresh, self.timetable, *joined))
            if named := _new(projections.named_in, before, fresh):
                rows.append(projections.name_in(store, fresh.id, named))
        await together(*(due.point(store, one) for one in pointers), *rows)
        return mine

    async def _finish(
        self, fresh: Conversation, prompts: Sequence[Prompt], mine: due.Pointer
    ) -> None:
        about = (self.store, self.timetable, fresh, mine)
        for told in (self._later(partial(settle_lists, *about)), self._announce(prompts)):
            if told is not None:
                await told


def _audited(conversation: Conversation, deed: Deed) -> tuple[Conversation, list[AuditLine]]:
    """The record with the line of this deed; before its first one by a mark, where there are lines
    that have a person's key in them, the line that seals those."""
    acts = [(deed.by, str(deed.act))]
    if conversation.audit_sequence and not conversation.audit_sealed:
        acts.insert(0, (ASSISTANT, KEYS_SEALED))
    lines, before = list[AuditLine](), conversation.audit_head
    for number, (by, act) in enumerate(acts, start=conversation.audit_sequence + 1):
        line = AuditLine(
            sequence=number, at=deed.at, by=by, act=act, stage=conversation.stage, before=before
        )
        lines.append(chained(line))
        before = lines[-1].hash
    recent = (*conversation.recent, deed.submission) if deed.submission else conversation.recent
    update = {
        "audit_sequence": lines[-1].sequence,
        "audit_head": before,
        "audit_sealed": conversation.audit_sealed or lines[0].sequence,
        "recent": recent[-REMEMBERED:],
    }
    return conversation.model_copy(update=update), lines


def _new(
    of: Callable[[Conversation], Sequence[_Key]], before: Conversation | None, fresh: Conversation
) -> Sequence[_Key]:
    """Who is new to it: what lists them is to show it at once."""
    known = of(before) if before is not None else ()
    return [one for one in of(fresh) if one not in known]


def _keep(file: Snapshot, answers: Answers) -> tuple[Answers, Operation]:
    """The answers as they are written, with what they replace; and how."""
    there = file.answers.get(answers_key(answers.what, answers.by))
    if there is None:
        return answers, Create(answers_row(file.conversation.id, answers))
    kept = answers.after(there[0])
    return kept, Update(answers_row(file.conversation.id, kept, there[1]))
