"""Collation, long as its parts are one rule: two people read what was written after the
conversations of a closed period, one answer at a time and without names, and may tick what each is
about.

Only words whose cards said so before they were written are read. They come question by question,
so that no two answers of one person follow each other. What is ticked is forgotten with the words,
and once a period's themes are counted: then they are kept, and never change. Source: pathway,
step 11.
"""

import hashlib
from collections import Counter
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Container,
    Iterable,
    Iterator,
    Sequence,
)
from datetime import datetime
from typing import Final

from records.board.board import BOARD
from records.calendar import Office
from records.conversation.conversation import Conversation, Layer
from records.conversation.feedback import Answers
from records.conversation.snapshot import read_words
from records.evaluation.closed import Closed, closed, collated, every_closed, keep_collated
from records.evaluation.closing import between
from records.evaluation.facts import HELD
from records.evaluation.periods import Period
from records.evaluation.quotes import FIELDS, OUTCOME
from records.evaluation.shown import HELD as CONVERSATIONS
from records.evaluation.shown import THEMES, themes
from records.evaluation.year import added
from records.partnership import Partnership
from records.people import Frozen
from records.store.codec import Unreadable, read_or_pass, tell, to_values
from records.store.contract import Row, Store, each

TABLE: Final = "collation"
"""Partition: the period. Rows: what was ticked of an answer, and how far each evaluator is."""
MOST_EVALUATORS: Final = 2
MOST_THEMES: Final = 3
"""Of one answer."""
UP_TO: Final = "up-to-"
"""With what the key of a row begins that says how far somebody is; no conversation's id does."""
AT_ONCE: Final = 16
"""Conversations that are read at a time while the next answer is looked for."""
Record = tuple[Conversation, tuple[Answers, ...]]
"""A conversation with all its answers."""
MayRead = Callable[[Conversation], Awaitable[bool]]


class ToCollate(Frozen):
    """One answer, as it was asked and written; `key` is its conversation's in the list of those
    that took place."""

    key: str
    conversation: str
    what: str
    by: str
    field: str
    asked: str
    text: str

    @property
    def place(self) -> str:
        """Where it comes: by question, then conversation, and then in no order of people."""
        return f"{FIELDS.index(self.field):02d}.{self.key}.{_digest(self.by)}"

    @property
    def row(self) -> str:
        """Under which what was ticked of it is kept: its conversation's id comes first."""
        return f"{self.conversation}.{_digest(self.by)}{FIELDS.index(self.field):02d}"

    @property
    def words(self) -> str:
        """What was ticked is about these words and no others."""
        return _digest(self.text)


class Ticked(Frozen):
    """The themes of one answer, by whichever evaluator was the last to say."""

    themes: tuple[str, ...]
    words: str


class UpToPlace(Frozen):
    """The answer that an evaluator was shown last."""

    place: str


def is_promised(it: Conversation) -> bool:
    """Whether the cards of a conversation may say that evaluators read it: never of one that few
    may know of, nor where the cards of its feedback name nobody who reads it."""
    return it.held is not None and it.held.seen and it.changes.restricted is None


def is_open(it: Conversation) -> bool:
    """Whether anything of it is read to be collated, whoever reads."""
    shut = it.stopped_at is not None or it.practice or it.changes.restricted is not None
    return it.held is not None and not shut and not it.lacks(Layer.WORDS)


def to_collate(it: Conversation, answers: Iterable[Answers]) -> tuple[ToCollate, ...]:
    """What may be read of a conversation: feedback of who came, and the outcome, as far as their
    writers were told before they wrote."""
    if not is_open(it) or it.booking is None:
        return ()
    key = f"{int(it.booking.start.timestamp()):010d}.{it.id}"
    return tuple(sorted(_of(it, answers, key), key=lambda one: one.place))


