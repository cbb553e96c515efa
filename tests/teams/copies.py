"""What an old card still does, tried on a copy of the world, so that the walk goes on undisturbed.

An old card is one that a device shows although the bot has given another for its message since.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Any, Final

from cards.wording import wording as w
from records.store.memory import MemoryStore
from tests.teams import drawn
from tests.teams.devices import Blocked, Device
from tests.teams.line import Again
from tests.teams.places import ADAPTIVE_CARD
from tests.teams.running import World
from tests.teams.screens import Screen

KEPT: Final = ("conversations", "drafts", "files", "due")
"""Tables whose rows are what happened; others note who was here, and what is shown where."""
OPENED: Final = "drafts"
"""A draft that is begun by opening a card says nothing yet."""
Rows = Mapping[tuple[str, str, str], str]


@dataclass(frozen=True)
class Old:
    """A button of an old card on somebody's device."""

    device: Device
    screen: Screen
    pressed: dict[str, Any]

    @property
    def mark(self) -> str:
        """The same for the same button of the same card, whichever device shows it."""
        return self.screen.message.id + json.dumps(self.pressed, sort_keys=True)

    def __str__(self) -> str:
        return f"{self.device.label}: {self.screen.title!r}, {drawn.title(self.pressed)!r}"


@dataclass(frozen=True)
class Tried:
    """What came of it: what the answer says, and which rows are different."""

    old: Old
    said: str
    changed: tuple[str, ...] = ()
    blocked: str = ""

    @property
    def leads_nowhere(self) -> str:
        """Why this does not lead to where things are; empty where it does."""
        if not self.said:
            why = f"the client wants {self.blocked}" if self.blocked else "no card"
            return f"{self.old}: {why}"
        if any(one in self.said for one in _errors()):
            return f"{self.old}: {self.said.splitlines()[0]!r}"
        return ""

    @property
    def changes(self) -> str:
        """What is different by it; empty where nothing is."""
        return f"{self.old}: {', '.join(self.changed)}" if self.changed else ""


def _errors() -> tuple[str, ...]:
    plain = (w.NOT_SAVED_PLAIN, w.NOT_FOR_YOU, w.GONE, w.BUSY, w.TOO_MANY_AT_ONCE)
    return (*plain, w.NOT_SAVED.split(",")[0])


def old_buttons(here: World) -> Iterator[Old]:
    """Every button of every old card on every device, each once."""
    met = set()
    for person in here.teams.people.values():
        for device in person.devices:
            for screen in device.screens():
                for pressed in () if screen.present else drawn.presses(screen.card):
                    found = Old(device, screen, pressed)
                    if found.mark not in met:
                        met.add(found.mark)
                        yield found


async def tried(here: World, old: Old) -> Tried:
    """Tap it on a copy: a bot of its own over a copied store, before a Teams that keeps nothing."""
    store = Copied(here.store)
    person, service = old.device.person, here.teams.service
    try:
        data = old.device.sends(old.screen, old.pressed)
    except Blocked as blocked:
        return Tried(old, "", blocked=str(blocked))
    async with AsyncExitStack() as stack:
        line = replace(here.teams.line, bot_url=await here.bot(store, stack), again=Again.NEVER)
        service.sealed = True
        service.unkept.clear()
        try:
            before = rows(store)
            activity = person.executes(old.pressed, data, old.screen.message)
            answered = await line.deliver(activity)
            await here.teams.quiet()
        finally:
            await stack.aclose()
            service.sealed = False
        changed = tuple(_changed(before, rows(store)))
        return Tried(old, _said(answered.body, service.unkept), changed)


def _said(body: Any, messages: list[dict[str, Any]]) -> str:
    """The card that came back; else what came as a message beside it, such as a file."""
    if isinstance(body, dict) and body.get("type") == ADAPTIVE_CARD:
        return drawn.texts(body["value"])
    return str([one.get("attachments") or one.get("text") for one in messages] or "")


class Copied(MemoryStore):
    """A store with all that another one holds."""

    def __init__(self, of: MemoryStore) -> None:
        super().__init__()
        for table, partitions in of._tables.items():
            copied = {name: dict(some) for name, some in partitions.items()}
            self._tables[table] = defaultdict(dict, copied)
        self._etags = of._etags


def rows(store: MemoryStore) -> Rows:
    """What happened, by table and key."""
    return {
        (table, partition, key): str(row.values)
        for table in KEPT
        for partition, some in store._tables.get(table, {}).items()
        for key, row in some.items()
    }


def _changed(before: Rows, after: Rows) -> Iterator[str]:
    for place in sorted({*before, *after}):
        begun = place[0] == OPENED and place not in before
        if before.get(place) != after.get(place) and not begun:
            yield f"{place[0]}/{place[2]}"
