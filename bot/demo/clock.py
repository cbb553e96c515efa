"""The demo's clock: real time plus an offset kept in a row, and the command that moves it."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from cards.kit.notes import sentence
from cards.kit.when import moment
from cards.wording import wording
from dialogs.turn.context import Context
from dialogs.turn.events import Reply
from records.calendar import aware
from records.store.contract import Row, Store

TABLE: Final = "demo"
SKIP: Final = re.compile(r"skip (\d{1,3}) (minute|hour|day|week)s?")
FURTHEST: Final = timedelta(days=366)
A_LITTLE: Final = timedelta(minutes=15)
"""Days and weeks go a little further: feedback goes out five minutes before the booked end that
"2 days" counts from, and whoever skips 2 days wants to see the 2-day prompt."""


class DemoClock:
    """Decides only what is owed; leases, tokens and Retry-After keep to the system's clock."""

    def __init__(self, system: Clock, store: Store) -> None:
        self._system, self._store = system, store
        self._offset = timedelta()

    async def load(self, start: str) -> None:
        """The kept offset; without one, the clock starts at `start` (ISO 8601), if given."""
        row = await self._store.get(TABLE, "clock", "offset")
        if row is not None:
            self._offset = timedelta(milliseconds=int(str(row.values["milliseconds"])))
        elif start:
            await self.move_to(aware(datetime.fromisoformat(start)))

    def now(self) -> datetime:
        """The demo's present moment, UTC."""
        return self._system.now() + self._offset

    async def move_to(self, moment: datetime) -> None:
        """Move the clock; kept, so that a restart goes on from here."""
        self._offset = moment - self._system.now()
        milliseconds = int(self._offset / timedelta(milliseconds=1))
        row = Row("clock", "offset", {"milliseconds": milliseconds})
        await self._store.put(TABLE, row)


Skip = Callable[[datetime], Awaitable[int]]


def skip_command(skip: Skip) -> Callable[[Context, str], Awaitable[Reply | None]]:
    """`skip 2 days`, `skip 8 weeks`: on the way, everything that falls due is sent."""

    async def read(context: Context, words: str) -> Reply | None:
        if not words.startswith("skip"):
            return None
        found = SKIP.fullmatch(words)
        until = _until(context, found) if found else None
        if until is None:
            return Reply(sentence(wording.DEMO_HOW), wording.DEMO_HOW)
        await context.goes_to("", done=True)  # first: a leap half made is not made twice
        count = await skip(until)
        text = skipped(moment(context.services.now(), context.services.zone), count)
        return Reply(sentence(text), text)

    return read


def skipped(now: str, count: int) -> str:
    """What `skip` answers: when it now is, and how many messages went out on the way."""
    few = {0: wording.DEMO_SENT_NONE, 1: wording.DEMO_SENT_ONE}
    sent = few.get(count, wording.DEMO_SENT.format(count=count))
    return wording.DEMO_SKIPPED.format(now=now, sent=sent)


def _until(context: Context, found: re.Match[str]) -> datetime | None:
    number, unit = int(found[1]), found[2]
    office = context.services.timetable.office
    if unit in ("day", "week"):
        days = number * (7 if unit == "week" else 1)
        return office.add_days(context.now, days) + A_LITTLE if days <= FURTHEST.days else None
    step = timedelta(hours=number) if unit == "hour" else timedelta(minutes=number)
    return context.now + step if step <= FURTHEST else None
