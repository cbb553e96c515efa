"""All that is held on somebody, or of a conversation, in pieces, long as every table stands here:
theirs to be told, or for others to decide about.

Every table is looked at. What they wrote and what is known of them is told. What others wrote, why
somebody must not know, and worries about somebody's practice are not: each stands on a list, to be
released one by one. Names of others are replaced, each by the same words throughout.
"""

import hashlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from records import drafts, heard
from records.access.readers import readers_of
from records.addresses import MAIL
from records.conversation.binding import everybody
from records.conversation.conversation import Conversation
from records.conversation.feedback import Answers
from records.conversation.snapshot import Snapshot, read_file
from records.drafts import Draft
from records.learning.word_file_store import WordFileStore
from records.outbox import parked
from records.outbox.kinds import Kind
from records.people import Participant, Person, mail_key
from records.register.projections import BY_PERSON
from records.retention import notices
from records.retention.holds import Of, find
from records.rights import releases
from records.rights.finding import by
from records.rights.in_words import (
    of_draft,
    of_person,
    of_place,
    of_record,
    of_telling,
    what_was_done,
)
from records.rights.names_out import pattern
from records.rights.writers import TELLING, is_note, writer_of
from records.shown_cards import TABLE as SHOWN
from records.stages import Act
from records.store.codec import read_or_pass
from records.store.contract import Store

OTHERS: Final = "others wrote it"
NOT_TELLING: Final = "a reason for not telling"
CONCERN: Final = "a worry about somebody's practice"
FEW: Final = "that few were to know of it, and who"
HELD: Final = "a legal hold"
APART: Final[Mapping[str, str]] = {
    Act.CONCERN: CONCERN,
    Kind.CONCERN: CONCERN,
    **dict.fromkeys((Act.RESTRICT, Act.ASSIGN, Act.ASSIGN_DECLINED), FEW),
    **dict.fromkeys(
        (
            Kind.GATE_ASKED,
            Kind.GATE_REMINDER,
            Kind.GATE_LEAD,
            Kind.NO_GATEKEEPER,
            Kind.ASSIGNED,
        ),
        FEW,
    ),
    **dict.fromkeys((Act.HELD_BACK, Act.LET_GO), HELD),
}
"""What others did, or got, that tells by its name alone what stands on the list."""
UNSENT: Final = "begun by somebody else, and not sent"
A_FILE: Final = "a file that was handed in"
Text = Callable[[bytes], str]
"""The words of a Word file."""


@dataclass(frozen=True)
class Piece:
    """One thing that is held. `why` it is not told, empty where it is; `source` is the row it is
    in, and `id` stands for these very words to this very reader."""

    where: str
    title: str
    text: str
    writer: str = ""
    why: str = ""
    source: str = ""
    id: str = ""


@dataclass
class Others:
    """Everybody else, each under one number, whatever they are called by and wherever."""

    numbers: dict[str, int] = field(default_factory=dict)
    known: dict[str, dict[str, None]] = field(default_factory=dict)

    def call(self, one: Participant) -> str:
        """What stands in place of their name."""
        which = one.key or (mail_key(one.mail) if one.mail.strip() else one.name.casefold())
        number = self.numbers.setdefault(which, len(self.numbers) + 1)
        told = filter(None, (one.name, one.mail, one.contact, one.role))
        self.known.setdefault(which, {}).update(dict.fromkeys(told))
        return f"person {number}"

    def lines(self) -> Iterator[tuple[str, str]]:
        """Who each of them is: for whoever decides, and never for who asked."""
        for which, number in self.numbers.items():
            yield f"person {number}", ", ".join(self.known[which])

    def redacted(self, text: str) -> str:
        """The text with each of them called so."""
        for which, number in self.numbers.items():
            found = pattern(self.known[which])
            if found is not None:
                text = found.sub(f"person {number}", text)
        return text


@dataclass(frozen=True)
class AskedAbout:
    """Whose pieces: a conversation, or somebody by keys, addresses and what their places are."""

    of: Of
    subject: str
    people: tuple[Person, ...]
    keys: frozenset[str]
    mails: tuple[str, ...]
    conversations: tuple[str, ...]


