"""Answers that get lost on the way: the store still says what happened.

A proxy stands between the store and Azurite. It lets tables be made, and does to each write and
read what the test has laid out for it.
"""

import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from records.store.azure import TableStore
from records.store.contract import (
    AlreadyThere,
    Changed,
    Create,
    Delete,
    Operation,
    Row,
    Store,
    Unavailable,
    Update,
)
from tests.contracts.lossy_proxy import Fault, Proxy, proxied

TIMEOUT = 0.8  # a busy machine needs it; a hang is known for what it is all the same


ANSWER_LOST = [
    Fault.COMMIT_THEN_500,
    Fault.COMMIT_THEN_RESET,
    Fault.COMMIT_THEN_HANG,
    Fault.COMMIT_THEN_GARBAGE,
]
REQUEST_LOST = [Fault.REFUSE_503, Fault.STRANGE_404, Fault.HANG]


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def prefix() -> str:
    return f"t{uuid4().hex[:12]}"


@pytest.fixture
async def other(azurite: str, prefix: str) -> AsyncIterator[TableStore]:
    """Another instance, with an undisturbed way to the same tables."""
    store = TableStore(azurite, clock=now, prefix=prefix)
    yield store
    await store.close()


@pytest.fixture
async def way(azurite: str, prefix: str) -> AsyncIterator[tuple[Proxy, TableStore]]:
    """The proxy, and the store behind it."""
    async with proxied(azurite) as (proxy, through):
        store = TableStore(through, clock=now, prefix=prefix, timeout=TIMEOUT)
        yield proxy, store
        await store.close()


@pytest.fixture
def proxy(way: tuple[Proxy, TableStore]) -> Proxy:
    return way[0]


@pytest.fixture
def store(way: tuple[Proxy, TableStore]) -> TableStore:
    return way[1]


async def rows(store: Store) -> list[Row]:
    return [row async for row in store.query("unsure")]


async def set_to(store: Store, key: str, value: str) -> Row:
    """Somebody else's write."""
    row = await store.get("unsure", "p", key)
    assert row is not None
    return await store.update("unsure", replace(row, values={"by": value}))


# Each does one kind of write to a table with the rows `old` and `gone`, and gives what it wrote.
Doing = Callable[[Store, Row, Row], Coroutine[Any, Any, list[Row]]]


async def creating(store: Store, old: Row, gone: Row) -> list[Row]:
    return [await store.create("unsure", Row("p", "new", {"by": "us"}))]


async def updating(store: Store, old: Row, gone: Row) -> list[Row]:
    return [await store.update("unsure", replace(old, values={"by": "us"}))]


async def putting(store: Store, old: Row, gone: Row) -> list[Row]:
    return [await store.put("unsure", Row("p", "old", {"by": "us"}))]


async def committing(store: Store, old: Row, gone: Row) -> list[Row]:
    operations: list[Operation] = [
        Delete(gone),
        Update(replace(old, values={"by": "us"})),
        Create(Row("p", "new", {"by": "us"})),
    ]
    return list(await store.commit("unsure", operations))[1:]


async def deleting(store: Store, old: Row, gone: Row) -> list[Row]:
    await store.delete("unsure", "p", "gone", etag=gone.etag)
    return []


@pytest.mark.parametrize("fault", [*ANSWER_LOST, *REQUEST_LOST])
@pytest.mark.parametrize("doing", [creating, updating, putting, committing, deleting])
async def test_a_write_whose_answer_or_request_got_lost_is_done_once_and_known_as_done(
    proxy: Proxy, store: TableStore, other: TableStore, doing: Doing, fault: Fault
) -> None:
    old = await store.create("unsure", Row("p", "old", {"by": "nobody"}))
    gone = await store.create("unsure", Row("p", "gone", {"by": "nobody"}))
    proxy.seen.clear()
    proxy.writes.append(fault)
    written = await doing(store, old, gone)
    there = {row.key: row for row in await rows(other)}
    assert [there[row.key] for row in written] == written
    assert all(row.values == {"by": "us"} for row in written)
    assert ("gone" in there) is (doing not in (committing, deleting))
    # After a reset the connection repeats a PUT on its own, unasked.
    repeated = fault is Fault.COMMIT_THEN_RESET and doing in (updating, putting)
    assert proxy.seen.count("write") == (2 if fault in REQUEST_LOST or repeated else 1)
    # The etags are good to go on with.
    for row in written:
        await store.update("unsure", row)


@pytest.mark.parametrize(
    "fault", [Fault.COMMIT_THEN_500, Fault.COMMIT_THEN_RESET, Fault.REFUSE_503]
)
@pytest.mark.parametrize("doing", [creating, updating, committing, deleting])
async def test_somebody_elses_write_is_never_taken_for_ours(
    proxy: Proxy, store: TableStore, other: TableStore, doing: Doing, fault: Fault
) -> None:
    old = await store.create("unsure", Row("p", "old", {"by": "nobody"}))
    gone = await store.create("unsure", Row("p", "gone", {"by": "nobody"}))
    await set_to(other, "old", "them")
    await set_to(other, "gone", "them")
    await other.create("unsure", Row("p", "new", {"by": "them"}))
    before = await rows(other)
    proxy.writes.append(fault)
    with pytest.raises(AlreadyThere if doing is creating else Changed, match=r"p/(old|gone|new)"):
        await doing(store, old, gone)
    assert await rows(other) == before


