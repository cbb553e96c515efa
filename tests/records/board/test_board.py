"""The board: which lists a conversation stands in, in which order, and what is never shown."""

from datetime import timedelta

import pytest

from records.board import board
from records.board.list_entry import ListEntry, entry
from records.board.places import OPEN, BoardView, of_view, of_word, places, words
from records.changes.stopping import stop
from records.people import PersonKey
from records.register.projections import list_conversation
from records.register.repair import repair
from records.stages import Stage
from records.store.contract import Row

ME = PersonKey("key-f")


def lists_of(one):
    return sorted({place.partition("/")[0] for place in places(one)} - words_of(one))


def words_of(one):
    return {of_word(word) for name in one.agencies for word in words(name)}


async def names(store, view, **more):
    page = await board.page(store, of_view(view, ME), **more)
    return [one.conversation for one in page.entries]


@pytest.mark.parametrize(
    ("stage", "lists"),
    [
        ("requested", ["open", "stage-requested"]),  # due to its manager, and to nobody here
        ("agreed", ["due", "open", "stage-agreed"]),
        ("picked_up", ["mine-key-f", "open", "stage-picked-up"]),  # no day of its own
        ("booked", ["due", "mine-key-f", "open", "stage-booked"]),
        ("held", ["due", "mine-key-f", "open", "stage-held"]),
        ("complete", ["closed", "stage-complete"]),
    ],
)
def test_a_conversation_stands_in_the_lists_of_its_stage(story, timetable, stage, lists):
    assert lists_of(entry(getattr(story, stage)(), timetable)) == lists


def test_what_is_awaited_has_the_date_the_pathway_gives_it(story, timetable):
    def due(it):
        return story.wall(entry(it, timetable).due)

    assert due(story.requested()) == "Wed 2026-11-04 10:00"
    assert due(story.agreed()) == "Wed 2026-11-04 11:00"
    assert due(story.booked()) == "Tue 2026-11-10 10:00"
    assert due(story.held()) == "Tue 2027-01-05 10:00"


def test_while_messages_are_stopped_nothing_is_awaited(story, timetable):
    one = entry(stop(story.booked(), story.at("2026-11-03 10:00")), timetable)
    assert (one.due, one.stopped) == (None, True)


async def test_lists_follow_a_conversation_and_leave_no_old_place(story, store, timetable):
    for number, stage in enumerate(("requested", "agreed", "picked_up", "booked", "held")):
        it = getattr(story, stage)().model_copy(update={"audit_sequence": number})
        await list_conversation(store, it, timetable)
        keys = [r async for r in store.query(board.BOARD) if r.partition.startswith("stage-")]
        assert [row.partition for row in keys] == [f"stage-{it.stage}"]
    assert await names(store, BoardView.MINE) == ["c1"]
    assert await names(store, BoardView.BOOKED) == []


async def test_an_older_state_written_late_does_not_come_back(story, store, timetable):
    await list_conversation(
        store, story.booked().model_copy(update={"audit_sequence": 5}), timetable
    )
    await list_conversation(
        store, story.agreed().model_copy(update={"audit_sequence": 2}), timetable
    )
    assert await names(store, BoardView.WAITING) == []
    assert await names(store, BoardView.BOOKED) == ["c1"]


async def test_a_key_left_behind_by_a_crash_shows_nothing(story, store, timetable):
    old = entry(story.agreed(), timetable)
    await list_conversation(store, story.booked(), timetable)
    partition, _, key = places(old)[0].partition("/")
    await store.put(board.BOARD, Row(partition, key))
    assert await names(store, BoardView.WAITING) == []


async def test_pages_follow_each_other_and_miss_nobody(story, store, timetable):
    for number in range(23):
        it = story.requested(identity=f"c{number:02}", at=f"2026-11-02 10:{number:02}")
        await list_conversation(store, it, timetable)
    found, after, pages = [], "", 0
    while pages == 0 or after:
        page = await board.page(store, OPEN, after=after)
        found += [one.conversation for one in page.entries]
        after, pages = page.after, pages + 1
    assert found == [f"c{number:02}" for number in range(23)]
    assert pages == 5
    assert await board.count(store, OPEN) == 23
    assert await board.count(store, OPEN, most=10) == 10


