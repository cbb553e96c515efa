"""Three instances, two of which are ten minutes off, one ahead and one behind.

Those two have to say so and claim nothing; the third carries everything on. Then one of them comes
right, is the only one that people reach, and has to deliver again what it causes itself.
"""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import aiohttp

from tests.faults.logbook import lines
from tests.faults.reaper import Boundary, Reaper
from tests.faults.scale import SHORT, Scale
from tests.faults.trial import trial
from tests.faults.verdict import Verdict
from tests.faults.world import WAITING

OFF: Final = 600.0
RIGHT, AHEAD, BEHIND = range(3)
HALF: Final = 0.5

SCALE: Final[Scale] = replace(
    SHORT,
    instances=3,
    held=6,
    withdrawn=6,
    people=40,
    kills=0,
    storage_faults=0.0,
    teams_not_taken=0.0,
    teams_unsure=0.0,
    teams_seconds=0.4,
    offsets=(0.0, OFF, -OFF),
    clock_files=True,
    waiting=3,
    soon=180.0,
    log_level="INFO",
    seconds=60,
)


class Watchmaker(Reaper):
    """Ends nobody: looks at what the instances say, and half way sets one clock right."""

    noted = mended = False
    ports: tuple[int, ...] = ()
    acted = 0.0

    async def run(self) -> None:
        """The first half with two wrong clocks, the second with one of them right."""
        await self._note("before")
        self.noted = True
        while self.acted < HALF:
            await asyncio.sleep(0.1)
        await asyncio.sleep(1)
        clock = self.logbook.folder / f"clock-{AHEAD}"
        fresh = clock.with_suffix(".new")
        fresh.write_text("0")
        fresh.replace(clock)
        self.logbook.write("clocks", when="set right", sent=self._sent())
        while (await self._ask(self.ports[AHEAD]))["ready"] is not True:
            await asyncio.sleep(0.2)
        await self._note("after")
        self.mended = True

    def stop(self) -> None:
        """Nothing to stop."""

    def wants_load(self, acted: float) -> bool:
        """Half of it with the wrong clocks, the rest after."""
        self.acted = acted
        return self.mended or (acted < HALF and self.noted)

    def doors(self, ports: list[int]) -> list[int]:
        """Not the one ahead at first, whose messages are due by its clock; afterwards it alone."""
        self.ports = tuple(ports)
        return [ports[AHEAD]] if self.mended else [ports[RIGHT], ports[BEHIND]]

    def wants(self, boundary: Boundary, pid: int) -> bool:
        """Nobody's turn comes."""
        return False

    def at(self, boundary: Boundary, pid: int, what: str, *, prompt: bool) -> bool:
        """Nobody dies."""
        return False

    async def _note(self, when: str) -> None:
        said = [await self._ask(port) for port in self.ports]
        self.logbook.write("clocks", when=when, ready=said, sent=self._sent())

    async def _ask(self, port: int) -> dict[str, Any]:
        """What /readyz says, once there is somebody to say it."""
        async with aiohttp.ClientSession() as http:
            while True:
                try:
                    async with http.get(f"http://127.0.0.1:{port}/readyz") as answer:
                        said: dict[str, Any] = await answer.json()
                        return said
                except aiohttp.ClientConnectionError:
                    await asyncio.sleep(0.1)

    def _sent(self) -> list[int]:
        folder = self.logbook.folder
        return [sent(folder, number) for number in range(SCALE.instances)]


def sent(folder: Path, number: int) -> int:
    """How many messages an instance has sent, as its own log says."""
    log = folder / f"bot-{number}.log"
    said = log.read_text().splitlines() if log.exists() else []
    actions = Counter(json.loads(one).get("action", "") for one in said if one.startswith("{"))
    return actions["prompt_sent"] + actions["prompt_reminded"]


@dataclass
class Skewed:
    """What came of it."""

    verdict: Verdict
    ready: list[dict[str, Any]]
    ready_later: list[dict[str, Any]]
    sent_before: list[int]
    sent_at_all: list[int]
    early: list[str]


async def run(azurite: str, folder: Path, *, guard: str = "") -> Skewed:
    """Run it, and count from the logs."""
    verdict = await trial(SCALE, azurite, folder, ender=Watchmaker, guard=guard)
    first, right, then = lines(folder, "clocks")
    waiting = {f"LC-{WAITING + number:05d}" for number in range(SCALE.waiting)}
    keys = [str(one["key"]) for one in lines(folder, "deliveries")]
    return Skewed(
        verdict,
        first["ready"],
        then["ready"],
        right["sent"],
        [sent(folder, number) for number in range(SCALE.instances)],
        [key for key in keys if key.partition("/")[0] in waiting],
    )
