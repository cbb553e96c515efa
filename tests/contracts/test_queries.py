"""A query gives the rows between its bounds, in order, and nobody else's."""

import pytest

from records.store.contract import Create, Row, Store
from records.store.row_rules import NotStorable

HOSTILE = [
    "A' or PartitionKey ne 'A",
    "A' or 'a' eq 'a",
    "' or true or '",
    "A'' or PartitionKey ne ''A",
    "A%27 or PartitionKey ne %27A",
    "@partition",
    "A\x00",
    "A\n' or true",
    "😀\ud83d",
]


async def fill(store: Store, *addresses: str) -> None:
    for address in addresses:
        partition, _, key = address.partition("/")
        await store.create("list", Row(partition, key, {"n": 1, "m": "x", "at": address[:1]}))


async def found(store: Store, **bounds: str) -> list[str]:
    rows = store.query("list", **bounds)
    return [f"{row.partition}/{row.key}" async for row in rows]


async def test_rows_come_in_the_order_of_partition_and_key(store: Store) -> None:
    await fill(store, "b/1", "a/2", "B/1", "a/10", "a/-", "a/a", "a/A", "a/_", "a/1:2", "b/0")
    assert await found(store) == [
        "B/1",
        *("a/-", "a/10", "a/1:2", "a/2", "a/A", "a/_", "a/a"),
        *("b/0", "b/1"),
    ]


async def test_one_partition_is_read_alone(store: Store) -> None:
    await fill(store, "a/1", "ab/1", "b/1")
    assert await found(store, partition="a") == ["a/1"]
    assert await found(store, partition="c") == []
    assert await found(store, partition="") == []


async def test_a_range_of_partitions_includes_its_last(store: Store) -> None:
    await fill(store, "2026-01-01/x", "2026-01-02/y", "2026-01-03/z", "2025-12-31/w")
    assert await found(store, partition_to="2026-01-02") == [
        "2025-12-31/w",
        "2026-01-01/x",
        "2026-01-02/y",
    ]


async def test_a_range_of_keys_includes_its_first_and_not_its_last(store: Store) -> None:
    await fill(store, "p/a", "p/b", "p/c", "p/d", "q/b")
    assert await found(store, partition="p", key_from="b", key_to="d") == ["p/b", "p/c"]
    assert await found(store, partition="p", key_from="c") == ["p/c", "p/d"]
    assert await found(store, partition="p", key_to="b") == ["p/a"]
    assert await found(store, partition="p", key_from="b", key_to="b") == []
    assert await found(store, key_from="b", key_to="c") == ["p/b", "q/b"]
    assert await found(store, partition_to="p", key_from="d") == ["p/d"]


async def test_one_bound_of_keys_holds_in_every_partition_of_a_range(store: Store) -> None:
    await fill(store, "1/1a", "1/1b", "2/2a", "2/2b", "2/_", "3/2a", "3/3a")
    assert await found(store, partition_to="2", key_to="2b") == ["1/1a", "1/1b", "2/2a"]
    assert await found(store, partition_to="3", key_from="1b", key_to="3") == [
        *("1/1b", "2/2a", "2/2b"),
        "3/2a",
    ]
    rows = store.query("list", partition_to="3", key_from="2", key_to="3", most=2)
    assert [row.key async for row in rows] == ["2a", "2b"]


async def test_a_prefix_is_a_range(store: Store) -> None:
    await fill(store, "p/prompt", "p/prompt-1", "p/prompt-2", "p/prompts", "p/answer-1")
    assert await found(store, partition="p", key_from="prompt-", key_to="prompt-~") == [
        "p/prompt-1",
        "p/prompt-2",
    ]


async def test_more_rows_than_a_page_holds_all_come_once_and_in_order(store: Store) -> None:
    keys = [f"{n:05}" for n in range(2_100)]
    for start in range(0, len(keys), 100):
        await store.commit("list", [Create(Row("p", key)) for key in keys[start : start + 100]])
    assert [row.key async for row in store.query("list", partition="p")] == keys


async def test_a_reader_may_stop_half_way(store: Store) -> None:
    await fill(store, "p/1", "p/2", "p/3")
    async for row in store.query("list"):
        assert row.key == "1"
        break
    assert await found(store) == ["p/1", "p/2", "p/3"]


async def test_only_selected_values_are_fetched(store: Store) -> None:
    await fill(store, "p/1")
    rows = [row async for row in store.query("list", partition="p", select=["n", "absent"])]
    assert [(row.partition, row.key, row.values) for row in rows] == [("p", "1", {"n": 1})]


async def test_a_row_that_was_fetched_in_part_cannot_be_written_back(store: Store) -> None:
    await fill(store, "p/1")
    [part] = [row async for row in store.query("list", partition="p", select=["n"])]
    with pytest.raises(NotStorable):
        await store.update("list", part)


async def test_a_row_found_by_a_query_is_the_row_that_get_gives(store: Store) -> None:
    await fill(store, "p/1")
    [row] = [row async for row in store.query("list")]
    assert row == await store.get("list", "p", "1")


async def test_a_bound_made_of_a_filter_finds_nothing_of_others(store: Store) -> None:
    await fill(store, "A/1", "B/1")
    for hostile in HOSTILE:
        assert await found(store, partition=hostile) == []
        assert await found(store, partition="A", key_from="2", key_to=hostile) == []
        assert await found(store, partition="A", key_from=hostile + "~") in ([], ["A/1"])


@pytest.mark.parametrize("most", [0, 1, 2, 3, 9])
async def test_no_more_rows_come_than_were_wanted(store: Store, most: int) -> None:
    await fill(store, "p/1", "p/2", "p/3")
    rows = [row.key async for row in store.query("list", partition="p", most=most)]
    assert rows == ["1", "2", "3"][:most]


async def test_more_rows_may_be_wanted_than_a_page_holds(store: Store) -> None:
    keys = [f"{n:05}" for n in range(1_300)]
    for start in range(0, len(keys), 100):
        await store.commit("list", [Create(Row("p", key)) for key in keys[start : start + 100]])
    rows = [row.key async for row in store.query("list", partition="p", most=1_200)]
    assert rows == keys[:1_200]
