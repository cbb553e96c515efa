"""Periods close once, the oldest first, and what comes later changes nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cards.wording import wording
from records.board.board import BOARD
from records.evaluation.closed import (
    CLOSED,
    COUNTS,
    FIGURES,
    Closed,
    closed,
    closed_for,
    every_closed,
    keep_collated,
    keep_counts,
)
from records.evaluation.closing import close_due, count
from records.evaluation.counted import counted
from records.evaluation.facts import ASKED, HELD, TO_HOLD, Facts, to_row
from records.evaluation.periods import Period
from records.evaluation.queries import evaluated, every_evaluated
from records.evaluation.shown import Figure, shown
from records.partnership import Partnership
from records.partnership.evaluated import Evaluation
from records.stages import Stage
from records.store.contract import Row
from records.store.memory import MemoryStore

Q4 = Period(first=date(2026, 10, 1), last=date(2026, 12, 31))
YEAR = Period(first=date(2026, 4, 1), last=date(2027, 3, 31))


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=UTC)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


async def add(
    store: MemoryStore, number: int | str, asked: str, held: str = "", **more: object
) -> Facts:
    plain = {
        "conversation": f"c{number}", "made_from": 1, "asked": at(asked), "agreed": True,
        "stage": Stage.COMPLETE if held else Stage.AGREED, "agency": "Social Care",
        "held": at(held) if held else None,
    }  # fmt: skip
    one = Facts.model_validate(plain | more)
    await put(store, one)
    return one


async def put(store: MemoryStore, one: Facts) -> None:
    row = to_row(one)
    for place, when in ((ASKED, one.asked), (HELD, one.held)):
        if when is not None:
            key = f"{int(when.timestamp()):010d}.{one.conversation}"
            await store.put(BOARD, Row(place, key, row))


async def keys(store: MemoryStore, partition: str) -> list[str]:
    return [row.key async for row in store.query(FIGURES, partition=partition)]


async def test_it_closes_as_soon_as_nothing_is_owed_and_the_oldest_first(
    store: MemoryStore,
) -> None:
    of = wording.partnership
    await add(store, 1, "2026-05-04", "2026-07-14")
    await add(store, 2, "2026-11-02", "2026-11-10")
    found = await close_due(store, of, at("2027-01-01"))
    assert [one.first for one in found] == [date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)]
    assert await close_due(store, of, at("2027-01-02")) == ()
    assert [one.period for one in await every_closed(store)] == list(found)
    assert len(await keys(store, COUNTS)) == 3, "the year is not over"


@pytest.mark.parametrize("owed", ["request", "outcome", "booked"])
async def test_what_is_owed_is_waited_for_for_twelve_weeks(store: MemoryStore, owed: str) -> None:
    of = wording.partnership
    if owed == "booked":
        await add(store, 1, "2026-09-30", stage=Stage.BOOKED)
        key = f"{int(at('2026-12-30').timestamp()):010d}.c1"
        await store.put(BOARD, Row(TO_HOLD, key, {}))
    else:
        held = "2026-12-30" if owed == "outcome" else ""
        await add(store, 1, "2026-12-29", held, stage=Stage.HELD if held else Stage.REQUESTED)
    day = Q4.ends(of.office) + timedelta(weeks=12)
    await close_due(store, of, day - timedelta(seconds=1))
    assert await closed(store, Q4) is None
    await close_due(store, of, day)
    assert await closed(store, Q4) is not None


async def test_before_it_closes_conversations_are_counted_and_nothing_else(
    store: MemoryStore,
) -> None:
    of = wording.partnership
    for number in range(12):
        await add(store, number, "2026-11-02", "2026-11-10", came=6, in_time=6, level="")
    found = await evaluated(store, Q4, at("2026-12-01"), of)
    assert found.closed_at is None
    assert {(one.table, one.exact) for one in found.figures} == {("asked", 12), ("held", 12)}
    await close_due(store, of, at("2027-01-04"))
    found = await evaluated(store, Q4, at("2027-01-05"), of)
    assert found.closed_at == at("2027-01-04")
    tables = {one.table for one in found.figures}
    assert {"asked", "held", "told", "people", "agencies"} <= tables


async def test_what_comes_later_is_counted_nowhere(store: MemoryStore) -> None:
    of = wording.partnership
    one = await add(store, 1, "2026-11-02", "2026-11-10")
    await close_due(store, of, at("2027-01-04"))
    before = await closed(store, Q4)
    await put(store, one.model_copy(update={"in_time": 5, "came": 5, "outcome": at("2027-01-20")}))
    await add(store, 2, "2026-12-30", "2026-12-31")
    await close_due(store, of, at("2027-04-20"))
    assert await closed(store, Q4) == before
    year = await closed(store, YEAR)
    assert year is not None
    assert Figure(table="asked", name="all", low=1, high=1) in year.figures


async def test_a_row_holds_only_what_is_shown_and_exact_counts_go_with_the_year(
    store: MemoryStore,
) -> None:
    of = wording.partnership
    everything = [
        await add(store, number, "2026-11-02", "2026-11-10", came=7, in_time=4, later=1)
        for number in range(14)
    ]
    await close_due(store, of, at("2027-01-04"))
    kept = await closed(store, Q4)
    assert kept is not None
    assert (
        kept.figures
        == shown(counted(everything, Q4, of), of)
        == shown(await count(store, of, Q4), of)
    )
    assert set(await keys(store, COUNTS)) >= {Q4.key}
    await close_due(store, of, at("2027-04-01"))
    assert await closed(store, YEAR) is not None
    assert await keys(store, COUNTS) == []


async def test_one_closes_it_whoever_comes_second(store: MemoryStore) -> None:
    of = wording.partnership
    await add(store, 1, "2026-11-02", "2026-11-10")
    await close_due(store, of, at("2027-01-04"))
    before = [row async for row in store.query(FIGURES, partition=CLOSED)]
    await store.delete(FIGURES, CLOSED, Q4.key)
    assert [one.key for one in await close_due(store, of, at("2027-01-05"))] == [Q4.key]
    assert [row.key async for row in store.query(FIGURES, partition=CLOSED)] == [
        row.key for row in before
    ]


async def test_a_quarter_is_shown_as_it_is_kept_for_its_year(store: MemoryStore) -> None:
    of = wording.partnership
    await add(store, 1, "2026-11-02", "2026-11-10")
    first = await count(store, of, Q4)
    await keep_counts(store, Q4, first)  # Another copy has counted, and died or is about to close.
    await add(store, 2, "2026-11-03", "2026-11-11")
    await close_due(store, of, at("2027-01-04"))
    found = await closed(store, Q4)
    assert found is not None
    assert Figure(table="held", name="all", low=1, high=1) in found.figures


async def test_a_year_is_never_made_of_some_of_its_quarters(store: MemoryStore) -> None:
    of = wording.partnership
    await add(store, 1, "2026-11-02", "2026-11-10")
    await close_due(store, of, at("2027-01-04"))
    await store.delete(FIGURES, COUNTS, Q4.key)
    await close_due(store, of, at("2027-04-20"))
    assert await closed(store, YEAR) is None


def with_agencies(*names: str) -> Partnership:
    of = wording.partnership
    names_of = of.partnership.model_copy(update={"agencies": names})
    return of.model_copy(update={"partnership": names_of})


def with_fewest(fewest: int) -> Partnership:
    of = wording.partnership
    thresholds = of.thresholds.model_copy(update={"fewest_people": fewest})
    return of.model_copy(update={"thresholds": thresholds})


async def asked_by(store: MemoryStore, month: str, **counts: int) -> None:
    for name, many in counts.items():
        for number in range(many):
            ends = {"held": f"{month}-20", "agencies": (name,)}
            await add(store, f"{month}{name}{number}", f"{month}-02", agency=name, **ends)


async def test_a_year_divides_no_quarter_again_where_the_file_has_changed(
    store: MemoryStore,
) -> None:
    """In another order another agency would be shown, and both together tell of the third."""
    await asked_by(store, "2026-11", A=6, B=3, C=5)
    await close_due(store, with_agencies("A", "B", "C"), at("2027-01-04"))
    await close_due(store, with_agencies("C", "A", "B"), at("2027-04-20"))
    quarter, year = await closed(store, Q4), await closed(store, YEAR)
    assert quarter is not None
    assert year is not None
    for one in (quarter, year):
        found = {row.name: row.low for row in one.figures if row.table == "asked-by"}
        assert found == {"A": 6, "others": 8}


async def test_a_year_shows_a_quarter_as_it_was_shown_where_fewer_or_more_are_enough(
    store: MemoryStore,
) -> None:
    await asked_by(store, "2026-11", A=13, B=6)
    for then, now in ((8, 5), (5, 8)):
        store = MemoryStore()
        await asked_by(store, "2026-11", A=13, B=6)
        await close_due(store, with_fewest(then), at("2027-01-04"))
        await close_due(store, with_fewest(now), at("2027-04-20"))
        quarter, year = await closed(store, Q4), await closed(store, YEAR)
        assert quarter is not None
        assert year is not None
        assert set(year.figures) == set(quarter.figures), (then, now)


async def test_quarters_are_put_together_by_agency_only_where_they_were_counted_so(
    store: MemoryStore,
) -> None:
    """An agency that has another name now would seem to have come to few."""
    await asked_by(store, "2026-08", A=8)
    await asked_by(store, "2026-11", A=8)
    await close_due(store, with_agencies("A", "B"), at("2027-01-04"))
    other = with_agencies("New A", "B")
    await close_due(store, other, at("2027-04-20"))
    year = await closed(store, YEAR)
    assert year is not None
    tables = {row.table for row in year.figures}
    assert "agencies" not in tables
    assert "told" in tables, "which has nothing to do with agencies"


async def test_counts_of_one_that_died_are_made_anew_where_the_file_has_changed(
    store: MemoryStore,
) -> None:
    await asked_by(store, "2026-11", A=12, B=5)
    before = with_agencies("A", "B")
    await keep_counts(store, Q4, await count(store, before, Q4))
    await close_due(store, with_agencies("New A", "B"), at("2027-01-04"))
    found = await closed(store, Q4)
    assert found is not None
    assert Figure(table="agencies", name="others", low=8, high=17) in found.figures


async def test_damaged_counts_stop_no_other_period(store: MemoryStore) -> None:
    of = wording.partnership
    await add(store, 1, "2026-05-04", "2026-05-14")
    await add(store, 2, "2027-05-04", "2027-05-14")
    await close_due(store, of, at("2027-01-04"))
    await store.put(FIGURES, Row(COUNTS, Q4.key, {"held": "many"}))
    await close_due(store, of, at("2028-04-20"))
    found = [one.period for one in await every_closed(store)]
    assert YEAR not in found
    assert Period(first=date(2027, 4, 1), last=date(2028, 3, 31)) in found


async def test_a_period_that_crosses_a_closed_one_is_never_closed(store: MemoryStore) -> None:
    of = wording.partnership
    await add(store, 1, "2026-11-02", "2026-11-10")
    await close_due(store, of, at("2027-01-04"))
    pilot = {"name": "Pilot", "first": date(2026, 11, 16), "last": date(2027, 3, 31)}
    other = of.model_copy(update={"evaluation": Evaluation.model_validate({"periods": [pilot]})})
    assert await close_due(store, other, at("2027-07-01")) != ()
    assert all(not one.period.name for one in await every_closed(store))
    shown_now = await every_evaluated(store, at("2027-07-02"), other)
    assert all(not one.period.name for one in shown_now)


async def test_its_writer_is_told_only_once_the_period_is_closed(store: MemoryStore) -> None:
    of = wording.partnership.evaluation
    day, later = date(2026, 11, 10), date(2027, 1, 4)
    assert await closed_for(store, of, day, date(2026, 12, 31)) is None
    assert await closed_for(store, of, day, later) is None
    await add(store, 1, "2026-11-02", "2026-11-10")
    await close_due(store, wording.partnership, at("2027-01-04"))
    found = await closed_for(store, of, day, later)
    assert found is not None
    assert found.period == Q4


@pytest.mark.parametrize(
    "file",
    [
        {"year_begins": 5},
        {"periods": [{"name": "Pilot", "first": date(2026, 11, 2), "last": date(2027, 3, 31)}]},
    ],
)
async def test_its_writer_is_told_though_the_file_has_other_periods_now(
    store: MemoryStore, file: dict[str, object]
) -> None:
    await add(store, 1, "2026-11-02", "2026-11-10")
    await close_due(store, wording.partnership, at("2027-01-04"))
    now = Evaluation.model_validate(file)
    found = await closed_for(store, now, date(2026, 11, 10), date(2027, 5, 4))
    assert found is not None
    assert found.period == Q4
    assert await closed_for(store, now, date(2027, 1, 10), date(2027, 5, 4)) is None


async def test_only_themes_are_added_to_a_closed_period(store: MemoryStore) -> None:
    theme = Figure(table="themes", name="Trust", low=6, high=6)
    await add(store, 1, "2026-11-02", "2026-11-10")
    await close_due(store, wording.partnership, at("2027-01-04"))
    one = Closed(period=Q4, closed_at=at("2027-01-09"), figures=(theme,))
    assert await keep_collated(store, one)
    assert not await keep_collated(store, one.model_copy(update={"figures": ()}))
    found = await closed(store, Q4)
    assert found is not None
    assert found.figures[-1] == theme
    assert (await every_closed(store))[-1] == found
    wrong = one.model_copy(update={"figures": (Figure(table="held", name="all", low=1, high=1),)})
    with pytest.raises(ValueError, match="no themes"):
        await keep_collated(store, wrong)
