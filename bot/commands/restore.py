"""`python -m bot import FILE`: a backup back into the tables that the settings name, if empty; then
what was erased since it was made is erased again, by the ledger of erasures.

Until that is done a mark stands in the tables, and the bot does not start over them.
"""

import asyncio
import gzip
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from bot.clock import SystemClock
from bot.commands.parts import OperatorParts, over
from bot.commands.people import operator
from bot.commands.progress import Progress, print_trailer
from bot.ledger import ledger_of
from bot.settings import Settings
from bot.stores import EVERY_TABLE, has_tables, opened
from records.backup.chains import checked
from records.backup.form import BackupRow, Trailer, Unfit, read
from records.backup.restoring import NotEmpty, check_empty, restore, whole
from records.drafts import Drafts
from records.rights import erasures
from records.rights.erasing import Eraser
from records.rights.erasures import note_without_ledger
from records.rights.ledger import BadLedger, Ledger, LedgerPlace, read_ledger
from records.rights.replaying import mark, marked, replay, unmark
from records.store.contract import Store, StoreError
from records.store.row_rules import NotStorable

log = logging.getLogger(__name__)


class Half(Exception):
    """The restore stopped on its way: the tables hold a part of the backup."""


class NoLedger(Exception):
    """What was erased since is not known; the message says why."""


@dataclass(frozen=True)
class Restored:
    """What is in the tables now, and how much was erased again; None where nobody looked."""

    end: Trailer
    erased: int | None


def run(settings: Settings, path: Path, *, no_ledger: bool = False) -> int:
    """Exit codes: 0 restored; 1 refused, stopped, or restored with a chain that does not hold."""
    if not has_tables(settings):
        print("Nothing was restored: the settings name no tables.")
        return 1
    try:
        broken = list[str]()
        done = asyncio.run(_restore(settings, path, broken.append, no_ledger=no_ledger))
    except Half as half:
        print(f"Stopped half way ({half}): the tables hold a part. Empty them, or use new ones.")
        return 1
    except Unfit as unfit:
        print(f"Nothing was restored: {path} cannot be used, {unfit}.")
        return 1
    except NoLedger as missing:
        print(f"Nothing was restored: {missing}. What was erased since would come back.")
        print("With --no-ledger it is restored all the same, and that is written down.")
        return 1
    except NotEmpty as there:
        print(f"Nothing was restored: the table {there.table!r} is not empty. Use empty tables.")
        return 1
    except (StoreError, OSError) as error:
        print(f"Nothing was restored: {type(error).__name__}")
        return 1
    if done.erased is None:
        print("No ledger was replayed: whoever was erased since this backup is in it again.")
    else:
        print(f"Erased again, by the ledger: {done.erased}")
    print_trailer("Restored", done.end)
    for one in broken:
        print(f"A chain does not hold: {one}")
    return 1 if broken else 0


def _nobody_hears(_: str) -> None:
    """For callers that look at no chains."""


async def _restore(
    settings: Settings, path: Path, tell: Callable[[str], None], *, no_ledger: bool
) -> Restored:
    clock = SystemClock()
    async with opened(settings, clock) as store, ledger_of(settings, clock) as place:
        records = over(store, settings, clock)
        return await come_back(records, path, place, tell, no_ledger=no_ledger)


async def come_back(
    records: OperatorParts,
    path: Path,
    place: LedgerPlace | None,
    tell: Callable[[str], None] = _nobody_hears,
    *,
    no_ledger: bool = False,
) -> Restored:
    """Restore a backup and erase again what the ledger has. Where every row of this backup is
    there already, and that was cut off, it goes on with the second.

    Raises NoLedger, Unfit and NotEmpty before anything is written, Half after, and StoreError or
    OSError.
    """
    ledger = None if no_ledger else await _ledger(place)
    store = records.store
    if ledger is not None and (lost := _known_in(path) - {one.id for one in ledger.entries}):
        raise NoLedger(f"the ledger lacks what this backup knows of ({min(lost)}): it is not whole")
    there = await marked(store)
    if there is not None and there.whole:
        end = _looked_at(path)
        if end.digest != there.backup:
            raise NotEmpty(EVERY_TABLE[0])
    else:
        end = await bring_back(records.store, path, tell, records)
    if ledger is None:
        await note_without_ledger(store, records.clocks.now(), operator(), end.digest)
        log.warning("restored without a ledger", extra={"action": "restored_without_ledger"})
        await unmark(store)
        return Restored(end, None)
    eraser = Eraser(records.register, records.directory, Drafts(store), records.clocks.now)
    erased = await replay(store, eraser, ledger)
    await unmark(store)
    return Restored(end, erased)


async def _ledger(place: LedgerPlace | None) -> Ledger:
    if place is None:
        raise NoLedger("ERASURE_LEDGER is not set")
    try:
        found = await read_ledger(place)
    except BadLedger as wrong:
        raise NoLedger(f"the ledger of erasures cannot be used, {wrong}") from wrong
    if found is None:
        raise NoLedger("there is no ledger of erasures where ERASURE_LEDGER says")
    return found


def _known_in(path: Path) -> set[str]:
    """Erasures that the ledger had when the backup was made. Raises Unfit and OSError."""
    with gzip.open(path) as packed:
        return {
            line.row.partition
            for line in read(cast(BinaryIO, packed))
            if isinstance(line, BackupRow)
            and (line.table, line.row.key) == (erasures.TABLE, erasures.ROW)
            and line.row.values.get("ledgered")
        }


def _looked_at(path: Path) -> Trailer:
    with gzip.open(path) as packed:
        return whole(read(cast(BinaryIO, packed)), EVERY_TABLE)


async def bring_back(
    store: Store,
    path: Path,
    tell: Callable[[str], None] = _nobody_hears,
    records: OperatorParts | None = None,
) -> Trailer:
    """Restore a backup, once all of it has been looked at. `tell` hears of every line of a chain
    that is not what it was, or is there no more: it was so when the backup was made, or since.

    Raises Unfit and NotEmpty before anything is written, Half after, and StoreError or OSError.
    """
    with gzip.open(path) as packed:
        source = cast(BinaryIO, packed)
        end = whole(checked(read(source), tell), EVERY_TABLE)
        await check_empty(store, EVERY_TABLE)
        if records is not None:
            await mark(store, end.digest, records.clocks.now(), whole=False)
        source.seek(0)
        progress = Progress(sum(end.counts.values()))
        try:
            await restore(store, read(source), progress.add)
        except (Unfit, StoreError, NotStorable, OSError) as error:
            raise Half(type(error).__name__) from error
        finally:
            progress.end()
    if records is not None:
        await mark(store, end.digest, records.clocks.now(), whole=True)
    return end
