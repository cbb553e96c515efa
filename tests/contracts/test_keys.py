"""Keys and names are ours, never a person's text; both stores refuse the same ones."""

import pytest

from records.store.contract import Changed, Create, Row, Store
from records.store.row_rules import NotStorable

HOSTILE = [
    "",
    "a/b",
    "a\\b",
    "a#b",
    "a?b",
    "a'b",
    'a"b',
    "a b",
    "a%2fb",
    "a\tb",
    "a\nb",
    "a\x00b",
    "a\x7fb",
    "a\x85b",
    "ключ",
    "😀",
    "\ud83d",
    "k\n",
    "k" * 501,
]


async def test_no_row_is_written_under_a_hostile_key(store: Store) -> None:
    for row in [Row(key, "k") for key in HOSTILE] + [Row("p", key) for key in HOSTILE]:
        for write in (store.create, store.put):
            with pytest.raises(NotStorable):
                await write("keys", row)
        with pytest.raises(NotStorable):
            await store.commit("keys", [Create(Row("p", "fine")), Create(row)])
    assert [row async for row in store.query("keys")] == []


async def test_under_a_hostile_key_there_is_nothing_to_find_or_remove(store: Store) -> None:
    kept = await store.create("keys", Row("p", "k"))
    for key in HOSTILE:
        assert await store.get("keys", "p", key) is None
        assert await store.get("keys", key, "k") is None
        await store.delete("keys", "p", key)
        with pytest.raises(Changed):
            await store.delete("keys", "p", key, etag=kept.etag)
    assert [row async for row in store.query("keys")] == [kept]


async def test_a_row_is_found_under_every_key_we_use(store: Store) -> None:
    for key in ["k", "k" * 500, "-", ".", "..", "19:a_B@thread.tacv2", "2026-03-29T01:30:00.5"]:
        row = await store.create("keys", Row(key, key, {"n": 1}))
        assert await store.get("keys", key, key) == row
        assert [found async for found in store.query("keys", partition=key)] == [row]
        row = await store.update("keys", row)
        await store.delete("keys", key, key, etag=row.etag)
        assert await store.get("keys", key, key) is None


async def test_keys_differ_by_case(store: Store) -> None:
    lower = await store.create("keys", Row("p", "key"))
    upper = await store.create("keys", Row("p", "KEY"))
    assert [await store.get("keys", "p", key) for key in ("key", "KEY")] == [lower, upper]


async def test_a_value_cannot_take_a_name_that_the_store_needs(store: Store) -> None:
    reserved = ["PartitionKey", "rowkey", "Timestamp", "etag", "token", "chunked", "story__1"]
    for name in [*reserved, "", "1st", "a-b", "a b", "é", "n" * 201]:
        with pytest.raises(NotStorable, match="name"):
            await store.create("keys", Row("p", "k", {name: 1}))


async def test_a_table_has_a_plain_name(store: Store) -> None:
    for table in ["", "ab", "Upper", "with-dash", "1st", "t" * 42, "a'b", "ééé"]:
        with pytest.raises(NotStorable):
            await store.get(table, "p", "k")
        with pytest.raises(NotStorable):
            await store.create(table, Row("p", "k"))
        with pytest.raises(NotStorable):
            _ = [row async for row in store.query(table)]
