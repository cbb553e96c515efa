"""Who is in the house of the matrix, with a word in every text by which it is found again.

Each word that may not be read by everybody holds a *mark*: `zq`, what it is, and `a` or `b` for the
conversation it belongs to. `MARKS` in `marks.py` says who may read which.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.roster import entries, evaluators, practice_team, reader, team_lead
from cards.wording import wording
from dialogs.turn.events import CardAction, Reply
from records.people import Reference
from records.store.contract import Row
from records.store.memory import MemoryStore
from scheduler.delivery.courier import Parcel
from tests.dialogs.conftest import CHANNEL, STORY, House, Who, elements

Tables = Mapping[str, Mapping[str, Mapping[str, Row]]]
ELSEWHERE: Final = "tenant-2"
"""Another tenant that is served."""

PLAYERS: Final[Mapping[str, tuple[str, str]]] = {
    "priya": ("Priya Shah", "priya@socialcare.example"),
    "martin": ("Martin Cole", "martin@socialcare.example"),
    "fay": ("Fay Larsen", "fay@facilitation.example"),
    "idris": ("Idris Vaughan", "idris@facilitation.example"),
    "pat": ("Pat Reed", "pat@police.example"),
    "nia": ("Nia Okafor", "nia@health.example"),
    "lena": ("Lena Moss", "lena@facilitation.example"),
    "wren": ("Wren Hale", "wren@practice.example"),
    "ola": ("Ola Ray", "ola@facilitation.example"),
    "ev": ("Ev Marsh", "ev@evaluation.example"),
    "dana": ("Dana Hill", "dana@police.example"),
    "una": ("Una Grey", "una@school.example"),
    "vik": ("Vik Brand", "vik@school.example"),
    "wes": ("Wes Tarn", "wes@housing.example"),
    "odd": ("Orla Dean", "orla@elsewhere.example"),
    "namesake": ("Priya Shah", "p.shah@elsewhere.example"),
}
"""The cast: of conversation A (priya to nia), the team's lead and deputy, the Practice Team, an
evaluator, whoever comes into a place (dana), the people of conversation B (una, vik, wes), and two
in none.
"""

TWINNED: Final = ("priya", "martin", "fay", "pat", "lena")
"""Whose address somebody else has as well."""


def _twins() -> Iterator[Who]:
    for key in TWINNED:
        name, mail = PLAYERS[key]
        other = f"{key}.twin@elsewhere.example"
        yield Who(f"{key}-mail", name, mail)
        yield Who(f"{key}-sign-in", name, other, sign_in=mail.upper())
        yield Who(f"{key}-tenant", name, mail, tenant=ELSEWHERE, account=f"object-{key}")
        yield Who(f"{key}-guest", name, mail, guest=True)


def everybody() -> dict[str, Who]:
    """The cast and the second holders of each address, who have never said anything yet."""
    cast = [Who(key, name, mail) for key, (name, mail) in PLAYERS.items()]
    return {one.key: one for one in (*cast, *_twins())}


EVERYBODY: Final = everybody()
TWINS: Final = tuple(one for one in EVERYBODY if one not in PLAYERS)
STORIES: Final[Mapping[str, Mapping[str, str]]] = {
    which: {field: f"Words zq{field.replace('_', '')}{which} of it." for field in STORY}
    for which in ("a", "b")
}


@dataclass(frozen=True)
class Copy:
    """What a house holds at one moment; what is in it is never changed, only replaced."""

    tables: Tables
    at: datetime
    chats: Mapping[str, tuple[Reply, ...]]
    listed: tuple[str, ...]


class Marked(House):
    """A house with the cast, that notes what goes to whom."""

    def __init__(self, kept: Copy | None = None) -> None:
        store = MemoryStore()
        super().__init__(store)
        self.people = {key: _anew(one) for key, one in EVERYBODY.items()}
        self.nonces = itertools.count(100_000)
        self.team_lead = team_lead(entries((PLAYERS["lena"][1],), "tenant-1"))
        self.deputy = reader(entries((PLAYERS["ola"][1],), "tenant-1"), wording.TEAM_DEPUTY)
        self.practice_team = practice_team(entries((PLAYERS["wren"][1],), "tenant-1"))
        self.evaluators = evaluators(entries((PLAYERS["ev"][1],), "tenant-1"))
        self.at_home = "tenant-1"
        self.outgoing: list[tuple[str, Parcel]] = []
        self.known: set[str] = set()
        if kept is not None:
            self._bring_back(store, kept)
        self.root = type(self.root)(self.services())

    def _bring_back(self, store: MemoryStore, kept: Copy) -> None:
        for table, partitions in kept.tables.items():
            there = store._tables.setdefault(table, _Rows())
            for name, rows in partitions.items():
                there[name] = dict(rows)
        store._etags = itertools.count(1_000_000)
        self.at, self.listed = kept.at, kept.listed
        for key, chat in kept.chats.items():
            self.people[key].chat.extend(chat)

    def copy(self) -> Copy:
        """Everything as it is now."""
        chats = {key: tuple(one.chat) for key, one in self.people.items() if one.chat}
        return Copy(self.tables(), self.at, chats, self.listed)

    def tables(self) -> Tables:
        """All rows; an empty partition is none."""
        assert isinstance(self.store, MemoryStore)
        return {
            table: {name: dict(rows) for name, rows in partitions.items() if rows}
            for table, partitions in self.store._tables.items()
        }

    async def newest(self) -> str:
        """The one conversation that was not known before."""
        found = {row.partition for row in await self.dump() if row.key == "conversation"}
        (one,) = found - self.known
        return one

    async def send(self, to: Reference, parcel: Parcel) -> str:
        self.outgoing.append((to.conversation_id.removeprefix("chat-"), parcel))
        return await super().send(to, parcel)

    async def replace(self, to: Reference, message_id: str, parcel: Parcel) -> None:
        self.outgoing.append((message_id.split("/")[0], parcel))
        await super().replace(to, message_id, parcel)

    async def verb(self, who: str, verb: str, key: str, /, **more: Any) -> Reply:
        """A tap on some card that somebody still has."""
        return await self.turn(who, CardAction(verb, {"conversation": key, **more}))

    async def ask(
        self, which: str, who: str, manager: str, others: Iterable[str], *, few: str = ""
    ) -> str:
        """A request of A or B, every text marked."""
        chosen, named = list(others), PLAYERS[manager]
        await self.say(who, "request")
        await self.tap(who, "No")
        await self.tap(who, "Next", about="child", reasons="stuck,clarity", few=few)
        await self.tap(
            who,
            "Next",
            contact=f"01473 zqcontact{which}",
            team=f"Team zqteam{which}",
            agency="Social Care",
            attending="yes",
            manager_name=named[0],
            manager_mail=named[1],
            manager_attending="no",
        )
        inputs: dict[str, str] = {"nurse": "none"}
        if "nia" in chosen:
            name, mail = PLAYERS["nia"]
            inputs = {"nurse": "named", "nurse_name": name, "nurse_mail": mail}
            inputs["nurse_attending"] = "yes"
        (other,) = [one for one in chosen if one != "nia"]
        name, mail = PLAYERS[other]
        agency = {"other_name": name, "other_mail": mail, "other_agency": "Suffolk Police"}
        role = {"other_role": "Detective constable", "other_attending": "yes"}
        await self.tap(who, "Add another person", **inputs, **agency, **role)
        await self.tap(who, "Next")
        story = STORIES[which]
        await self.tap(who, "Next", worry=story["worry"])
        for hope in ("hope_you", "hope_child"):
            known = f"{hope}_known"
            await self.tap(who, "Next", **{hope: story[hope], known: story[known]})
        await self.tap(who, "Send")
        key = await self.newest()
        self.known.add(key)
        return key


def _anew(one: Who) -> Who:
    """The same person with an empty chat; written so that it is quick."""
    same = copy(one)
    same.chat = []
    return same


class _Rows(dict[str, dict[str, Row]]):
    """Partitions as the store has them: one that is asked for is there."""

    def __missing__(self, name: str) -> dict[str, Row]:
        return self.setdefault(name, {})


def actions(card: Any) -> Iterator[CardAction]:
    """Every button of a card as Teams would send it, with what its inputs hold."""
    inputs = {
        one["id"]: one["value"]
        for one in elements(card)
        if str(one.get("type", "")).startswith("Input.") and "value" in one
    }
    for one in elements(card):
        if "verb" in one and str(one.get("type", "")).startswith("Action."):
            yield CardAction(one["verb"], {**inputs, **one.get("data", {})})


def in_the_channel() -> Reference:
    """Where the team's channel is."""
    return EVERYBODY["fay"].reference.model_copy(update={"conversation_id": CHANNEL})
