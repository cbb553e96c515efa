"""`export` and `import` as an operator meets them."""

import gzip
import io
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.commands import export as exporting
from bot.commands import restore as restoring
from bot.commands.export import export
from bot.commands.progress import Progress
from bot.commands.restore import bring_back
from bot.ledger import FilePlace
from bot.settings import Settings
from bot.stores import EVERY_TABLE
from records.backup.form import Unfit
from records.backup.restoring import NotEmpty
from records.conversation.snapshot import audit_row, chained, read_file, record_row
from records.rights.ledger import begun
from records.store.contract import Row, Unavailable
from records.store.memory import MemoryStore
from tests.faults.kept import ODD, all_of, filled
from tests.records.audit_chain import first_break

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)


@pytest.fixture
async def store() -> MemoryStore:
    made = MemoryStore()
    await made.create("drafts", Row("odd", "odd", ODD))
    for number in range(250):
        await made.create("people", Row("many", f"p{number:03}", {"text": "x" * 10_000}))
    return made


@pytest.fixture
async def backup(store: MemoryStore, tmp_path: Path) -> Path:
    await export(store, tmp_path / "backup", NOW)
    return tmp_path / "backup"


async def test_every_type_of_value_survives_and_many_rows_of_a_partition(
    store: MemoryStore, backup: Path
) -> None:
    other = MemoryStore()
    await bring_back(other, backup)
    assert await all_of(other) == await all_of(store)


async def test_only_its_owner_may_read_it_and_nothing_is_left_beside_it(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in backup.parent.iterdir()] == ["backup"]


