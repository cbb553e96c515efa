"""Every scenario as a phone may walk it: through *Action.Submit* alone, and with every input sent
at each tap. What is kept in the end is the same as on a desktop.

Source: Adaptive Cards: where `Action.Execute` is dead, its fallback comes as a message with a value
and no text; and clients have ignored `associatedInputs`.
"""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

import pytest

from bot.edge.incoming import read_activity
from bot.edge.to_turn import read_turn
from cards.wording import wording
from dialogs.root.root import Root
from dialogs.turn.events import Card, CardAction, Event, Reply
from records.conversation.snapshot import read_file
from records.drafts import Drafts
from records.store.memory import MemoryStore
from tests.cards.test_every_card import SCENARIOS
from tests.dialogs.conftest import House, action, elements, values
from tests.sampled import some

HALF: Final = "half written"
RUN: Final = re.compile(r"[0-9a-f]{32}|LC-[0-9A-Z]{5}")
"""Ids of conversations and references, which are other ones in each run."""
ACCOUNT: Final = {"id": "29:somebody", "aadObjectId": "object", "name": "Somebody"}


def submitted(tap: CardAction) -> Event:
    """What comes of a tap where only its fallback works: read from the message by the edge."""
    turn = read_turn(
        read_activity(
            {
                "type": "message",
                "id": "activity-1",
                "channelId": "msteams",
                "serviceUrl": "https://teams.example/",
                "conversation": {"id": "a:chat", "conversationType": "personal"},
                "from": ACCOUNT,
                "recipient": {"id": "28:bot", "name": "Learning"},
                "replyToId": "card-7",
                "value": {"verb": tap.verb, **tap.data},
            }
        )
    )
    assert turn is not None
    return turn.event


class Phone(House):
    """A house of phones. `tried` counts the taps of which a desktop would have made others."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store)
        self.tried = 0


class Fallback(Phone):
    """No `Action.Execute` ever works."""

    async def turn(self, who: str, event: Event, *, root: Root | None = None) -> Reply:
        if isinstance(event, CardAction):
            event, self.tried = submitted(event), self.tried + 1
            assert isinstance(event, CardAction)
            assert not event.in_place
        return await super().turn(who, event, root=root)


class SendsAll(Phone):
    """Every tap sends all inputs; half written where the button asked for none."""

    async def tap(self, who: str, title: str, /, **inputs: Any) -> Reply:
        await self.open_door(who, title)
        return await self.turn(who, self.data(who, title, **inputs))

    def data(self, who: str, title: str, /, **inputs: Any) -> CardAction:
        card = self.people[who].card
        pressed = action(card, title)
        half = filled(card) if pressed.get("associatedInputs") == "none" else {}
        self.tried += bool(half)
        own = {**values(card), **half}
        return CardAction(pressed["verb"], {**pressed["data"], **own, **inputs})


def filled(card: Card) -> dict[str, str]:
    """Something in each input of a card: half a text, the first choice, another day."""
    return {
        one["id"]: one["choices"][0]["value"] if one.get("choices") else HALF
        for one in elements(card)
        if str(one.get("type", "")).startswith("Input.")
    }


async def records(house: House) -> list[str]:
    """Everything that is kept of conversations, and what is open, without the ids of this run."""
    keys = dict.fromkeys([row.partition for row in await house.dump()])
    files = [file for key in keys if (file := await read_file(house.store, key)) is not None]
    found = [
        json.dumps(
            [
                file.conversation.model_dump(mode="json", exclude={"recent"}),
                [one.model_dump(mode="json") for one, _ in file.answers.values()],
            ]
        )
        for file in files
    ]
    drafts = [one.draft async for one in Drafts(house.store).everybodys()]
    found += [one.model_dump_json(exclude={"recent", "id"}) for one in drafts]
    return sorted(RUN.sub("", text) for text in found)


@pytest.mark.parametrize(("number", "name"), list(enumerate(SCENARIOS)), ids=list(SCENARIOS))
async def test_a_phone_leads_to_the_same_records(number: int, name: str) -> None:
    desktop = House(MemoryStore())
    await SCENARIOS[name](desktop)
    for phone in some((Fallback, SendsAll), number, of=2):
        other = phone(MemoryStore())
        await SCENARIOS[name](other)
        assert await records(other) == await records(desktop), phone
        assert not await desktop.dump() or await records(other)


async def test_the_fallback_was_all_there_was() -> None:
    walked = Fallback(MemoryStore())
    await SCENARIOS["the whole pathway"](walked)
    assert walked.tried > 30


# Buttons that ask for no inputs -------------------------------------------------------------------


async def _board(house: House) -> str:
    await house.booked()
    await house.say("fay", "board")
    return wording.BOARD_CLOSED


async def _found(house: House) -> str:
    await house.tap("fay", await _searched(house), find="Social Care")
    return wording.BOARD_BACK


async def _searched(house: House) -> str:
    await house.booked()
    await house.say("fay", "board")
    return wording.BOARD_FIND


async def _period(house: House) -> str:
    await house.booked()
    await house.say("fay", "evaluation")
    await house.tap("fay", wording.PERIOD_OTHER)
    return wording.BACK


async def _concern(house: House) -> str:
    await house.booked()
    await house.change("A concern about practice")
    return wording.BACK_TO_IT


async def _manager(house: House) -> str:
    opening = {"flow": "manager", "conversation": await house.requested()}
    await house.press("priya", {"verb": "flow.open", "data": opening}, {})
    return wording.NAME_LEAVE


@pytest.mark.parametrize(
    ("who", "arrange"),
    [
        ("fay", _board),
        ("fay", _found),
        ("fay", _period),
        ("fay", _concern),
        ("priya", _manager),
    ],
)
async def test_a_button_that_asks_for_no_inputs_does_the_same_with_them(
    who: str, arrange: Callable[[House], Awaitable[str]]
) -> None:
    desktop, phone = House(MemoryStore()), SendsAll(MemoryStore())
    for house in (desktop, phone):
        await house.tap(who, await arrange(house))
    assert phone.tried
    assert RUN.sub("", phone.shown(who)) == RUN.sub("", desktop.shown(who))
    assert await records(phone) == await records(desktop)
