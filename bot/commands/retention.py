"""`python -m bot retention`: what is kept long enough goes now, as it would at night.

With `--dry-run` nothing is written: it lists what an operator was told of, and what the next look
will tell of. Printed are references, parts and days, and of people their keys (`people find`).
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack

from bot.clock import SystemClock
from bot.commands.parts import OperatorParts, over
from bot.connections import open_parts
from bot.roster import entries, team_lead
from bot.settings import Settings
from bot.stores import has_tables, opened
from bot.teams.pacing import Pace
from bot.teams.teams_courier import TeamsCourier
from records.drafts import Drafts
from records.store.contract import StoreError
from records.teams import Teams
from scheduler.delivery.courier import Courier
from scheduler.delivery.reach import Reach
from scheduler.delivery.settings import Places
from scheduler.upkeep.closing import Closing
from scheduler.upkeep.removal import A_PERSON, Planned, Receipt, Removal


def run(settings: Settings, *, dry: bool) -> int:
    """Exit codes: 0 listed or done, 1 the records could not be read, or it stopped on its way."""
    if not has_tables(settings):
        print("Nothing was done: the settings name no tables.")
        return 1
    try:
        return asyncio.run(_run(settings, dry=dry))
    except StoreError as error:
        print(f"Stopped ({type(error).__name__}). Run it again: nothing is done twice.")
        return 1


async def _run(settings: Settings, *, dry: bool) -> int:
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(opened(settings, clock))
        parts = await open_parts(stack, settings, clock)
        pace = Pace(instances=settings.instances, monotonic=clock.monotonic, sleep=asyncio.sleep)
        courier = TeamsCourier(parts.deliveries, pace, clock, outbreaks=parts.outbreaks)
        removal = removal_over(over(store, settings, clock), settings, courier)
        if dry:
            return listed([one async for one in removal.plan()])
        return told(await removal.look())


def removal_over(records: OperatorParts, settings: Settings, courier: Courier) -> Removal:
    """The errand of the night over these records."""

    async def nobody() -> tuple[()]:
        return ()

    teams = Teams(records.store, team=settings.team, channel=settings.facilitation_channel_id)
    reach = Reach(
        records.register, records.directory, Places(teams.channel, nobody), records.clocks
    )
    lead = entries(filter(None, (settings.facilitation_lead,)), settings.home)
    closing = Closing(records.store, reach, courier)
    drafts = Drafts(records.store)
    return Removal(records.register, records.clocks, drafts, closing, team_lead(lead))


def listed(plan: list[Planned]) -> int:
    """Prints the plan, what goes first first."""
    for one in sorted(plan, key=lambda it: (it.due, it.which, it.what)):
        state = "held" if one.held else f"told {one.told:%Y-%m-%d}" if one.told else "not told yet"
        print(f"{one.due:%Y-%m-%d}  {one.which:<14}  {one.what:<8}  {state}")
    people = [one for one in plan if one.what == A_PERSON]
    for name, some in (
        ("Parts of conversations", [one for one in plan if one.what != A_PERSON]),
        ("People", people),
    ):
        held = sum(one.held for one in some)
        print(f"{name} that are to go: {len(some) - held:,}; held: {held:,}")
    return 0


def told(receipt: Receipt) -> int:
    """Prints what was done, as a receipt."""
    lines: tuple[tuple[str, Counter[str]], ...] = (
        ("Told of, to go in some days", receipt.told),
        ("Removed", receipt.removed),
        ("Held, and left", receipt.held),
        ("Put off, as a card about it could not be closed yet", receipt.waits),
    )
    print(f"Conversations looked at: {receipt.looked_at:,}")
    for name, counted in lines:
        _counts(name, counted, print)
    print(f"Asked whether it goes on: {receipt.asked:,}; ended by itself: {receipt.ended:,}")
    return 0


def _counts(name: str, counted: Counter[str], say: Callable[[str], None]) -> None:
    found = ", ".join(f"{what} {times:,}" for what, times in sorted(counted.items()) if times)
    say(f"{name}: {found or 'nothing'}")
