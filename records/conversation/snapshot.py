"""One conversation's partition, as rows: the record, its prompts, its answers, its audit trail.

The trail is of changes only, each line chained to the one before by a hash. A line names the act
and who did it by their mark (`Person.mark`), never a name and never an answer. Lines of an earlier
version have keys of people there, and stay as they are; a line `KEYS_SEALED` stands after them.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.outbox.prompt import NOT_NEEDED, STOPPED, Owed, Prompt, State
from records.people import Frozen
from records.store.codec import Model, read, read_or_pass, to_values
from records.store.contract import Row, Store

TABLE: Final = "conversations"
RECORD: Final = "conversation"
PROMPTS: Final = "prompt-"
KEYS_SEALED: Final = "keys-sealed"
"""The act of the line that follows the last with a person's key: its `before` is their head."""
ASSISTANT: Final = "assistant"
"""Who did what nobody's own act was."""


class AuditLine(Frozen):
    """One change. `hash` covers the line and the hash before it; `by` is a mark, or a word such as
    ASSISTANT."""

    sequence: int
    at: datetime
    by: str
    act: str
    stage: str
    before: str
    hash: str = ""


def chained(line: AuditLine) -> AuditLine:
    """The line with its own hash."""
    # In UTC, as the store gives it back: the same instant must always give the same hash.
    at = line.at.astimezone(UTC).isoformat()
    facts = [line.sequence, at, line.by, line.act, line.stage, line.before]
    digest = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
    return line.model_copy(update={"hash": digest})


def answers_key(what: str, by: str) -> str:
    """Row key of one person's answers to one set of questions."""
    return f"answer-{what}-{by}"


def prompt_key(prompt: str) -> str:
    """Row key of an outbox row."""
    return f"{PROMPTS}{prompt}"


@dataclass(frozen=True)
class Snapshot:
    """Everything kept of one conversation, read in one go.

    `unreadable` are the outbox rows that are no prompts, by the prompt's id; answers and audit
    lines that cannot be read are left out. Each is logged; none keeps the rest from being read.
    Where it is not `whole`, answers and audit lines were not asked for, and are empty here.
    """

    conversation: Conversation
    etag: str
    prompts: dict[str, tuple[Prompt, str]]
    answers: dict[str, tuple[Answers, str]]
    audit: tuple[AuditLine, ...]
    unreadable: Mapping[str, Row] = field(default_factory=dict)
    whole: bool = True

    def cancelled(self, owed: Iterable[Owed]) -> list[tuple[Prompt, str]]:
        """Prompts that were cancelled and are owed again, as they wait now, with their etags.

        What was due before messages were stopped, and so was kept back, is not among them; nor is
        what was looked at when it was due, and had nothing left to ask.
        """
        pauses = self.conversation.changes.pauses
        there = ((one, self.prompts.get(one.id)) for one in owed)
        return [
            (found[0].again(one), found[1])
            for one, found in there
            if found is not None
            and found[0].state is State.CANCELLED
            and found[0].reason != NOT_NEEDED
            and not (found[0].reason == STOPPED and any(one.due <= at.since for at in pauses))
        ]

    def after(
        self,
        fresh: Conversation,
        lines: Iterable[AuditLine],
        prompts: Iterable[Prompt],
        answers: Iterable[Answers],
        written: Sequence[Row],
    ) -> "Snapshot":
        """The same once a transaction has `written` these: what the next change may begin from."""
        etags = {row.key: row.etag for row in written}
        told = {one.id: (one, etags[prompt_key(one.id)]) for one in prompts}
        said = {answers_key(one.what, one.by): one for one in answers}
        return replace(
            self,
            conversation=fresh,
            etag=etags[RECORD],
            prompts=self.prompts | told,
            answers=self.answers | {key: (one, etags[key]) for key, one in said.items()},
            audit=(*self.audit, *lines) if self.whole else (),
        )

    def answers_of(self, what: str, by: str) -> Answers | None:
        """One person's answers, or None."""
        found = self.answers.get(answers_key(what, by))
        return found[0] if found else None


def record_row(conversation: Conversation, etag: str) -> Row:
    """The conversation's own row."""
    return Row(conversation.id, RECORD, to_values(conversation), etag)


def prompt_row(prompt: Prompt, etag: str = "") -> Row:
    """An outbox row."""
    return Row(prompt.conversation, prompt_key(prompt.id), to_values(prompt), etag)


def answers_row(conversation: str, answers: Answers, etag: str = "") -> Row:
    """A row of answers."""
    key = answers_key(answers.what, answers.by)
    return Row(conversation, key, to_values(answers), etag)


def audit_row(key: str, line: AuditLine) -> Row:
    """A row of the audit trail."""
    # Zero-padded, so that keys sort by number.
    return Row(key, f"audit-{line.sequence:08d}", to_values(line))


async def read_record(store: Store, key: str) -> tuple[Conversation, str] | None:
    """The conversation and its etag, or None. Raises Unreadable."""
    row = await store.get(TABLE, key, RECORD)
    return (read(Conversation, row), row.etag) if row else None


async def record_etag(store: Store, key: str) -> str:
    """That of the conversation as it is kept now, which every change of it renews; empty where
    there is none."""
    row = await store.get(TABLE, key, RECORD)
    return row.etag if row else ""


async def read_answers(store: Store, key: str, what: str, by: str) -> Answers | None:
    """One person's answers to one set of questions, or None. Raises Unreadable."""
    row = await store.get(TABLE, key, answers_key(what, by))
    return read(Answers, row) if row else None


async def read_words(store: Store, key: str) -> tuple[Conversation, tuple[Answers, ...]] | None:
    """The record with all answers, or None; the outbox is left where it is. Raises Unreadable."""
    found = store.query(TABLE, partition=key, key_from="answer-", key_to=f"{RECORD}~")
    rows = [row async for row in found]
    record = next((row for row in rows if row.key == RECORD), None)
    if record is None:
        return None
    answers = tuple(one for _, one in _readable(Answers, rows, "answer-") if one)
    return read(Conversation, record), answers


async def read_file(store: Store, key: str, *, whole: bool = True) -> Snapshot | None:
    """The partition in one query, or None where there is no such conversation.

    Not `whole` is the record and its outbox: answers and audit lines sort before both, and are
    left where they are. Raises Unreadable where the conversation's own row is.
    """
    first, after = ("", None) if whole else (RECORD, f"{PROMPTS}~")
    found = store.query(TABLE, partition=key, key_from=first, key_to=after)
    rows = [row async for row in found]
    record = next((row for row in rows if row.key == RECORD), None)
    if record is None:
        return None
    prompts: dict[str, tuple[Prompt, str]] = {}
    unreadable: dict[str, Row] = {}
    for row, prompt in _readable(Prompt, rows, PROMPTS):
        if prompt is None:
            unreadable[row.key.removeprefix(PROMPTS)] = row
        else:
            prompts[row.key.removeprefix(PROMPTS)] = prompt, row.etag
    answers = {row.key: (one, row.etag) for row, one in _readable(Answers, rows, "answer-") if one}
    audit = tuple(line for _, line in _readable(AuditLine, rows, "audit-") if line)
    it = read(Conversation, record)
    return Snapshot(it, record.etag, prompts, answers, audit, unreadable, whole)


def _readable(
    kind: type[Model], rows: Sequence[Row], prefix: str
) -> Iterator[tuple[Row, Model | None]]:
    return ((row, read_or_pass(kind, row)) for row in rows if row.key.startswith(prefix))
