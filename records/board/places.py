"""In which lists of the board a conversation stands, and where in each: what waits longest
first."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from records.board.list_entry import ListEntry
from records.conversation.conversation import is_practice
from records.people import PersonKey
from records.stages import Stage

OPEN: Final = "open"
CLOSED_ONES: Final = "closed"
DUE: Final = "due"
NOT_REACHED: Final = "not-reached"
TO_READ: Final = "to-read"
"""Those with feedback that its readers have not read: no view of the board, but a reader's own."""
RESTRICTED: Final = "restricted"
"""Open ones that few may know of: no view of the board; what looks after them finds them here."""
UNCOUNTED: Final = "uncounted"
"""Those that ended without an outcome, and rehearsals that are closed: they stand in no list of a
stage, by which what a month brought is counted."""
MOST_WORDS: Final = 12
"""Words of agencies' names one conversation is found by."""
_FOREVER: Final = 9_999_999_999


class BoardView(StrEnum):
    """What a facilitator can look at."""

    ALL = "all"
    MINE = "mine"
    DUE = "due"
    NOT_REACHED = "not-reached"
    REQUESTED = "requested"
    WAITING = "waiting"
    TO_BOOK = "to-book"
    BOOKED = "booked"
    HELD = "held"
    CLOSED = "closed"


def of_view(view: BoardView, me: PersonKey) -> str:
    """The list behind a view, for the facilitator `me`."""
    return of_facilitator(me) if view is BoardView.MINE else _LISTS[view]


def of_stage(stage: Stage) -> str:
    """The list of one stage."""
    return f"stage-{stage}"


_LISTS: Final[Mapping[BoardView, str]] = MappingProxyType(
    {
        BoardView.ALL: OPEN,
        BoardView.DUE: DUE,
        BoardView.NOT_REACHED: NOT_REACHED,
        BoardView.REQUESTED: of_stage(Stage.REQUESTED),
        BoardView.WAITING: of_stage(Stage.AGREED),
        BoardView.TO_BOOK: of_stage(Stage.PICKED_UP),
        BoardView.BOOKED: of_stage(Stage.BOOKED),
        BoardView.HELD: of_stage(Stage.HELD),
        BoardView.CLOSED: CLOSED_ONES,
    }
)


def of_facilitator(key: PersonKey) -> str:
    """The list of the open conversations that somebody facilitates."""
    return f"mine-{key or 'nobody'}"


def of_word(word: str) -> str:
    """The list of the conversations with this word in an agency's name."""
    return f"word-{hashlib.sha256(word.encode()).hexdigest()[:24]}"


def words(text: str) -> tuple[str, ...]:
    """The words of an agency's name, however they are written."""
    return tuple(dict.fromkeys(re.findall(r"\w+", text.casefold())))


def places(one: ListEntry) -> tuple[str, ...]:
    """Every list a conversation stands in, as `partition/key`; what waits longest sorts first.

    A closed one is in its stage's list and under its agencies, the latest first. One that few may
    know of is in no list that says anything of it.
    """
    return tuple(dict.fromkeys(f"{partition}/{key}" for partition, key in _places(one)))


def _places(one: ListEntry) -> Iterator[tuple[str, str]]:
    if one.removed:
        return
    if one.restricted and one.is_open:
        yield from _of_few(one)
        return
    soonest, latest = _key(one, in_seconds(one.due or one.since)), _latest(one, one.since)
    uncounted = one.unanswered or (is_practice(one.conversation) and not one.is_open)
    yield UNCOUNTED if uncounted else of_stage(one.stage), soonest if one.is_open else latest
    yield from _of_words(one)
    yield from _to_read(one)
    if not one.is_open:
        if not one.restricted:
            yield CLOSED_ONES, latest
        return
    yield OPEN, soonest
    if one.facilitator:
        yield of_facilitator(one.facilitator), soonest
    if one.due is not None and not one.by_reference:
        yield DUE, soonest
    if one.unreached and one.stage is not Stage.REQUESTED:
        yield NOT_REACHED, soonest


def _of_words(one: ListEntry) -> Iterator[tuple[str, str]]:
    """The lists of its agencies' words, the newest first; none where its reference is all."""
    if not one.by_reference:
        for word in words(" ".join(one.agencies))[:MOST_WORDS]:
            yield of_word(word), _latest(one, one.created or one.since)


def _to_read(one: ListEntry) -> Iterator[tuple[str, str]]:
    if one.unread is not None:
        yield TO_READ, _key(one, in_seconds(one.unread))


def _latest(one: ListEntry, at: datetime) -> str:
    return _key(one, _FOREVER - in_seconds(at))


def _of_few(one: ListEntry) -> Iterator[tuple[str, str]]:
    """Those of one that few may know of: as one that was only asked for, by the day it was, so that
    neither its place nor how it moves tells where it stands."""
    asked, soonest = in_seconds(one.created or one.since), in_seconds(one.due or one.since)
    yield RESTRICTED, _key(one, soonest)
    yield of_stage(Stage.REQUESTED), _key(one, asked)
    yield OPEN, _key(one, asked)
    if one.facilitator:
        yield of_facilitator(one.facilitator), _key(one, soonest)
    yield from _to_read(one)


def _key(one: ListEntry, seconds: int) -> str:
    return f"{seconds:010d}.{one.conversation}"


def in_seconds(at: datetime) -> int:
    """As keys have it."""
    return int(at.timestamp())
