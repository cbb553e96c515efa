"""`make guards`: the suite without each guard in turn; it must go red every time.

First the same tests with every guard in place, which must be green, or red would prove nothing.
`GUARD=off-<name>` tries that one alone. Exits with 1 where the suite stays green.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.faults.guards import GUARDS

ROOT: Final = Path(__file__).parents[2]
SUITE: Final = (
    "tests/contracts/test_writes.py",
    "tests/contracts/test_unsure_writes.py",
    "tests/records/register/test_register.py",
    "tests/scheduler/upkeep/test_afterwards.py",
    "tests/scheduler/test_bad_rows.py",
    "tests/scheduler/delivery/test_delivery.py",
    "tests/scheduler/delivery/test_lines.py",
    "tests/scheduler/test_sweep.py",
    "tests/scheduler/delivery/test_real_storage.py",
    "tests/dialogs/flow/test_again.py",
    "tests/dialogs/changes/test_changes.py",
    "tests/bot/teams/test_what_an_answer_means.py",
    "tests/bot/teams/test_opening.py",
)
"""What holds the delivery's promises, and is fast."""
FAILED: Final = re.compile(r"^FAILED (\S+)", re.MULTILINE)
RED: Final = 1
"""pytest's exit code where tests failed; every other one is no answer."""


def main() -> int:
    """A line for each guard."""
    only = os.environ.get("GUARD", "").removeprefix("off-")
    code, _ = suite("")
    print(
        f"{'with every guard':<24} {'green' if code == 0 else 'RED: mend this first'}", flush=True
    )
    if code != 0:
        return 1
    green = [one for one in ([only] if only else GUARDS) if not _needed(one)]
    return 1 if green else 0


def _needed(guard: str) -> bool:
    code, failed = suite(guard)
    red = code == RED and bool(failed)
    said = f"red    {failed}" if red else f"STAYS GREEN (exit code {code})"
    print(f"{'without ' + guard:<24} {said}", flush=True)
    return red


def suite(guard: str) -> tuple[int, str]:
    """Exit code of the suite without this guard, and the first test that failed."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "tests.faults.unguarded", *SUITE],
        cwd=ROOT,
        env={**os.environ, "GUARD": guard},
        capture_output=True,
        text=True,
        check=False,
    )
    found = FAILED.search(done.stdout)
    return done.returncode, found[1] if found else ""


if __name__ == "__main__":
    sys.exit(main())
