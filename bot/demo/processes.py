"""Child processes that end with the launcher, however the launcher ends.

Each child leads its own process group, so that Ctrl-C reaches the launcher alone and a stop
reaches a child's own children too. On Linux the kernel also signals the child when the launcher
dies without saying goodbye (`kill -9`): PR_SET_PDEATHSIG, prctl(2).
"""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PR_SET_PDEATHSIG: Final = 1
GRACE: Final = 5.0
"""Seconds between asking a child to end and ending it."""


class Ended(Exception):
    """A child ended on its own."""

    def __init__(self, name: str, code: int, log: Path, tail: str) -> None:
        super().__init__(f"{name} ended (exit {code}). The end of {log}:\n{tail}")
        self.name, self.code, self.log, self.tail = name, code, log, tail


@dataclass(frozen=True)
class Child:
    """A running child. Its output goes to `log`, which starts empty at every start."""

    name: str
    log: Path
    process: asyncio.subprocess.Process
    goodbye: signal.Signals = signal.SIGTERM

    @classmethod
    async def start(
        cls,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str],
        folder: Path,
        goodbye: signal.Signals = signal.SIGTERM,
        orphaned: signal.Signals = signal.SIGKILL,
    ) -> "Child":
        """Start it. `goodbye` asks it to end; `orphaned` is sent when the launcher has died."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=folder,
                env=dict(environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent(orphaned),
            )
        return cls(name, log, process, goodbye)

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self.process.returncode is None

    def ended(self) -> Ended:
        """What to raise once it is no longer running."""
        lines = self.log.read_text(errors="replace").splitlines()[-15:]
        return Ended(self.name, self.process.returncode or 0, self.log, "\n".join(lines))

    async def stop(self, *, grace: float = GRACE) -> None:
        """Ask its whole group to end, and end what is left after `grace` seconds."""
        self._signal(self.goodbye)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.process.wait(), grace)
        await self.kill()

    async def kill(self) -> None:
        """End its whole group at once, as a crash would."""
        self._signal(signal.SIGKILL)
        await self.process.wait()

    def _signal(self, number: signal.Signals) -> None:
        # The group may outlive its leader, and then still carries the leader's number.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)


def _die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    if not sys.platform.startswith("linux"):
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def ask_the_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel
