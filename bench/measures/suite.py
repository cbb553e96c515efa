"""The figures that are measured within a process: those of `tests/bench`, under their own names."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterable
from typing import Final

from bench.checks import Wrong
from bench.processes import ROOT
from bench.registry import Figure, measurement
from bench.rig import Rig

LINE: Final = re.compile(r"^([a-z]\w+) ([\d.e+-]+)$", re.MULTILINE)
NAMES: Final = (
    "board_first_page_ten_years_vs_one",
    "board_first_page_ten_years_share_of_turn",
    "evaluation_ten_years_vs_one",
    "evaluation_ten_years_share_of_turn",
    "evaluation_closing_share_of_turn",
    "card_drawn_and_written_vs_written_cpu",
)


@measurement(*NAMES)
async def suite(rig: Rig) -> Iterable[Figure]:
    """One run of all of them. Raises Wrong where one of them fails."""
    command = [sys.executable, "-m", "pytest", "-q", "-m", "bench", "-s", "tests/bench"]
    ran = await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise Wrong(ran.stdout[-2_000:])
    found = dict(LINE.findall(ran.stdout))
    rig.row("suite", **found)
    return [Figure(name, [float(found[name])]) for name in NAMES]
