"""What people do during a trial: tap, tap again where nothing came of it, and answer."""

import asyncio
import itertools
import random
from collections.abc import Callable
from typing import Any, Final

import aiohttp

from records.conversation.snapshot import read_record
from records.outbox.prompt import Kind, Owed
from records.stages import Stage
from records.store.contract import Store
from tests.faults.teams import Message
from tests.faults.world import One, Plan

PATIENCE: Final = 9.0
"""Seconds somebody waits for an answer to a tap."""
ANSWERS: Final = 0.3
"""How many of those who were asked without Teams knowing it answer at once."""


class People:
    """Everybody who acts. `ports` are where a bot may be listening just now; `replied` is told the
    conversation of each tap that was answered."""

    def __init__(
        self,
        plans: list[Plan],
        store: Store,
        ports: Callable[[], list[int]],
        teams: str,
        chance: random.Random,
    ) -> None:
        self._waiting, self._store, self._ports = iter(plans), store, ports
        self._teams, self._chance = teams, chance
        self._by_chat = {
            (p.conversation.reference, one.chat): (p, who)
            for p in plans
            for who, one in p.people.items()
        }
        self._numbers = itertools.count(1)
        self._answering: set[asyncio.Task[None]] = set()
        self.http: aiohttp.ClientSession | None = None
        self._all = len(plans)
        self.acted, self.pause = 0, 0.0
        self.goes_on: Callable[[float], bool] = lambda _: True
        self.replied: Callable[[str], None] = lambda _: None

    async def act(self) -> None:
        """Take one conversation after another, and tap until it has moved."""
        for plan in self._waiting:
            while not self.goes_on(self.acted / self._all):
                await asyncio.sleep(0.02)
            submission = f"tap-{plan.conversation.id}"
            while not await self._moved(plan):
                await self._tap(plan.actor, *_deed(plan, submission))
                await asyncio.sleep(self._chance.uniform(0.02, 0.1))
            self.acted += 1
            await asyncio.sleep(self.pause)

    def shown(self, message: Message, unsure: bool) -> None:
        """Somebody sees a message. Some answer a question that Teams does not know it took."""
        if message.kind != "feedback" or not unsure or self._chance.random() > ANSWERS:
            return
        task = asyncio.get_running_loop().create_task(self._answer(message))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def rest(self) -> None:
        """Everybody has answered who wanted to."""
        while self._answering:
            await asyncio.wait(tuple(self._answering))

    async def _answer(self, message: Message) -> None:
        """One tap on the scale that arrives twice, under two ids, at two instances."""
        plan, who = self._by_chat[message.reference, message.chat]
        owed = Owed(kind=Kind.FEEDBACK, to=who, cycle="1", due=plan.conversation.created)
        data = {
            "flow": "feedback",
            "step": "scale",
            "conversation": plan.conversation.id,
            "submission": f"prompt-{owed.id}",
            "scale": "6",
        }
        one = plan.people[who]
        while not await self._answered(plan, who):
            taps = (self._tap(one, "flow.next", data) for _ in range(2))
            await asyncio.gather(*taps)
            await asyncio.sleep(0.1)

    async def _answered(self, plan: Plan, who: str) -> bool:
        found = await read_record(self._store, plan.conversation.id)
        return found is not None and found[0].answered(who) is not None

    async def _moved(self, plan: Plan) -> bool:
        found = await read_record(self._store, plan.conversation.id)
        return found is not None and found[0].stage is not Stage.BOOKED

    async def _tap(self, one: One, verb: str, data: dict[str, Any]) -> bool:
        assert self.http is not None
        port = self._chance.choice(self._ports())
        body = _activity(one, self._teams, f"activity-{next(self._numbers)}", verb, data)
        patience = aiohttp.ClientTimeout(total=PATIENCE)
        try:
            async with self.http.post(
                f"http://127.0.0.1:{port}/api/messages", json=body, timeout=patience
            ) as got:
                await got.read()
                if got.status == 200:
                    self.replied(str(data["conversation"]))
                return got.status == 200
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False


def _deed(plan: Plan, submission: str) -> tuple[str, dict[str, Any]]:
    key = plan.conversation.id
    if not plan.takes_place:
        return "request.withdraw-yes", {"conversation": key}
    return "flow.next", {
        "flow": "took-place",
        "step": "came",
        "conversation": key,
        "submission": submission,
        "came": ",".join(plan.reached),
    }


def _activity(
    one: One, teams: str, identity: str, verb: str, data: dict[str, Any]
) -> dict[str, Any]:
    return {
        "type": "invoke",
        "name": "adaptiveCard/action",
        "id": identity,
        "channelId": "msteams",
        "serviceUrl": teams,
        "from": {"id": f"29:{one.object_id}", "name": one.name, "aadObjectId": one.object_id},
        "recipient": {"id": "28:bot", "name": "Learning"},
        "conversation": {"id": one.chat, "conversationType": "personal", "tenantId": one.tenant},
        "channelData": {"tenant": {"id": one.tenant}},
        "value": {"action": {"type": "Action.Execute", "verb": verb, "data": data}},
    }
