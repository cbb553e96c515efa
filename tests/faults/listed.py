"""Whether the lists hold at the end what they should: all that a repair would write, row by row."""

from collections.abc import Iterable, Mapping

from records.board.board import BOARD
from records.conversation.snapshot import TABLE
from records.partnership import SUFFOLK, read_partnership
from records.register.projections import BY_MAIL, BY_PERSON
from records.register.repair import repair
from records.store.contract import Store, Value
from records.store.memory import MemoryStore
from records.timetable.timetable import Timetable
from tests.faults.world import Plan

Rows = dict[tuple[str, str, str], Mapping[str, Value]]


async def behind(store: Store, plans: Iterable[Plan]) -> list[tuple[str, int]]:
    """The references of conversations whose lists are wrong, with how many rows.

    Board, people's own lists, who is named and figures are made once more from the conversations
    alone, in memory. A row too many is none: it counts only while its conversation's row names it.
    """
    anew, found = MemoryStore(), list[tuple[str, int]]()
    for plan in plans:
        async for row in store.query(TABLE, partition=plan.conversation.id):
            await anew.put(TABLE, row)
    await repair(anew, Timetable(read_partnership(SUFFOLK)))
    should, there = await _rows(anew), await _rows(store)
    for plan in plans:
        mine = [one for one in should if plan.conversation.id in one[2]]
        missing = [one for one in mine if not _says(there.get(one, {}), should[one])]
        if missing or not mine:
            found.append((plan.conversation.reference, len(missing)))
    return found


async def _rows(store: Store) -> Rows:
    return {
        (table, row.partition, row.key): row.values
        for table in (BOARD, BY_PERSON, BY_MAIL)
        async for row in store.query(table)
    }


def _says(there: Mapping[str, Value], should: Mapping[str, Value]) -> bool:
    """The same, whichever version has written it."""
    return all(there.get(name) == value for name, value in should.items() if name != "schema")
