"""*In the paper's words*: for the one who taps, beside their card, and never against what they are
to keep to with the family."""

from collections.abc import Callable

import pytest

from cards.wording import wording
from dialogs.turn.events import CardAction
from records.conversation.readiness import Point, Told
from records.partnership import Partnership
from records.partnership.paper import Paper
from records.preparation.preparing import readiness_of
from tests.dialogs.conftest import House, values
from tests.dialogs.preparation.test_preparation import has
from tests.dialogs.preparation.test_telling import (
    BEGINS,
    LET_KNOW,
    NAME,
    OPEN,
    begins,
    see,
    settled,
)

PAGES = wording.partnership.paper.pages
SUPPORT = wording.PREPARATION[Point.SUPPORT]
KEEP = wording.PAPER_KEEP.format(name=NAME)


async def test_both_of_the_papers_lists_are_one_tap_away_and_so_is_the_way_back(
    house: House,
) -> None:
    await house.booked()
    for who in ("pat", "nia", "priya"):
        await house.tap(who, wording.PAPER_OPEN)
        shown = house.shown(who)
        for part in PAGES[0].parts:
            assert part.heading in shown
            assert all(f"- {point}" in shown for point in part.points)
        await house.tap(who, wording.PREPARE_BACK)
        assert wording.PREPARE_TITLE in house.shown(who)


async def test_each_page_leads_to_the_others(house: House) -> None:
    await house.booked()
    await house.tap("pat", wording.PAPER_OPEN)
    for page in (PAGES[1], PAGES[2], PAGES[0]):
        await house.tap("pat", page.title)
        for part in page.parts:
            assert all(text in house.shown("pat") for text in (part.heading, *part.texts))
        assert not has(house, "pat", page.title)
        assert all(has(house, "pat", one.title) for one in PAGES if one is not page)


async def test_opening_it_changes_nothing_tells_nobody_and_keeps_the_ticks(house: House) -> None:
    key = await house.booked()
    before = {who: len(house.told(who)) for who in house.people}
    await house.tap("pat", wording.PAPER_OPEN, points="records,tools")
    await house.tap("pat", wording.PREPARE_BACK)
    assert values(house.people["pat"].card)["points"] == "records,tools"
    it = await house.record(key)
    assert readiness_of(it, "other1").ticks == (Point.RECORDS, Point.TOOLS)
    assert {who: len(house.told(who)) for who in house.people} == before


@pytest.mark.parametrize("how", [None, Told.SOME, Told.NOT_SAFE])
async def test_what_they_are_to_keep_to_with_the_family_stands_before_the_papers_list(
    house: House, how: Told | None
) -> None:
    key = await house.booked()
    if how is not None:
        await settled(house, how, key=key)
    for who in ("pat", "nia"):
        await see(house, key, who)
        await house.tap(who, wording.PAPER_OPEN)
        assert begins(house, who) == (BEGINS[how] if how else OPEN)
        assert KEEP in house.shown(who)
    await see(house, key, "priya")
    await house.tap("priya", wording.PAPER_OPEN)
    assert begins(house, "priya") in wording.TELLING_WARNS_LEAD.values()
    assert KEEP not in house.shown("priya")


async def test_once_the_family_is_told_it_still_says_whose_it_is(house: House) -> None:
    key = await settled(house, Told.TOLD)
    await see(house, key, "pat")
    await house.tap("pat", wording.PAPER_OPEN)
    assert begins(house, "pat") not in (OPEN, *BEGINS.values())
    assert KEEP in house.shown("pat")


@pytest.mark.parametrize("page", [-1, 3, 99, "x", None])
async def test_a_page_that_is_not_there_is_no_dead_end(house: House, page: object) -> None:
    key = await house.booked()
    await house.turn("pat", CardAction("prepare.paper", {"conversation": key, "page": page}))
    assert has(house, "pat", wording.PREPARE_BACK)


async def test_who_does_not_come_opens_none_of_it(house: House) -> None:
    key = await house.booked()
    for who in ("martin", "idris"):
        await house.turn(who, CardAction("prepare.paper", {"conversation": key}))
        assert PAGES[0].parts[0].heading not in house.shown(who)


async def test_a_partnership_without_a_paper_has_no_way_to_one(
    house: House, serving: Callable[[Partnership], None]
) -> None:
    key = await house.booked()
    old = house.data("pat", wording.PAPER_OPEN)
    serving(wording.partnership.model_copy(update={"paper": Paper()}))
    await see(house, key, "pat")
    assert not has(house, "pat", wording.PAPER_OPEN)
    await house.turn("pat", old)
    assert wording.PREPARE_TITLE in house.shown("pat")


# The plain points ---------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [None, Told.TOLD, Told.SOME, Told.NOT_SAFE])
async def test_what_to_tell_the_family_is_on_the_lead_workers_list_only(
    house: House, how: Told | None
) -> None:
    key = await house.booked()
    if how is not None:
        await settled(house, how, key=key)
    await see(house, key, "priya", "pat", "nia")
    for text in (LET_KNOW, SUPPORT):
        for who in ("pat", "nia"):
            assert text not in house.shown(who)
        assert (text in house.shown("priya")) == (how in (None, Told.TOLD))


async def test_every_other_point_is_on_everybodys_list(house: House) -> None:
    await house.booked()
    for who in ("priya", "pat", "nia"):
        for point in (Point.RECORDS, Point.TOOLS, Point.MIND, Point.RIGHT_PERSON, Point.ROLE):
            assert wording.PREPARATION[point] in house.shown(who)
