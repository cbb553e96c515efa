"""Lists are written after the reply; whoever looks meanwhile sees what is kept."""

import pytest

from records.board import board
from records.board.as_it_is import as_they_are, found_now, page_now
from records.board.places import DUE, OPEN, BoardView, of_view
from records.changes.stopping import stop
from records.conversation.snapshot import RECORD, TABLE
from records.people import PersonKey
from records.register.projections import own_entries
from records.register.register import Deed, Register
from records.stages import Act, Stage
from records.store.contract import Row

ME = PersonKey("key-f")


@pytest.fixture
def later():
    return []


@pytest.fixture
def register(store, timetable, later):
    """A copy that never comes to its lists, once `later` is no longer worked off."""
    return Register(store, timetable, later=later.append)


@pytest.fixture
async def behind(story, register, store, later):
    """Three agreed requests are listed; then c1 is picked up, and its lists are not written."""
    for number in range(3):
        it = story.agreed().model_copy(update={"id": f"c{number}", "reference": f"LC-0000{number}"})
        await register.open(it, story.answers(), "r")
        await store.put(board.REFERENCES, Row(it.reference, "reference", {"conversation": it.id}))
    while later:
        await later.pop()()
    at = story.at("2026-11-02 12:00")
    deed = Deed(Act.PICK_UP, ME, at)
    await register.change("c1", deed, lambda it: it.pick_up(at, story.facilitator))


async def shown(store, timetable, view, **more):
    page = await page_now(store, timetable, of_view(view, ME), **more)
    return [(one.conversation, one.stage) for one in page.entries]


async def test_a_row_says_where_its_conversation_stands_now(behind, store, timetable):
    listed = [one async for one in board.all_of(store, OPEN)]
    assert {one.stage for one in listed} == {Stage.AGREED}
    now = {one.conversation: one.stage for one in await as_they_are(store, listed, timetable)}
    assert now == {"c0": Stage.AGREED, "c1": Stage.PICKED_UP, "c2": Stage.AGREED}


async def test_what_has_left_a_list_is_not_shown_in_it(behind, store, timetable):
    waiting = await shown(store, timetable, BoardView.WAITING)
    assert [conversation for conversation, _ in waiting] == ["c0", "c2"]
    assert ("c1", Stage.PICKED_UP) in await shown(store, timetable, BoardView.ALL)
    assert "c1" not in dict(await shown(store, timetable, BoardView.DUE))


async def test_what_is_due_later_now_is_not_among_what_is_due(behind, story, store, timetable):
    soon = story.at("2026-11-04 23:00")
    assert len(await shown(store, timetable, BoardView.DUE, until=soon)) == 2
    early = story.at("2026-11-03 23:00")
    listed = await board.page(store, DUE)
    assert not any(board.stands_in(one, DUE, early) for one in listed.entries)


async def test_where_some_are_left_out_the_next_page_begins_where_it_did(behind, store, timetable):
    listed = of_view(BoardView.ALL, ME)
    plain = await board.page(store, listed, size=2)
    page = await page_now(store, timetable, listed, size=2)
    assert page.after == plain.after != ""


async def test_a_search_shows_what_it_found_as_it_is_now(behind, store, timetable):
    [one] = (await found_now(store, timetable, "lc 00001")).entries
    assert one.stage is Stage.PICKED_UP
    found = (await found_now(store, timetable, "police")).entries
    assert {one.conversation: one.stage for one in found}["c1"] is Stage.PICKED_UP
    assert (await found_now(store, timetable, "nobody")).entries == ()


async def test_messages_that_were_stopped_are_seen_to_be_at_once(
    behind, register, story, store, timetable
):
    at = story.at("2026-11-02 13:00")
    await register.change("c1", Deed(Act.STOP, ME, at), lambda it: stop(it, at))
    page = await page_now(store, timetable, OPEN)
    assert {one.conversation: one.stopped for one in page.entries}["c1"]
    assert "c1" not in dict(await shown(store, timetable, BoardView.DUE))


async def test_a_row_without_a_record_is_left_out_and_one_that_cannot_be_read_stays(
    behind, store, timetable
):
    await store.delete(TABLE, "c0", RECORD)
    await store.put(TABLE, Row("c2", RECORD, {"stage": "nowhere"}))
    found = await shown(store, timetable, BoardView.ALL)
    assert sorted(conversation for conversation, _ in found) == ["c1", "c2"]


async def test_a_person_new_to_a_conversation_has_it_in_their_list_before_the_lists_are_written(
    behind, store
):
    assert [one.conversation async for one in own_entries(store, ME)] == ["c1"]
