"""One conversation's partition, as rows: the record, its prompts, its answers, its audit trail."""

from dataclasses import dataclass
from typing import Final

from records.audit import AuditLine
from records.codec import from_values, to_values
from records.conversation import Conversation
from records.feedback import Answers
from records.prompt import Prompt
from records.store import Row, Store

TABLE: Final = "conversations"
RECORD: Final = "conversation"


def answers_key(what: str, by: str) -> str:
    """Row key of one person's answers to one set of questions."""
    return f"answer-{what}-{by}"


def prompt_key(prompt: str) -> str:
    """Row key of an outbox row."""
    return f"prompt-{prompt}"


def audit_key(sequence: int) -> str:
    """Row key of an audit line; zero-padded, so that keys sort by number."""
    return f"audit-{sequence:08d}"


@dataclass(frozen=True)
class File:
    """Everything kept of one conversation, read in one go."""

    conversation: Conversation
    etag: str
    prompts: dict[str, tuple[Prompt, str]]
    answers: dict[str, tuple[Answers, str]]
    audit: tuple[AuditLine, ...]

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


def audit_row(conversation: str, line: AuditLine) -> Row:
    """A row of the audit trail."""
    return Row(conversation, audit_key(line.sequence), to_values(line))


async def read_record(store: Store, conversation: str) -> tuple[Conversation, str] | None:
    """The conversation and its etag, or None."""
    row = await store.get(TABLE, conversation, RECORD)
    return (from_values(Conversation, row.values), row.etag) if row else None


async def read_answers(store: Store, conversation: str, what: str, by: str) -> Answers | None:
    """One person's answers to one set of questions, or None."""
    row = await store.get(TABLE, conversation, answers_key(what, by))
    return from_values(Answers, row.values) if row else None


async def read_file(store: Store, conversation: str) -> File | None:
    """The whole partition, or None where there is no such conversation."""
    record: tuple[Conversation, str] | None = None
    prompts: dict[str, tuple[Prompt, str]] = {}
    answers: dict[str, tuple[Answers, str]] = {}
    audit: list[AuditLine] = []
    async for row in store.query(TABLE, partition=conversation):
        if row.key == RECORD:
            record = from_values(Conversation, row.values), row.etag
        elif row.key.startswith("prompt-"):
            prompts[row.key.removeprefix("prompt-")] = from_values(Prompt, row.values), row.etag
        elif row.key.startswith("answer-"):
            answers[row.key] = from_values(Answers, row.values), row.etag
        elif row.key.startswith("audit-"):
            audit.append(from_values(AuditLine, row.values))
    if record is None:
        return None
    return File(record[0], record[1], prompts, answers, tuple(audit))