def _of(it: Conversation, answers: Iterable[Answers], key: str) -> Iterator[ToCollate]:
    came = it.held.came if it.held else ()
    for one in answers:
        if not one.evaluators:
            continue
        if one.what == "feedback" and one.by in came and it.answered(one.by) is not None:
            fields: Sequence[str] = FIELDS[: -len(OUTCOME)]
        elif one.what == "outcome" and it.outcome is not None:
            fields = OUTCOME
        else:
            continue
        for field in fields:
            if text := one.text(field).strip():
                asked = one.question(field, "")
                about = {"key": key, "conversation": it.id, "what": one.what, "by": one.by}
                yield ToCollate(**about, field=field, asked=asked, text=text)


class Collation:
    """The words of a period, as far as `may` lets somebody read them; each conversation is read
    once. Raises StoreError throughout."""

    def __init__(self, store: Store, period: Period, office: Office, may: MayRead) -> None:
        self._store, self._period, self._office, self._may = store, period, office, may
        self._read: dict[str, tuple[ToCollate, ...]] = {}
        self._records: dict[str, Record] = {}

    async def after(self, place: str) -> ToCollate | None:
        """The next answer; None after the last."""
        keys = [key async for key in self._keys()]
        begin = _number(place)
        for number in range(begin, len(FIELDS)):
            from_here = place.partition(".")[2] if number == begin else ""
            left = [key for key in keys if f"{key}.~" > from_here]
            found = await self._first(left, FIELDS[number], place)
            if found is not None:
                return found
        return None

    async def at(self, place: str) -> ToCollate | None:
        """The answer that stands there, if it still does."""
        key = place.partition(".")[2].rpartition(".")[0]
        if not self._has(key):
            return None
        return next((one for one in await self._words(key) if one.place == place), None)

    def record(self, words: ToCollate) -> Record:
        """The conversation of an answer that was found here, with all its answers."""
        return self._records[words.key]

    async def _first(self, keys: Sequence[str], field: str, place: str) -> ToCollate | None:
        start, size = 0, 1
        while start < len(keys):
            some = keys[start : start + size]
            start, size = start + size, min(2 * size, AT_ONCE)
            for words in await each(self._words, some):
                for one in words:
                    if one.field == field and one.place > place:
                        return one
        return None

    async def _keys(self) -> AsyncIterator[str]:
        first, after = between(self._period, self._office)
        rows = self._store.query(
            BOARD, partition=HELD, key_from=first, key_to=after, select=["schema"]
        )
        async for row in rows:
            yield row.key

    def _has(self, key: str) -> bool:
        first, after = between(self._period, self._office)
        return first <= key < after

    async def _words(self, key: str) -> tuple[ToCollate, ...]:
        if key not in self._read:
            self._read[key] = ()
            found = await _record(self._store, conversation_in(key))
            if found is not None and is_open(found[0]) and await self._may(found[0]):
                self._records[key] = found
                # A list may still have the day of an earlier booking.
                self._read[key] = tuple(one for one in to_collate(*found) if one.key == key)
        return self._read[key]


def conversation_in(key: str) -> str:
    """The conversation of a key in the list of those that took place."""
    return key.partition(".")[2]


# What is ticked ----------------------------------------------------------------------------------


async def ticked(store: Store, period: Period, words: ToCollate) -> tuple[str, ...]:
    """The themes that are ticked of these very words. Raises StoreError."""
    row = await store.get(TABLE, period.key, words.row)
    one = read_or_pass(Ticked, row) if row is not None else None
    return one.themes if one is not None and one.words == words.words else ()


async def tick(store: Store, period: Period, words: ToCollate, found: Sequence[str]) -> bool:
    """Keep these themes, MOST_THEMES at most, in place of what was ticked before; whether that was
    still possible: once the period's themes are counted it is not. Raises StoreError."""
    if len(found) > MOST_THEMES:
        raise ValueError(f"{MOST_THEMES} themes at most")
    if found:
        one = Ticked(themes=tuple(found), words=words.words)
        await store.put(TABLE, Row(period.key, words.row, to_values(one)))
    else:
        await store.delete(TABLE, period.key, words.row)
    if not await is_collated(store, period):
        return True
    # Asked afterwards: whoever finishes it meanwhile forgets what was there before.
    await store.delete(TABLE, period.key, words.row)
    return False


