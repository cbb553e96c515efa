"""Commands an operator runs beside the bot."""

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from bot.commands.evaluation import read, write
from bot.settings import Settings
from cards.wording import wording
from records.evaluation.periods import Period
from records.store.azure import TableStore
from records.store.memory import MemoryStore
from tests.dialogs.conftest import House

ROOT = Path(__file__).parents[3]
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


def run(connection: str, *arguments: str, prefix: str = "cmd") -> subprocess.CompletedProcess[str]:
    ours = {name.upper() for name in Settings.model_fields}
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    settings = {"DEMO": "true", "TABLES_CONNECTION_STRING": connection, "TABLES_PREFIX": prefix}
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


COMMANDS = (
    "serve", "evaluation", "export", "hold", "import", "subject-access", "erase", "migrate",
    "parked", "people", "audit", "retention", "partnership",
)  # fmt: skip


def bare(*arguments: str) -> subprocess.CompletedProcess[str]:
    """With no setting at all: an environment that is empty."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env={},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_help_names_every_command_without_a_setting() -> None:
    done = bare("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: python -m bot [-h] [COMMAND ...]")
    assert tuple(re.findall(r"^ {4}([\w-]+)", done.stdout, re.MULTILINE)) == COMMANDS


@pytest.mark.parametrize(
    ("arguments", "takes"),
    [
        (("serve",), ""),
        (("evaluation",), "--from DAY --to DAY --out FOLDER"),
        (("export",), "--out FILE"),
        (("import",), "[--no-ledger] FILE"),
        (("subject-access",), "[--out FILE] [--release ID [ID ...]] [--reason TEXT]"),
        (("erase",), "--reason CODE [--for-real] WHO"),
        (("migrate",), ""),
        (("parked",), "[--release [ID ...]] [--all]"),
        (("people",), "{find,conflicts,settle}"),
        (("people", "find"), "ADDRESS"),
        (("people", "conflicts"), ""),
        (("people", "settle"), "ADDRESS PERSON"),
        (("audit",), "[--heads FILE] REFERENCE"),
        (("partnership",), "{check,template}"),
        (("partnership", "check"), "FILE"),
        (("partnership", "template"), ""),
    ],
    ids=" ".join,
)
def test_a_commands_own_help_needs_no_setting(arguments: tuple[str, ...], takes: str) -> None:
    done = bare(*arguments, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    usage = " ".join(("usage: python -m bot", *arguments, "[-h]", takes)).strip()
    assert " ".join(done.stdout.split()).startswith(usage)
    assert len(arguments) > 1 or "Exit codes: 0 " in done.stdout


def test_a_command_that_there_is_not_is_told_with_those_that_there_are() -> None:
    done = bare("exprot", "--out", "x")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"There is no command 'exprot'. There are: {', '.join(COMMANDS)}.\n"


@pytest.mark.parametrize("arguments", [(), ("serve",), ("export", "--out", "x")], ids=" ".join)
def test_what_works_on_records_says_which_settings_are_missing(arguments: tuple[str, ...]) -> None:
    done = bare(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    first, *rest = done.stderr.splitlines()
    assert first == "The bot cannot start:"
    assert any("TABLES_CONNECTION_STRING" in line for line in rest)


def test_what_makes_no_sense_is_told_before_any_setting_is_missed() -> None:
    done = bare("evaluation", "--from", "2027-03-01", "--to", "2027-01-01", "--out", ".")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("error: --from has to be before --to")


def test_too_much_is_told_under_the_name_that_was_typed() -> None:
    done = bare("partnership", "template", "extra")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("python -m bot: error: ")


def test_nothing_of_the_product_is_loaded_for_help() -> None:
    said = """
import sys
from bot.commands.line import asked_for
try:
    asked_for(["evaluation", "--help"])
finally:
    print("LOADED", *sorted({name.partition(".")[0] for name in sys.modules}))
"""
    done = subprocess.run(
        [sys.executable, "-c", said],
        cwd=ROOT,
        env={},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "bot" in loaded
    assert not loaded & {"aiohttp", "asyncio", "cards", "dialogs", "pydantic", "records"}
