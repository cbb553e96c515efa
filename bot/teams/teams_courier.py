"""The courier over Teams, long as one: what each answer means for a prompt.

| Teams | means |
|---|---|
| never connected, 412, 429 | `NotAccepted`: try again, after Retry-After if it was said |
| 401, a blocked app, no token by our own fault, an address off the list | `OutOfOrder` |
| any other 3xx or 4xx (400, 403, 404, 413 …) | a `Refused`, by its code (`bot.teams.answers`) |
| 408, 5xx, time-out, reset, an answer that is no JSON, 2xx without an id | `Ambiguous` |

What is out of order is so for everybody (`bot.teams.outbreak`): nothing more is sent then until
it is time to try everything again.
"""

import asyncio
import logging
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from weakref import WeakValueDictionary

from cachetools import TTLCache

from bot.clock import Clock
from bot.teams.answers import meaning, said
from bot.teams.connector import (
    BadId,
    Connector,
    MayHaveArrived,
    NeverConnected,
    NotAllowed,
    RefusedToken,
    TeamsAnswered,
)
from bot.teams.outbreak import Outbreaks, Trouble
from bot.teams.outgoing import card_message
from bot.teams.pacing import Pace, TooBusy
from cards.kit.door import ForAll
from records.people import Reference
from records.store.contract import StoreError
from scheduler.delivery.courier import (
    Ambiguous,
    JustTapped,
    NotAccepted,
    OutOfOrder,
    Parcel,
    Refused,
    Unreachable,
)

log = logging.getLogger(__name__)
MAX_RETRY_AFTER: Final = 24 * 3600.0
AT_ONCE: Final = 0.05
"""Seconds within which an update leaves with the reply that it belongs to, and is there."""
Since = Callable[[], Awaitable["Later | None"]] | None
TAPPED: Final = 30.0
"""Seconds after a tap in which its message is not closed: by then its row says what it holds."""
MOST_TAPPED: Final = 10_000
MEMBER: Final = "29:"
"""How the id of a person begins, with whom a chat can be opened."""


@dataclass(frozen=True)
class Later:
    """What the record shows where another copy has gone on: `card` None where it is no card for a
    message."""

    card: ForAll | None
    summary: str


class _Line:
    """Updates of one message: one at a time, and which is the latest."""

    def __init__(self) -> None:
        self.lock, self.latest = asyncio.Lock(), 0


