"""Ten years of conversations on the real tables: what the board and the evaluation cost then.

Rows are written to the board as the product writes them, in transactions instead of one by one.
Ratios: ten years beside one, and a share of the seconds a turn has.
"""

import asyncio
import contextlib
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from cards.evaluation.evaluation import choose, evaluation
from cards.wording import wording
from records.board import board
from records.board.board import BOARD
from records.board.list_entry import ListEntry
from records.board.places import OPEN as OPEN_ONES
from records.board.places import BoardView, of_view, places
from records.evaluation.closed import Closed, keep_closed
from records.evaluation.closing import count
from records.evaluation.facts import ASKED, HELD, Facts, to_row
from records.evaluation.periods import Period
from records.evaluation.queries import every_evaluated, latest
from records.people import PersonKey
from records.stages import Stage
from records.store.azure import TableStore
from records.store.codec import to_values
from records.store.contract import Create, Row, Value
from tests.cards.evaluation.invented import a_year

pytestmark = pytest.mark.bench
Record = Callable[[str, float], None]
YEARS, A_YEAR = 10, 1_000
TURN = 7.0
"""Seconds of a turn. Source: TURN_SECONDS."""
FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
NOW = datetime(2037, 2, 1, tzinfo=UTC)
ME = PersonKey("f" * 32)
NAMES = ("Suffolk Police", "Health Visiting", "Social Care", "Education", "Housing", "NSFT")
OPEN = (Stage.REQUESTED, Stage.AGREED, Stage.PICKED_UP, Stage.BOOKED)
OVER = (Stage.HELD, Stage.COMPLETE, Stage.COMPLETE, Stage.COMPLETE, Stage.NOT_THIS_ROUTE)


def conversations(count: int) -> Iterator[tuple[ListEntry, Facts]]:
    """As many as ten years bring, the latest hundred of them still on their way."""
    chance = random.Random(11)
    step = timedelta(days=365 * YEARS) / count
    for number in range(count):
        asked = FIRST + step * number
        stage = chance.choice(OPEN if number >= count - 100 else OVER)
        took_place = stage in (Stage.HELD, Stage.COMPLETE)
        held = asked + timedelta(days=chance.randint(5, 30))
        agencies = tuple(chance.sample(NAMES, 3))
        scale = [0] * 11
        for _ in range(4):
            scale[chance.randint(3, 10)] += 1
        key = f"{number:032x}"
        entry = ListEntry(
            conversation=key, reference=f"LC-{number:05}", stage=stage, since=held,
            agency=agencies[0], agencies=agencies, made_from=5, created=asked,
            due=held if stage in OPEN or stage is Stage.HELD else None,
            facilitator=ME if number % 5 == 0 else PersonKey(f"{number % 20:032x}"),
            facilitator_name="Fay Larsen",
        )  # fmt: skip
        numbers = Facts(
            conversation=key, made_from=5, asked=asked, stage=stage, agreed=True,
            level=str(number % 4 + 1), open_to="yes", agency=agencies[0],
            held=held if took_place else None, agencies=agencies if took_place else (),
            days=chance.randint(3, 20), came=5, in_time=3, later=1, scale=tuple(scale),
            outcome_due=held + timedelta(days=56),
            outcome=held + timedelta(days=57) if stage is Stage.COMPLETE else None,
        )  # fmt: skip
        yield entry, numbers


def rows(entry: ListEntry, numbers: Facts) -> Iterator[Row]:
    """What the product writes for one conversation."""
    kept: dict[str, Mapping[str, Value]] = {
        f"{ASKED}/{int(numbers.asked.timestamp()):010d}.{entry.conversation}": to_row(numbers)
    }
    if numbers.held:
        place = f"{HELD}/{int(numbers.held.timestamp()):010d}.{entry.conversation}"
        kept[place] = to_row(numbers)
    # Without the lists of words: nothing is searched for here, and they are most of the rows.
    lists = (place for place in places(entry) if not place.startswith("word-"))
    every = (*lists, *kept)
    for place in every:
        partition, _, key = place.partition("/")
        yield Row(partition, key, kept.get(place, {}))
    yield Row(
        board.ROWS,
        entry.conversation,
        to_values(entry.model_copy(update={"places": every})),
    )


