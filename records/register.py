"""The register of conversations: the one place that changes one.

A change, the prompts it now owes and its audit line commit in one transaction. Due pointers are
written before it, lists after it. A transaction creates prompt rows, and wakes those that were
cancelled and are owed again; it touches no other.
"""

import asyncio
import logging
import random
import secrets
from collections.abc import Awaitable, Callable, Container, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from records import due, lists
from records.audit import AuditLine, chained
from records.board import REFERENCES
from records.conversation import Conversation
from records.feedback import Answers
from records.file import (
    TABLE,
    File,
    answers_key,
    answers_row,
    audit_row,
    prompt_row,
    read_file,
    read_record,
    record_row,
)
from records.prompt import Prompt
from records.stages import Act
from records.store import AlreadyThere, Changed, Create, Operation, Row, Store, StoreError, Update
from records.timetable import Timetable

TRIES: Final = 40
"""More than the people of one conversation, who may all act at once."""
LONGEST_PAUSE: Final = 0.2
"""Seconds at most between two tries."""
REMEMBERED: Final = 40
"""Submission ids a conversation remembers: a redelivered Send finds its own receipt."""
CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
log = logging.getLogger(__name__)

Change = Callable[[Conversation], Conversation]
Announce = Callable[[Sequence[Prompt]], Awaitable[None] | None]


class NoSuchConversation(StoreError):
    """There is no conversation with this id."""


@dataclass(frozen=True)
class Deed:
    """What is done, by whom and when: what the audit trail keeps of a change.

    `submission` is the id of the card that did it, where one did; the same one does it once.
    """

    act: Act
    by: str
    at: datetime
    submission: str = ""


def new_reference(random: Callable[[str], str] = secrets.choice) -> str:
    """A short random reference people can read out, such as LC-7K3QX (Crockford base 32)."""
    return "LC-" + "".join(random(CROCKFORD) for _ in range(5))


def nothing_to_announce(_: Sequence[Prompt]) -> None:
    """For callers that leave delivery to the sweep."""


class Register:
    """Opens and changes conversations. `announce` is told of the prompts each change created."""

    def __init__(
        self, store: Store, timetable: Timetable, announce: Announce = nothing_to_announce
    ) -> None:
        self.store = store
        self.timetable = timetable
        self._announce = announce

    async def file(self, conversation: str) -> File | None:
        """Everything kept of a conversation, or None."""
        return await read_file(self.store, conversation)

    async def reserve_reference(self, conversation: str) -> str:
        """A reference no other conversation has."""
        while True:
            reference = new_reference()
            row = Row(reference, "reference", {"conversation": conversation})
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
        fresh, line = _audited(conversation, deed)
        prompts = self._missing(fresh, ())
        await self._point(prompts)
        operations: list[Operation] = [
            Create(record_row(fresh, "")),
            Create(answers_row(fresh.id, answers)),
            Create(audit_row(fresh.id, line)),
            *(Create(prompt_row(one)) for one in prompts),
        ]
        try:
            await self.store.commit(TABLE, operations)
        except AlreadyThere:
            file = await self.file(conversation.id)
            if file is None:
                raise
            # The first try may have ended before it came to the lists.
            await self._list(file.conversation)
            return file.conversation
        await self._finish(fresh, prompts)
        return fresh

    async def change(
        self,
        conversation: str,
        deed: Deed,
        change: Change,
        answers: Callable[[File], Sequence[Answers]] = lambda _: (),
    ) -> Conversation:
        """Apply a change and keep the answers that come with it.

        `change` is pure and is applied again to what is there now where somebody else was
        quicker, so it decides on the present stage; it may raise. Returning the same record
        changes nothing. Raises NoSuchConversation, WrongStage, Unavailable.
        """
        for turn in range(TRIES):
            file = await self.file(conversation)
            if file is None:
                raise NoSuchConversation(conversation)
            if deed.submission and deed.submission in file.conversation.recent:
                return file.conversation
            fresh = change(file.conversation)
            kept = answers(file)
            if fresh == file.conversation and not kept:
                return fresh
            try:
                return await self._commit(file, fresh, deed, kept)
            except (Changed, AlreadyThere):
                log.info("change again", extra={"action": "change_race", "id": conversation})
                await asyncio.sleep(min(0.005 * turn, LONGEST_PAUSE) * random.random())  # noqa: S311
        raise Changed(TABLE, conversation, None)

    async def _commit(
        self, file: File, changed: Conversation, deed: Deed, kept: Sequence[Answers]
    ) -> Conversation:
        fresh, line = _audited(changed, deed)
        prompts = self._missing(fresh, file.prompts.keys() | file.unreadable.keys())
        woken = file.cancelled(self.timetable.owed(fresh))
        await self._point((*prompts, *(one for one, _ in woken)))
        operations: list[Operation] = [
            Update(record_row(fresh, file.etag)),
            Create(audit_row(fresh.id, line)),
            *(Create(prompt_row(one)) for one in prompts),
            *(Update(prompt_row(*one)) for one in woken),
            *(_keep(file, one) for one in kept),
        ]
        await self.store.commit(TABLE, operations)
        await self._finish(fresh, (*prompts, *(one for one, _ in woken)))
        return fresh

    def _missing(self, fresh: Conversation, there: Container[str]) -> list[Prompt]:
        owed = self.timetable.owed(fresh)
        return [Prompt.of(one, fresh.id) for one in owed if one.id not in there]

    async def _point(self, prompts: Sequence[Prompt]) -> None:
        for prompt in prompts:
            await due.point(self.store, due.pointer(prompt))

    async def _finish(self, fresh: Conversation, prompts: Sequence[Prompt]) -> None:
        await self._list(fresh)
        told = self._announce(prompts)
        if told is not None:
            await told

    async def _list(self, fresh: Conversation) -> None:
        """Write the lists until they show what is kept; a slow writer would leave an old stage."""
        try:
            listed: Conversation | None = None
            wrote: tuple[str, ...] = ()
            while listed is None or fresh.audit_sequence > listed.audit_sequence:
                wrote += await lists.list_conversation(
                    self.store, fresh, self.timetable, also=wrote
                )
                listed = fresh
                record = await read_record(self.store, fresh.id)
                fresh = record[0] if record else fresh
        except StoreError:
            # The change itself is safe; the nightly repair writes the lists again.
            log.warning("lists left to repair", extra={"action": "lists_late", "id": fresh.id})


def _audited(conversation: Conversation, deed: Deed) -> tuple[Conversation, AuditLine]:
    line = chained(
        AuditLine(
            sequence=conversation.audit_sequence + 1,
            at=deed.at,
            by=deed.by,
            act=deed.act,
            stage=conversation.stage,
            before=conversation.audit_head,
        )
    )
    recent = (*conversation.recent, deed.submission) if deed.submission else conversation.recent
    update = {
        "audit_sequence": line.sequence,
        "audit_head": line.hash,
        "recent": recent[-REMEMBERED:],
    }
    return conversation.model_copy(update=update), line


def _keep(file: File, answers: Answers) -> Operation:
    there = file.answers.get(answers_key(answers.what, answers.by))
    if there is None:
        return Create(answers_row(file.conversation.id, answers))
    before, etag = there
    return Update(answers_row(file.conversation.id, answers.after(before), etag))
