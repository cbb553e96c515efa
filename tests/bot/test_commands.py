"""Commands an operator runs beside the bot."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from bot.commands.evaluation import read, write
from bot.settings import Settings
from cards import wording
from records.memory import MemoryStore
from records.periods import Period
from records.tables import TableStore
from tests.dialogs.conftest import House

ROOT = Path(__file__).parents[2]
Q1 = Period(first=date(2027, 1, 1), last=date(2027, 3, 31))


async def test_the_files_hold_what_the_evaluation_shows(tmp_path: Path) -> None:
    house = House(MemoryStore())
    await house.held()
    figures, quotes = await read(house.store, Q1, house.at)
    book, text = write(figures, quotes, tmp_path / "new" / "folder", house.at)
    rows = openpyxl.load_workbook(book)[wording.SHEET_NAMES["requests"]]
    assert [cell.value for cell in rows["B"]][1:3] == [1, 1]
    assert text.read_bytes().startswith(b"PK")
    assert {path.name for path in book.parent.iterdir()} == {
        "evaluation-2027-01-01-to-2027-03-31.xlsx",
        "evaluation-2027-01-01-to-2027-03-31.docx",
    }


def run(connection: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    ours = {name.upper() for name in Settings.model_fields}
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    settings = {"DEMO": "true", "TABLES_CONNECTION_STRING": connection, "TABLES_PREFIX": "cmd"}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=clean | settings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


async def test_an_operator_gets_both_files_from_the_tables(azurite: str, tmp_path: Path) -> None:
    store = TableStore(azurite, clock=lambda: datetime.now(UTC), prefix="cmd")
    house = House(store)
    await house.held()
    await store.close()
    days = ("--from", "2027-01-01", "--to", "2027-03-31")
    done = run(azurite, "evaluation", *days, "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    book, _ = done.stdout.splitlines()
    rows = openpyxl.load_workbook(book)[wording.SHEET_NAMES["requests"]]
    assert [cell.value for cell in rows["B"]][1:3] == [1, 1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("evaluation",),
        ("evaluation", "--from", "2027-03-01", "--to", "2027-01-01", "--out", "."),
        ("evaluation", "--from", "yesterday", "--to", "2027-01-01", "--out", "."),
    ],
)
def test_what_makes_no_sense_is_said_on_a_line(azurite: str, arguments: tuple[str, ...]) -> None:
    done = run(azurite, *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
