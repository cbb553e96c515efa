"""Drafts: kept at every step, written only over what was read."""

import asyncio

import pytest

from records.drafts import REMEMBERED, Draft, Drafts, Open
from records.people import PersonKey
from records.store import AlreadyThere, Changed


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
