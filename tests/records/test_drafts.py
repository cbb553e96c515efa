"""Drafts: kept at every step, written only over what was read."""

import asyncio

import pytest

from records.drafts import REMEMBERED, Draft, Drafts, Open
from records.people import PersonKey
from records.store.contract import AlreadyThere, Changed, Unavailable
from records.store.memory import MemoryStore
from tests.trips import Counting


@pytest.fixture
def drafts(store):
    return Drafts(store)


@pytest.fixture
def draft(story):
    at = story.at("2026-11-02 10:00")
    return Draft(owner=PersonKey("key-r"), flow="request", conversation="c1", version=1,
                 step="worry", begun=at, touched=at)  # fmt: skip


async def test_a_draft_comes_back_as_it_was_saved(drafts, draft):
    answers = {"worry": "x" * 40_000, "reasons": ["stuck"], "people": [{"name": "O"}], "n": None}
    full = draft.model_copy(update={"answers": answers, "kept": {"worry": ("a", "b")}})
    saved = await drafts.save(Open(full.remember("s1")))
    found = await drafts.find(draft.owner, "request")
    assert found == saved
    assert found.draft.answers == answers


async def test_a_request_is_found_without_its_conversation_and_feedback_with_it(drafts, draft):
    feedback = draft.model_copy(update={"flow": "feedback"})
    await drafts.save(Open(draft))
    await drafts.save(Open(feedback))
    assert (await drafts.find(draft.owner, "request")).draft == draft
    assert (await drafts.find(draft.owner, "feedback", "c1")).draft == feedback
    assert await drafts.find(draft.owner, "feedback", "c2") is None
    assert len([one async for one in drafts.all_of(draft.owner)]) == 2
    assert [one async for one in drafts.all_of(PersonKey("key-x"))] == []


async def test_of_two_devices_that_save_at_once_one_must_read_again(drafts, draft):
    opened = await drafts.save(Open(draft))
    steps = [Open(draft.model_copy(update={"step": s}), opened.etag) for s in ("a", "b")]
    results = await asyncio.gather(*map(drafts.save, steps), return_exceptions=True)
    assert sorted(type(one).__name__ for one in results) == ["Changed", "Open"]
    with pytest.raises(AlreadyThere):
        await drafts.save(Open(draft))


async def test_a_draft_discarded_elsewhere_is_not_written_again(drafts, draft):
    opened = await drafts.save(Open(draft))
    await drafts.discard(draft)
    await drafts.discard(draft)
    assert await drafts.find(draft.owner, "request") is None
    with pytest.raises(Changed):
        await drafts.save(opened)


def test_the_last_submissions_are_remembered_and_no_more(draft):
    for number in range(REMEMBERED + 5):
        draft = draft.remember(f"s{number}")
    draft = draft.remember("s10").remember("")
    assert len(draft.recent) == REMEMBERED
    assert draft.recent[-1] == "s10"
    assert "s4" not in draft.recent


def test_the_oldest_kept_text_goes_first_and_is_handed_back(draft):
    texts = tuple(letter * 100_000 for letter in "abcdef")  # 200 KB each
    full = draft.model_copy(update={"kept": {"worry": texts, "hope_you": ("short",)}})
    roomy, gone = full.with_room()
    assert gone == texts[:2]
    assert roomy.kept == {"worry": texts[2:], "hope_you": ("short",)}
    assert roomy.with_room() == (roomy, ())


def test_answers_never_make_room_for_anything(draft):
    full = draft.model_copy(update={"answers": {"worry": "x" * 600_000}, "kept": {"a": ("b",)}})
    roomy, gone = full.with_room()
    assert (roomy.answers, gone) == (full.answers, ("b",))


# At hand ------------------------------------------------------------------------------------------


@pytest.fixture
def counting(store):
    return Counting(store)


async def test_a_draft_just_saved_is_at_hand_and_serves_the_next_write(counting, draft):
    drafts = Drafts(counting)
    assert drafts.at_hand(draft.owner, "request") is None
    saved = await drafts.save(Open(draft))
    counting.taken()
    opened = drafts.at_hand(draft.owner, "request", "any")
    assert opened == saved
    later = opened.draft.model_copy(update={"step": "hope_you"})
    await drafts.save(Open(later, opened.etag))
    assert [one.operation for one in counting.taken()] == ["update"]
    assert drafts.at_hand(draft.owner, "request").draft.step == "hope_you"


async def test_a_draft_at_hand_that_another_copy_has_overtaken_is_refused_and_forgotten(
    store, draft
):
    mine, theirs = Drafts(store), Drafts(store)
    old = await mine.save(Open(draft))
    await theirs.save(Open(draft.model_copy(update={"step": "a"}), old.etag))
    assert mine.at_hand(draft.owner, "request") == old
    with pytest.raises(Changed):
        await mine.save(Open(draft.model_copy(update={"step": "b"}), old.etag))
    assert mine.at_hand(draft.owner, "request") is None
    assert (await mine.find(draft.owner, "request")).draft.step == "a"
    assert mine.at_hand(draft.owner, "request").draft.step == "a"


async def test_a_write_of_which_nobody_knows_whether_it_took_leaves_nothing_at_hand(draft):
    class Away(MemoryStore):
        async def update(self, table, row):
            await super().update(table, row)
            raise Unavailable("no answer")

    drafts = Drafts(Away())
    saved = await drafts.save(Open(draft))
    with pytest.raises(Unavailable):
        await drafts.save(saved)
    assert drafts.at_hand(draft.owner, "request") is None


async def test_a_draft_that_is_gone_is_not_at_hand(store, draft):
    drafts, elsewhere = Drafts(store), Drafts(store)
    await drafts.save(Open(draft))
    await drafts.discard(draft)
    assert drafts.at_hand(draft.owner, "request") is None
    await drafts.remove(await drafts.save(Open(draft)))
    assert drafts.at_hand(draft.owner, "request") is None
    await drafts.save(Open(draft))
    await elsewhere.discard(draft)
    assert await drafts.find(draft.owner, "request") is None
    assert drafts.at_hand(draft.owner, "request") is None


async def test_a_draft_is_at_hand_for_ten_minutes_and_a_long_one_never(store, draft):
    now = 0.0
    drafts = Drafts(store, lambda: now)
    opened = await drafts.save(Open(draft))
    now = 599.0
    assert drafts.at_hand(draft.owner, "request") == opened
    now = 600.0
    assert drafts.at_hand(draft.owner, "request") is None
    long = draft.model_copy(update={"answers": {"worry": "x" * 60_000}})
    await drafts.save(Open(long, opened.etag))
    assert drafts.at_hand(draft.owner, "request") is None
