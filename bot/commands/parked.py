"""`python -m bot parked`: messages that wait, why and since when; and an operator's word to go on.
Cards with a story that could not be closed are listed too: they are tried again by themselves.

Ids and references alone are printed: who it is for stands in the conversation, for those who may
see it. What is released goes out with the next sweep of a running bot.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime

from bot.clock import SystemClock
from bot.commands.parts import OperatorParts, over
from bot.settings import Settings
from bot.stores import has_tables, opened
from records.shown_cards import Shown, ShownCards
from records.store.contract import StoreError
from scheduler.delivery.held import NotParked, ParkedMessage, parked, release

log = logging.getLogger(__name__)


def run(settings: Settings, let_go: Sequence[str] | None, *, every: bool) -> int:
    """Exit codes: 0 listed or released, 1 something was not, or the records could not be read."""
    if not has_tables(settings):
        print("There is nothing to list: the settings name no tables.")
        return 1
    try:
        return asyncio.run(_run(settings, let_go, every=every))
    except StoreError as error:
        print(f"The records could not be read: {type(error).__name__}")
        return 1


async def _run(settings: Settings, let_go: Sequence[str] | None, *, every: bool) -> int:
    clock = SystemClock()
    async with opened(settings, clock) as store:
        records = over(store, settings, clock)
        if let_go is None:
            return await show(records)
        return await let_out(records, await held(records) if every else let_go)


async def show(records: OperatorParts) -> int:
    """Each parked message that is owed, those first that wait for an operator."""
    found = [one async for one in parked(records.register)]
    for one in sorted(found, key=lambda it: (not it.for_operator, _moment(it.since), it.id)):
        print(*_lines(one), sep="\n")
        print()
    mine = sum(one.for_operator for one in found)
    print(f"Messages that wait: {len(found):,}, of which for an operator: {mine:,}")
    stand = [one async for one in ShownCards(records.store).everywhere() if one.tries]
    for card in sorted(stand, key=lambda it: (it.since, it.key)):
        print()
        print(*_of_card(card), sep="\n")
    if stand:
        print()
    print(f"Cards that could not be closed yet: {len(stand):,}")
    return 0


async def held(records: OperatorParts) -> list[str]:
    """The ids of those that wait for an operator. Raises StoreError."""
    return [one.id async for one in parked(records.register) if one.for_operator]


async def let_out(records: OperatorParts, which: Sequence[str]) -> int:
    """Release these; the exit code. One that cannot be stops no other. Raises StoreError."""
    lost = 0
    for identity in which:
        try:
            back = await release(records.register, identity, records.clocks.now())
        except NotParked:
            print(f"{identity}  is not parked: `parked` lists what is")
            lost += 1
            continue
        log.warning("released", extra={"action": "message_released", "message_id": identity})
        print(f"{identity}  {'goes out with the next look' if back else 'is owed no more'}")
    print(f"Released: {len(which) - lost:,}")
    return 1 if lost else 0


def _lines(one: ParkedMessage) -> list[str]:
    """One message, as an operator looks into it."""
    waits = "an operator" if one.for_operator else "a sign of life of its recipient, or nothing"
    return [
        f"id         {one.id}",
        f"reference  {one.reference}",
        f"kind       {one.prompt.kind}",
        f"why        {one.prompt.reason}",
        f"since      {_moment(one.since)}",
        f"waits for  {waits}",
    ]


def _of_card(one: Shown) -> list[str]:
    """One card, by the ids of its message and its conversation."""
    return [
        f"card          {one.message}",
        f"conversation  {one.conversation or 'none'}",
        f"why           {one.why}",
        f"since         {_moment(one.since)}",
        f"tried         {one.tries:,} times, next {_moment(one.again)}",
    ]


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at is not None else "unknown"
