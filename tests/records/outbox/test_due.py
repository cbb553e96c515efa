"""Due pointers: what is read when a sweep looks, counted in rows and pages, and how they go."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from records.outbox import due
from records.outbox.due import Pointer
from records.store.azure import TableStore
from records.store.contract import Store, Unavailable
from records.store.memory import MemoryStore
from tests.bench.sweep import fill, looked_at, sweep_growth
from tests.trips import Counting

NOW = datetime(2026, 11, 3, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)
Made = AsyncIterator[Counting]


@pytest.fixture(params=["memory", "tables"])
async def store(request: pytest.FixtureRequest) -> Made:
    if request.param == "memory":
        yield Counting(MemoryStore())
        return
    azurite = request.getfixturevalue("azurite")
    real = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix=f"t{uuid4().hex[:12]}")
    yield Counting(real)
    await real.close()


def at(**later: float) -> Pointer:
    return Pointer(NOW + timedelta(**later), "c1", "p1")


async def found(store: Store, now: datetime = NOW) -> list[datetime]:
    return [one.at async for one in due.due(store, now)]


async def test_what_is_due_now_comes_and_what_is_a_moment_later_does_not(store: Counting) -> None:
    there = [at(days=-40), at(days=-1), at(hours=-1), at(), at(microseconds=1), at(hours=2)]
    for one in (*there, at(days=1, hours=-9), at(days=60)):
        await due.point(store, one)
    store.taken()
    assert await found(store) == [one.at for one in there[:4]]
    assert (len(store.trips), store.rows) == (1, 4)
    assert await found(store, NOW + timedelta(days=1)) == [one.at for one in there] + [
        at(days=1, hours=-9).at
    ]


async def test_an_instant_is_the_same_in_whichever_zone_it_is_said(store: Counting) -> None:
    far = datetime.fromisoformat("2026-11-03T23:30:00-05:00")
    await due.point(store, Pointer(far, "c1", "p1"))
    assert await found(store, far - SECOND) == []
    assert await found(store, far.astimezone(UTC)) == [far]
    assert await due.next_due(store, far, after=far - SECOND) == far


async def test_where_nothing_is_due_one_page_is_asked_for_and_no_row_read(store: Counting) -> None:
    await fill(store.store, NOW, due=0, future=300)
    assert await found(store) == []
    assert (len(store.trips), store.rows) == (1, 0)


async def test_what_lies_in_the_future_is_not_read(store: Counting) -> None:
    await fill(store.store, NOW, due=40, future=60)
    assert await looked_at(store, NOW) == 40


async def test_a_look_reads_no_more_where_much_lies_in_the_future(azurite: str) -> None:
    assert await sweep_growth(azurite, due=40, few=20, many=1_200) <= 1.05
    assert await sweep_growth(None, due=100, few=100, many=5_000) <= 1.05


async def test_what_is_due_next_is_one_row(store: Counting) -> None:
    await fill(store.store, NOW, due=5, future=300)
    store.taken()
    following = await due.next_due(store, NOW + timedelta(days=30), after=NOW)
    assert following is not None
    assert following > NOW
    assert (len(store.trips), store.rows) == (1, 1)
    store.taken()
    assert await due.next_due(store, NOW, after=NOW) is None
    assert (len(store.trips), store.rows) == (1, 1)


async def test_what_was_read_together_is_removed_together(store: Counting) -> None:
    there = [Pointer(NOW - n * SECOND, f"c{n}", "p1") for n in range(120)]
    yesterday = [Pointer(one.at - timedelta(days=1), *there_ids(one)) for one in there[:3]]
    for one in (*there, *yesterday):
        await due.point(store, one)
    known = [one async for one in due.due(store, NOW)]
    store.taken()
    await due.unpoint_all(store, [*known, known[0]])
    assert [len(one.keys) for one in store.transactions] == [3, 100, 20]
    assert store.writes == []
    assert await found(store) == []


def there_ids(one: Pointer) -> tuple[str, str]:
    return one.conversation, one.prompt


async def test_what_another_has_removed_or_written_anew_holds_up_none_of_the_rest(
    store: Counting,
) -> None:
    there = [Pointer(NOW - n * SECOND, f"c{n}", "p1") for n in range(6)]
    for one in there:
        await due.point(store, one)
    known = [one async for one in due.due(store, NOW)]
    await due.unpoint(store, there[2])
    await due.point(store, there[4])
    await due.unpoint_all(store, known)
    assert await found(store) == []


async def test_one_that_was_never_read_is_removed_by_itself(store: Counting) -> None:
    await due.point(store, at())
    await due.unpoint_all(store, [at(), at(hours=-1)])
    assert [one.operation for one in store.writes][-2:] == ["delete", "delete"]
    assert await found(store) == []


async def test_a_storage_that_is_away_leaves_them_to_the_next_sweep() -> None:
    class Away(MemoryStore):
        async def commit(self, *_: object) -> list[object]:  # type: ignore[override]
            raise Unavailable("away")

        async def delete(self, *_: object, **__: object) -> None:  # type: ignore[override]
            raise Unavailable("away")

    store = Away()
    for one in (at(), at(hours=-1)):
        await due.point(store, one)
    await due.unpoint_all(store, [one async for one in due.due(store, NOW)])
    await due.unpoint_all(store, [at()])
    assert len(await found(store)) == 2
