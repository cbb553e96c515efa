"""`make faults-sigterm`: bots that are asked to stop while they deliver, N times (100).

Like a trial, but for SIGTERM in place of SIGKILL, and nothing else that goes wrong: so no message
may be lost, none doubled, and none left in doubt. Whoever is asked has to be gone within 20 s with
code 0; another process carries on, every other time of the next version of the product: a rolling
restart there and back under load. Nothing that the next version writes may be gone at the end. The
last line has the figures; `terms.jsonl` has a line each.
"""

import asyncio
import os
import re
import signal
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from records.store.codec import SCHEMA
from tests.azurite import running
from tests.faults.family import lives
from tests.faults.logbook import lines
from tests.faults.next_version import dropped
from tests.faults.reaper import TEAMS, Boundary, Reaper
from tests.faults.scale import SHORT, Scale
from tests.faults.trial import trial
from tests.faults.verdict import Verdict

FOLDER: Final = Path(__file__).parents[2] / "build" / "sigterm"
GONE_WITHIN: Final = 20.0
"""Seconds between SIGTERM and the end."""
ENDED: Final = re.compile(r"process (\d+) ended with (\d+)")
CONVERSATIONS_EACH: Final = 4
"""How many conversations people act on, for each process that is asked to stop."""


class Terminator(Reaper):
    """Asks instead of killing: what is under way goes on. One at a time, the first that comes to
    the boundary that is `armed`."""

    armed: Boundary | None = None

    def stop(self) -> None:
        """Nobody else is asked."""
        self.armed = None

    def asks_who(self) -> bool:
        """Whether one that asks Teams may be the one."""
        return self.armed in TEAMS

    async def run(self) -> None:
        """Arm, ask whoever comes to the boundary, and wait until they have gone."""
        while self.done < self.kills:
            if self.armed is None and not self.dead:
                self.armed = min(Boundary, key=lambda one: (self.where[one], self.chance.random()))
            while self.armed is not None or self.dead:
                await asyncio.sleep(0.02)
            await asyncio.sleep(self.every * self.chance.uniform(0.5, 1.5))

    def wants_load(self, acted: float) -> bool:
        """So that there is always something to deliver while somebody is asked to stop."""
        return self.armed is not None or bool(self.dead) or self.done >= self.kills

    def wants(self, boundary: Boundary, pid: int) -> bool:
        """Whether this process is asked, and here."""
        return boundary is self.armed and pid > 0

    def at(self, boundary: Boundary, pid: int, what: str, *, prompt: bool) -> bool:
        """Nobody dies here."""
        if prompt and self.wants(boundary, pid):
            self.armed = None
            self.kill(pid, boundary, what)
        return False

    def kill(self, pid: int, boundary: Boundary | None, what: str) -> None:
        """SIGTERM."""
        os.kill(pid, signal.SIGTERM)
        self.dead.add(pid)
        if boundary is not None:
            self.where[boundary] += 1
        task = asyncio.get_running_loop().create_task(self._see_off(pid, boundary, what))
        self._leaving = task

    def intends(self, pid: int, prompt: str, *, sending: bool) -> None:
        """Whoever is asked to stop may leave no doubt, so nothing is excused."""

    async def _see_off(self, pid: int, boundary: Boundary | None, what: str) -> None:
        asked = time.monotonic()
        while lives(pid) and time.monotonic() - asked < 2 * GONE_WITHIN:
            await asyncio.sleep(0.02)
        seconds = round(time.monotonic() - asked, 2)
        self.logbook.write("terms", pid=pid, boundary=boundary, what=what, seconds=seconds)
        if lives(pid):
            os.kill(pid, signal.SIGKILL)
        self.done += 1
        self.dead.discard(pid)
        self.gone(pid, False)


@dataclass
class Stopped:
    """What came of asking. `codes` by process id, `late` who took longer than they may."""

    verdict: Verdict
    boundaries: set[str]
    seconds: list[float]
    codes: dict[int, int]
    late: list[int] = field(default_factory=list)
    newer_rows: int = 0
    dropped: list[str] = field(default_factory=list)
    unreadable: int = 0

    def wrong(self) -> dict[str, list[str]]:
        """What must not be, by its name."""
        found = self.verdict.wrong()
        if self.late:
            found["longer than 20 s"] = [str(one) for one in self.late]
        if odd := [f"{pid}: {code}" for pid, code in self.codes.items() if code]:
            found["ended with another code than 0"] = odd
        if self.dropped:
            found["lost what the next version wrote"] = self.dropped[:8]
        if self.unreadable:
            found["could not be read"] = [f"{self.unreadable} rows"]
        return found

    def line(self) -> str:
        """The last line."""
        v = self.verdict
        return (
            f"sigterms={len(self.seconds)} prompts={v.prompts} lost={len(v.lost)} "
            f"doubled={len(v.doubled)} in_doubt={len(v.needless)} slowest={max(self.seconds)}s "
            f"rows_of_next_version={self.newer_rows} dropped={len(self.dropped)} "
            f"unreadable={self.unreadable}"
        )


def scale_for(times: int, pause: float = 0.4) -> Scale:
    """Two bots, and enough to do while `times` of them are asked to stop."""
    some = max(4, times * CONVERSATIONS_EACH // 2)
    return replace(
        SHORT,
        instances=2,
        held=some,
        withdrawn=some,
        people=max(40, some * 2),
        kills=times,
        versions_change=True,
        lives=pause,
        cold_every=10**9,
        storage_faults=0.0,
        teams_not_taken=0.0,
        teams_unsure=0.0,
        acts_at_once=2,
        act_pause=0.3,
        teams_seconds=0.15,
        seconds=60 + times * 12,
    )


async def stop_often(scale: Scale, azurite: str, folder: Path, *, seed: int = 1) -> Stopped:
    """Run it, and count from the logs."""
    verdict = await trial(scale, azurite, folder, seed=seed, ender=Terminator)
    terms = lines(folder, "terms")
    said = "".join(one.read_text() for one in folder.glob("bot-*.log"))
    ended = {int(pid): int(code) for pid, code in ENDED.findall(said)}
    return Stopped(
        verdict,
        {one["boundary"] for one in terms},
        [one["seconds"] for one in terms],
        {one["pid"]: ended.get(one["pid"], -1) for one in terms},
        [one["pid"] for one in terms if one["seconds"] > GONE_WITHIN],
        sum(one["schema"] > SCHEMA for one in lines(folder, "rows") if one["schema"]),
        dropped(folder),
        said.count('"row_unreadable"') + said.count('"not_repaired"'),
    )


def main() -> int:
    """Run, and print what was wrong, if anything, and the figures."""
    times, seed = int(os.environ.get("N") or 100), int(os.environ.get("SEED") or 1)
    with running(None) as azurite:
        stopped = asyncio.run(stop_often(scale_for(times), azurite, FOLDER, seed=seed))
    for name, some in stopped.wrong().items():
        print(f"{name}: {', '.join(some)}")
    print(stopped.line())
    return 1 if stopped.wrong() or len(stopped.seconds) < times else 0


if __name__ == "__main__":
    sys.exit(main())
