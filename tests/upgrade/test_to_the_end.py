"""Every conversation of the export goes on to its end: complete, withdrawn, or ended."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from records.conversation.snapshot import KEYS_SEALED
from tests.upgrade.conftest import Index
from tests.upgrade.town import HERE, MemoryStore, Town, first_break
from tests.upgrade.walks import Walk, the_document, to_the_end

INDEX = json.loads((HERE / "index.json").read_text(encoding="utf-8"))
STAGES = {name: stage for name, (_, _, stage) in INDEX["conversations"].items()}
OVER = ("complete", "not-this-route", "withdrawn", "ended")


def named(*stages: str) -> list[str]:
    return sorted(name for name, stage in STAGES.items() if stage in stages)


@pytest.fixture
def walk_of(town_of: Callable[[str], Town], index: Index) -> Callable[[str], Walk]:
    """A walk of the conversation with this name."""

    def made(name: str) -> Walk:
        key = index["conversations"][name][0]
        return Walk(town_of(key), key, index["says"]["refused"])

    return made


async def check(walk: Walk, exported: MemoryStore) -> None:
    """Nothing that was kept is lost or changed, the trail holds, and no message came twice."""
    file = await walk.town.file(walk.key)
    assert first_break(list(file.audit), file.conversation.audit_head) is None
    sealed = [one.sequence for one in file.audit if one.act == KEYS_SEALED]
    there = [row.key async for row in exported.query("conversations", partition=walk.key)]
    old = sum(key.startswith("audit-") for key in there)
    assert sealed == ([old + 1] if len(file.audit) > old else [])
    now = {row.key: row async for row in walk.town.store.query("conversations", partition=walk.key)}
    words = "\n".join(str(row.values.get("texts_json", "")) for row in now.values())
    async for row in exported.query("conversations", partition=walk.key):
        if row.key.startswith("audit-"):
            assert now[row.key].values == row.values
        if row.key.startswith("answer-"):
            kept: dict[str, Any] = json.loads(str(row.values["texts_json"]))
            for text in kept.values():
                assert json.dumps(text, ensure_ascii=False)[1:-1] in words, row.key
        if row.key.startswith("prompt-") and row.values["state"] == "sent":
            assert now[row.key].values == row.values
    assert set(Counter(name for name, _, _ in walk.town.sent).values()) <= {1}


@pytest.mark.parametrize("name", named("requested", "agreed", "picked-up", "booked", "held"))
async def test_it_goes_on_until_it_is_complete(
    walk_of: Callable[[str], Walk], exported: MemoryStore, name: str
) -> None:
    walk = walk_of(name)
    await to_the_end(walk)
    assert (await walk.it()).stage == "complete"
    await walk.town.skip(weeks=13)
    await check(walk, exported)
    left = [row async for row in walk.town.store.query("due")]
    assert not [row for row in left if row.values["conversation"] == walk.key]


@pytest.mark.parametrize("name", named(*OVER))
async def test_what_is_over_stays_over_and_can_be_looked_at(
    walk_of: Callable[[str], Walk], exported: MemoryStore, name: str
) -> None:
    walk = walk_of(name)
    await walk.open("priya", "request.see")
    if STAGES[name] == "complete":
        await the_document(walk)
    await walk.town.skip(weeks=13)
    assert (await walk.it()).stage == STAGES[name]
    await check(walk, exported)


@pytest.mark.parametrize("name", named("requested", "agreed", "picked-up", "booked"))
async def test_before_it_is_held_it_can_be_withdrawn(
    walk_of: Callable[[str], Walk], exported: MemoryStore, name: str
) -> None:
    walk = walk_of(name)
    if (await walk.it()).stopped_at is not None:
        who = await walk.facilitator()
        await walk.open(who, "stop.start")
    requester = "kit" if name == "just-sent" else "priya"
    await walk.open(requester, "request.see")
    await walk.tap(requester, "Withdraw the request")
    assert (await walk.it()).stage == "withdrawn"
    await walk.town.skip(weeks=13)
    await check(walk, exported)


@pytest.mark.parametrize("name", named("booked"))
async def test_a_booked_one_can_be_ended(
    walk_of: Callable[[str], Walk], exported: MemoryStore, name: str
) -> None:
    walk = walk_of(name)
    who = await walk.facilitator()
    if (await walk.it()).stopped_at is not None:
        await walk.open(who, "stop.start")
    await walk.open(who, "held.not-ahead")
    await walk.tap(who, "End it for good")
    assert (await walk.it()).stage == "ended"
    await walk.town.skip(weeks=13)
    await check(walk, exported)


async def test_who_looks_at_an_offer_from_before_can_take_it_over(
    walk_of: Callable[[str], Walk], exported: MemoryStore
) -> None:
    walk = walk_of("booked-moved")
    await walk.tap("idris", "I am independent; I'll facilitate")
    assert await walk.facilitator() == "idris"
    await to_the_end(walk)
    assert (await walk.it()).stage == "complete"
    await check(walk, exported)


@pytest.mark.parametrize("name", ["review-open", "complete-open"])
async def test_a_review_that_was_agreed_is_answered_on_its_day(
    walk_of: Callable[[str], Walk], exported: MemoryStore, name: str
) -> None:
    walk = walk_of(name)
    await walk.town.skip(weeks=3)
    for who in ("priya", "fay"):
        await walk.open(who, "flow.open", flow="review")
        await walk.tap(who, "Send", movement="moved")
        if walk.has(who, "Send"):  # its words are looked at once more before they are kept
            await walk.tap(who, "Send", movement="moved")
    reviews = [one for one, _ in (await walk.town.file(walk.key)).answers.values()
               if one.what == "review"]  # fmt: skip
    assert len(reviews) == 2
    await check(walk, exported)
