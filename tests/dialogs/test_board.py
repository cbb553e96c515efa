"""The board in a facilitator's chat: at a glance, paged, searched; stories stay closed."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from cards.kit.story import story
from cards.wording import wording
from dialogs.turn.events import CardAction
from records.addresses import MAIL
from records.board.board import BOARD, REFERENCES
from records.board.places import BoardView
from records.outbox.parked import TABLE as PARKED
from records.register.listing import write_lists
from records.register.register import Deed
from records.stages import Act
from records.store.contract import Row
from records.store.memory import MemoryStore
from tests.dialogs.conftest import STORY, House, texts


class Watched(MemoryStore):
    """A store that notes every query."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def query(self, table: str, **bounds: Any) -> AsyncIterator[Row]:
        self.asked.append((table, bounds))
        async for row in super().query(table, **bounds):
            yield row


def press(verb: str, **data: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"verb": verb, "data": data}, {}


async def test_the_board_shows_what_waits_for_whom(house: House) -> None:
    key = await house.requested()
    await house.agree()
    reference = (await house.record(key)).reference
    await house.say("fay", "board")
    shown = house.shown("fay")
    assert "(To pick up: 1)" in shown
    assert "(All open: 1)" in shown
    assert "(Mine: 0)" in shown
    assert f"{reference}  Social Care" in shown
    assert "Waiting for pick-up (by Wed 3 Feb)" in shown


async def test_each_tile_opens_its_list(house: House) -> None:
    key = await house.booked()
    reference = (await house.record(key)).reference
    await house.say("fay", "board")
    for title, there in (
        ("Mine: 1", True),
        ("Booked: 1", True),
        ("To pick up: 0", False),
        ("Due: 0", False),
        ("Not reached: 0", False),
    ):
        await house.tap("fay", title)
        assert (reference in house.shown("fay")) == there, title
    await house.tap("fay", "All open: 1")
    assert "Booked on Wed 3 Feb" in house.shown("fay")
    house.at = house.local("2027-02-03T16:00")
    await house.say("fay", "board")
    await house.tap("fay", "Due: 1")
    assert "Booked (was due Wed 3 Feb) · Fay Larsen" in house.shown("fay")


async def test_an_outcome_that_is_late_says_what_was_due(house: House) -> None:
    await house.held()
    house.at = house.local("2027-04-09T10:00")
    await house.say("fay", "board")
    await house.tap("fay", "Due: 1")
    assert "Took place (outcome was due Wed 31 Mar)" in house.shown("fay")


async def test_it_says_nothing_about_who_gave_feedback(house: House) -> None:
    """Among few people a count of them is one person's: it is in no list, and on no page of one."""
    key = await house.held()
    before = await seen(house, key)
    await house.give_feedback("pat", 7)
    assert await seen(house, key) == before


async def seen(house: House, key: str) -> list[str]:
    """What its facilitator and another member see in the list, and the latter on its page."""
    found = []
    for who in ("fay", "idris"):
        await house.say(who, "board")
        found.append(house.shown(who))
    await house.press("idris", *press("board.open", conversation=key))
    return [*found, house.shown("idris")]


async def test_the_facilitator_goes_on_to_the_story_and_nobody_else_can(house: House) -> None:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    reference = (await house.record(key)).reference
    for who in ("fay", "idris"):
        await house.say(who, "board")
        await house.tap(who, f"Open {reference}")
        assert not any(words in house.shown(who) for words in STORY.values())
    assert "(Carry on with this one)" not in house.shown("idris")
    assert wording.BOARD_STORY in house.shown("idris")
    await house.tap("fay", "Carry on with this one")
    assert STORY["worry"] in house.shown("fay")


async def test_it_says_who_was_reached_and_who_was_not(house: House) -> None:
    await house.arrive("priya", "fay", "idris")
    await house.fill_request()
    await house.tap("priya", "Send")
    key = await house.newest()
    await house.say("fay", "board")
    assert "(Not reached: 0)" in house.shown("fay"), "the requester alone hears it so far"
    assert "1 not reached" not in house.shown("fay")
    it = await house.record(key)
    deed = Deed(Act.AGREE, "martin", house.at)
    await house.register.change(key, deed, lambda now: now.agree(house.at, it.told))
    await house.sweep.run()
    await write_lists(house.store, house.timetable, await house.record(key))
    await house.say("fay", "board")
    assert "(Not reached: 1)" in house.shown("fay")
    await house.press("fay", *press("board.open", conversation=key))
    shown = house.shown("fay")
    assert f"Martin Cole  {wording.REACH_NOT}" in shown
    assert f"Pat Reed  {wording.REACH_NONE}" in shown


