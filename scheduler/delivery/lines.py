"""Lines before chats: one send is under way in each, and who comes meanwhile holds no worker.

Whoever has a chat also takes those who came into its line, one after another, and for so long only
that a chat whose Teams is slow keeps no sweep from its end: who is left is due still.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from records.conversation.snapshot import Snapshot, record_etag
from records.outbox.due import Pointer
from records.people import Person, Reference
from records.register.register import Register

FRESH: Final = 1.0
"""Seconds for which what was read for one prompt serves the next one, at most: less than a message
may wait for its turn at Teams, once it was read."""
PATIENCE: Final = 10.0
"""Seconds for which the line of one chat is worked off at a time. Source: `TeamsCourier`, which
waits as long for its turn in a chat."""


class Reading:
    """A conversation, for several of its prompts: read once, and again after a second, or once
    something but a plain send has been made of one of them, or it was changed.

    Those who ask while it is being read share what is found. Whoever asks later has it looked at
    whether its record was changed since: a stop, or somebody else in a place, holds for every
    message whose turn comes after it.
    """

    def __init__(self, register: Register, key: str, monotonic: Callable[[], float]) -> None:
        self._register, self._key, self._monotonic = register, key, monotonic
        self._file: Snapshot | None = None
        self._at = 0.0
        self._lock = asyncio.Lock()

    async def file(self) -> Snapshot | None:
        """What is kept of it, or None. Raises StoreError."""
        shared = self._lock.locked()
        async with self._lock:
            if self._file is None or not (shared or await self._holds(self._file)):
                self._at = self._monotonic()
                self._file = await self._register.file(self._key)
            return self._file

    async def _holds(self, file: Snapshot) -> bool:
        if self._monotonic() - self._at >= FRESH:
            return False
        return await record_etag(self._register.store, self._key) == file.etag

    def forget(self) -> None:
        """The next prompt has it read again."""
        self._file = None


@dataclass(eq=False)
class Dispatch:
    """One look at what is due. `chat` is the one that it has, while it has one."""

    pointer: Pointer
    reading: Reading
    chat: str = ""


Found = tuple[Reference | None, Person | None]
"""Where somebody is written to, or None; and who it is (None for the channel)."""


@dataclass
class _ChatQueue:
    since: float
    waiting: deque[Dispatch]
    found: Found | None = None
    found_at: float = 0.0


class Lines:
    """The chats of one process in which a send is under way, and who waits for each."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lines: dict[str, _ChatQueue] = {}

    def enter(self, chat: str, dispatch: Dispatch) -> bool:
        """Whether the chat is this dispatch's now; where it is not, it stands in line. What has
        one already is let into no other line."""
        if dispatch.chat:
            return True
        line = self._lines.get(chat)
        if line is not None:
            line.waiting.append(dispatch)
            return False
        self._lines[chat] = _ChatQueue(self._monotonic(), deque())
        dispatch.chat = chat
        return True

    async def found(
        self, chat: str, dispatch: Dispatch, find: Callable[[], Awaitable[Found]]
    ) -> Found:
        """Whose chat this is, as found at most a second ago for whoever had it before.

        What came into the line of one chat and is for another one by now has them found anew.
        """
        line, now = self._lines.get(chat), self._monotonic()
        if line is None or dispatch.chat != chat:
            return await find()
        if line.found is None or now - line.found_at >= FRESH:
            line.found, line.found_at = await find(), now
        return line.found

    def forget(self, dispatch: Dispatch) -> None:
        """The next in line finds them anew."""
        if (line := self._lines.get(dispatch.chat)) is not None:
            line.found = None

    def after(self, dispatch: Dispatch) -> Dispatch | None:
        """Who has the chat now that this dispatch is over; None where nobody waits for it, or the
        line has taken long enough."""
        line = self._lines.get(dispatch.chat) if dispatch.chat else None
        if line is None:
            return None
        if not line.waiting or self._monotonic() - line.since > PATIENCE:
            self.give_up(dispatch)
            return None
        following = line.waiting.popleft()
        following.chat, dispatch.chat = dispatch.chat, ""
        return following

    def give_up(self, dispatch: Dispatch) -> None:
        """Leave the chat, and those in its line to a later sweep."""
        if dispatch.chat:
            self._lines.pop(dispatch.chat, None)
            dispatch.chat = ""
