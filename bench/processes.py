"""Processes of a run: started, waited for, measured by the kernel's own account, and ended."""

import asyncio
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PATIENCE: Final = 60.0
"""Seconds in which a process listens, or is given up."""
ENDS_WITHIN: Final = 25.0
"""Seconds after SIGTERM until it is killed: the product takes 20 at most."""
STILL: Final = 0.002
"""Seconds of processor time in `LOOK` seconds, up to which a process is at rest."""
LOOK: Final = 0.1
LONGEST: Final = 10.0
"""Seconds after which no more rest is waited for."""


class NotStarted(Exception):
    """A process ended or did not listen; the message has the end of its log."""


@dataclass(frozen=True)
class Server:
    """A process that listens on a port of loopback. `begun` is when, by `time.perf_counter`."""

    name: str
    pid: int
    port: int
    log: Path
    begun: float

    @property
    def url(self) -> str:
        """Where activities are posted to."""
        return f"http://127.0.0.1:{self.port}/api/messages"

    def cpu(self) -> float:
        """Processor seconds of the process so far, user and system, all threads, also ended ones.

        The clock is the kernel's, in nanoseconds; /proc/<pid>/stat says the same in hundredths.
        Source: clock_getcpuclockid(3).
        """
        return time.clock_gettime((~self.pid << 3) | 2)

    def rss(self) -> float:
        """Memory in use, in bytes. Source: proc(5), VmRSS."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        line = next(one for one in status.splitlines() if one.startswith("VmRSS:"))
        return float(line.split()[1]) * 1024

    async def at_rest(self) -> float:
        """Its processor time once it rests: what it leaves for after its replies counts too."""
        until, before = time.monotonic() + LONGEST, self.cpu()
        while time.monotonic() < until:
            await asyncio.sleep(LOOK)
            now = self.cpu()
            if now - before <= STILL:
                return now
            before = now
        return before


def own() -> dict[str, str]:
    """This process's environment, but that bytecode is kept from one start to the next: a container
    has it from its build (deploy/Dockerfile), as every installed library has."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@contextmanager
def started(
    name: str,
    command: Sequence[str],
    folder: Path,
    env: Mapping[str, str],
    port: int,
) -> Iterator[Server]:
    """A server that listens, until this ends. `env` is added to `own()`. Raises NotStarted."""
    log = folder / f"{name}.log"
    whole = {**own(), "PYTHONPATH": str(ROOT), **env}
    with log.open("w") as out:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=whole, stdout=out, stderr=out)
        try:
            _listens(process, port, log)
            yield Server(name, process.pid, port, log, begun)
        finally:
            end(process)


def _listens(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise NotStarted(log.read_text()[-2_000:])


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask it to stop, and see that it has."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found