async def up_to(store: Store, period: Period, who: str) -> str:
    """The place that somebody, by their mark, was shown last; empty where there is none. Raises
    StoreError."""
    row = await store.get(TABLE, period.key, f"{UP_TO}{who}")
    one = read_or_pass(UpToPlace, row) if row is not None else None
    return one.place if one is not None else ""


async def note_place(store: Store, period: Period, who: str, place: str) -> None:
    """This is where somebody is. Raises StoreError."""
    row = Row(period.key, f"{UP_TO}{who}", to_values(UpToPlace(place=place)))
    await store.put(TABLE, row)


def is_row_of(row: Row, conversations: Container[str]) -> bool:
    """Whether a row of TABLE is about one of these conversations."""
    if not row.key.startswith(UP_TO):
        return row.key.partition(".")[0] in conversations
    one = read_or_pass(UpToPlace, row)
    return one is None or _of_place(one.place) in conversations


# Finishing ---------------------------------------------------------------------------------------


async def is_collated(store: Store, period: Period) -> bool:
    """Whether the themes of a period are counted. Raises StoreError."""
    return period.key in await collated(store)


async def finish(store: Store, of: Partnership, period: Period, at: datetime) -> bool:
    """Count the themes of a closed period and keep what may be shown of them, once; what was
    ticked is forgotten. Whether this caller was first. Doing it again ends what a copy that died
    had begun. Raises StoreError."""
    there = await closed(store, period)
    if there is None or there.parts:
        return False
    held = next((one.low for one in there.figures if one.table == CONVERSATIONS), 0)
    first = False
    if not await is_collated(store, period):
        figures = themes(await _counted(store, period), held, of)
        one = Closed(period=period, closed_at=at, figures=figures)
        first = await keep_collated(store, one)
    for key in [row.key async for row in store.query(TABLE, partition=period.key)]:
        if not key.startswith(UP_TO):
            await store.delete(TABLE, period.key, key)
    await _finish_years(store, at)
    return first


async def _counted(store: Store, period: Period) -> dict[str, int]:
    """Conversations by theme: each counts once, however many of its answers have it. What is not
    there any more, or is not what was ticked, counts no more."""
    rows = [row async for row in store.query(TABLE, partition=period.key)]
    about = dict[str, dict[str, Ticked]]()
    for row in rows:
        if not row.key.startswith(UP_TO) and (one := read_or_pass(Ticked, row)) is not None:
            about.setdefault(row.key.partition(".")[0], {})[row.key] = one

    async def of(key: str) -> set[str]:
        found = await _record(store, key)
        words = to_collate(*found) if found is not None else ()
        there = {one.row: one.words for one in words}
        still = (one for row, one in about[key].items() if there.get(row) == one.words)
        return {theme for one in still for theme in one.themes}

    counts = Counter[str]()
    for found in await each(of, about):
        counts.update(found)
    return dict(counts)


async def _finish_years(store: Store, at: datetime) -> None:
    """A year whose quarters are all collated has the sum of what they show."""
    there = await collated(store)
    for year in await every_closed(store):
        if year.parts and year.period.key not in there and there.keys() >= set(year.parts):
            sums = added([there[one] for one in year.parts], (THEMES,))
            parts = {"figures": sums, "parts": year.parts}
            await keep_collated(store, Closed(period=year.period, closed_at=at, **parts))


# --------------------------------------------------------------------------------------------------


async def _record(store: Store, key: str) -> Record | None:
    try:
        return await read_words(store, key)
    except Unreadable as error:
        tell(error)
        return None


def _of_place(place: str) -> str:
    return conversation_in(place.partition(".")[2].rpartition(".")[0])


def _number(place: str) -> int:
    number = place[:2]
    return int(number) if number.isascii() and number.isdecimal() else 0


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
