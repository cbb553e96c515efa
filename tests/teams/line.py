"""From Teams to the bot: each activity with a real token, and some of them twice.

Sources: Bot Framework authentication (the token); msteams-docs #6084 and BotFramework-Services #59
(the same action comes again after about 15 s, also under a new id; a typed message under its own).
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Final

import aiohttp

from tests.teams.activities import Activity

LATER: Final = 15.0
"""Seconds after which Teams delivers an action again."""
INVOKE_SECONDS: Final = 10.0
"""Within which an invoke has to be answered. Source: Teams, "Universal Actions"."""


class Again(Enum):
    """Whether what was delivered comes once more, and under which id."""

    NEVER = auto()
    SAME_ID = auto()
    NEW_ID = auto()


@dataclass(frozen=True)
class Answered:
    """What the bot answered."""

    status: int
    body: Any


@dataclass(eq=False)
class Line:
    """Posts to one bot. `proof` makes the Authorization header, `passes` moves the clock, `new_id`
    makes ids. Where `again` is set, the first answer got lost on the way: the second is shown.
    """

    http: aiohttp.ClientSession
    bot_url: str
    proof: Callable[[], str]
    passes: Callable[[float], None]
    new_id: Callable[[], str]
    again: Again = Again.NEVER
    wrong: list[str] = field(default_factory=list)
    delivered: list[Activity] = field(default_factory=list)

    async def deliver(self, activity: Activity) -> Answered:
        """The bot's answer to an activity, or to the second delivery of it."""
        self.delivered.append(activity)
        answered = await self._post(activity)
        repeats = activity["type"] in ("invoke", "message")
        return await self.repeat(activity) if repeats and self.again in _TWICE else answered

    async def repeat(self, activity: Activity, again: Again | None = None) -> Answered:
        """The same once more. A typed message never comes under a new id."""
        how = again or self.again
        self.passes(LATER)
        new = how is Again.NEW_ID and (activity["type"] == "invoke" or not activity.get("text"))
        return await self._post({**activity, "id": self.new_id()} if new else activity)

    async def _post(self, activity: Activity) -> Answered:
        headers = {"Authorization": self.proof(), "Content-Type": "application/json"}
        data = json.dumps(activity)
        try:
            async with (
                asyncio.timeout(INVOKE_SECONDS),
                self.http.post(f"{self.bot_url}/api/messages", data=data, headers=headers) as got,
            ):
                text = await got.text()
                status = got.status
        except TimeoutError:
            self.wrong.append(f"{activity['type']} not answered within 10 s")
            return Answered(0, None)
        if status not in (200, 201, 202):
            self.wrong.append(f"{activity['type']} answered with {status}")
        return Answered(status, json.loads(text) if text else None)


_TWICE: Final = (Again.SAME_ID, Again.NEW_ID)
