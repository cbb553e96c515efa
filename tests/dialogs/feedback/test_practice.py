"""The Practice Team hears of an outcome, reads it on a tap, and nobody else does."""

import pytest

from bot.roster import entries, practice_team
from cards.kit.story import story
from cards.wording import wording
from dialogs.turn.events import CardAction
from tests.dialogs.conftest import STORY, House, Who, texts

WREN = "wren@practice.example"
CHILD, OWN = "They go to school again.", "Calmer."


async def told(house: House) -> str:
    house.people["wren"] = Who("wren", "Wren Hale", WREN)
    house.practice_team = practice_team(entries((WREN,), ""))
    house.root = house.second()
    await house.arrive("wren")
    key = await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child=CHILD)
    await house.tap("priya", "Next", outcome_you=OWN)
    await house.tap("priya", "Send")
    return key


async def test_the_practice_team_is_told_without_a_word_and_reads_it_on_a_tap(
    house: House,
) -> None:
    key = await told(house)
    reference = (await house.record(key)).reference
    assert house.told("wren") == [wording.PRACTICE_WHY.format(reference=reference)]
    assert CHILD not in house.shown("wren")
    assert story(house.people["wren"].card) is None
    await house.tap("wren", "Read their words")
    shown = house.shown("wren")
    assert CHILD in shown
    assert OWN in shown
    # The request and its hopes are not theirs, nor is anybody's name.
    assert not any(text in shown for text in (*STORY.values(), "Priya", "Pat"))
    assert story(house.people["wren"].card) is not None  # closed behind the turn


@pytest.mark.parametrize("who", ["martin", "pat", "fay", "idris"])
async def test_nobody_else_reads_it(house: House, who: str) -> None:
    key = await told(house)
    event = CardAction("outcome.read", {"conversation": key})
    reply = await house.root.handle(house.a_turn(who, event))
    assert reply.summary == wording.NOT_FOR_YOU
    assert reply.card is not None
    assert CHILD not in texts(reply.card)


async def test_who_is_no_longer_on_the_team_cannot_read_it(house: House) -> None:
    key = await told(house)
    house.practice_team = ()
    event = CardAction("outcome.read", {"conversation": key})
    reply = await house.second().handle(house.a_turn("wren", event))
    assert reply.summary == wording.NOT_FOR_YOU


async def test_without_the_setting_nobody_is_told(house: House) -> None:
    await house.held()
    await house.skip(weeks=9)
    before = len(house.parcels)
    await house.tap("priya", "Next", outcome_child=CHILD)
    await house.tap("priya", "Next", outcome_you=OWN)
    await house.tap("priya", "Send")
    assert len(house.parcels) == before
