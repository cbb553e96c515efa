"""A write happens on the terms it was asked on, alone or with others, or not at all."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from records.store.contract import (
    AlreadyThere,
    Changed,
    Create,
    Delete,
    Operation,
    Row,
    Store,
    Update,
)
from records.store.row_rules import NotStorable


def changed_to(row: Row, **values: int) -> Operation:
    return Update(replace(row, values=values))


async def keys(store: Store, partition: str = "p") -> list[str]:
    return [row.key async for row in store.query("things", partition=partition)]


async def test_nothing_is_found_where_nothing_was_written(store: Store) -> None:
    assert await store.get("things", "p", "k") is None
    assert [row async for row in store.query("things")] == []
    await store.delete("things", "p", "k")


async def test_a_created_row_is_read_as_it_was_returned(store: Store) -> None:
    row = await store.create("things", Row("p", "k", {"n": 1}))
    assert row.etag
    assert await store.get("things", "p", "k") == row


async def test_a_row_created_twice_is_kept_as_it_was_first(store: Store) -> None:
    first = await store.create("things", Row("p", "k", {"n": 1}))
    with pytest.raises(AlreadyThere) as refusal:
        await store.create("things", Row("p", "k", {"n": 2}))
    assert (refusal.value.table, refusal.value.partition, refusal.value.row) == ("things", "p", "k")
    assert await store.get("things", "p", "k") == first


async def test_an_update_replaces_the_whole_row(store: Store) -> None:
    row = await store.create("things", Row("p", "k", {"a": 1, "b": 2}))
    newer = await store.update("things", replace(row, values={"c": 3}))
    assert newer.etag != row.etag
    assert newer.values == {"c": 3}
    assert await store.get("things", "p", "k") == newer


async def test_a_stale_update_changes_nothing(store: Store) -> None:
    row = await store.create("things", Row("p", "k", {"n": 1}))
    newer = await store.update("things", replace(row, values={"n": 2}))
    with pytest.raises(Changed) as refusal:
        await store.update("things", replace(row, values={"n": 3}))
    assert refusal.value.row == "k"
    assert await store.get("things", "p", "k") == newer


async def test_a_removed_row_cannot_be_updated(store: Store) -> None:
    row = await store.create("things", Row("p", "k", {"n": 1}))
    await store.delete("things", "p", "k")
    with pytest.raises(Changed):
        await store.update("things", row)
    assert await store.get("things", "p", "k") is None


async def test_a_row_made_again_is_not_the_row_that_was_read(store: Store) -> None:
    row = await store.create("things", Row("p", "k", {"n": 1}))
    await store.delete("things", "p", "k")
    again = await store.create("things", Row("p", "k", {"n": 1}))
    for stale in (store.update("things", row), store.delete("things", "p", "k", etag=row.etag)):
        with pytest.raises(Changed):
            await stale
    assert await store.get("things", "p", "k") == again


async def test_a_put_writes_whatever_is_there(store: Store) -> None:
    await store.put("things", Row("p", "k", {"a": 1}))
    row = await store.put("things", Row("p", "k", {"b": 2}))
    assert await store.get("things", "p", "k") == row
    assert row.values == {"b": 2}


async def test_a_delete_with_an_etag_spares_a_row_that_changed(store: Store) -> None:
    row = await store.create("things", Row("p", "k", {"n": 1}))
    newer = await store.update("things", replace(row, values={"n": 2}))
    with pytest.raises(Changed):
        await store.delete("things", "p", "k", etag=row.etag)
    await store.delete("things", "p", "k", etag=newer.etag)
    assert await store.get("things", "p", "k") is None
    with pytest.raises(Changed):
        await store.delete("things", "p", "k", etag=newer.etag)


async def test_a_delete_without_an_etag_removes_what_is_there_and_minds_nothing_missing(
    store: Store,
) -> None:
    await store.create("things", Row("p", "k"))
    await store.delete("things", "p", "k")
    await store.delete("things", "p", "k")
    assert await keys(store) == []


async def test_a_row_that_was_never_read_cannot_be_changed_if_unchanged(store: Store) -> None:
    await store.create("things", Row("p", "k"))
    unread = Row("p", "k", {"n": 1})
    with pytest.raises(NotStorable):
        await store.update("things", unread)
    with pytest.raises(NotStorable):
        await store.commit("things", [Delete(unread)])
    with pytest.raises(NotStorable):
        await store.delete("things", "p", "k", etag="")


async def test_a_transaction_creates_updates_and_deletes_in_one(store: Store) -> None:
    old = await store.create("things", Row("p", "b-old", {"n": 1}))
    gone = await store.create("things", Row("p", "c-gone", {"n": 1}))
    written = await store.commit(
        "things",
        [
            changed_to(old, n=2),
            Delete(gone),
            Create(Row("p", "a-new", {"n": 3})),
        ],
    )
    assert [row.key for row in written] == ["b-old", "c-gone", "a-new"]
    assert written[1] == gone
    assert [row async for row in store.query("things", partition="p")] == [written[2], written[0]]
    assert (await store.update("things", written[2])).values == {"n": 3}


async def test_one_conflict_in_the_middle_undoes_the_whole_transaction(store: Store) -> None:
    there = await store.create("things", Row("p", "k050", {"n": 1}))
    operations = [Create(Row("p", f"k{n:03}")) for n in range(100)]
    with pytest.raises(AlreadyThere) as refusal:
        await store.commit("things", operations)
    assert refusal.value.row == "k050"
    assert [row async for row in store.query("things", partition="p")] == [there]


async def test_one_stale_row_undoes_the_whole_transaction(store: Store) -> None:
    stale = await store.create("things", Row("p", "k", {"n": 1}))
    newer = await store.update("things", replace(stale, values={"n": 2}))
    for operation in (changed_to(stale, n=3), Delete(stale)):
        with pytest.raises(Changed) as refusal:
            await store.commit("things", [Create(Row("p", "other")), operation])
        assert refusal.value.row == "k"
    assert [row async for row in store.query("things", partition="p")] == [newer]


async def test_one_missing_row_undoes_the_whole_transaction(store: Store) -> None:
    missing = await store.create("things", Row("p", "k"))
    await store.delete("things", "p", "k")
    for operation in (changed_to(missing, n=3), Delete(missing)):
        with pytest.raises(Changed):
            await store.commit("things", [Create(Row("p", "other")), operation])
    assert await keys(store) == []


async def test_an_empty_transaction_writes_nothing(store: Store) -> None:
    assert list(await store.commit("things", [])) == []


@pytest.mark.parametrize(
    "operations",
    [
        [Create(Row("p", "a")), Create(Row("q", "a"))],
        [Create(Row("p", "a")), Create(Row("p", "a"))],
    ],
    ids=["two partitions", "one row twice"],
)
async def test_a_transaction_the_storage_cannot_do_is_refused(
    store: Store, operations: Sequence[Operation]
) -> None:
    with pytest.raises(NotStorable):
        await store.commit("things", operations)
    assert [row async for row in store.query("things")] == []


def number(row: Row) -> int:
    value = row.values["n"]
    assert isinstance(value, int)
    return value


async def test_twenty_writers_of_one_row_lose_no_update(store: Store) -> None:
    await store.create("things", Row("p", "count", {"n": 0}))

    async def add_one() -> None:
        while True:
            row = await store.get("things", "p", "count")
            assert row is not None
            try:
                await store.update("things", replace(row, values={"n": number(row) + 1}))
            except Changed:
                continue
            return

    await asyncio.gather(*(add_one() for _ in range(20)))
    row = await store.get("things", "p", "count")
    assert row is not None
    assert row.values == {"n": 20}


async def test_of_twenty_who_create_one_row_one_succeeds(store: Store) -> None:
    attempts = (store.create("things", Row("p", "k", {"by": n})) for n in range(20))
    results = await asyncio.gather(*attempts, return_exceptions=True)
    winners = [result for result in results if isinstance(result, Row)]
    assert [await store.get("things", "p", "k")] == winners
    assert sum(isinstance(result, AlreadyThere) for result in results) == 19


async def test_a_store_can_be_checked(store: Store) -> None:
    assert abs(await store.check()) < 2
