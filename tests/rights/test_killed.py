"""An erasure that dies at any write of it is done to its end by the next command, or by the night:
nothing is left behind, nothing else has gone, and every chain holds."""

import contextlib
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.commands.subjects import NotCertain
from bot.ledger import FilePlace
from records.rights import erasures
from records.rights.ledger import read_ledger
from tests.records.audit_chain import first_break
from tests.retention.nights import ended, marks, values
from tests.retention.test_killed import Killed, _memory, dies_at, lives
from tests.rights.kept import PAT, at_night, erased, left_of
from tests.security.cast import PLAYERS, Copy, Marked

EVERY: Final = 5
"""One in so many writes in the suite."""
NAME, MAIL = PLAYERS["pat"]


async def _who(house: Marked, key: str, whom: str) -> str:
    return PAT if whom == "person" else (await house.record(key)).reference


async def _whole(before: Copy, key: str, whom: str, folder: Path) -> tuple[int, object]:
    """How many writes one takes, and what is there after it and a night."""
    house = Marked(before)
    count = dies_at(_memory(house), 0, after=False)
    assert await erased(house, folder, await _who(house, key, whom)) == 0
    writes = count()
    lives(_memory(house))
    await _rest(house, folder)
    return writes, await _kept(house)


async def _rest(house: Marked, folder: Path) -> None:
    """The night, and the sweep that does what a copy left behind."""
    await at_night(house, folder)
    house.at += timedelta(minutes=1)
    await house.sweep.run()


async def _kept(house: Marked) -> dict[tuple[str, str, str], dict[str, object]]:
    """All but the erasure's own row, which has an id and moments of its own; and but the moment and
    hash of what an audit line says."""
    found = await values(house)
    return {at: dict(row) for at, row in found.items() if at[0] != erasures.TABLE}


@pytest.mark.parametrize("by", ["command", "night"])
@pytest.mark.parametrize("whom", ["person", "conversation"])
async def test_one_that_dies_is_done_to_its_end(whom: str, by: str, tmp_path: Path) -> None:
    house, state = await ended()
    before = house.copy()
    writes, wanted = await _whole(before, state.a, whom, _folder(tmp_path, "whole"))
    assert writes > 10
    died = 0
    for number in range(1, writes + 1, EVERY):
        for after in (False, True):
            house, folder = Marked(before), _folder(tmp_path, f"{number}{after}")
            who = await _who(house, state.a, whom)
            dies_at(_memory(house), number, after=after)
            try:
                await erased(house, folder, who)
            except Killed:
                died += 1
            lives(_memory(house))
            if by == "command":
                await _once_more(house, folder, who)
            await _rest(house, folder)
            begun = [one async for one in erasures.every(house.store)]
            assert all(one.done for one in begun)
            if begun:  # It died after the row that says so: from there on it is done.
                assert await _kept(house) == wanted, (number, after)
                ledger = await read_ledger(FilePlace(folder / "ledger"))
                assert ledger is not None
                assert {one.id for one in begun} <= {one.id for one in ledger.entries}
            if whom == "person":
                file = await house.file(state.a)
                assert first_break(list(file.audit), file.conversation.audit_head) is None
    # Of writes that go out together one cannot die after the first and before the next.
    assert died > 1.5 * (writes // EVERY)


async def _once_more(house: Marked, folder: Path, who: str) -> None:
    # What had been begun is done first, and then there may be nobody.
    with contextlib.suppress(NotCertain):
        await erased(house, folder, who)


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    return folder


async def test_a_night_without_the_ledger_leaves_it_to_an_operator(tmp_path: Path) -> None:
    house, _ = await ended()
    dies_at(_memory(house), 1, after=True)
    with pytest.raises(Killed):
        await erased(house, tmp_path)
    lives(_memory(house))
    (tmp_path / "ledger").write_text("no ledger of ours\n")
    await at_night(house, tmp_path)
    assert await left_of(house, NAME)
    (tmp_path / "ledger").unlink()
    await at_night(house, tmp_path)
    assert not await left_of(house, NAME, MAIL)
    assert (await marks(house)).keys()