async def test_a_member_named_in_it_sees_no_people(house: House) -> None:
    house.listed = (*house.listed, "pat@police.example")
    key = await house.requested()
    await house.press("pat", *press("board.open", conversation=key))
    assert wording.BOARD_BY_REFERENCE in house.shown("pat"), "until the manager has agreed"
    assert "Social Care" not in house.shown("pat")
    await house.agree()
    await house.press("pat", *press("board.open", conversation=key))
    shown = house.shown("pat")
    assert "Social Care" in shown
    assert "Martin Cole" not in shown
    assert "(I'll facilitate)" not in shown


@pytest.mark.parametrize("who", ["priya", "martin", "pat"])
async def test_the_board_is_the_teams_alone(house: House, who: str) -> None:
    key = await house.requested()
    reference = (await house.record(key)).reference
    await house.say(who, "board")
    assert house.shown(who) == wording.FOR_FACILITATORS
    for verb, data in (
        ("board.show", {"view": "all"}),
        ("board.find", {"find": reference}),
        ("board.more", {"find": "police", "after": ""}),
        ("board.open", {"conversation": key}),
    ):
        event = CardAction(verb, data)
        reply = await house.root.handle(house.a_turn(who, event))
        assert reply.card is not None
        assert reply.summary in (wording.FOR_FACILITATORS, wording.NOT_FOR_YOU)
        assert reference not in texts(reply.card)


async def test_a_search_finds_a_reference_and_an_agency_and_no_story(house: House) -> None:
    key = await house.booked()
    reference = (await house.record(key)).reference
    await house.say("fay", "board")
    for words, there in (
        (reference, True),
        (reference.lower().removeprefix("lc-"), True),
        ("suffolk police", True),
        ("Health", True),
        ("listens", False),
        ("Priya", False),
        ("Endeavour", False),
    ):
        await house.say("fay", "board")
        await house.tap("fay", "Find", find=words)
        assert (f"(Open {reference})" in house.shown("fay")) == there, words
        assert words in house.shown("fay")  # what was typed is still in the input


async def test_a_search_for_nothing_says_what_to_write(house: House) -> None:
    await house.arrive("fay")
    await house.say("fay", "board")
    for words in ("", "  ", "!?", "x" * 500):
        await house.press("fay", *press("board.find", find=words))
        assert wording.BOARD_FIND_EMPTY in house.shown("fay")


async def test_the_board_may_stay_open_in_a_chat(house: House) -> None:
    """Closed behind the turn are cards with a story; a search is none."""
    await house.booked()
    await house.say("fay", "board")
    assert story(house.people["fay"].card) is None
    await house.tap("fay", "Find", find="police")
    assert story(house.people["fay"].card) is None


async def test_a_hand_made_tap_gets_a_plain_board(house: House) -> None:
    await house.arrive("fay")
    for data in (
        {"view": "no such list"},
        {"view": 7, "after": ["x"]},
        {"after": "' or PartitionKey ne '"},
    ):
        reply = await house.press("fay", *press("board.show", **data))
        assert reply.summary == wording.BOARD_SUMMARY


async def test_every_query_of_the_board_names_a_partition_and_a_range() -> None:
    """From the board's rows, never a scan: counted over everything the board can do."""
    store = Watched()
    house = House(store)
    key = await house.held()
    reference = (await house.record(key)).reference
    store.asked.clear()
    await house.say("fay", "board")
    for view in BoardView:
        await house.press("fay", *press("board.show", view=view, after="0000000001.x"))
    for words in ("police", reference, "nobody"):
        await house.press("fay", *press("board.find", find=words, after=""))
    # Who fay is, and what waits for her after each reply, is no part of it.
    asked = [one for one in store.asked if one[0] not in (MAIL, PARKED)]
    assert len(asked) > 30
    for table, bounds in asked:
        assert table in (BOARD, REFERENCES), table
        assert bounds.get("partition"), bounds
        assert bounds.get("partition_to") is None
        assert bounds.get("key_from"), bounds
        assert bounds.get("key_to"), bounds
        assert bounds.get("most"), bounds
    store.asked.clear()
    await house.press("fay", *press("board.open", conversation=key))
    opened = [bounds["partition"] for table, bounds in store.asked if table not in (MAIL, PARKED)]
    assert set(opened) == {key}
