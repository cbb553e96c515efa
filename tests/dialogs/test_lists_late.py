"""What somebody sees where another copy has replied and was killed before it came to its lists."""

from typing import Any

import pytest

from records.board.board import BOARD
from records.outbox.due import TABLE as DUE
from records.outbox.due import due
from records.register.projections import BY_PERSON
from records.store.contract import Row
from records.store.memory import MemoryStore
from scheduler.upkeep.afterwards import Afterwards
from tests.dialogs.conftest import House


class Killed(Afterwards):
    """The process ends with each reply: nothing that was left for later is ever done."""

    def later(self, errand: Any) -> None:
        self.left = True


@pytest.fixture
def killed(house: House) -> House:
    """From now on nobody comes to the lists; the request was sent and agreed before."""
    house.register._later = Killed().later
    return house


async def _rows(house: House, table: str) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row.partition, row.key): dict(row.values) for row in await house.dump(table)}


async def test_a_reply_is_shown_before_the_lists_are_written() -> None:
    class Watched(MemoryStore):
        shown = 0

        async def put(self, table: str, row: Row) -> Row:
            if table == BOARD:
                seen.append(
                    len(house.people["priya"].chat[-1].summary) > 0 and house.shown("priya")
                )
            return await super().put(table, row)

    seen: list[Any] = []
    house = House(Watched())
    await house.requested()
    assert seen
    assert all("LC-" in str(one) for one in seen), "the receipt was there already"


async def test_whoever_asks_for_their_requests_sees_the_one_they_just_sent(killed: House) -> None:
    key = await killed.requested()
    reference = (await killed.record(key)).reference
    assert await killed.dump(BOARD) == []
    await killed.say("priya", "my requests")
    assert reference in killed.shown("priya")


async def test_a_sweep_within_a_minute_writes_what_repair_would_write(house: House) -> None:
    await house.requested()
    house.register._later = Killed().later
    await house.tap("martin", "Agree")
    await house.tap("fay", "I'll facilitate")
    await house.tap("fay", "Yes, and I'll facilitate")
    await house.skip(seconds=50)
    now = {table: await _rows(house, table) for table in (BOARD, BY_PERSON)}
    left = [one async for one in due(house.store, house.at) if one.prompt.startswith("lists")]
    assert left == []
    await house.sweep.mend()
    assert now == {table: await _rows(house, table) for table in (BOARD, BY_PERSON)}


async def test_the_board_says_where_a_conversation_stands_before_its_rows_do(house: House) -> None:
    key = await house.requested()
    await house.tap("martin", "Agree")
    house.register._later = Killed().later
    await house.tap("fay", "I'll facilitate")
    await house.tap("fay", "Yes, and I'll facilitate")
    reference = (await house.record(key)).reference
    await house.say("idris", "board")
    await house.tap("idris", "To pick up")
    assert reference not in house.shown("idris")
    await house.say("idris", "waiting")
    assert reference not in house.shown("idris")


async def test_pointers_to_lists_are_gone_once_a_turn_is_over(house: House) -> None:
    await house.held()
    assert not [row for row in await house.dump(DUE) if "lists" in row.key]
