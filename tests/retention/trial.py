"""What a trial of nights has: tables over Azurite, and the processes that have the nights."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from records.store.azure import TableStore
from tests.faults.family import new_prefix
from tests.retention.night import Night, asked

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ended:
    """How a process went: by which signal, or with which code, and what it had to say."""

    signal: int
    code: int
    said: dict[str, Any]


class Nights:
    """Has one night after another, each in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path) -> None:
        self._process, self._folder = process, folder
        self.closed, self._says = folder / "closed", folder / "says"

    async def have(
        self,
        tables: str,
        prefix: str,
        at: datetime,
        born: Callable[[int], object] = lambda _: None,
        **how: Any,
    ) -> Ended:
        """One night; `born` hears which process has it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._says.unlink(missing_ok=True)
        night = Night(tables, prefix, at.isoformat(), str(self.closed), str(self._says), **how)
        self._process.stdin.write(asked(night))
        await self._process.stdin.drain()
        born(int(await self._process.stdout.readline()))
        ended = json.loads(await self._process.stdout.readline())
        said = json.loads(self._says.read_text()) if self._says.exists() else {}
        return Ended(ended["signal"], ended["code"], said)


@asynccontextmanager
async def nights(folder: Path) -> AsyncIterator[Nights]:
    """Somebody who has them, until this ends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.retention.night",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Nights(process, folder)
    finally:
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()


@asynccontextmanager
async def tables(azurite: str) -> AsyncIterator[tuple[TableStore, str]]:
    """Tables that nobody else has, and their prefix."""
    prefix = new_prefix()
    store = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix=prefix, timeout=60)
    try:
        yield store, prefix
    finally:
        await store.close()
