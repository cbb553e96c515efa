"""`python -m bot evaluation --period PERIOD --out FOLDER`: workbook and report of a closed period,
and the figures of every closed period as CSV. `--list` prints the periods.

The same files that a facilitator gets, over the tables that the settings name. Nothing is written
to the records, and no period is closed here.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.clock import SystemClock
from bot.settings import Settings
from bot.stores import opened
from cards.evaluation.figures_csv import NAME, write_csv
from cards.evaluation.report import Reported
from cards.evaluation.report_word import report
from cards.evaluation.workbook import workbook
from cards.wording import wording
from dialogs.evaluation.evaluation import MOST_QUOTES
from records.evaluation.periods import Period
from records.evaluation.queries import Evaluated, every_evaluated, latest, quarters_of
from records.evaluation.released import all_released
from records.store.contract import Store, StoreError

LATEST: Final = "latest"


class NoSuchPeriod(Exception):
    """No closed period has this name or key."""


def run(settings: Settings, period: str | None, out: Path | None) -> int:
    """Exit codes: 0 written or listed, 1 the records could not be read, nothing could be written,
    or there is no such closed period."""
    clock = SystemClock()
    try:
        every, reported = asyncio.run(_read(settings, period, clock))
        if reported is None or out is None:
            for one in every:
                print(_line(one))
            return 0
        for path in write(reported, every, out, clock.now()):
            print(path)
    except NoSuchPeriod:
        print(f"There is no closed period {period!r}. --list prints those that there are.")
        return 1
    except (StoreError, OSError) as error:
        print(f"Nothing was written: {type(error).__name__}")
        return 1
    return 0


async def _read(
    settings: Settings, period: str | None, clock: SystemClock
) -> tuple[tuple[Evaluated, ...], Reported | None]:
    async with opened(settings, clock) as store:
        every = await every_evaluated(store, clock.now(), wording.partnership)
        return every, await read(store, every, period) if period else None


async def read(store: Store, every: Sequence[Evaluated], period: str) -> Reported:
    """What the files of a period are made of. Raises NoSuchPeriod and StoreError."""
    found = find(every, period)
    of = wording.partnership
    quotes = await all_released(store, found, of, most=MOST_QUOTES)
    return Reported(found, quarters_of(found, every), quotes)


def find(every: Sequence[Evaluated], asked: str) -> Evaluated:
    """The closed period with this name or key, or the one that was closed last. Raises
    NoSuchPeriod."""
    closed = [one for one in every if one.closed_at is not None]
    if asked == LATEST and closed:
        return latest(closed) or closed[-1]
    for one in closed:
        if asked == one.period.key or asked.casefold() == one.period.name.casefold() != "":
            return one
    raise NoSuchPeriod


def write(
    of: Reported, every: Sequence[Evaluated], folder: Path, now: datetime
) -> tuple[Path, Path, Path]:
    """The three files in this folder, which is made if it is not there. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    days = _days(of.of.period)
    book = folder / wording.WORKBOOK_NAME.format(**days)
    text = folder / wording.REPORT_NAME.format(**days)
    book.write_bytes(workbook(of, now))
    text.write_bytes(report(of, now))
    write_csv(every, folder / NAME)
    return book, text, folder / NAME


def _days(period: Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def _line(one: Evaluated) -> str:
    """Such as: 2026-10-01_2026-12-31  closed 2027-02-05."""
    stands = f"closed {one.as_of.isoformat()}" if one.closed_at else "not closed yet"
    return "  ".join(filter(None, (one.period.key, stands, one.period.name)))
