"""`python -m bot migrate`: what an older version kept, brought forward now, beside a running bot.

The bot's leader does the same by itself at its first start. Every write is conditional on what was
read, so the two may meet; and it may be run again, as after the last copy of an older version.
"""

import asyncio
from collections import Counter

from bot.clock import SystemClock
from bot.commands.parts import OperatorParts, over
from bot.commands.progress import Progress
from bot.settings import Settings
from bot.stores import has_tables, opened
from records.store.contract import StoreError
from scheduler.upkeep.migration import Count, Migration


def run(settings: Settings) -> int:
    """Exit codes: 0 all of it is done, 1 it stopped, or something could not be read."""
    if not has_tables(settings):
        print("Nothing was done: the settings name no tables.")
        return 1
    try:
        counts = asyncio.run(_migrate(settings))
    except StoreError as error:
        print(f"Stopped half way ({type(error).__name__}). Run it again: nothing is done twice.")
        return 1
    return told(counts)


async def _migrate(settings: Settings) -> Counter[Count]:
    clock = SystemClock()
    async with opened(settings, clock) as store:
        return await migrate(over(store, settings, clock))


async def migrate(records: OperatorParts) -> Counter[Count]:
    """All of it, with a bar on a terminal. Raises StoreError."""
    migration = Migration(records.register, records.directory, records.clocks)
    progress = Progress(await migration.total())
    try:
        return await migration.run(told=progress.add)
    finally:
        progress.end()


def told(counts: Counter[Count]) -> int:
    """Says what there was; the exit code for it."""
    people, conversations = counts[Count.PEOPLE], counts[Count.CONVERSATIONS]
    print(f"People and conversations looked at: {people:,} and {conversations:,}")
    print(f"Conversations bound to who is meant: {counts[Count.BOUND]:,}")
    if not (left := counts[Count.LEFT]):
        return 0
    print(f"Rows that cannot be read and stay as they are, named in the log: {left:,}")
    return 1
