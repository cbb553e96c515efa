"""Bot processes: forked from one parent that has imported everything and has no event loop yet.

`python -m tests.faults.nursery` reads one JSON object a line: the child's environment and the
file for its output. It answers with the child's process id.
"""

import gc
import json
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import bot.__main__
import bot.serving  # everything, before there is an event loop
from bot.clock import SystemClock
from tests.faults.guards import without
from tests.faults.next_version import become_the_next


def main() -> None:
    """Fork until nobody asks any more."""
    without(os.environ.get("GUARD", ""))
    # Children that end are nobody's zombies; and what is imported is shared, not copied.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _be_born(asked["environment"], asked["output"])
        print(pid, flush=True)


def _be_born(environment: dict[str, str], output: str) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(environment)
    nothing = os.open(os.devnull, os.O_RDONLY)
    said = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for target, source in ((0, nothing), (1, said), (2, said)):
        os.dup2(source, target)
    sys.stdout = open(1, "w", buffering=1, closefd=False)  # noqa: SIM115  # open for its whole life
    sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115  # so is this
    if "CLOCK_FILE" in environment:
        _follow(Path(environment["CLOCK_FILE"]))
    if "MOONS" in environment:
        become_the_next(Path(environment["MOONS"]))
    code = 1
    try:
        code = bot.__main__.main()
    finally:
        print(f"process {os.getpid()} ended with {code}", flush=True)
        os._exit(code)


def _follow(file: Path) -> None:
    """The machine's clock is off by what the file says, from one moment to the next."""

    def now(_: SystemClock) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(file.read_text()))

    SystemClock.now = now  # type: ignore[method-assign]  # the child's own clock goes wrong


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
