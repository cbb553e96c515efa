"""A trial: bots, people, a storage and a Teams that fail, and somebody who kills."""

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import aiohttp
from yarl import URL

from cards.wording import use
from records.conversation.snapshot import TABLE, prompt_key, read_file
from records.outbox import due
from records.outbox.due import is_lists
from records.outbox.prompt import SETTLED, Kind
from records.partnership import SUFFOLK, read_partnership
from records.register.listing import change_behind
from records.register.repair import EVERY_PARTITION
from records.store.azure import TableStore
from tests.faults.family import Family, new_prefix
from tests.faults.listed import behind
from tests.faults.logbook import Logbook
from tests.faults.next_version import facts
from tests.faults.people import People
from tests.faults.reaper import Reaper
from tests.faults.scale import Scale
from tests.faults.storage import Lane, Storage
from tests.faults.teams import Teams
from tests.faults.verdict import Verdict, judge
from tests.faults.world import MORNING, Plan, settle_in

WATCHED: Final = {Kind.FEEDBACK: "feedback", Kind.WITHDRAWN: "withdrawn"}


async def trial(
    scale: Scale,
    azurite: str,
    folder: Path,
    *,
    seed: int = 1,
    guard: str = "",
    ender: Callable[..., Reaper] = Reaper,
) -> Verdict:
    """Run it, and count. `azurite` is the connection string of the storage itself; `ender` makes
    whoever ends processes."""
    use(read_partnership(SUFFOLK))
    logbook, chance = Logbook(folder), random.Random(seed)
    account, _, address = azurite.partition("TableEndpoint=")
    endpoint = URL(address.rstrip(";"))
    prefix = new_prefix()
    through = f"{account}TableEndpoint=http://127.0.0.1:{{port}}{endpoint.path};"
    async with AsyncExitStack() as closing:
        store = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix=prefix)
        closing.push_async_callback(store.close)
        family = Family(scale, folder, prefix, through, guard)
        reaper = ender(logbook, chance, scale.kills, scale.lives, family.gone)
        reaper.spread, family.reaper = scale.spread, reaper
        storage = await closing.enter_async_context(
            Storage(endpoint.origin(), logbook, reaper, chance, 0.0)
        )
        lanes = [Lane(storage) for _ in range(scale.instances)]
        for lane in lanes:
            await lane.open()
            closing.push_async_callback(lane.close)
        people: list[People] = []
        teams = Teams(
            logbook,
            reaper,
            chance,
            (scale.teams_not_taken, scale.teams_unsure),
            lambda: family.pids,
            lambda message, unsure: people[0].shown(message, unsure),
        )
        await teams.open()
        closing.push_async_callback(teams.close)
        plans = await settle_in(store, scale, teams.address)
        doors = partial(reaper.doors, family.ports)
        people.append(People(plans, store, doors, teams.address, chance))
        people[0].goes_on, people[0].replied = reaper.wants_load, reaper.replied.add
        people[0].pause, teams.seconds = scale.act_pause, scale.teams_seconds
        people[0].http = await closing.enter_async_context(aiohttp.ClientSession())
        closing.push_async_callback(family.end)
        await family.begin(lanes)
        storage.rate = scale.storage_faults
        reaper.doors(family.ports)
        await _through_the_day(scale, people[0], reaper, store)
        await family.end()
        await _write_down(store, plans, logbook)
        for key, missing in await behind(store, plans):
            logbook.write("lists", key=key, missing=missing)
        if scale.versions_change:
            async for row in store.query(TABLE, partition_to=EVERY_PARTITION):
                logbook.write("rows", **facts(row))
    logbook.close()
    return judge(folder)


async def _through_the_day(scale: Scale, people: People, reaper: Reaper, store: TableStore) -> None:
    reaper.began = time.monotonic()
    until = reaper.began + scale.seconds
    killing = asyncio.create_task(reaper.run())
    async with asyncio.TaskGroup() as acting:
        for _ in range(scale.acts_at_once):
            acting.create_task(people.act())
    await people.rest()
    while time.monotonic() < until:
        if killing.done() and not await _waits(store, MORNING + timedelta(seconds=scale.soon)):
            break
        await asyncio.sleep(1)
    killing.cancel()
    reaper.stop()
    await asyncio.gather(killing, return_exceptions=True)


async def _waits(store: TableStore, until: datetime) -> bool:
    """Whether anything is left to do; what a pointer says of a change that never was is not."""
    async for one in due.due(store, until):
        key = prompt_key(one.prompt)
        if is_lists(one):
            there = await change_behind(store, one) is not None
        else:
            there = await store.get(TABLE, one.conversation, key) is not None
        if there:
            return True
    return False


async def _write_down(store: TableStore, plans: list[Plan], logbook: Logbook) -> None:
    """What became of every message that was owed."""
    for plan in plans:
        file = await read_file(store, plan.conversation.id)
        assert file is not None
        kind = Kind.FEEDBACK if plan.takes_place else Kind.WITHDRAWN
        kept = {one.to: one for one, _ in file.prompts.values() if one.kind is kind}
        for who in plan.reached:
            prompt, chat = kept.get(who), plan.people[who].chat
            logbook.write(
                "prompts",
                key=f"{plan.conversation.reference}/{chat}/{WATCHED[kind]}",
                prompt=f"{plan.conversation.id}/{prompt.id}" if prompt else "",
                state=str(prompt.state) if prompt else "never written",
                reminded=bool(
                    prompt
                    and prompt.reminders
                    and prompt.state in SETTLED
                    and _was_reminded(prompt.reason, prompt.state)
                ),
                answered=file.conversation.answered(who) is not None,
            )


def _was_reminded(reason: str, state: str) -> bool:
    """A reminder that was still owed went out, or ended unsure itself."""
    return state in ("sent", "parked")
