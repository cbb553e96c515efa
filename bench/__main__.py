"""`make bench`: every measurement, or those that ONLY names; raw rows in bench.jsonl.

ONLY is a comma list of modules of `bench.measures` or of figures; ROUNDS (7) count, after one to
warm up; PEOPLE (32) act in each. A table comes first: each figure's median, its least and its most.
The last lines are `name value`, one for each named figure. Exits with 1 where an answer was wrong
or lost. It wants the machine to itself.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Iterable
from typing import Final

from bench.checks import Wrong
from bench.environments import NotInstalled
from bench.processes import ROOT, NotStarted
from bench.registry import Figure, Measurement, every
from bench.rig import rigged
from cards.wording import use
from records.partnership import SUFFOLK, read_partnership
from tests.azurite import running

ROWS: Final = ROOT / "bench.jsonl"
ABOUT: Final = """
The token check is on in every server but the floor, which has none: keys of a fake issuer.
Ours keeps every answer and has it read back; a peer keeps nothing, and answers one fixed card.
"""


def main() -> int:
    """The exit code."""
    use(read_partnership(SUFFOLK))
    asked = [one for one in every() if one.is_meant(os.environ.get("ONLY", ""))]
    if not asked:
        known = sorted({one.module for one in every()})
        print(f"ONLY names no measurement; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    # Asked to stop, it leaves no process behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with running(None) as azurite:
        return asyncio.run(measured(asked, azurite))


async def measured(asked: Iterable[Measurement], azurite: str) -> int:
    """Each in its turn; what was measured before one failed is told all the same."""
    found: list[Figure] = []
    code = 0
    async with rigged(
        azurite, ROWS, rounds=_number("ROUNDS", 7), people=_number("PEOPLE", 32)
    ) as rig:
        for one in asked:
            print(f"Measuring {one.module}: {', '.join(one.names)} ...", flush=True)
            try:
                found += await one.measure(rig)
            except (Wrong, NotStarted, NotInstalled) as error:
                print(f"{one.module} failed: {error}", file=sys.stderr)
                code = 1
    named = {name for one in asked for name in one.names}
    told(
        [one for one in found if one.name not in named], [one for one in found if one.name in named]
    )
    return code


def _number(name: str, default: int) -> int:
    return int(os.environ.get(name) or default)


def told(others: Iterable[Figure], named: Iterable[Figure]) -> None:
    """The table, and the last lines."""
    print(ABOUT)
    print(f"{'':58}{'median':>10}{'least':>10}{'most':>10}{'n':>4}")
    for one in (*others, *named):
        least, most = one.spread
        print(f"{one.name:58}{one.value:10.4g}{least:10.4g}{most:10.4g}{len(one.values):4}")
    print()
    for one in named:
        print(f"{one.name} {one.value:.3g}")


if __name__ == "__main__":
    sys.exit(main())
