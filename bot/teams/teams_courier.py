"""The courier over Teams: what each answer means for a prompt.

| Teams | means |
|---|---|
| never connected, no token, 412, 429 | `NotAccepted`: try again, after Retry-After if it was said |
| any other 3xx or 4xx (400, 401, 403, 404, 413 …), an address off the list | `Refused`: park |
| 408, 5xx, time-out, reset, an answer that is no JSON, 2xx without an id | `Ambiguous` |
"""

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from weakref import WeakValueDictionary

from bot.clock import Clock
from bot.teams.connector import Connector, MayHaveArrived, NeverConnected, NotAllowed, TeamsAnswered
from bot.teams.outgoing import card_message
from bot.teams.pacing import Pace, TooBusy
from records.people import Reference
from scheduler.delivery.courier import Ambiguous, NotAccepted, Parcel, Refused

MAX_RETRY_AFTER: Final = 24 * 3600.0


class TeamsCourier:
    """Keeps `scheduler.delivery.courier.Courier`. Sends to one conversation go one after
    another."""

    def __init__(
        self, connector: Connector, pace: Pace, clock: Clock, *, max_wait: float = 10.0
    ) -> None:
        self._connector, self._pace, self._clock = connector, pace, clock
        self._max_wait = max_wait
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def send(self, to: Reference, parcel: Parcel) -> str:
        """The accepted message's id. Raises NotAccepted, Refused or Ambiguous, nothing else."""
        async with self._turn(to), self._meaning():
            return await self._connector.send_to_conversation(
                to.service_url, to.conversation_id, card_message(to, parcel.card, parcel.summary)
            )

    async def replace(self, to: Reference, message_id: str, parcel: Parcel) -> None:
        """Put another card in place of a sent one. Same errors; replacing twice does no harm."""
        activity = card_message(to, parcel.card, parcel.summary)
        async with self._turn(to), self._meaning():
            await self._connector.update_activity(
                to.service_url, to.conversation_id, message_id, {**activity, "id": message_id}
            )

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
    async def _meaning(self) -> AsyncIterator[None]:
        try:
            yield
        except NeverConnected as error:
            raise NotAccepted(f"never connected: {error}") from error
        except MayHaveArrived as error:
            raise Ambiguous(f"may have arrived: {error}") from error
        except NotAllowed as error:
            raise Refused("address not allowed", 403) from error
        except TeamsAnswered as error:
            raise self._answer(error) from error

    def _answer(self, answered: TeamsAnswered) -> NotAccepted | Refused | Ambiguous:
        status = answered.status
        reason = f"Teams answered {status}"
        if status in (412, 429):
            said = answered.headers.get("Retry-After")
            return NotAccepted(reason, retry_after(said, self._clock.now()))
        if status == 408 or status >= 500:
            return Ambiguous(reason)
        return Refused(reason, status)


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
