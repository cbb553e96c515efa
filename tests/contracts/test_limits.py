"""The storage's limits, kept in code: what is let through it takes, what is over is told why."""

from datetime import UTC, datetime

import pytest

from records.drafts import Draft, Drafts, Open
from records.people import PersonKey
from records.store.contract import MAX_ENTITY_BYTES, Create, Row, Store, TooLarge

# aiohttp says so of every body over 1 MiB; in the limits' last percent that is what we send.
pytestmark = pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")


async def test_a_hundred_operations_go_through_and_one_more_is_refused(store: Store) -> None:
    rows = [Create(Row("p", f"{n:03}", {"n": n})) for n in range(101)]
    with pytest.raises(TooLarge, match=r"101 .* 100"):
        await store.commit("large", rows)
    assert len(await store.commit("large", rows[:100])) == 100
    assert len([row async for row in store.query("large", partition="p")]) == 100


@pytest.mark.parametrize("letter", ["a", "é", "😀"], ids=ascii)
async def test_a_row_just_within_a_mebibyte_goes_through(store: Store, letter: str) -> None:
    units = len(letter.encode("utf-16-le"))
    text = letter * ((MAX_ENTITY_BYTES - 4_096) // units)
    await store.create("large", Row("p", "k", {"story": text}))
    row = await store.get("large", "p", "k")
    assert row is not None
    assert row.values["story"] == text


@pytest.mark.parametrize("letter", ["a", "é", "😀"], ids=ascii)
async def test_a_row_over_a_mebibyte_is_refused_with_the_numbers(store: Store, letter: str) -> None:
    text = letter * (MAX_ENTITY_BYTES // len(letter.encode("utf-16-le")))
    for write in (store.create, store.put):
        with pytest.raises(TooLarge, match=r"1,05\d,\d{3} bytes.* at most 1,048,576"):
            await write("large", Row("p", "k", {"story": text}))
    assert await store.get("large", "p", "k") is None


async def test_a_row_has_at_most_two_hundred_values(store: Store) -> None:
    await store.create("large", Row("p", "k", {f"v{n}": n for n in range(200)}))
    with pytest.raises(TooLarge, match=r"201 values.* 200"):
        await store.create("large", Row("p", "l", {f"v{n}": n for n in range(201)}))


@pytest.mark.parametrize("letter", ["a", "é", "😀"], ids=ascii)
async def test_a_transaction_goes_up_to_four_mebibytes_as_it_is_sent(
    store: Store, letter: str
) -> None:
    # On the wire a letter beyond ASCII is escaped: six bytes for each of its units.
    sent = 1 if letter == "a" else 3 * len(letter.encode("utf-16-le"))
    story = letter * (4_000_000 // 10 // sent)
    await store.commit("large", [Create(Row("p", f"{n}", {"s": story})) for n in range(10)])
    with pytest.raises(TooLarge, match=r"4,4\d\d,\d{3} bytes.* at most 4,194,304"):
        await store.commit("large", [Create(Row("q", f"{n}", {"s": story})) for n in range(11)])
    assert [row async for row in store.query("large", partition="q")] == []


@pytest.mark.parametrize("letter", ["a", "😀", "\x01", '"'], ids=ascii)
async def test_a_draft_made_roomy_is_taken_whatever_was_kept_beside_it(
    store: Store, letter: str
) -> None:
    at = datetime(2027, 2, 1, 10, tzinfo=UTC)
    kept = {f"field{n}": tuple(letter * 30_000 for _ in range(4)) for n in range(8)}
    draft = Draft(
        owner=PersonKey("key"),
        flow="request",
        conversation="c",
        version=1,
        step="worry",
        answers={"worry": letter * 20_000},
        kept=kept,
        begun=at,
        touched=at,
    )
    with pytest.raises(TooLarge):
        await Drafts(store).save(Open(draft))
    roomy, gone = draft.with_room()
    opened = await Drafts(store).save(Open(roomy))
    assert gone
    again = await Drafts(store).save(opened)
    assert await Drafts(store).find(draft.owner, "request") == again