class TeamsCourier:
    """Keeps `scheduler.delivery.courier.Courier`. Sends to one conversation go one after
    another, and so do updates of one message."""

    def __init__(
        self,
        connector: Connector,
        pace: Pace,
        clock: Clock,
        *,
        max_wait: float = 10.0,
        redraw_within: float = 1.0,
        outbreaks: Outbreaks | None = None,
    ) -> None:
        self._connector, self._pace, self._clock = connector, pace, clock
        self._max_wait, self._redraw_within = max_wait, redraw_within
        self._outbreaks = outbreaks or Outbreaks(clock.monotonic)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tapped: TTLCache[tuple[str, str], bool] = TTLCache(
            MOST_TAPPED, TAPPED, clock.monotonic
        )
        self._lines: WeakValueDictionary[tuple[str, str], _Line] = WeakValueDictionary()

    async def send(self, to: Reference, parcel: Parcel) -> str:
        """The accepted message's id. Raises NotAccepted, Refused or Ambiguous, nothing else."""
        async with self._meaning(to), self._turn(to):
            return await self._connector.send_to_conversation(
                to.service_url, to.conversation_id, card_message(to, parcel)
            )

    async def replace(self, to: Reference, message_id: str, parcel: Parcel) -> None:
        """Close a message: put another card in its place. Same errors; twice does no harm.

        Where somebody has tapped it while this waited for its turn, or a moment before, it is not
        accepted: nothing is drawn under their fingers, or over what has just answered them.
        """
        if (to.conversation_id, message_id) in self._tapped:
            raise JustTapped("it was tapped just now")
        line = self._line(to, message_id)
        line.latest = mine = line.latest + 1
        async with self._meaning(to), self._turn(to), line.lock:
            if line.latest != mine:
                raise JustTapped("it was tapped meanwhile")
            await self._put(to, message_id, parcel)

    async def answer(self, to: Reference, message_id: str, parcel: Parcel) -> None:
        """Put the answer to a tap into its message, for a client that takes it nowhere else: in
        its turn, and never dropped. Same errors."""
        line = self._line(to, message_id)
        line.latest += 1
        self._tapped[to.conversation_id, message_id] = True
        async with self._meaning(to), self._turn(to), line.lock:
            await self._put(to, message_id, parcel)

    async def redraw(
        self, to: Reference, message_id: str, card: ForAll, summary: str, since: Since = None
    ) -> bool:
        """Put the card that answers a tap into its message: at once or not at all.

        An update draws a card anew on every device, and what is half typed there is gone. So one
        that cannot leave within `redraw_within` seconds is dropped, as is one that a later tap has
        overtaken here, or at another copy (`since`, asked where it had to wait), and one that Teams
        did not take. One that was longer on its way may have landed on top of another copy's:
        then too `since` is asked, and what the record shows is put there, in the same seconds.
        Whether the message has a card of ours. Raises nothing.
        """
        line, began = self._line(to, message_id), self._clock.monotonic()
        line.latest = mine = line.latest + 1
        self._tapped[to.conversation_id, message_id] = True
        try:
            async with asyncio.timeout(self._redraw_within):
                await line.lock.acquire()
        except TimeoutError:
            return _dropped("busy")
        try:
            if line.latest != mine:
                return _dropped("overtaken")
            async with self._meaning(to):
                return await self._drawn(line, to, message_id, (card, summary), since, began)
        except TooBusy:
            return _dropped("pace")
        except (NotAccepted, Refused, Ambiguous) as error:
            return _dropped(error.reason)
        except StoreError:
            return _dropped("nobody knows whether it is still so")
        finally:
            line.lock.release()

    async def _drawn(
        self,
        line: _Line,
        to: Reference,
        message_id: str,
        shows: tuple[ForAll, str],
        since: Since,
        began: float,
    ) -> bool:
        """An update whose turn it is, and what the record shows later, where it was slow."""
        mine = line.latest

        def left() -> float:
            return self._redraw_within - (self._clock.monotonic() - began)

        async def overtaken() -> Later | None:
            at_once = self._redraw_within - left() <= AT_ONCE
            return None if at_once or since is None else await since()

        async def put(card: ForAll, summary: str) -> None:
            await self._put(to, message_id, Parcel(card.card, summary), left())

        where = {"conversation": to.conversation_id, "tenant": to.tenant}
        await self._pace.wait_first(**where, max_wait=left())
        if await overtaken() is not None:
            return _dropped("overtaken")
        await put(*shows)
        later = await overtaken()
        if later and later.card and left() > 0 and line.latest == mine:
            await put(later.card, later.summary)
        return True

    async def _put(
        self, to: Reference, message_id: str, parcel: Parcel, leaves_within: float | None = None
    ) -> None:
        activity = {**card_message(to, parcel), "id": message_id}
        await self._connector.update_activity(
            to.service_url, to.conversation_id, message_id, activity, leaves_within=leaves_within
        )

    def _line(self, to: Reference, message_id: str) -> "_Line":
        """The one line in which updates of a message stand."""
        return self._lines.setdefault((to.conversation_id, message_id), _Line())

    async def reopen(self, to: Reference) -> Reference:
        """The chat with the same person that Teams opens: the one there is, if there is one.

        Nothing stands in it yet, so what may have been opened is simply opened again.
        """
        if not (to.user_id.startswith(MEMBER) and to.tenant and to.bot_id):
            raise Unreachable("the chat is gone", 404)
        try:
            async with self._meaning(to), self._turn(to):
                made = await self._connector.create_conversation(
                    to.service_url, bot_id=to.bot_id, tenant=to.tenant, members=(to.user_id,)
                )
        except Ambiguous as unsure:
            raise NotAccepted(unsure.reason) from unsure
        except Refused as refused:
            raise Unreachable(refused.reason, refused.status) from refused
        return to.model_copy(update={"conversation_id": str(made["id"])})

    @asynccontextmanager
    async def _turn(self, to: Reference) -> AsyncIterator[None]:
        """Our turn in the conversation and in the pace. Waiting too long is not being accepted."""
        lock = self._locks.setdefault(to.conversation_id, asyncio.Lock())
        try:
            async with asyncio.timeout(self._max_wait):
                await lock.acquire()
        except TimeoutError as error:
            raise NotAccepted("the conversation is busy") from error
        try:
            await self._pace.wait(conversation=to.conversation_id, tenant=to.tenant)
            yield
        except TooBusy as error:
            raise NotAccepted("our own pace", error.seconds) from error
        finally:
            lock.release()

    @asynccontextmanager
    async def _meaning(self, to: Reference) -> AsyncIterator[None]:
        held = self._outbreaks.holds(to)
        if held is not None:
            raise OutOfOrder(*held)
        try:
            yield
        except RefusedToken as error:
            raise self._out_of_order(Trouble.NO_TOKEN, to, f"{error}") from error
        except NeverConnected as error:
            raise NotAccepted(f"never connected: {error}") from error
        except MayHaveArrived as error:
            raise Ambiguous(f"may have arrived: {error}") from error
        except BadId as error:
            raise Unreachable("no place to write to", 404) from error
        except NotAllowed as error:
            raise self._out_of_order(Trouble.ADDRESS, to, "address not allowed") from error
        except TeamsAnswered as error:
            raise self._answer(error, to) from error
        else:
            self._outbreaks.ended(to)

    def _answer(self, answered: TeamsAnswered, to: Reference) -> NotAccepted | Refused | Ambiguous:
        status, reason = answered.status, said(answered)
        if status in (412, 429):
            asked = answered.headers.get("Retry-After")
            return NotAccepted(reason, retry_after(asked, self._clock.now()))
        if status == 408 or status >= 500:
            return Ambiguous(reason)
        found = meaning(answered, to)
        return self._out_of_order(found, to, reason) if isinstance(found, Trouble) else found

    def _out_of_order(self, trouble: Trouble, to: Reference, reason: str) -> OutOfOrder:
        return OutOfOrder(reason, self._outbreaks.met(trouble, to, reason))


def retry_after(said: str | None, now: datetime) -> float | None:
    """Seconds to wait, from a number of seconds or an HTTP date; None for neither. A day at most.

    Source: RFC 9110, 10.2.3.
    """
    if not said:
        return None
    try:
        seconds = float(said)
    except ValueError:
        try:
            moment = parsedate_to_datetime(said)
        except ValueError:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - now).total_seconds()
    return min(max(seconds, 0.0), MAX_RETRY_AFTER) if math.isfinite(seconds) else None


def _dropped(reason: str) -> bool:
    log.info("redraw dropped", extra={"action": "redraw_dropped", "reason": reason})
    return False
