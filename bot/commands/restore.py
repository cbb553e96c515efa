"""`python -m bot import FILE`: a backup back into the tables that the settings name, if empty."""

import asyncio
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from bot.clock import SystemClock
from bot.commands.progress import Progress, print_trailer
from bot.settings import Settings
from bot.stores import EVERY_TABLE, has_tables, opened
from records.backup.chains import checked
from records.backup.form import Trailer, Unfit, read
from records.backup.restoring import NotEmpty, check_empty, restore, whole
from records.store.contract import Store, StoreError
from records.store.row_rules import NotStorable


class Half(Exception):
    """The restore stopped on its way: the tables hold a part of the backup."""


def run(settings: Settings, path: Path) -> int:
    """Exit codes: 0 restored; 1 refused, stopped, or restored with a chain that does not hold."""
    if not has_tables(settings):
        print("Nothing was restored: the settings name no tables.")
        return 1
    try:
        broken = list[str]()
        end = asyncio.run(_restore(settings, path, broken.append))
    except Half as half:
        print(f"Stopped half way ({half}): the tables hold a part. Empty them, or use new ones.")
        return 1
    except Unfit as unfit:
        print(f"Nothing was restored: {path} cannot be used, {unfit}.")
        return 1
    except NotEmpty as there:
        print(f"Nothing was restored: the table {there.table!r} is not empty. Use empty tables.")
        return 1
    except (StoreError, OSError) as error:
        print(f"Nothing was restored: {type(error).__name__}")
        return 1
    print_trailer("Restored", end)
    for one in broken:
        print(f"A chain does not hold: {one}")
    return 1 if broken else 0


async def _restore(settings: Settings, path: Path, tell: Callable[[str], None]) -> Trailer:
    async with opened(settings, SystemClock()) as store:
        return await bring_back(store, path, tell)


def _nobody_hears(_: str) -> None:
    """For callers that look at no chains."""


async def bring_back(
    store: Store, path: Path, tell: Callable[[str], None] = _nobody_hears
) -> Trailer:
    """Restore a backup, once all of it has been looked at. `tell` hears of every line of a chain
    that is not what it was, or is there no more: it was so when the backup was made, or since.

    Raises Unfit and NotEmpty before anything is written, Half after, and StoreError or OSError.
    """
    with gzip.open(path) as packed:
        source = cast(BinaryIO, packed)
        end = whole(checked(read(source), tell), EVERY_TABLE)
        await check_empty(store, EVERY_TABLE)
        source.seek(0)
        progress = Progress(sum(end.counts.values()))
        try:
            await restore(store, read(source), progress.add)
        except (Unfit, StoreError, NotStorable, OSError) as error:
            raise Half(type(error).__name__) from error
        finally:
            progress.end()
    return end
