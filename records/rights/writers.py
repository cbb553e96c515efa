"""Who wrote an answer, which notes stand beside it, what of all is somebody's own, and who opened
that: `my data` tells it, and on which day first; nothing else is made of it.

A note of its writer is kept as answers of its own kind, `note-` and the kind of what it is beside,
so that what was answered is never changed.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from records.access.readers import readers_of
from records.calendar import aware
from records.conversation.binding import everybody
from records.conversation.conversation import Conversation
from records.conversation.feedback import BEFORE, Answers
from records.conversation.snapshot import read_record
from records.directory import Directory
from records.people import NOBODY, Part, PersonKey
from records.retention.scrubbing import NOTE
from records.store.contract import Store, each

BETWEEN: Final = "@"
"""Between the field a note is about, and the moment it was added."""
LEAD: Final = "lead"
TELLING: Final = "telling"
BY_THEMSELVES: Final = frozenset({"request", "feedback", "taking-part"})
OF_A_MANAGER: Final = frozenset({"talk-first", "not-this-route"})
OF_A_FACILITATOR: Final = frozenset({"learning"})
DAY: Final = len("-2027-02-01")
Stamp = Callable[[datetime, str], str]
"""How a note reads: its moment and its words."""


def writer_of(it: Conversation, answers: Answers) -> str:
    """The id of who wrote these; empty where that cannot be told for certain."""
    what, by = answers.what.removeprefix(NOTE), answers.by
    if what in BY_THEMSELVES or what.startswith(BEFORE):
        return by
    if what == "other-time":
        return by.partition(".")[0]
    if what == "review":
        return by[:-DAY]
    if what == "outcome":
        return it.outcome.by if it.outcome else ""
    if what == TELLING:
        return it.telling.by if it.telling else ""
    if what == "passed-on":
        return it.lead if by == LEAD and not _was_another(it, it.lead) else ""
    if what in OF_A_MANAGER:
        return _only(it, Part.MANAGER)
    return _only(it, Part.FACILITATOR) if what in OF_A_FACILITATOR else ""


def _was_another(it: Conversation, who: str) -> bool:
    return any(one.new == who for one in it.changes.replaced)


def _only(it: Conversation, part: Part) -> str:
    """The one who ever had this part; nobody where several did."""
    found = [one.id for one in it.people if one.part is part]
    return found[0] if len(found) == 1 else ""


def is_note(answers: Answers) -> bool:
    """Whether these are notes beside others."""
    return answers.what.startswith(NOTE)


def with_note(
    it: Conversation,
    answers: Answers,
    notes: Answers | None,
    field: str,
    text: str,
    at: datetime,
) -> tuple[Conversation, Answers]:
    """The record, which says that there is one, and the notes with one more beside this field."""
    there = dict(notes.texts) if notes else {}
    at = aware(at)
    while f"{field}{BETWEEN}{at.isoformat()}" in there:
        at += timedelta(microseconds=1)  # Two of one moment are two.
    written = Answers(
        what=f"{NOTE}{answers.what}",
        by=answers.by,
        version=answers.version,
        at=at,
        texts={**there, f"{field}{BETWEEN}{at.isoformat()}": text},
    )
    place = f"{answers.what}/{answers.by}"
    noted = it.noted if place in it.noted else (*it.noted, place)
    return it.with_(noted=noted), written


def has_notes(it: Conversation, what: str, by: str) -> bool:
    """Whether its writer has added any beside these."""
    return f"{what}/{by}" in it.noted


def notes_beside(notes: Answers | None, field: str) -> Iterator[tuple[datetime, str]]:
    """The notes beside one answer, the oldest first."""
    for name, text in sorted(notes.texts.items()) if notes else ():
        about, _, at = name.partition(BETWEEN)
        if about == field:
            yield datetime.fromisoformat(at), text


def read_with(answers: Answers, notes: Answers | None, stamp: Stamp) -> Answers:
    """The answers as they are read, and never as they are kept: each with its notes under it."""
    if notes is None:
        return answers
    texts = {
        field: "\n".join((text, *(stamp(at, note) for at, note in notes_beside(notes, field))))
        for field, text in answers.texts.items()
    }
    return answers.model_copy(update={"texts": texts})


def mine(it: Conversation, answers: Iterable[Answers], ids: frozenset[str]) -> list[Answers]:
    """What these wrote, without their notes."""
    return [one for one in answers if not is_note(one) and writer_of(it, one) in ids]


# --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FirstOpened:
    """That somebody opened something. `by` is who they are, empty where that is not known any more;
    `of` the id in the conversation of whose words it was, empty where it was nobody's alone."""

    conversation: str
    by: PersonKey
    of: str
    first: date


Openings = Callable[[Sequence[str]], Awaitable[Sequence[FirstOpened]]]
"""Those of these conversations, each thing once for each who opened it. Raises StoreError."""


async def nobody_looked(_: Sequence[str]) -> Sequence[FirstOpened]:
    """Where it is not kept who opened what."""
    return ()


class Openers:
    """Looks it up, over any store.

    The chain of reads knows nobody but by a mark, which only a person's own row can make. So
    whoever is named in a conversation, or was, is asked for theirs; a mark that is none of these is
    somebody who is not known any more.
    """

    def __init__(self, store: Store, directory: Directory) -> None:
        self._store, self._directory = store, directory

    async def of(self, conversations: Sequence[str]) -> Sequence[FirstOpened]:
        """Each thing of these once for each who opened it. Raises StoreError."""
        found = await readers_of(self._store, conversations)
        if not found:
            return ()
        records = await each(lambda key: read_record(self._store, key), conversations)
        named = {one.key for record in records if record for one in everybody(record[0]) if one.key}
        known = await each(self._directory.find, named)
        people: dict[str, PersonKey] = {one.mark: one.key for one in known if one and one.mark}
        return tuple(
            FirstOpened(one.conversation, people.get(one.by, NOBODY), one.of, one.first)
            for one in found
        )
