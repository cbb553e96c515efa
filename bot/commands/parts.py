"""What a command works with that changes records, as the bot would build it; it sends nothing.

What it makes due has its pointer, so a sweep of the bot delivers it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.clock import Clock, SystemClock
from bot.settings import Settings
from bot.stores import opened
from cards.wording import wording
from records.addresses import Holders
from records.directory import Directory
from records.register.register import Register
from records.store.contract import Store
from records.timetable.timetable import Timetable
from scheduler.delivery.settings import Clocks


@dataclass(frozen=True)
class OperatorParts:
    """The records that the settings name."""

    store: Store
    directory: Directory
    holders: Holders
    register: Register
    clocks: Clocks


def over(store: Store, settings: Settings, clock: Clock) -> OperatorParts:
    """The parts over this store, with the tenants of these settings."""
    directory = Directory(store, tenants=settings.tenants)
    register = Register(store, Timetable(wording.partnership), certain=directory.certain)
    return OperatorParts(
        store=store,
        directory=directory,
        holders=Holders(store, directory.find, settings.tenants),
        register=register,
        clocks=Clocks(clock.now, clock.now, clock.monotonic),
    )


async def ask(settings: Settings, work: Callable[[OperatorParts], Awaitable[int]]) -> int:
    """Do this with the records that the settings name; the exit code. Raises StoreError."""
    clock = SystemClock()
    async with opened(settings, clock) as store:
        return await work(over(store, settings, clock))