async def fill(store: TableStore, count: int) -> None:
    partitions: dict[str, list[Row]] = defaultdict(list)
    for entry, numbers in conversations(count):
        for row in rows(entry, numbers):
            partitions[row.partition].append(row)
    batches = iter(
        [
            [Create(row) for row in every[start : start + 100]]
            for every in partitions.values()
            for start in range(0, len(every), 100)
        ]
    )

    async def work() -> None:
        for batch in batches:
            await store.commit(BOARD, batch)

    await asyncio.gather(*(work() for _ in range(4)))


@pytest.fixture
async def stores(azurite: str) -> AsyncIterator[tuple[TableStore, TableStore]]:
    """One year, and ten, each under a prefix of its own."""
    made = [
        TableStore(azurite, clock=lambda: datetime.now(UTC), prefix=name, timeout=30)
        for name in ("oneyear", "tenyears")
    ]
    for store, many in zip(made, (A_YEAR, YEARS * A_YEAR), strict=True):
        await fill(store, many)
    yield made[0], made[1]
    for store in made:
        await store.close()


async def first_page(store: TableStore) -> None:
    """What `board` reads: nine counts and a page."""
    for view in BoardView:
        await board.count(store, of_view(view, ME))
    page = await board.page(store, OPEN_ONES)
    assert len(page.entries) == 5


async def closed_years(store: TableStore, years: int) -> None:
    """So many years of closed periods, and a hundred conversations in the one that runs."""
    _, quarters = a_year()
    for year in range(years):
        first = date(2036 - year, 1, 1)
        for place, one in enumerate((*quarters, a_year()[0])):
            month, months = (3 * place + 1, 3) if place < len(quarters) else (1, 12)
            begins = first.replace(month=month)
            days = (begins + timedelta(days=31 * months)).replace(day=1) - timedelta(days=1)
            period = Period(first=begins, last=days)
            await keep_closed(store, Closed(period=period, closed_at=NOW, figures=one.figures))
    for number, (_, numbers) in enumerate(conversations(100)):
        at = int((NOW - timedelta(hours=number)).timestamp())
        for list_ in (ASKED, HELD):
            row = Row(list_, f"{at:010d}.{number:032x}", to_row(numbers))
            await store.put(BOARD, row)


async def figures(store: TableStore, periods: int) -> None:
    """What `evaluation` reads and draws."""
    every = await every_evaluated(store, NOW, wording.partnership)
    assert len([one for one in every if one.closed_at]) == periods
    found = latest(every)
    assert found is not None
    evaluation(found, 0)
    choose(every, found.period.key)


async def closing(store: TableStore) -> None:
    """What the night reads to close one quarter among ten years."""
    quarter = Period(first=date(2030, 4, 1), last=date(2030, 6, 30))
    found = await count(store, wording.partnership, quarter)
    assert found.held > 100


async def seconds(job: Callable[[], object]) -> float:
    """The quickest of three."""
    found = []
    for _ in range(3):
        begun = time.monotonic()
        await job()  # type: ignore[misc]  # every job here is a coroutine function
        found.append(time.monotonic() - begun)
    return min(found)


async def test_ten_years_of_the_board_and_the_evaluation(
    stores: tuple[TableStore, TableStore], record: Record
) -> None:
    one, ten = stores
    page = [await seconds(lambda s=s: first_page(s)) for s in (one, ten)]  # type: ignore[misc]
    record("board_first_page_ten_years_vs_one", page[1] / page[0])
    record("board_first_page_ten_years_share_of_turn", page[1] / TURN)
    record("evaluation_closing_share_of_turn", await seconds(lambda: closing(ten)) / TURN)


async def test_ten_years_of_closed_periods_are_read_about_as_fast_as_one(
    azurite: str, record: Record
) -> None:
    async with contextlib.AsyncExitStack() as closing_all:
        jobs = []
        for name, years in (("oneclosed", 1), ("tenclosed", YEARS)):
            store = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix=name, timeout=30)
            closing_all.push_async_callback(store.close)
            await closed_years(store, years)
            jobs.append(partial(figures, store, 5 * years))
        # In turn: what else the machine does meets both.
        took = [[await seconds(job) for job in jobs] for _ in range(3)]
    one, ten = map(min, zip(*took, strict=True))
    record("evaluation_ten_years_vs_one", ten / one)
    record("evaluation_ten_years_share_of_turn", ten / TURN)
