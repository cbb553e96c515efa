"""A house with a ledger beside its tables, and commands over it."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.commands.erase import erase
from bot.commands.parts import OperatorParts
from bot.ledger import FilePlace
from records.addresses import Holders
from records.directory import Directory
from records.drafts import Drafts
from records.register.register import Register
from records.rights.erasing import Eraser
from records.store.contract import Store
from scheduler.upkeep.closing import Closing
from scheduler.upkeep.erasing import Erasing
from tests.retention.nights import rows_of
from tests.security.cast import PLAYERS, Marked

PAT: Final = PLAYERS["pat"][1]
REASON: Final = "objection-upheld"


def parts(house: Marked, store: Store | None = None) -> OperatorParts:
    """What a command works with, at the house's time; over other tables where some are given."""
    there = store or house.store
    directory = Directory(there)
    register = Register(there, house.timetable, certain=directory.certain)
    holders = Holders(there, directory.find, None)
    return OperatorParts(there, directory, holders, register, house.clocks)


async def erased(house: Marked, folder: Path, who: str = PAT, **how: bool) -> int:
    """The exit code of `erase WHO --for-real`."""
    return await erase(
        parts(house),
        FilePlace(folder / "ledger"),
        who,
        REASON,
        for_real=how.get("for_real", True),
        by="op",
    )


async def at_night(house: Marked, folder: Path) -> int:
    """The bot's own look, over an hour later."""
    house.at += timedelta(hours=2)
    there = parts(house)
    eraser = Eraser(there.register, house.directory, Drafts(house.store), house.now)
    closing = Closing(house.store, house.reach, house)
    ledger = FilePlace(folder / "ledger")
    return await Erasing(house.store, eraser, closing, house.clocks, ledger).look()


async def left_of(house: Marked, *words: str) -> set[tuple[str, str, str]]:
    """Where one of these still stands, in whatever part of a row of any table."""
    return await rows_of(house, *words)
