"""Somebody is erased, an older backup is restored: the ledger is replayed before the bot may start,
and nothing comes back."""

import asyncio
import json
from pathlib import Path

import pytest

from bot import serving
from bot.commands.export import export
from bot.commands.restore import NoLedger, come_back
from bot.ledger import FilePlace
from bot.settings import Settings
from bot.stores import EVERY_TABLE
from records.backup.copying import everything
from records.backup.form import BackupRow
from records.backup.restoring import NotEmpty
from records.rights.ledger import BadLedger, parsed, read_ledger
from records.rights.replaying import MARKS, marked
from records.store.memory import MemoryStore
from tests.retention.nights import ended, marks
from tests.retention.test_killed import Killed, dies_at, lives
from tests.rights.kept import PAT, erased, left_of, parts
from tests.security.cast import PLAYERS, Marked

NAME, MAIL = PLAYERS["pat"]
PRIYA, PRIYAS = PLAYERS["priya"]


async def before_and_after(folder: Path, *whom: str) -> tuple[Marked, Path, set[str]]:
    """A house after these were erased, and a backup from before."""
    house, state = await ended()
    backup = folder / "backup"
    await export(house.store, backup, house.at)
    words = set[str]()
    for one in whom or (PAT,):
        it = await house.record(state.a) if one == "A" else None
        words |= set() if it else {NAME, MAIL}
        assert await erased(house, folder, it.reference if it else one) == 0
        if it:
            words |= {state.a, it.reference, *(f"zq{mark}a" for mark in await _all(backup, house))}
    return house, backup, words


async def _all(backup: Path, house: Marked) -> set[str]:
    assert backup.exists()
    own = {"contact", "team"}  # Her own row remembers them.
    return (set(await marks(house)) | {"worry", "hopechild", "happenedpat"}) - own


def over(house: Marked, store: MemoryStore) -> Marked:
    """The same house over other tables, to look through them."""
    other = Marked()
    other.store, other.at = store, house.at
    return other


@pytest.mark.parametrize("whom", [(PAT,), ("A",), (PAT, "A")])
async def test_nothing_is_brought_back(tmp_path: Path, whom: tuple[str, ...]) -> None:
    house, backup, words = await before_and_after(tmp_path, *whom)
    store = MemoryStore()
    place = FilePlace(tmp_path / "ledger")
    done = await come_back(parts(house, store), backup, place)
    assert done.erased == len(whom)
    assert await left_of(over(house, store), *words) == set()
    assert await left_of(over(house, store), PRIYA)
    assert await marked(store) is None


async def test_without_the_ledger_nothing_is_written(tmp_path: Path) -> None:
    house, backup, _ = await before_and_after(tmp_path)
    store = MemoryStore()
    for place in (None, FilePlace(tmp_path / "elsewhere")):
        with pytest.raises(NoLedger):
            await come_back(parts(house, store), backup, place)
    (tmp_path / "bad").write_bytes((tmp_path / "ledger").read_bytes()[:-5])
    with pytest.raises(NoLedger):
        await come_back(parts(house, store), backup, FilePlace(tmp_path / "bad"))
    assert not any(store._tables.values())


async def test_told_so_it_comes_back_and_that_is_written_down(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    house, backup, words = await before_and_after(tmp_path)
    store = MemoryStore()
    done = await come_back(parts(house, store), backup, None, no_ledger=True)
    assert done.erased is None
    assert await left_of(over(house, store), *words)
    (row,) = [one async for one in store.query("erasures", partition="restored")]
    assert row.values["backup"] == done.end.digest
    assert "restored without a ledger" in caplog.text
    assert await marked(store) is None


async def test_a_ledger_that_lost_what_the_backup_knows_is_refused(tmp_path: Path) -> None:
    house, _, _ = await before_and_after(tmp_path)
    later = tmp_path / "later"
    await export(house.store, later, house.at)
    lines = (tmp_path / "ledger").read_bytes().splitlines(keepends=True)
    (tmp_path / "short").write_bytes(lines[0])
    store = MemoryStore()
    with pytest.raises(NoLedger, match="not whole"):
        await come_back(parts(house, store), later, FilePlace(tmp_path / "short"))
    done = await come_back(parts(house, store), later, FilePlace(tmp_path / "ledger"))
    assert done.erased == 0  # That backup has it done already.


async def test_killed_while_it_replays_the_bot_does_not_start_and_import_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    house, backup, words = await before_and_after(tmp_path)
    place = FilePlace(tmp_path / "ledger")
    whole = MemoryStore()
    count = dies_at(whole, 0, after=False)
    await come_back(parts(house, whole), backup, place)
    for number in range(1, count(), 40):
        store = MemoryStore()
        dies_at(store, number, after=True)
        with pytest.raises(Killed):
            await come_back(parts(house, store), backup, place)
        lives(store)
        there = await marked(store)
        assert there is not None
        assert await _starts(store, monkeypatch) == 2
        assert "does not start" in capsys.readouterr().err
        if there.whole:
            await come_back(parts(house, store), backup, place)
            assert await left_of(over(house, store), *words) == set()
            assert await marked(store) is None
        elif number > 1:
            with pytest.raises(NotEmpty):
                await come_back(parts(house, store), backup, place)


async def _starts(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(serving, "open_store", lambda *_: store)
    return await asyncio.wait_for(serving.serve(Settings(demo=True, port=0), ""), 5)


async def test_the_mark_is_in_no_backup() -> None:
    assert MARKS not in EVERY_TABLE


async def test_every_line_of_the_ledger_is_held_by_the_next(tmp_path: Path) -> None:
    await before_and_after(tmp_path, PAT, "A")
    text = (tmp_path / "ledger").read_bytes()
    lines = text.splitlines(keepends=True)
    assert len(parsed(text).entries) == 2
    for spoilt in (
        b"".join((lines[0], lines[2])),
        b"".join((lines[0], lines[2], lines[1])),
        lines[1],
        text.replace(b"objection-upheld", b"no-longer-needed", 1),
        text[:-1],
        b"",
        b"{}\n",
    ):
        with pytest.raises(BadLedger):
            parsed(spoilt)


async def test_who_has_the_ledger_can_try_a_guess_and_learns_no_more(tmp_path: Path) -> None:
    house, _, _ = await before_and_after(tmp_path)
    ledger = await read_ledger(FilePlace(tmp_path / "ledger"))
    assert ledger is not None
    (entry,) = ledger.entries
    assert ledger.of_mail(MAIL.upper()) in entry.digests
    assert ledger.of_mail(PRIYAS) not in entry.digests
    facts = [json.loads(line) for line in (tmp_path / "ledger").read_text().splitlines()]
    assert facts[1].keys() == {"id", "at", "of", "reason", "digests", "before", "hash"}
    assert house.at >= entry.at


async def test_that_it_is_done_is_copied_before_what_it_takes_away(tmp_path: Path) -> None:
    """Else a copy made meanwhile says that it is done, and holds what went."""
    house, _, _ = await before_and_after(tmp_path)
    seen = [
        line.table
        async for line in everything(house.store, EVERY_TABLE, tmp_path, lambda: None)
        if isinstance(line, BackupRow)
    ]
    assert seen[0] == "erasures"
    assert max(n for n, one in enumerate(seen) if one == "erasures") < seen.index("conversations")
