"""Ten years of conversations on the real tables: what the board and the evaluation cost then.

Rows are written to the board as the product writes them, in transactions instead of one by one.
Ratios: ten years beside one, and a share of the seconds a turn has.
"""

import asyncio
import random
import time
import tracemalloc
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from cards.evaluation.evaluation import evaluation
from cards.wording import wording
from records.board import board
from records.board.board import BOARD
from records.board.list_entry import ListEntry
from records.board.places import OPEN as OPEN_ONES
from records.board.places import BoardView, of_view, places
from records.evaluation.facts import ASKED, HELD, Facts, to_row
from records.evaluation.periods import Period
from records.evaluation.queries import kept_figures
from records.people import PersonKey
from records.stages import Stage
from records.store.azure import TableStore
from records.store.codec import to_values
from records.store.contract import Create, Row, Value

pytestmark = pytest.mark.bench
Record = Callable[[str, float], None]
YEARS, A_YEAR = 10, 1_000
TURN = 7.0
"""Seconds of a turn. Source: TURN_SECONDS."""
FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
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
    for store, count in zip(made, (A_YEAR, YEARS * A_YEAR), strict=True):
        await fill(store, count)
    yield made[0], made[1]
    for store in made:
        await store.close()


async def first_page(store: TableStore) -> None:
    """What `board` reads: nine counts and a page."""
    for view in BoardView:
        await board.count(store, of_view(view, ME))
    page = await board.page(store, OPEN_ONES)
    assert len(page.entries) == 5


def whole(years: int) -> Period:
    return Period(first=date(2026, 1, 1), last=date(2026 + years, 1, 1))


async def figures(store: TableStore, period: Period, held_at_least: int) -> None:
    now = datetime(2036, 6, 1, tzinfo=UTC)
    found = await kept_figures(store, period, now, wording.partnership)
    assert found.held >= held_at_least
    evaluation(found, 0)


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
    year = await seconds(lambda: figures(ten, whole(1), 500))
    record("evaluation_one_year_of_ten_share_of_turn", year / TURN)
    decade = await seconds(lambda: figures(ten, whole(10), 5_000))
    record("evaluation_ten_years_share_of_turn", decade / TURN)
    record("evaluation_memory_ten_years_vs_one", await memory(ten, 10) / await memory(ten, 1))


async def memory(store: TableStore, years: int) -> float:
    """The most memory Python held at once, in bytes."""
    tracemalloc.start()
    await figures(store, whole(years), 500)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return float(most)