async def test_a_page_that_is_just_full_promises_no_next_one(story, store, timetable):
    for number in range(5):
        await list_conversation(store, story.requested(identity=f"c{number}"), timetable)
    assert (await board.page(store, OPEN)).after == ""


async def test_due_shows_what_is_due_by_then(story, store, timetable):
    await list_conversation(store, story.booked(), timetable)
    end = story.at("2026-11-10 10:00")
    assert await names(store, BoardView.DUE, until=end) == ["c1"]
    assert await names(store, BoardView.DUE, until=end - timedelta(seconds=1)) == []


async def test_closed_ones_come_latest_first(story, store, timetable):
    for day in ("03", "05", "04"):
        it = story.requested(identity=f"c{day}").withdraw(story.at(f"2026-11-{day} 10:00"))
        await list_conversation(store, it, timetable)
    assert await names(store, BoardView.CLOSED) == ["c05", "c04", "c03"]


async def test_somebody_not_reached_is_on_the_list_until_they_are(story, store, timetable):
    agreed = story.requested().agree(story.at("2026-11-02 10:00"), ())
    away = agreed.not_reached(story.at("2026-11-02 10:01"), "m", ())
    await list_conversation(store, away, timetable)
    assert await names(store, BoardView.NOT_REACHED) == ["c1"]
    await list_conversation(store, away.reached("m"), timetable)
    assert await names(store, BoardView.NOT_REACHED) == []


@pytest.mark.parametrize("typed", ["LC-7K3QX", " lc 7k3qx ", "7K3QX", "lc-7k3qx", "Lc7k3qx."])
async def test_a_reference_is_found_however_it_is_written(store, typed):
    await store.create(board.REFERENCES, Row("LC-7K3QX", "reference", {"conversation": "c1"}))
    assert await board.named(store, typed) == "c1"
    assert await board.named(store, "LC-7K3QY") == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("police", True),
        ("POLICE", True),
        ("care, social", True),
        ("police health", True),  # both take part
        ("polic", False),
        ("police fire", False),
        ("Priya", False),  # a person
        ("much", False),  # a word of the story
        ("", False),
        ("' or true", False),
    ],
)
async def test_an_agency_is_found_by_its_words_and_nothing_else_is(
    story, store, timetable, typed, found
):
    await list_conversation(store, story.booked(), timetable)
    page = await board.by_agency(store, typed)
    assert [one.conversation for one in page.entries] == (["c1"] if found else [])


async def test_closed_ones_are_still_found_by_agency(story, store, timetable):
    await list_conversation(store, story.complete(), timetable)
    assert (await board.by_agency(store, "police")).entries[0].stage is Stage.COMPLETE


async def test_repair_trusts_nothing_on_the_board(story, register, store, timetable):
    await register.open(story.requested(), story.answers(), "r")
    row = await store.get(board.BOARD, board.ROWS, "c1")
    wrong = {**row.values, "stage": "held", "made_from": 99, "places_json": "[]"}
    await store.put(board.BOARD, Row(board.ROWS, "c1", wrong))
    assert await names(store, BoardView.ALL) == []
    await repair(store, timetable)
    assert await names(store, BoardView.REQUESTED) == ["c1"]


def test_a_row_of_the_first_version_still_loads(story):
    old = ListEntry.model_validate(
        {
            "conversation": "c1",
            "reference": "LC-7K3QX",
            "stage": "agreed",
            "since": story.at("2026-11-02 10:00"),
            "agency": "Social Care",
            "made_from": 2,
            "schema": 1,
        }
    )
    assert (old.due, old.places, old.is_open) == (None, (), True)


def test_no_list_is_named_after_what_somebody_typed(story, timetable):
    for place in places(entry(story.booked(), timetable)):
        assert not any(word in place.lower() for word in ("police", "health", "priya", "care"))
