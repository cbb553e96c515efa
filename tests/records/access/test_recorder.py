"""The recorder: nothing waits for it, nothing is written twice, and what is lost is counted."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from records.access import recorder as module
from records.access.lines import HEAD, TABLE, AccessLine, What, chained
from records.access.readers import Chain, OldReads, every_chain, forget_before, readers_of
from records.access.recorder import GATHERED, MOST_WAITING, Recorder
from records.partnership import SUFFOLK, read_partnership
from records.store.contract import MAX_OPERATIONS, Operation, Row, Unavailable
from records.store.memory import MemoryStore

ZONE = ZoneInfo("Europe/London")
NOON = datetime(2027, 2, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class Away(MemoryStore):
    """A storage that is away at times: before it writes, or after it has."""

    def __init__(self) -> None:
        super().__init__()
        self.before = self.after = False
        self.sizes: list[int] = []

    async def create(self, table: str, row: Row) -> Row:
        self._ask(self.before)
        return await super().create(table, row)

    async def commit(self, table: str, operations: Sequence[Operation]) -> Sequence[Row]:
        self._ask(self.before)
        self.sizes.append(len(operations))
        written = await super().commit(table, operations)
        self._ask(self.after and len(operations) > 1)
        return written

    @staticmethod
    def _ask(away: bool) -> None:
        if away:
            raise Unavailable("away")


@pytest.fixture
def store() -> Away:
    return Away()


@pytest.fixture
def recorder(store: Away) -> Recorder:
    return Recorder(store, ZONE)


async def chains(store: MemoryStore) -> list[Chain]:
    return [one async for one in every_chain(store)]


async def lines(store: MemoryStore) -> list[AccessLine]:
    found = await chains(store)
    assert [one.faults() for one in found] == [[]] * len(found)
    return [line for one in found for line in one.lines]


def read(recorder: Recorder, number: int = 0, at: datetime = NOON) -> None:
    recorder.note(What.STORY, at, f"mark{number}", f"c{number}", of="requester")


async def test_what_is_noted_is_written_within_a_second_with_nobody_waiting(
    store: Away, recorder: Recorder
) -> None:
    async def loop() -> None:
        while True:
            await recorder.flush(await recorder.ripe())

    running = asyncio.create_task(loop())
    await asyncio.sleep(0)
    for number in range(3):
        read(recorder, number)
    assert await lines(store) == [], "noted, and nothing was written by it"
    await asyncio.sleep(GATHERED + 0.3)
    assert GATHERED + 0.3 < 1
    running.cancel()
    assert [one.by for one in await lines(store)] == ["mark0", "mark1", "mark2"]
    assert [one for one in store.sizes if one > 1] == [4], "one transaction: a head and three lines"


async def test_a_chain_is_of_one_day_and_one_copy(store: Away, recorder: Recorder) -> None:
    other = Recorder(store, ZONE)
    for one in (recorder, other, recorder):
        read(one)
        await one.flush()
    read(recorder, at=NOON + DAY)
    read(recorder, at=NOON + DAY)
    await recorder.flush()
    found = await chains(store)
    assert sorted((one.day, len(one.lines)) for one in found) == [
        ("2027-02-01", 1), ("2027-02-01", 2), ("2027-02-02", 2),
    ]  # fmt: skip
    assert [one.faults() for one in found] == [[]] * 3
    assert all(chained(line) == line for one in found for line in one.lines)


async def test_a_day_begins_at_the_partnerships_midnight(store: Away, recorder: Recorder) -> None:
    read(recorder, 1, datetime(2027, 6, 30, 22, 59, tzinfo=UTC))
    read(recorder, 2, datetime(2027, 6, 30, 23, 1, tzinfo=UTC))
    await recorder.flush()
    assert [one.day for one in await chains(store)] == ["2027-06-30", "2027-07-01"]


async def test_what_is_noted_late_goes_into_the_chain_of_its_own_day(
    store: Away, recorder: Recorder
) -> None:
    for number, days in enumerate((0, 1, 0, 2, 0, 1)):
        read(recorder, number, NOON + days * DAY)
        if number % 2:
            await recorder.flush()
    found = await chains(store)
    assert [(one.day, len(one.lines), one.faults()) for one in found] == [
        ("2027-02-01", 3, []), ("2027-02-02", 2, []), ("2027-02-03", 1, []),
    ]  # fmt: skip


async def test_a_look_that_fails_is_counted_and_keeps_no_other_from_it(
    store: Away, recorder: Recorder
) -> None:
    def broken() -> None:
        raise ValueError("no card")

    recorder.later(broken)
    recorder.later(lambda: read(recorder, 1))
    await recorder.flush()
    assert [(one.by, one.what, one.about) for one in await lines(store)] == [
        ("mark1", What.STORY, ""), ("", What.LOST, "1"),
    ]  # fmt: skip


async def test_many_are_written_in_transactions_of_a_hundred_at_most(
    store: Away, recorder: Recorder
) -> None:
    for number in range(250):
        read(recorder, number)
    await recorder.flush()
    assert len(await lines(store)) == 250
    assert max(store.sizes) <= MAX_OPERATIONS


async def test_while_the_storage_is_away_lines_wait_and_come_in_their_order(
    store: Away, recorder: Recorder
) -> None:
    store.before = True
    for number in range(120):
        read(recorder, number)
        if number % 40 == 0:
            await recorder.flush()
    assert await lines(store) == []
    store.before = False
    await recorder.flush()
    assert [one.by for one in await lines(store)] == [f"mark{number}" for number in range(120)]


async def test_a_write_that_did_not_say_so_is_not_written_again(
    store: Away, recorder: Recorder
) -> None:
    read(recorder, 1)
    await recorder.flush()
    store.after = True
    read(recorder, 2)
    await recorder.flush()
    read(recorder, 3)
    store.after = False
    await recorder.flush()
    read(recorder, 4)
    await recorder.flush()
    assert [one.by for one in await lines(store)] == ["mark1", "mark2", "mark3", "mark4"]
    assert len(await chains(store)) == 1


async def test_over_the_bound_lines_are_counted_and_one_line_says_how_many(
    store: Away, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_WAITING == 10_000
    monkeypatch.setattr(module, "MOST_WAITING", 5)
    store.before = True
    for number in range(12):
        read(recorder, number)
    store.before = False
    await recorder.flush()
    found = await lines(store)
    assert [one.by for one in found[:5]] == [f"mark{number}" for number in range(5)]
    assert [(one.what, one.about) for one in found[5:]] == [(What.LOST, "7")]
    read(recorder)
    await recorder.flush()
    assert (await lines(store))[-1].what is What.STORY, "said once"


async def test_one_that_cannot_be_written_at_all_is_counted_and_keeps_no_other_from_it(
    store: Away, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ValueError("no key")

    with monkeypatch.context() as patch:
        patch.setattr(module, "index_row", broken)
        read(recorder, 1)
        await recorder.flush()
    read(recorder, 2)
    await recorder.flush()
    assert [(one.by, one.what, one.about) for one in await lines(store)] == [
        ("mark2", What.STORY, ""), ("", What.LOST, "1"),
    ]  # fmt: skip


async def test_a_chain_that_somebody_else_wrote_into_is_left_as_it_is(
    store: Away, recorder: Recorder
) -> None:
    read(recorder, 1)
    await recorder.flush()
    (before,) = await chains(store)
    row = await store.get(TABLE, before.name, HEAD)
    assert row is not None
    await store.put(TABLE, Row(row.partition, HEAD, {**row.values, "hash": "x"}))
    read(recorder, 2)
    for _ in range(2):
        await recorder.flush()
    found = {one.name: one for one in await chains(store)}
    assert found.pop(before.name).faults() == ["line 1 was changed"]
    (anew,) = found.values()
    assert ([one.by for one in anew.lines], anew.faults()) == (["mark2"], [])


async def test_what_waits_is_written_when_the_copy_is_asked_to_stop(
    store: Away, recorder: Recorder
) -> None:
    read(recorder)
    await recorder.quiet()
    assert len(await lines(store)) == 1


# Who opened something -----------------------------------------------------------------------------


async def test_the_index_has_somebody_once_a_day_and_gives_the_first(
    store: Away, recorder: Recorder
) -> None:
    for days in (0, 0, 3, 3):
        recorder.note(What.FEEDBACK, NOON + days * DAY, "m", "c1", of="other1")
    recorder.note(What.FEEDBACK, NOON + DAY, "m", "c1", of="nurse")
    recorder.note(What.REFUSED, NOON, "x", "c1", about="see_asked")
    recorder.note(What.SENT, NOON, "y", "c1", of="manager", about="manager-ask")
    await recorder.flush()
    found = await readers_of(store, ["c1", "c2"])
    assert [(one.by, one.what, one.of, one.first) for one in found] == [
        ("m", What.FEEDBACK, "nurse", date(2027, 2, 2)),
        ("m", What.FEEDBACK, "other1", date(2027, 2, 1)),
    ]
    index = [row async for row in store.query(TABLE, partition="of.c1")]
    assert len(index) == 3


async def test_who_opened_something_is_one_query_a_conversation_and_no_scan(
    recorder: Recorder, store: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(200):
        read(recorder, number)
    await recorder.flush()
    asked: list[dict[str, Any]] = []
    real: Callable[..., Any] = store.query

    def query(table: str, **bounds: Any) -> Any:
        asked.append(bounds)
        return real(table, **bounds)

    monkeypatch.setattr(store, "query", query)
    assert len(await readers_of(store, ["c7", "c8", "c7"])) == 2
    assert asked == [{"partition": "of.c7"}, {"partition": "of.c8"}]


async def test_a_kill_between_the_two_writes_leaves_somebody_named_rather_than_not(
    store: Away, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = store.commit

    async def killed(table: str, operations: Sequence[Operation]) -> Sequence[Row]:
        if len(operations) > 1:
            raise asyncio.CancelledError
        return await real(table, operations)

    monkeypatch.setattr(store, "commit", killed)
    read(recorder, 1)
    with pytest.raises(asyncio.CancelledError):
        await recorder.flush()
    assert [one.by for one in await readers_of(store, ["c1"])] == ["mark1"]


# Kept for twelve months ---------------------------------------------------------------------------


async def test_what_is_older_goes_and_what_is_not_stays_whole(
    store: Away, recorder: Recorder
) -> None:
    for days in range(4):
        for number in range(150):
            read(recorder, number, NOON + days * DAY)
    await recorder.flush()
    assert await forget_before(store, date(2027, 2, 3)) == 2 * (150 + 1 + 150)
    found = await chains(store)
    assert [one.day for one in found] == ["2027-02-03", "2027-02-04"]
    assert [one.faults() for one in found] == [[], []]
    assert {one.first for one in await readers_of(store, ["c7"])} == {date(2027, 2, 3)}
    assert await forget_before(store, date(2027, 2, 3)) == 0


@pytest.mark.parametrize("kill", range(14))
async def test_killed_anywhere_and_begun_again_it_leaves_nothing_behind(
    store: Away, recorder: Recorder, kill: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(450):
        read(recorder, number % 5, NOON + (number // 150) * DAY)
    await recorder.flush()
    left = kill

    def count(real: Callable[..., Any]) -> Callable[..., Any]:
        async def one(*given: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise Unavailable("killed")
            return await real(*given, **named)

        return one

    with monkeypatch.context() as patch:
        patch.setattr(store, "commit", count(store.commit))
        patch.setattr(store, "delete", count(store.delete))
        with pytest.raises(Unavailable):
            await forget_before(store, date(2027, 2, 3))
    half = [one for one in await chains(store) if one.faults()]
    assert all(one.head is None for one in half), "what is half removed has no head, and says so"
    await forget_before(store, date(2027, 2, 3))
    assert [(one.day, one.faults()) for one in await chains(store)] == [("2027-02-03", [])]
    rows = [row async for row in store.query(TABLE)]
    assert not [row for row in rows if row.partition < "2027-02-03" or row.key < "2027-02-03"]


async def test_the_night_removes_what_is_over_a_year_old(store: Away, recorder: Recorder) -> None:
    read(recorder, 1)
    read(recorder, 2, NOON + DAY)
    await recorder.flush()
    partnership = read_partnership(SUFFOLK)
    year = partnership.office.add_months(NOON, partnership.kept.reads_months)
    assert await OldReads(store, lambda: year, partnership).look() == 0
    assert await OldReads(store, lambda: year + DAY, partnership).look() == 3
    assert [one.by for one in await lines(store)] == ["mark2"]
