"""`python -m bot export --out FILE`: everything in the tables in one file, while the bot goes on.

**The file holds the stories.** Only its owner can read it; where it is kept is the operator's care.
"""

import asyncio
import gzip
import os
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final, cast

from bot.clock import SystemClock
from bot.commands.progress import Progress, print_trailer
from bot.settings import Settings
from bot.stores import EVERY_TABLE, has_tables, opened
from records.backup.copying import counts, everything
from records.backup.form import Header, Trailer, Writer
from records.store.contract import Store, StoreError

ONLY_ITS_OWNER: Final = 0o600


def run(settings: Settings, out: Path) -> int:
    """Exit codes: 0 written, 1 nothing was written."""
    if not has_tables(settings):
        print("Nothing was written: the settings name no tables.")
        return 1
    try:
        end = asyncio.run(_export(settings, out))
    except FileExistsError as error:
        print(f"Nothing was written: {error.filename} is there already.")
        return 1
    except (StoreError, OSError) as error:
        print(f"Nothing was written: {type(error).__name__}")
        return 1
    print_trailer(f"{out}:", end)
    print("It holds the stories: keep it as you keep the records.")
    return 0


async def _export(settings: Settings, path: Path) -> Trailer:
    clock = SystemClock()
    async with opened(settings, clock) as store:
        return await export(store, path, clock.now())


async def export(store: Store, path: Path, now: datetime) -> Trailer:
    """Write a backup. It has its name only when it is whole.

    Raises FileExistsError where there is such a file, and StoreError or OSError.
    """
    part, number = _begun(path)
    try:
        with os.fdopen(number, "wb") as raw:
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                end = await _write(store, cast(BinaryIO, packed), path.parent, now)
            raw.flush()
            os.fsync(raw.fileno())
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return end


def _begun(path: Path) -> tuple[Path, int]:
    if path.exists():
        raise FileExistsError(None, None, str(path))
    part = path.with_name(f"{path.name}.part")
    return part, os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_ITS_OWNER)


async def _write(store: Store, to: BinaryIO, folder: Path, now: datetime) -> Trailer:
    there = await counts(store, EVERY_TABLE)
    writer = Writer(to, Header(now, there))
    progress = Progress(sum(there.values()))
    try:
        async for line in everything(store, EVERY_TABLE, folder, progress.add):
            writer.write(line)
    finally:
        progress.end()
    return writer.close()
