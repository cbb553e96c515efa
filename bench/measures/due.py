"""What is due: the rows that are read where much is due later, and what 40 messages a second take
of one core with every record kept."""

import asyncio
import sys
from collections.abc import Iterable

from bench.checks import Wrong
from bench.processes import own
from bench.registry import Figure, measurement
from bench.rig import Rig
from tests.bench.sweep import sweep_growth


@measurement("sweep_growth")
async def growth(_: Rig) -> Iterable[Figure]:
    """Rows read with 100,000 due later as a multiple of those with 1,000, 100 being due."""
    return [Figure("sweep_growth", [await sweep_growth(None)])]


@measurement("drain_core_share")
async def share(rig: Rig) -> Iterable[Figure]:
    """In a process of its own each time, with a storage of its own. Raises Wrong."""
    found: dict[str, list[float]] = {}
    for number in range(max(rig.rounds // 2, 1)):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.drain", stdout=asyncio.subprocess.PIPE, env=own()
        )
        out, _ = await process.communicate()
        if process.returncode != 0:
            raise Wrong("what was due was not sent, or not kept, as it should be")
        told = dict(line.split() for line in out.decode().splitlines() if line.startswith("drain_"))
        rig.row("drain", round=number, **told)
        for name, value in told.items():
            found.setdefault(name, []).append(float(value))
    return [Figure(name, values) for name, values in found.items()]
