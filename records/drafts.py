"""Drafts: answers on their way, kept at every step, so that a person can stop and go on anywhere.

The draft is the state of a flow: there is no other. Every write is conditional. What this process
has last written or read is at hand for a while, and may serve a conditional write and nothing else:
where that write fails, and before anything is called stale, sent twice or gone back to, the draft
is read again. So a second instance can never act on an old copy.
"""

import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cachetools import TTLCache

from records.people import Frozen, PersonKey
from records.store.codec import read, read_or_pass, to_values
from records.store.contract import Row, Store

TABLE: Final = "drafts"
ALONE: Final = frozenset({"request", "practice"})
"""Flows that begin a conversation."""
REMEMBERED: Final = 20
"""Submission ids a draft remembers, so that a redelivered action is recognised."""
MAX_TEXTS: Final = 900_000
"""Bytes the texts of a draft may take; a stored row takes 1,048,576 with all else in it."""

MOST_AT_HAND: Final = 1_000
"""Drafts kept at hand by one process."""
AT_HAND: Final = 600.0
"""Seconds for which one is."""
LONGEST_AT_HAND: Final = 50_000
"""Characters of a draft that is; a longer one is read each time, so that memory stays small."""


class Draft(Frozen):
    """One person's unfinished flow.

    `answers` holds what was typed, valid or not; `kept` holds texts a later one replaced, so that
    nothing typed is lost; `step` is the open question; `returning` is set while one answer is
    changed from *Check your answers*; `recent` are the last submission ids; `asked` marks the texts
    whose writer was asked whether they are right to keep; `warned` is when its writer was told that
    it will be removed, and counts only in the last week before that; `spare` says that all it holds
    is kept in the conversation as well, so that it may go without a word; `id` tells it from the
    draft that the same person begins after it, and is empty where it was begun by an older version;
    `questions` holds the question that each answer was given to, and `shown` those of the open
    card: by the time it is answered, the partnership may ask in other words. `evaluators` says that
    all its cards may tell who collates what is sent, as there was somebody when it was begun.
    """

    id: str = ""
    owner: PersonKey
    flow: str
    conversation: str
    version: int
    step: str
    answers: dict[str, Any] = {}
    kept: dict[str, tuple[str, ...]] = {}
    recent: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    questions: dict[str, str] = {}
    shown: dict[str, str] = {}
    returning: bool = False
    spare: bool = False
    evaluators: bool = False
    begun: datetime
    touched: datetime
    warned: datetime | None = None

    @property
    def beside(self) -> tuple[str, ...]:
        """Texts kept beside the answers, as other answers stand in their place."""
        now = {str(one).strip() for one in self.answers.values()}
        kept = (text for texts in self.kept.values() for text in texts)
        return tuple(text for text in dict.fromkeys(kept) if text.strip() not in now)

    def remember(self, submission: str) -> "Draft":
        """The draft with this submission noted as taken."""
        if not submission:
            return self
        recent = (*(one for one in self.recent if one != submission), submission)
        return self.model_copy(update={"recent": recent[-REMEMBERED:]})

    def with_room(self) -> tuple["Draft", tuple[str, ...]]:
        """The draft small enough to be stored, and the kept texts that had to go.

        The oldest of the question that has most goes first. Whoever calls this shows them.
        """
        if not any(self.kept.values()):
            return self, ()
        kept, gone = dict(self.kept), []
        fixed = sum(map(_bytes, (self.answers, self.questions, self.shown)))
        while any(kept.values()) and fixed + _bytes(kept) > MAX_TEXTS:
            name = max(kept, key=lambda one: sum(map(len, kept[one])))
            first, *rest = kept[name]
            gone.append(first)
            kept[name] = tuple(rest)
        return (self.model_copy(update={"kept": kept}), tuple(gone)) if gone else (self, ())


