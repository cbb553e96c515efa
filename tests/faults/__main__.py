"""`make faults`: the full trial, its logs in build/faults, its figures on the last line.

`GUARD=off-<name>` takes one guard out of the bots; `SEED` draws other faults. Exits with 1 where
something was lost, doubled or left undone.
"""

import asyncio
import os
import sys
from pathlib import Path

from tests.azurite import running
from tests.faults.scale import FULL, SHORT
from tests.faults.trial import trial

FOLDER = Path(__file__).parents[2] / "build" / "faults"


def main() -> int:
    """Run, and print what was wrong, if anything, and the figures."""
    guard, seed = os.environ.get("GUARD", ""), int(os.environ.get("SEED") or 1)
    scale = SHORT if "--short" in sys.argv[1:] else FULL
    with running(None) as azurite:
        verdict = asyncio.run(trial(scale, azurite, FOLDER, seed=seed, guard=guard))
    print(f"kills at each boundary: {dict(verdict.boundaries)}, cold: {verdict.cold_kills}")
    print(f"answered meanwhile: {verdict.answered}, parked and told: {verdict.parked}")
    for name, some in verdict.wrong().items():
        print(f"{name}: {', '.join(some)}")
    print(verdict.line())
    return 1 if verdict.wrong() else 0


if __name__ == "__main__":
    sys.exit(main())
