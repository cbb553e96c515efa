"""`python -m bot evaluation --from DAY --to DAY --out FOLDER`: workbook and report of a period.

The same files that a facilitator gets, over the tables that the settings name. Nothing is written
to the records.
"""

import asyncio
from datetime import date, datetime
from pathlib import Path

from bot.clock import SystemClock
from bot.settings import Settings
from bot.stores import opened
from cards.evaluation.report_word import report
from cards.evaluation.workbook import workbook
from cards.wording import wording
from dialogs.evaluation.evaluation import MOST_QUOTES
from records.evaluation.figures import Figures
from records.evaluation.periods import Period
from records.evaluation.queries import all_released, kept_figures
from records.evaluation.quotes import Quote
from records.store.contract import Store, StoreError


def run(settings: Settings, first: date, last: date, out: Path) -> int:
    """Exit codes: 0 written, 1 the records could not be read."""
    period = Period(first=first, last=last)
    clock = SystemClock()
    try:
        figures, quotes = asyncio.run(_read(settings, period, clock))
        written = write(figures, quotes, out, clock.now())
    except (StoreError, OSError) as error:
        print(f"Nothing was written: {type(error).__name__}")
        return 1
    for path in written:
        print(path)
    return 0


async def _read(
    settings: Settings, period: Period, clock: SystemClock
) -> tuple[Figures, tuple[Quote, ...]]:
    async with opened(settings, clock) as store:
        return await read(store, period, clock.now())


async def read(store: Store, period: Period, now: datetime) -> tuple[Figures, tuple[Quote, ...]]:
    """Figures and released words of a period. Raises StoreError."""
    of = wording.partnership
    figures = await kept_figures(store, period, now, of)
    return figures, await all_released(store, period, of.office, most=MOST_QUOTES)


def write(
    figures: Figures, quotes: tuple[Quote, ...], folder: Path, now: datetime
) -> tuple[Path, Path]:
    """Both files in this folder, which is made if it is not there. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    period = figures.period
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    book = folder / wording.WORKBOOK_NAME.format(**days)
    text = folder / wording.REPORT_NAME.format(**days)
    book.write_bytes(workbook(figures, quotes, now))
    text.write_bytes(report(figures, quotes, now))
    return book, text
