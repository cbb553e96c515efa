"""Teams as its table of answers has it, in the connector's place; and a world that sends to it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.teams.connector import NotAllowed, TeamsAnswered
from bot.teams.outbreak import Outbreaks
from bot.teams.pacing import Pace
from bot.teams.teams_courier import TeamsCourier
from records.people import Addresses, Reference
from records.store.contract import Store
from scheduler.delivery.courier import Parcel
from tests.scheduler.conftest import World

TEAMS = "https://teams.example/uk"
OTHER = "https://gcc.teams.example"
SHAPES: dict[str, Callable[[str], Any]] = {
    "code": lambda code: {"error": {"code": code, "message": "Words of Teams."}},
    "sub-code": lambda code: {
        "errorCode": 209,
        "message": json.dumps({"subCode": code, "details": "Words.", "errorCode": None}),
    },
    "empty": lambda code: {},
}
"""The shapes in which a code has been seen."""


def answer(status: int, code: str = "", shape: str = "code") -> TeamsAnswered:
    return TeamsAnswered(status, {}, SHAPES[shape](code) if code else {})


@dataclass(frozen=True)
class Taken:
    """A message that Teams took."""

    at: datetime
    url: str
    chat: str
    activity: dict[str, Any]

    @property
    def card(self) -> dict[str, Any]:
        content: dict[str, Any] = self.activity["attachments"][0]["content"]
        return content


class StrictTeams:
    """Takes messages, or answers what `says` gives for a host and a chat: an error, or None."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.says: Callable[[str, str], Exception | None] = lambda url, chat: None
        self.allows: Callable[[str], bool] = lambda url: True
        self.opens: Callable[[str], str | Exception] = lambda member: f"new-{member}"
        self.asked: list[tuple[datetime, str]] = []
        self.taken: list[Taken] = []
        self.opened: list[str] = []

    async def send_to_conversation(self, url: str, chat: str, activity: dict[str, Any]) -> str:
        if not self.allows(url):
            raise NotAllowed(url)
        self.asked.append((self.now(), chat))
        if (error := self.says(url, chat)) is not None:
            raise error
        self.taken.append(Taken(self.now(), url, chat, activity))
        return f"message-{len(self.taken)}"

    async def create_conversation(self, url: str, **about: Any) -> dict[str, str]:
        (member,) = about["members"]
        self.opened.append(member)
        made = self.opens(member)
        if isinstance(made, Exception):
            raise made
        return {"id": made}

    def cards(self, chat: str) -> list[str]:
        """The kinds of what arrived in a chat, in order."""
        return [one.card["kind"] for one in self.taken if one.chat == chat]


class RealCourier(World):
    """The scheduler's world with the bot's own courier in it, over a Teams that is strict."""

    def __init__(self, store: Store | None = None) -> None:
        super().__init__(store)
        self.teams = StrictTeams(self.now)
        self.outbreaks = Outbreaks(lambda: self.elapsed)
        self.courier = self.courier_of_its_own(self.outbreaks)
        self.deliverer, self.sweep = self.instance("one")
        self.channel = Reference(service_url=TEAMS, conversation_id="channel", tenant="t")

    def _render(self, prompt: Any, file: Any, person: Any, reminder: bool) -> Parcel:
        parcel = super()._render(prompt, file, person, reminder)
        return Parcel(parcel.card | {"conversation": prompt.conversation}, parcel.summary)

    def courier_of_its_own(self, outbreaks: Outbreaks) -> TeamsCourier:
        pace = Pace(instances=1, monotonic=self.monotonic, sleep=self.sleep)
        return TeamsCourier(self.teams, pace, self, outbreaks=outbreaks)

    def monotonic(self) -> float:
        return self.elapsed

    async def sleep(self, seconds: float) -> None:
        self.pass_(seconds=seconds)

    def place(self, who: str, chat: str = "") -> Reference:
        return Reference(
            service_url=TEAMS, conversation_id=chat or who, tenant="t", bot_id="28:bot",
            user_id=f"29:{who}",
        )  # fmt: skip

    async def install(self, *people: str, chat: str = "") -> Any:
        for who in people:
            one = self.participant(who)
            found = Addresses((one.mail,) if one.mail else ())
            await self.directory.seen(
                "t", who, one.name, self.moment, reference=self.place(who, chat), addresses=found
            )
        return await self.directory.find(self.key(who))

    async def reached(self, who: str) -> bool:
        return (await self.directory.find(self.key(who))).reachable

    async def unreached(self, key: str = "c1") -> list[str]:
        it = (await self.register.file(key)).conversation
        return [one.who for one in it.unreached if one.still]
