"""The bot processes of a trial: born from the nursery or started cold, and born again."""

import asyncio
import json
import os
import secrets
import signal
import socket
import sys
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.faults.next_version import LOG
from tests.faults.reaper import Reaper
from tests.faults.scale import Scale
from tests.faults.storage import Lane
from tests.faults.world import MORNING

ROOT: Final = Path(__file__).parents[2]
COLD: Final = (
    "import os; from tests.faults.guards import without; "
    "without(os.environ.get('GUARD', '')); "
    "import sys; from bot.__main__ import main; sys.exit(main())"
)
BURIED_AFTER: Final = 0.05
"""Seconds before another process takes the place of one that ended."""
LOOKS_EVERY: Final = 0.5
"""Seconds between two looks at who is still there."""


@dataclass
class Instance:
    """One place for a bot: its way to the storage, its port, and who is there now.

    `awaited` while somebody is being born into it.
    """

    number: int
    lane: Lane
    port: int
    births: int = 0
    awaited: bool = False


@dataclass
class Family:
    """Every instance of a trial. `ports` are where somebody may be listening."""

    scale: Scale
    folder: Path
    prefix: str
    account: str
    guard: str
    reaper: Reaper | None = None
    instances: list[Instance] = field(default_factory=list)
    ports: list[int] = field(default_factory=list)
    births: int = 0
    ending: bool = False
    _nursery: asyncio.subprocess.Process | None = None
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _colds: list[asyncio.subprocess.Process] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def begin(self, lanes: list[Lane]) -> None:
        """The nursery, and a first process in each place."""
        self._nursery = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.faults.nursery",
            cwd=ROOT,
            env={**os.environ, "GUARD": self.guard, "PYTHONPATH": str(ROOT)},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for number, lane in enumerate(lanes):
            self.instances.append(Instance(number, lane, _free_port()))
        self.ports += [one.port for one in self.instances]
        for one in self.instances:
            await self.bear(one)
        self._keep(self._watch())

    @property
    def pids(self) -> list[int]:
        """Who lives, as far as we know."""
        return [one.lane.pid for one in self.instances if one.lane.pid]

    def gone(self, pid: int, cold: bool) -> None:
        """A process was killed: another takes its place."""
        for one in self.instances:
            if one.lane.pid == pid and not self.ending:
                one.awaited = True
                self._keep(self._succeed(one))

    async def _succeed(self, one: Instance) -> None:
        # What the dead one still had on its way arrives before anybody else is there.
        await asyncio.sleep(BURIED_AFTER)
        await self.bear(one)

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self) -> None:
        """Who ended alone, as where the storage was away at the start, is started again."""
        while not self.ending:
            await asyncio.sleep(LOOKS_EVERY)
            for one in self.instances:
                ended = not one.awaited and not lives(one.lane.pid)
                if ended and self.reaper is not None and one.lane.pid not in self.reaper.dead:
                    self.reaper.logbook.write("ended", pid=one.lane.pid, place=one.number)
                    self.gone(one.lane.pid, cold=False)

    async def bear(self, one: Instance) -> None:
        """A new process in this place; now and then one that starts cold."""
        self.births += 1
        cold = self.births > len(self.instances) and self.births % self.scale.cold_every == 0
        output = str(self.folder / f"bot-{one.number}.log")
        environment = self._environment(one)
        if cold:
            one.lane.pid = await self._start(environment, output)
        else:
            one.lane.pid = await self._fork(environment, output)
        if self.reaper is not None:
            self.reaper.born(one.lane.pid, cold=cold)
        one.births, one.awaited = one.births + 1, False

    async def _fork(self, environment: dict[str, str], output: str) -> int:
        nursery = self._nursery
        assert nursery is not None
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        async with self._asking:
            asked = json.dumps({"environment": environment, "output": output})
            nursery.stdin.write(asked.encode() + b"\n")
            await nursery.stdin.drain()
            return int(await nursery.stdout.readline())

    async def _start(self, environment: dict[str, str], output: str) -> int:
        with open(output, "ab") as said:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                COLD,
                cwd=ROOT,
                env={**os.environ, **environment, "GUARD": self.guard, "PYTHONPATH": str(ROOT)},
                stdout=said,
                stderr=said,
            )
        self._colds.append(child)
        return child.pid

    def _environment(self, one: Instance) -> dict[str, str]:
        offset = self.scale.offsets[one.number % len(self.scale.offsets)]
        return {
            "DEMO": "1",
            "DEMO_TIME": MORNING.isoformat(),
            "HOST": "127.0.0.1",
            "PORT": str(one.port),
            "LOG_LEVEL": self.scale.log_level,
            "INSTANCES": str(self.scale.instances),
            "TABLES_CONNECTION_STRING": self.account.replace("{port}", str(one.lane.port)),
            "TABLES_PREFIX": self.prefix,
            "FACILITATION_TEAM_ID": "19:nobody@thread.tacv2",
            "SEND_TIMEOUT_SECONDS": "2",
            "LEASE_SECONDS": "8",
            "TICK_SECONDS": "1",
            "LEADER_SECONDS": "3",
            "RETRY_FIRST_SECONDS": "0.3",
            "RETRY_LONGEST_SECONDS": "3",
            "ASK_AGAIN_SECONDS": "15",
            "TELL_AGAIN_SECONDS": "10",
            **self._clock(one, offset),
            **self._version(one),
        }

    def _clock(self, one: Instance, offset: float) -> dict[str, str]:
        if not self.scale.clock_files:
            return {"CLOCK_OFFSET_SECONDS": str(offset)}
        file = self.folder / f"clock-{one.number}"
        if not file.exists():
            file.write_text(str(offset))
        return {"CLOCK_FILE": str(file)}

    def _version(self, one: Instance) -> dict[str, str]:
        """Where versions change, every other process in a place is of the next one."""
        next_one = self.scale.versions_change and one.births % 2 == 1
        return {"MOONS": str(self.folder / LOG)} if next_one else {}

    async def end(self) -> None:
        """Nobody is left. Ending twice is fine."""
        if self.ending:
            return
        self.ending = True
        for task in tuple(self._tasks):
            task.cancel()
        for pid in self.pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for child in self._colds:
            await child.wait()
        if self._nursery is not None:
            self._nursery.kill()
            await self._nursery.wait()


def lives(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def new_prefix() -> str:
    """Tables of our own."""
    return f"f{secrets.token_hex(4)}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
