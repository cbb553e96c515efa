"""`make faults`: the full trial, its logs in build/faults, its figures on the last line.

`GUARD=off-<name>` takes one guard out of the bots; `SEED` draws other faults; `FOLDER` is where
else the logs go. Exits with 1 where something was lost, doubled or left undone, or where fewer
faults and kills landed than had to.

With `--short`, as `make test` runs it, there are so few faults of each kind that it may stay green
without a guard: that each one is needed is shown by `make guards`.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import Final

from tests.azurite import running
from tests.faults.scale import FULL, SHORT, Scale
from tests.faults.trial import trial
from tests.faults.verdict import Verdict

FOLDER: Final = Path(__file__).parents[2] / "build" / "faults"


def main() -> int:
    """Run, and print what was wrong, if anything, and the figures."""
    guard, seed = os.environ.get("GUARD", ""), int(os.environ.get("SEED") or 1)
    folder = Path(os.environ.get("FOLDER") or FOLDER)
    scale = SHORT if "--short" in sys.argv[1:] else FULL
    with running(None) as azurite:
        verdict = asyncio.run(trial(scale, azurite, folder, seed=seed, guard=guard))
    return report(verdict, scale)


def report(verdict: Verdict, scale: Scale) -> int:
    """Say it, the figures last; the exit code."""
    print(f"kills at each boundary: {dict(verdict.boundaries)}, cold: {verdict.cold_kills}")
    print(f"ended by themselves, as a start does where the storage is away: {verdict.ended}")
    print(f"answered meanwhile: {verdict.answered}, parked and told: {verdict.parked}")
    for name, some in verdict.wrong().items():
        print(f"{name}: {', '.join(some)}")
    missed = verdict.missed(scale)
    for one in missed:
        print(f"short of what it has to show: {one}")
    print(verdict.line())
    return 1 if verdict.wrong() or missed else 0


if __name__ == "__main__":
    sys.exit(main())
