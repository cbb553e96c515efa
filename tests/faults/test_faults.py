"""The short trial: every fault and every kill of the full one, only fewer.

It runs the command itself, which has nothing but what it chooses for itself.
"""

import asyncio
import os
import re
import sys
from pathlib import Path
from typing import Final

from tests.faults.scale import SHORT

ROOT: Final = Path(__file__).parents[2]
COMMAND: Final = (sys.executable, "-m", "tests.faults", "--short")


async def test_nothing_is_lost_and_nothing_doubled_while_processes_die(tmp_path: Path) -> None:
    trial = await asyncio.create_subprocess_exec(
        *COMMAND,
        cwd=ROOT,
        env={**os.environ, "GUARD": "", "SEED": "", "FOLDER": str(tmp_path)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await trial.communicate()
    said = out.decode()
    print(said)
    assert trial.returncode == 0
    figures = {name: int(count) for name, count in re.findall(r"(\w+)(?:=|: )(\d+)", said)}
    assert figures["lost"] == figures["doubled"] == figures["unlisted"] == 0
    assert figures["prompts"] == SHORT.prompts
    assert figures["ambiguous"] > 0
    assert figures["reminders"] == figures["ambiguous"] - figures["meanwhile"]
