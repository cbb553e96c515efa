"""The town of the export: its people, their chats as they stood, and taps on any card in them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.commands.restore import bring_back
from dialogs.turn.events import Card, CardAction, Event, FileSent, Reply
from records.outbox.prompt import Prompt
from records.people import Part, Participant, Person, Reference
from records.store.azure import TableStore
from records.store.codec import read
from records.store.contract import Row, Store
from records.store.memory import MemoryStore
from records.teams import Teams
from scheduler.delivery.courier import Parcel
from scheduler.delivery.settings import Render
from scheduler.upkeep.migration import Migration
from tests.dialogs.conftest import CHANNEL, START, House, Who, elements, values
from tests.records.audit_chain import first_break

__all__ = [
    "CHANNEL",
    "CardAction",
    "FileSent",
    "MemoryStore",
    "Migration",
    "Reference",
    "Reply",
    "Row",
    "Store",
    "TableStore",
    "Teams",
    "bring_back",
    "first_break",
    "read",
]
"""Of the product, what the tests beside this need: it is imported here and nowhere else."""

HERE: Final = Path(__file__).parent
AT: Final = datetime.fromisoformat("2027-04-07T10:00:00+00:00")
"""When the export was made: a Wednesday, 11:00 in Suffolk."""
MORE: Final = (
    ("tess", "Tess Lane", "tess@facilitation.example"),
    ("rosa", "Rosa Quinn", "rosa@practice.example"),
    ("olwen", "Olwen Price", "olwen@school.example"),
    ("gus", "Gus Mould", "gus@socialcare.example"),
)
"""Beside the people of the house: the team's lead, the Practice Team, and two without the app."""
TEAM_LEAD: Final = Participant(
    id="team-lead", part=Part.FACILITATOR, name="Tess Lane", mail="tess@facilitation.example"
)
PRACTICE_TEAM: Final = (
    Participant(
        id="practice-team", part=Part.OTHER, name="Rosa Quinn", mail="rosa@practice.example"
    ),
)


@dataclass
class Resident(Who):
    """Somebody with a long chat. `tapped` is the place of the card under their finger."""

    tapped: int | None = None

    @property
    def newest(self) -> str:
        """The message that the tap is about, else the newest."""
        at = len(self.chat) - 1 if self.tapped is None else self.tapped
        return f"{self.key}/{at}"


def actions(card: Card) -> Iterator[dict[str, Any]]:
    """Every button of a card that sends something."""
    for one in elements(card):
        if str(one.get("type", "")).startswith("Action.") and "verb" in one:
            yield one


def is_called(pressed: dict[str, Any], title: str) -> bool:
    """Whether a button has this title, or this word before what it is about."""
    own = str(pressed.get("title", ""))
    return title in (own, pressed.get("tooltip")) or own.startswith((f"{title}: ", f"{title} LC-"))


class Town(House):
    """The house with everybody of the export, who can tap any card that stands in their chat."""

    def __init__(self, store: Store, at: datetime = START) -> None:
        self.drawn: dict[int, tuple[Parcel, Prompt]] = {}
        self.sent: list[tuple[str, str, str]] = []
        super().__init__(store)
        self.at = at
        everybody = [(one.key, one.name, one.mail) for one in self.people.values()]
        self.people = {key: Resident(key, name, mail) for key, name, mail in (*everybody, *MORE)}
        self.team_lead, self.practice_team = TEAM_LEAD, PRACTICE_TEAM
        self.root = self.second()

    def resident(self, who: str) -> Resident:
        """Somebody, by their first name."""
        found = self.people[who]
        assert isinstance(found, Resident)
        return found

    # Which message a parcel is -----------------------------------------------------------------

    def drawing(self) -> Render:
        """The product's own, noting which message a parcel is."""
        draw = super().drawing()

        def noted(prompt: Prompt, file: Any, person: Person | None, reminder: bool) -> Parcel:
            parcel = draw(prompt, file, person, reminder)
            self.drawn[id(parcel)] = parcel, prompt
            return parcel

        return noted

    async def send(self, to: Reference, parcel: Parcel) -> str:
        """As the house does, noting (message, to whom, what kind) of what arrived."""
        message = await super().send(to, parcel)
        _, prompt = self.drawn.get(id(parcel), (parcel, None))
        if prompt is not None:
            who = to.conversation_id.removeprefix("chat-")
            who = "channel" if who == CHANNEL else who
            self.sent.append((f"{prompt.conversation}/{prompt.id}", who, str(prompt.kind)))
        return message

    # Taps on any card -----------------------------------------------------------------------------

    def show(self, who: str, event: Event, reply: Reply) -> None:
        """A reply stands where the card under the finger stood."""
        one = self.resident(who)
        last = one.chat[-1] if one.chat else reply
        super().show(who, event, reply)
        replaced = isinstance(event, CardAction) and reply.card is not None
        if one.tapped is not None and replaced and reply.beside is None:
            one.chat[one.tapped], one.chat[-1] = one.chat[-1], last

    async def deliver(self) -> None:
        """What follows a turn is about nobody's finger."""
        for who in self.people:
            self.resident(who).tapped = None
        await super().deliver()

    async def press_at(
        self, who: str, place: int, pressed: dict[str, Any], inputs: dict[str, Any]
    ) -> Reply:
        """Tap a button of the card that stands at this place of a chat."""
        one = self.resident(who)
        one.tapped = place if place < len(one.chat) - 1 else None
        return await self.press(who, pressed, inputs)

    async def old_card(self, who: str, verb: str, **data: str) -> Reply:
        """Tap a button of a card from long ago, which is replaced where it stands."""
        self.people[who].chat.append(Reply(summary="A card from before."))
        return await self.press(who, {"verb": verb, "data": data}, {})

    def stands(self, who: str, title: str, key: str = "") -> tuple[int, dict[str, Any]] | None:
        """The newest card of a chat with this button, for this conversation if one is named."""
        chat = self.people[who].chat
        for place in range(len(chat) - 1, -1, -1):
            for one in actions(chat[place].card or {}):
                mine = key in ("", one["data"].get("conversation", ""))
                if mine and is_called(one, title):
                    return place, one
        return None

    async def tap_for(self, who: str, key: str, title: str, /, **inputs: Any) -> Reply:
        """Tap a button about this conversation on the newest card that has it."""
        found = self.stands(who, title, key)
        assert found is not None, f"{who} has no {title!r} for {key}; newest:\n{self.shown(who)}"
        place, pressed = found
        card = self.people[who].chat[place].card or {}
        own = values(card) if pressed.get("associatedInputs") != "none" else {}
        return await self.press_at(who, place, pressed, {**own, **inputs})


class Copied(MemoryStore):
    """A store with all that another one holds, for a walk of its own: bringing it back takes 50
    times as long. With `only`, what other conversations owe does not come due."""

    def __init__(self, of: MemoryStore, *, only: str = "") -> None:
        super().__init__()
        for table, partitions in of._tables.items():
            copied = {name: dict(rows) for name, rows in partitions.items()}
            self._tables[table] = defaultdict(dict, copied)
        self._etags = of._etags
        for day, rows in self._tables["due"].items() if only else ():
            mine = {key: row for key, row in rows.items() if row.values["conversation"] == only}
            self._tables["due"][day] = mine


def town_at(store: Store, at: datetime, chats: Mapping[str, Any]) -> Town:
    """The town as it stood at the export: its clock, its lists of people, and everybody's chat."""
    town = Town(store, at)
    for who, chat in chats.items():
        town.people[who].chat = [Reply(card, summary) for summary, card in chat]
    return town
