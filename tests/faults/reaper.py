"""Who kills: a real SIGKILL to one process, at the boundary whose turn it is.

Boundaries are those between a process and the world: a request to the storage or to Teams, before
it is let through, after it took effect, and after it was answered; and a reply that is out while
the lists of what it answered are not written.
"""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from tests.faults.logbook import Logbook

PATIENCE: Final = 3.0
"""Seconds after which a process whose time is over dies at any boundary, not only at its own."""
PATIENCE_FOR_A_REPLY: Final = 12.0
"""The same for whoever is to be the first to die between a reply and its lists: somebody has to
tap."""


class Boundary(StrEnum):
    """Where a process may end."""

    STORAGE_BEFORE = "storage, before the write"
    STORAGE_AFTER = "storage, written and not answered"
    STORAGE_ANSWERED = "storage, answered"
    TEAMS_BEFORE = "Teams, before it is taken"
    TEAMS_AFTER = "Teams, taken and not answered"
    TEAMS_ANSWERED = "Teams, answered"
    REPLIED = "replied, lists not written"


REPLY_COMES: Final = 0.3
"""Seconds for which the first write of a list is held, until whoever tapped has the reply."""
TEAMS: Final = frozenset({Boundary.TEAMS_BEFORE, Boundary.TEAMS_AFTER, Boundary.TEAMS_ANSWERED})


@dataclass
class Reaper:
    """Gives every process a time to live, and a boundary at which it dies once that is over.

    Whoever sweeps does most of the work, and would be the one to die every time if the next one at
    a boundary did. `intents` are the prompts a process has said it is sending and has not yet said
    what became of them: from then on nobody can know whether the message arrived. `replied` are
    the conversations about which somebody was answered.
    """

    logbook: Logbook
    chance: random.Random
    kills: int
    every: float
    gone: Callable[[int, bool], None]
    intents: dict[int, set[str]] = field(default_factory=dict)
    replied: set[str] = field(default_factory=set)
    cold: set[int] = field(default_factory=set)
    ends: dict[int, tuple[float, Boundary]] = field(default_factory=dict)
    spread: float = 0.0
    began: float = field(default_factory=time.monotonic)
    done: int = 0
    dead: set[int] = field(default_factory=set)
    where: Counter[Boundary] = field(default_factory=Counter)

    async def run(self) -> None:
        """Until there were enough kills."""
        while self.done < self.kills:
            await asyncio.sleep(0.2)

    def stop(self) -> None:
        """Nobody else is killed."""
        self.kills = self.done

    def wants_load(self, acted: float) -> bool:
        """Whether people should go on, having `acted` on this share of the conversations: they
        take `spread` seconds for all of them, so that nobody is killed on an idle day."""
        return acted * self.spread <= time.monotonic() - self.began

    def doors(self, ports: list[int]) -> list[int]:
        """Where people may tap just now, of all places there are."""
        return ports

    def born(self, pid: int, *, cold: bool) -> None:
        """A process has begun; its end is drawn. Boundaries take turns."""
        waiting = Counter(where for one, (_, where) in self.ends.items() if one not in self.dead)
        turn = {one: (self.where[one] + waiting[one], self._order(one)) for one in Boundary}
        lives = self.every * self.chance.uniform(0.5, 1.5)
        self.ends[pid] = time.monotonic() + lives, min(turn, key=lambda one: turn[one])
        if cold:
            self.cold.add(pid)

    def _order(self, boundary: Boundary) -> float:
        """Of boundaries that have had as many, any; but a reply comes first, as it needs somebody
        who taps, and people have soon done all that they do."""
        return -1.0 if boundary is Boundary.REPLIED else self.chance.random()

    def asks_who(self) -> bool:
        """Whether it matters just now which process asks Teams: to find out takes a while."""
        now = time.monotonic()
        return any(
            at <= now and (where in TEAMS or at + self._patience(where) <= now)
            for pid, (at, where) in self.ends.items()
            if pid not in self.dead
        )

    def at(self, boundary: Boundary, pid: int, what: str, *, prompt: bool) -> bool:
        """Whether the process died here. Only what concerns a prompt is worth it."""
        if pid in self.dead:
            return True
        if not prompt or not self.wants(boundary, pid):
            return False
        self.kill(pid, boundary, what)
        return True

    def wants(self, boundary: Boundary, pid: int) -> bool:
        """Whether it is this process's turn to end, and here."""
        if pid not in self.ends or self.done >= self.kills:
            return False
        at, own = self.ends[pid]
        return time.monotonic() - at >= (0 if boundary is own else self._patience(own))

    def _patience(self, boundary: Boundary) -> float:
        first = boundary is Boundary.REPLIED and not self.where[boundary]
        return PATIENCE_FOR_A_REPLY if first else PATIENCE

    async def lists(self, pid: int, conversation: str) -> bool:
        """The first of the lists are about to be written: whether the process died before it, with
        its reply out."""
        until = time.monotonic() + REPLY_COMES
        while pid not in self.dead and self.wants(Boundary.REPLIED, pid):
            if conversation in self.replied:
                return self.at(Boundary.REPLIED, pid, "lists", prompt=True)
            if time.monotonic() > until:
                return False
            await asyncio.sleep(0.01)
        return pid in self.dead

    def kill(self, pid: int, boundary: Boundary | None, what: str) -> None:
        """SIGKILL: nothing is said, nothing is tidied up."""
        os.kill(pid, signal.SIGKILL)
        self.dead.add(pid)
        self.done += 1
        if boundary is not None:
            self.where[boundary] += 1
        cold = pid in self.cold
        sending = sorted(self.intents.get(pid, ()))
        self.logbook.write(
            "kills", pid=pid, boundary=boundary, what=what, cold=cold, sending=sending
        )
        self.gone(pid, cold)

    def intends(self, pid: int, prompt: str, *, sending: bool) -> None:
        """The storage has just taken what a process says of a prompt."""
        mine = self.intents.setdefault(pid, set())
        if sending:
            mine.add(prompt)
        else:
            mine.discard(prompt)
        if pid in self.dead:
            # Its last word reached the storage after its end.
            words = {"sending": [prompt]} if sending else {"sending": [], "settled": [prompt]}
            self.logbook.write("kills", pid=pid, boundary=None, what="late", **words)


def owner(port: int, to: int, pids: Iterable[int]) -> int:
    """Which of these processes has the loopback connection from one port `to` another; 0: none."""
    inode = _inode(port, to)
    for pid in pids if inode else ():
        try:
            handles = list(Path(f"/proc/{pid}/fd").iterdir())
        except OSError:
            continue
        for handle in handles:
            try:
                if os.readlink(handle) == f"socket:[{inode}]":
                    return pid
            except OSError:
                continue
    return 0


def _inode(port: int, to: int) -> str:
    """The socket's number. Both ends count: two connections to different places may come from the
    same port, and what is closed lingers there under the number 0."""
    here, there = f":{port:04X}", f":{to:04X}"
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields: list[Any] = line.split()
        if fields[1].endswith(here) and fields[2].endswith(there) and fields[9] != "0":
            return str(fields[9])
    return ""
