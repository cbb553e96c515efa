"""What people were shown, and as what, when the scenarios of `test_every_card` were walked.

That takes half a minute, so that a worker of a run of the tests leaves it there for the others.
"""

import asyncio
import os
import pickle
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from dialogs.turn.events import Event, Reply
from records.conversation.conversation import Conversation
from records.outbox.kinds import KINDS, Kind, To
from records.outbox.prompt import Prompt
from records.people import Person, Reference, same_mail
from records.store.contract import Store
from records.store.memory import MemoryStore
from scheduler.delivery.courier import Parcel
from scheduler.delivery.delivery import Render
from tests.cards.recipients import recipients
from tests.cards.test_every_card import SCENARIOS
from tests.dialogs.conftest import CHANNEL, Card, House, elements

ROLES: Final[Mapping[To, str]] = {
    To.FORMER: "whoever has a wrong address",
    To.CHANNEL: "the team's channel",
    To.MANAGER: "manager",
    To.FORMER_MANAGER: "former manager",
    To.FACILITATOR: "facilitator",
    To.TEAM_LEAD: "team lead",
    To.SECOND: "second facilitator",
    To.GATEKEEPER: "gatekeeper",
    To.ASSIGNED: "whom a gatekeeper asks",
    To.TEAM: "facilitator",
    To.REQUESTER: "practitioner who asked",
    To.LEAD: "lead worker",
    To.CAME: "each who came",
    To.COMING: "each who comes",
    To.CALLED: "the manager asked to ring",
    To.PRACTICE: "Practice Team",
    To.READER: "reader",
    To.NAMED: "other people named",
}
"""Short words for who somebody is, the first that fits being what they are above all."""
TAPPING: Final = tuple(one for one in ROLES if one not in (To.LEAD, To.CAME))
KEYS: Final[Mapping[str, str]] = {
    "text": "text",
    "title": "button or choice",
    "label": "question",
    "placeholder": "hint",
    "tooltip": "button or choice",
}


@dataclass(frozen=True)
class Seen:
    """One text, as what it stood there, to whom, and in which message (none: after a tap)."""

    text: str
    as_what: str
    to: str
    kind: Kind | None = None


class Watched(House):
    """A house that remembers who was shown what."""

    def __init__(self, store: Store | None = None) -> None:
        self.kinds: list[tuple[Parcel, Kind]] = []
        self.shows: list[tuple[str, Card | None, str, Kind | None]] = []
        super().__init__(store or MemoryStore())

    def drawing(self) -> Render:
        """The product's own, noting which message a parcel is."""
        draw = super().drawing()

        def noted(prompt: Prompt, file: Any, person: Person | None, reminder: bool) -> Parcel:
            parcel = draw(prompt, file, person, reminder)
            self.kinds.append((parcel, prompt.kind))
            return parcel

        return noted

    async def send(self, to: Reference, parcel: Parcel) -> str:
        sent = await super().send(to, parcel)
        kind = next((kind for one, kind in reversed(self.kinds) if one is parcel), None)
        who = to.conversation_id.removeprefix("chat-")
        self.shows.append((who, parcel.card, parcel.summary, kind))
        return sent

    async def replace(self, to: Reference, message_id: str, parcel: Parcel) -> None:
        await super().replace(to, message_id, parcel)
        self.shows.append((message_id.split("/")[0], parcel.card, parcel.summary, None))

    def show(self, who: str, event: Event, reply: Reply) -> None:
        super().show(who, event, reply)
        if reply.card is not None or reply.summary:
            self.shows.append((who, reply.card, reply.summary, None))


def parts(card: Card) -> Iterator[tuple[str, str]]:
    """Each text of a card and as what it stands there."""
    for one in elements(card):
        for key, as_what in KEYS.items():
            text = one.get(key)
            if isinstance(text, str):
                yield text, "problem" if one.get("color") == "Attention" else as_what
        runs = one.get("inlines", ())
        if len(runs) > 1:
            yield "".join(run["text"] for run in runs), "text"


@cache
def seen() -> frozenset[Seen]:
    """Everything that anybody was shown in all scenarios."""
    folder, mine = os.environ.get("LEFT_FOR_OTHERS"), zlib.crc32(str(Path(__file__)).encode())
    left = Path(folder, f"seen-{mine:08x}") if folder else None
    if left is not None and left.exists():
        there: frozenset[Seen] = pickle.loads(left.read_bytes())
        return there
    found = frozenset(one for name in SCENARIOS for one in asyncio.run(_walked(name)))
    if left is not None:
        whole = left.with_suffix(f".{os.getpid()}")
        whole.write_bytes(pickle.dumps(found))
        whole.replace(left)
    return found


async def _walked(name: str) -> list[Seen]:
    house = Watched()
    await SCENARIOS[name](house)
    roles = await _roles(house)
    found = []
    for who, card, summary, kind in house.shows:
        to = _role(roles.get(who, frozenset()), kind)
        texts = [*parts(card or {}), (summary, "notification")]
        found += [Seen(text, as_what, to, kind) for text, as_what in texts if text]
    kept = {id(card) for _, card, _, _ in house.shows}
    rest = [card for card in house.cards if id(card) not in kept]
    return found + [Seen(text, as_what, "") for card in rest for text, as_what in parts(card)]


def _role(mine: frozenset[To], kind: Kind | None) -> str:
    """What somebody is to a message that came, or to the card under their tap. "": no part."""
    if kind is None:
        return next((ROLES[one] for one in TAPPING if one in mine), "")
    meant = KINDS[kind].who
    somebody = [one for one in ROLES if one in meant and one in mine]
    return ROLES[(*somebody, *meant)[0]]


async def _roles(house: House) -> dict[str, frozenset[To]]:
    """What each person is in the conversations of this scenario, as they stood at the end."""
    found: dict[str, frozenset[To]] = {CHANNEL: frozenset({To.CHANNEL})}
    for key in sorted({row.partition for row in await house.dump()}):
        for who, parts_of in _parts(house, await house.record(key)).items():
            found[who] = found.get(who, frozenset()) | parts_of
    return found


def _parts(house: House, it: Conversation) -> dict[str, frozenset[To]]:
    found = {}
    lead = (it.team_lead,) if it.team_lead else ()
    here = it.changes.restricted
    few = (*here.gatekeepers, *(one.asked for one in here.assigned)) if here else ()
    everybody = (
        *it.people,
        *it.told,
        *it.practice_team,
        *it.changes.called,
        *it.reading.readers,
        *lead,
        *few,
    )
    for who, one in house.people.items():
        ids = {each.id for each in everybody if same_mail(each.mail, one.mail)}
        is_a = frozenset(to for each in ids for to in recipients(it, each))
        found[who] = is_a | ({To.TEAM} if one.mail in house.listed else set())
    return found