@pytest.mark.parametrize("fault", [Fault.NONE, Fault.COMMIT_THEN_500])
async def test_a_row_taken_in_the_middle_of_a_transaction_is_named(
    proxy: Proxy, store: TableStore, other: TableStore, fault: Fault
) -> None:
    await other.create("unsure", Row("p", "b", {"by": "them"}))
    proxy.writes.append(fault)
    with pytest.raises(AlreadyThere) as refusal:
        await store.commit("unsure", [Create(Row("p", key)) for key in "abc"])
    assert refusal.value.row == "b"
    assert [row.key for row in await rows(other)] == ["b"]


async def test_a_transaction_of_ours_is_known_though_somebody_changed_a_row_of_it(
    proxy: Proxy, store: TableStore, other: TableStore
) -> None:
    await store.put("unsure", Row("p", "z"))
    proxy.writes.append(Fault.COMMIT_THEN_500)
    proxy.after_commit = lambda: set_to(other, "a", "them")
    first, second = await store.commit("unsure", [Create(Row("p", key)) for key in "ab"])
    # What they changed is theirs: our etag of it must not overwrite it.
    with pytest.raises(Changed):
        await store.update("unsure", first)
    await store.update("unsure", second)


async def test_a_missing_row_is_not_taken_for_our_delete(
    proxy: Proxy, store: TableStore, other: TableStore
) -> None:
    row = await store.create("unsure", Row("p", "k"))
    await other.delete("unsure", "p", "k")
    with pytest.raises(Changed):
        await store.delete("unsure", "p", "k", etag=row.etag)


async def test_a_busy_storage_is_asked_twice_and_no_more(proxy: Proxy, store: TableStore) -> None:
    # The library alone would ask eleven times: this is where its retries would show.
    await store.put("unsure", Row("p", "old"))
    proxy.seen.clear()
    proxy.writes.extend([Fault.REFUSE_503] * 20)
    with pytest.raises(Unavailable, match="503"):
        await store.create("unsure", Row("p", "new"))
    assert proxy.seen.count("write") == 2
    proxy.writes.clear()
    assert await store.get("unsure", "p", "new") is None


@pytest.mark.parametrize("doing", [updating, committing])
async def test_a_storage_that_hangs_is_given_up_within_two_time_outs(
    proxy: Proxy, store: TableStore, doing: Doing
) -> None:
    old = await store.create("unsure", Row("p", "old"))
    gone = await store.create("unsure", Row("p", "gone"))
    proxy.writes.extend([Fault.HANG] * 9)
    proxy.reads.extend([Fault.HANG] * 9)
    start = time.monotonic()
    with pytest.raises(Unavailable):
        await doing(store, old, gone)
    assert time.monotonic() - start < 2 * TIMEOUT + 1


async def test_a_read_that_hangs_is_given_up_within_two_time_outs(
    proxy: Proxy, store: TableStore
) -> None:
    start = time.monotonic()
    proxy.reads.extend([Fault.HANG] * 9)
    with pytest.raises(Unavailable):
        await store.get("unsure", "p", "k")
    with pytest.raises(Unavailable):
        await rows(store)
    with pytest.raises(Unavailable):
        await store.check()
    assert time.monotonic() - start < 5 * TIMEOUT + 2


@pytest.mark.parametrize("fault", [f for f in Fault if f is not Fault.COMMIT_THEN_HANG])
async def test_a_read_is_asked_again(proxy: Proxy, store: TableStore, fault: Fault) -> None:
    row = await store.create("unsure", Row("p", "k", {"n": 1}))
    proxy.reads.append(fault)
    assert await store.get("unsure", "p", "k") == row
    proxy.reads.append(fault)
    assert await rows(store) == [row]


async def test_a_404_from_somebody_else_is_not_an_empty_store(
    proxy: Proxy, store: TableStore
) -> None:
    await store.create("unsure", Row("p", "k"))
    proxy.reads.extend([Fault.STRANGE_404] * 4)
    with pytest.raises(Unavailable, match="404"):
        await store.get("unsure", "p", "k")
    with pytest.raises(Unavailable, match="404"):
        await rows(store)


async def test_a_page_that_got_lost_is_fetched_again_and_no_row_comes_twice(
    proxy: Proxy, store: TableStore, other: TableStore
) -> None:
    keys = [f"{n:04}" for n in range(1_050)]
    for start in range(0, len(keys), 100):
        await other.commit("unsure", [Create(Row("p", key)) for key in keys[start : start + 100]])
    proxy.reads.extend([Fault.NONE, Fault.COMMIT_THEN_RESET])
    assert [row.key async for row in store.query("unsure", select=[])] == keys


async def test_a_storage_that_is_not_there_is_unavailable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        address = (
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;"
            f"TableEndpoint=http://127.0.0.1:{taken.getsockname()[1]}/a;"
        )
        store = TableStore(address, clock=now, timeout=TIMEOUT)
        row = Row("p", "k", etag="W/1")
        for attempt in (
            store.get("unsure", "p", "k"),
            store.create("unsure", row),
            store.update("unsure", row),
            store.put("unsure", row),
            store.delete("unsure", "p", "k"),
            store.delete("unsure", "p", "k", etag="W/1"),
            store.commit("unsure", [Create(row)]),
            rows(store),
            store.check(),
        ):
            with pytest.raises(Unavailable):
                await attempt
        await store.close()