async def test_a_backup_is_never_written_over(store: MemoryStore, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(FileExistsError):
        await export(store, backup, NOW)
    assert backup.read_bytes() == before


@pytest.mark.parametrize("calls", [len(EVERY_TABLE) + 1, 2 * len(EVERY_TABLE)])
async def test_one_that_fails_on_its_way_leaves_no_file(tmp_path: Path, calls: int) -> None:
    class Away(MemoryStore):
        asked = 0

        def query(self, table: str, **how: Any) -> AsyncIterator[Row]:
            self.asked += 1
            if self.asked == calls:
                raise Unavailable("away")
            return super().query(table, **how)

    store = Away()
    await store.create("conversations", Row("c1", "conversation", {"audit_sequence": 1}))
    with pytest.raises(Unavailable):
        await export(store, tmp_path / "backup", NOW)
    assert list(tmp_path.iterdir()) == []


async def test_a_trail_rewritten_as_a_whole_is_found_by_the_heads_of_the_day(
    tmp_path: Path,
) -> None:
    """The chain alone cannot tell: whoever rewrites all of it makes it hold again."""
    store = (await filled(5)).store
    day = await export(store, tmp_path / "day", NOW)
    assert day.conversations == 5
    await store.delete("drafts", "odd", "odd")
    assert (await export(store, tmp_path / "next day", NOW)).heads == day.heads
    file = await read_file(store, "c00001")
    assert file is not None
    forged, before = [], ""
    for line in file.audit:
        bare = line.model_copy(update={"by": "somebody else", "before": before, "hash": ""})
        forged.append(chained(bare))
        before = forged[-1].hash
    for line in forged:
        await store.put("conversations", audit_row("c00001", line))
    record = file.conversation.model_copy(update={"audit_head": before})
    await store.put("conversations", record_row(record, ""))
    assert first_break(forged, before) is None
    assert (await export(store, tmp_path / "forged", NOW)).heads != day.heads


def lines(backup: Path) -> list[bytes]:
    return gzip.decompress(backup.read_bytes()).splitlines(keepends=True)


def packed(backup: Path, kept: list[bytes]) -> bytes:
    return gzip.compress(b"".join(kept))


def swapped(line: bytes) -> bytes:
    found = json.loads(line)
    found["row"][3] = {}
    return json.dumps(found).encode() + b"\n"


SPOILT = {
    "cut": lambda path: path.read_bytes()[:-9],
    "cut in half": lambda path: path.read_bytes()[:500],
    "its last byte gone": lambda path: path.read_bytes()[:-1],
    "nothing": lambda _: b"",
    "not packed": lambda path: b"".join(lines(path)),
    "something else": lambda _: gzip.compress(b'{"a": 1}\n'),
    "a list": lambda _: gzip.compress(b"[]\n"),
    "no trailer": lambda path: packed(path, lines(path)[:-1]),
    "a row less": lambda path: packed(path, lines(path)[:2] + lines(path)[3:]),
    "a row twice": lambda path: packed(path, lines(path)[:2] + lines(path)[1:]),
    "a row changed": lambda path: packed(
        path, [*lines(path)[:2], swapped(lines(path)[2]), *lines(path)[3:]]
    ),
    "more after it": lambda path: packed(path, [*lines(path), b"{}\n"]),
    "rubbish after it": lambda path: path.read_bytes() + b"rubbish",
    "no header": lambda path: packed(path, lines(path)[1:]),
    "two headers": lambda path: packed(path, [lines(path)[0], *lines(path)]),
    "newer": lambda path: packed(
        path, [lines(path)[0].replace(b'"schema":2', b'"schema":9'), *lines(path)[1:]]
    ),
    "a table of another": lambda path: packed(
        path, [lines(path)[0], lines(path)[1].replace(b'"drafts"', b'"unknown"'), *lines(path)[2:]]
    ),
    "a bit turned": lambda path: (
        path.read_bytes()[:900]
        + bytes([path.read_bytes()[900] ^ 4])
        + path.read_bytes()[901:]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
async def test_a_file_that_is_not_whole_is_refused_before_anything_is_written(
    backup: Path, name: str
) -> None:
    spoilt = backup.with_name("spoilt")
    spoilt.write_bytes(SPOILT[name](backup))
    store = MemoryStore()
    with pytest.raises(Unfit) as refused:
        await bring_back(store, spoilt)
    assert "\n" not in str(refused.value)
    assert await all_of(store) == {}


@pytest.mark.parametrize("table", EVERY_TABLE)
async def test_tables_that_hold_anything_are_left_as_they_are(backup: Path, table: str) -> None:
    store = MemoryStore()
    await store.create(table, Row("a", "b", {"c": 1}))
    with pytest.raises(NotEmpty):
        await bring_back(store, backup)
    assert len(await all_of(store)) == 1


def test_a_bar_is_drawn_on_a_terminal_only() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown, piped = Terminal(), io.StringIO()
    for to in (shown, piped):
        progress = Progress(4, to)
        for _ in range(5):
            progress.add()
        progress.end()
    assert piped.getvalue() == ""
    drawn = shown.getvalue().split("\r")
    assert drawn[1].endswith("]  25%  1 rows")
    assert drawn[-1] == f"[{'#' * 30}] 100%  4 rows\n"


def settings(connection: str, prefix: str, ledger: Path | str = "") -> Settings:
    return Settings.model_construct(
        tables_connection_string=SecretStr(connection),
        tables_endpoint="",
        tables_prefix=prefix,
        erasure_ledger=str(ledger),
    )


@pytest.fixture
async def ledger(tmp_path: Path) -> Path:
    """One in which nothing stands yet."""
    await begun(FilePlace(tmp_path / "ledger"), bytes(32))
    return tmp_path / "ledger"


def test_an_operator_restores_backs_up_and_is_refused_on_one_line(
    azurite: str, backup: Path, ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = settings(azurite, "back", ledger)
    assert restoring.run(ours, backup) == 0
    restored = capsys.readouterr()
    assert exporting.run(ours, tmp_path / "again") == 0
    written = capsys.readouterr()
    assert restored.err == written.err == ""
    assert restored.out.splitlines()[-1] == written.out.splitlines()[-2]  # the audit heads
    assert lines(backup)[1:-1] == lines(tmp_path / "again")[1:-1]
    assert restoring.run(ours, backup) == 1
    refused = "Nothing was restored: the table 'drafts' is not empty. Use empty tables.\n"
    assert capsys.readouterr().out == refused


def test_without_tables_there_is_nothing_to_copy(
    backup: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = settings("", "")
    assert exporting.run(nowhere, backup.with_name("x")) == 1
    assert restoring.run(nowhere, backup) == 1
    assert capsys.readouterr().out.count("the settings name no tables") == 2


def test_a_file_that_is_not_there_or_not_ours_is_said_on_one_line(
    azurite: str, ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text").write_text("no backup")
    for name in ("text", "nowhere"):
        assert restoring.run(settings(azurite, "none", ledger), tmp_path / name) == 1
    text, nowhere = capsys.readouterr().out.splitlines()
    assert text.endswith("/text cannot be used, it does not begin as a backup of ours.")
    assert nowhere == "Nothing was restored: FileNotFoundError"