@dataclass(frozen=True)
class Open:
    """A draft as it stands in the store. An empty etag means that it was never saved."""

    draft: Draft
    etag: str = ""


def draft_key(flow: str, key: str) -> str:
    """Row key of a draft: one open request a person, and one rehearsed, found without knowing its
    conversation; one draft a flow and conversation otherwise."""
    return flow if flow in ALONE else f"{flow}-{key}"


class Drafts:
    """The drafts of everybody, over any store; one object a process, or none is ever at hand."""

    def __init__(self, store: Store, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._at_hand: TTLCache[tuple[str, str], Open] = TTLCache(MOST_AT_HAND, AT_HAND, monotonic)

    def at_hand(self, owner: PersonKey, flow: str, key: str = "") -> Open | None:
        """The draft as this process last wrote or read it, or None; never reads.

        It may be old by now. The rule: it serves a conditional write only. Before a verdict (stale,
        sent twice, *Back*), and where its write is refused, `find` it. A person's one request is
        found under any conversation: compare it.
        """
        return self._at_hand.get((owner, draft_key(flow, key)))

    async def find(self, owner: PersonKey, flow: str, conversation: str = "") -> Open | None:
        """The open draft of this flow as it is kept now, or None. Raises Unreadable."""
        key = draft_key(flow, conversation)
        row = await self._store.get(TABLE, owner, key)
        if row is None:
            self._at_hand.pop((owner, key), None)
            return None
        return self._kept(Open(read(Draft, row), row.etag), row)

    async def all_of(self, owner: PersonKey) -> AsyncIterator[Open]:
        """Every open draft of one person."""
        async for row in self._store.query(TABLE, partition=owner):
            if (draft := read_or_pass(Draft, row)) is not None:
                yield Open(draft, row.etag)

    async def everybodys(self) -> AsyncIterator[Open]:
        """Every open draft there is."""
        async for row in self._store.query(TABLE):
            if (draft := read_or_pass(Draft, row)) is not None:
                yield Open(draft, row.etag)

    def forget_at_hand(self) -> None:
        """Nothing is at hand any more: drafts were removed beside this object."""
        self._at_hand.clear()

    async def save(self, opened: Open) -> Open:
        """Write if nobody else has since. Raises AlreadyThere or Changed: read again."""
        draft = opened.draft
        key = draft_key(draft.flow, draft.conversation)
        row = Row(draft.owner, key, to_values(draft), opened.etag)
        self._at_hand.pop((draft.owner, key), None)
        write = self._store.update if opened.etag else self._store.create
        return self._kept(Open(draft, (await write(TABLE, row)).etag), row)

    async def discard(self, draft: Draft) -> None:
        """Remove it: after Send, or when its writer cancels."""
        key = draft_key(draft.flow, draft.conversation)
        self._at_hand.pop((draft.owner, key), None)
        await self._store.delete(TABLE, draft.owner, key)

    async def remove(self, opened: Open) -> None:
        """Remove it if nobody has touched it since it was read. Raises Changed."""
        draft = opened.draft
        key = draft_key(draft.flow, draft.conversation)
        self._at_hand.pop((draft.owner, key), None)
        await self._store.delete(TABLE, draft.owner, key, etag=opened.etag)

    def _kept(self, opened: Open, row: Row) -> Open:
        texts = sum(len(one) for one in row.values.values() if isinstance(one, str))
        if texts <= LONGEST_AT_HAND:
            self._at_hand[row.partition, row.key] = opened
        return opened


def _bytes(texts: dict[str, Any]) -> int:
    """What texts take, as they are stored or as they are sent, whichever is more.

    `records.store.codec` writes them as JSON, the storage keeps that as UTF-16, and on the way
    there all beyond ASCII is escaped. Azurite counts an update as it is sent.
    """
    written = json.dumps(texts, ensure_ascii=False)
    return max(len(written.encode("utf-16-le", "surrogatepass")), len(json.dumps(written)))