class Pieces:
    """Collects them, over any store. Raises StoreError."""

    def __init__(self, store: Store, others: Others, words_of_file: Text) -> None:
        self._store, self.others, self._text = store, others, words_of_file

    async def of(self, asked: AskedAbout) -> list[Piece]:
        """Every piece, told or not, in the order of the tables."""
        files = [await read_file(self._store, key) for key in asked.conversations]
        for file in filter(None, files):
            self._call_everybody(file.conversation, asked)
        found = [one async for one in self._own(asked)]
        for file in filter(None, files):
            found += [one async for one in self._conversation(file, asked)]
        return [self._finished(one, asked) for one in found if one.text.strip()]

    def _call_everybody(self, it: Conversation, asked: AskedAbout) -> None:
        for one in everybody(it):
            if not _is_them(asked, one):
                self.others.call(one)

    def _finished(self, one: Piece, asked: AskedAbout) -> Piece:
        mark = f"{asked.subject}|{one.where}|{one.source}|{one.title}|{one.text}"
        name = hashlib.sha256(mark.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        text, title = self.others.redacted(one.text), self.others.redacted(one.title)
        return replace(one, id=name, text=text, title=title)

    # Rows of their own ----------------------------------------------------------------------------

    async def _own(self, asked: AskedAbout) -> AsyncIterator[Piece]:
        if asked.of is Of.CONVERSATION:
            return
        for person in asked.people:
            for title, text in of_person(person):
                yield Piece("", title, text)
        for address in asked.mails:
            async for row in self._store.query(MAIL, partition=mail_key(address)):
                if row.values.get("person") in asked.keys:
                    since = f"{row.values.get('source', '')}, {row.values.get('at', '')}"
                    yield Piece("", f"Address {address}", since)
        for key in sorted(asked.keys):
            async for piece in self._under(key):
                yield piece
        shown = [row.values.get("person") async for row in self._store.query(SHOWN)]
        many = sum(one in asked.keys for one in shown)
        yield Piece("", "Cards with words of a story in their chat, by id", str(many or ""))

    async def _under(self, key: str) -> AsyncIterator[Piece]:
        """What stands under one key of theirs."""
        async for row in self._store.query(drafts.TABLE, partition=key):
            if (draft := read_or_pass(Draft, row)) is not None:
                for title, text in of_draft(draft):
                    yield Piece("", f"Begun and not sent, {draft.flow}: {title}", text)
        held = await find(self._store, Of.PERSON, key)
        if held is not None:
            yield Piece("", "Legal hold", held.reason, why=HELD)
        for table, title in COUNTED.items():
            rows = self._store.query(table, partition=key, select=["schema"])
            if many := sum([1 async for _ in rows]):
                yield Piece("", title, str(many))

    # A conversation -------------------------------------------------------------------------------

    async def _acts(
        self, file: Snapshot, asked: AskedAbout, mine: frozenset[str], *, whole: bool
    ) -> AsyncIterator[Piece]:
        """What they did, what was sent to them, and what was opened, by them or of theirs."""
        it, where = file.conversation, file.conversation.reference
        marks = {one.mark for one in asked.people if one.mark}
        theirs = frozenset({*asked.keys, *mine, *marks})
        for title, text, what in what_was_done(file, theirs, whole=whole):
            yield Piece(where, title, text, why=APART.get(what, ""))
        for read in await readers_of(self._store, (it.id,)):
            if whole or read.by in marks or read.of in mine:
                who = "they" if read.by in marks else "somebody"
                yield Piece(where, "Opened", f"{read.what}, by {who}, first on {read.first}")

    async def _conversation(self, file: Snapshot, asked: AskedAbout) -> AsyncIterator[Piece]:
        it, whole = file.conversation, asked.of is Of.CONVERSATION
        where = it.reference
        mine = frozenset(one.id for one in everybody(it) if _is_them(asked, one))
        for title, text in of_record(it):
            yield Piece(where, title, text)
        if it.telling is not None:
            why = NOT_TELLING if it.telling.warns and it.telling.by not in mine else ""
            yield Piece(where, "Telling the family", of_telling(it), why=why)
        for piece in self._places(it, mine, whole=whole):
            yield piece
        async for piece in self._acts(file, asked, mine, whole=whole):
            yield piece
        for answers, _ in file.answers.values():
            for piece in self._answers(it, answers, frozenset() if whole else mine):
                yield piece
        for one in it.changes.called:
            told = f"{self.others.call(one)} was asked to ring about a worker's practice"
            yield Piece(where, "Practice", told, why=CONCERN)
        async for piece in self._beside(it, asked):
            yield piece

    def _places(self, it: Conversation, mine: frozenset[str], *, whole: bool) -> Iterator[Piece]:
        for one in everybody(it):
            if one.id in mine:
                yield Piece(it.reference, "Their place in it", of_place(one))
            elif whole:
                told = ", ".join(filter(None, (str(one.part), one.agency)))
                yield Piece(it.reference, "Somebody in it", f"{self.others.call(one)}: {told}")

    def _answers(self, it: Conversation, answers: Answers, mine: frozenset[str]) -> Iterator[Piece]:
        who = writer_of(it, answers)
        there = it.person(who) if who else None
        writer = self.others.call(there) if there and who not in mine else ""
        kind, source = answers.what, f"{answers.what}/{answers.by}"
        why = NOT_TELLING if TELLING in kind else "" if who in mine else OTHERS
        if answers.scale is not None:
            number = str(answers.scale)
            yield Piece(it.reference, f"{kind}: the number", number, writer, why, source)
        for name, text in answers.texts.items():
            asked = answers.question(name, name)
            title = f"{kind}: {'note beside ' if is_note(answers) else ''}{asked}"
            yield Piece(it.reference, title, text, writer, why, f"{source}/{name}")

    async def _beside(self, it: Conversation, asked: AskedAbout) -> AsyncIterator[Piece]:
        """What others have begun about it, the file that was handed in, and why it is held."""
        async for row in self._store.query(drafts.TABLE):
            if row.values.get("conversation") != it.id or row.partition in asked.keys:
                continue
            if (draft := read_or_pass(Draft, row)) is not None:
                for title, text in of_draft(draft):
                    yield Piece(it.reference, f"{draft.flow}: {title}", text, why=UNSENT)
        if it.captured.file:
            body = await WordFileStore(self._store).read(it.id, it.captured.file)
            if body is not None:
                yield Piece(it.reference, "Learning document", self._text(body), why=A_FILE)
        held = await find(self._store, Of.CONVERSATION, it.id)
        if held is not None:
            yield Piece(it.reference, "Legal hold", held.reason, why=HELD)


COUNTED: Final[Mapping[str, str]] = {
    BY_PERSON: "Conversations in their own list",
    heard.TABLE: "Marks of messages they typed, without a word of them",
    parked.TABLE: "Messages that wait for them, by id",
    notices.TABLE: "Notices that their row is to go",
    releases.TABLE: "Pieces of an earlier list that were released to them",
}
"""Tables with rows of theirs that hold ids alone, or what is told elsewhere here."""


def _is_them(asked: AskedAbout, one: Participant) -> bool:
    if asked.of is Of.CONVERSATION:
        return False
    return by(frozenset(asked.keys), asked.mails)(one)  # type: ignore[arg-type]  # keys are text
