"""Commands an operator runs beside the bot."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from bot.commands.evaluation import LATEST, NoSuchPeriod, find, read, write
from bot.settings import Settings
from cards.wording import wording
from records.evaluation.closing import close_due
from records.evaluation.queries import every_evaluated
from records.store.azure import TableStore
from records.store.memory import MemoryStore
from tests.dialogs.conftest import House

ROOT = Path(__file__).parents[3]
LATER = datetime(2027, 7, 1, 10, tzinfo=UTC)
"""When all is closed."""
Q1 = "2027-01-01_2027-03-31"


async def test_the_files_hold_what_the_evaluation_shows(tmp_path: Path) -> None:
    house = House(MemoryStore())
    await house.held()
    await close_due(house.store, wording.partnership, LATER)
    every = await every_evaluated(house.store, LATER, wording.partnership)
    of = await read(house.store, every, Q1)
    book, text, figures = write(of, every, tmp_path / "new" / "folder", house.at)
    rows = openpyxl.load_workbook(book)[wording.SHEET_NAMES["conversations"]]
    assert [cell.value for cell in rows["B"]][2:4] == [1, 1]
    assert f"{Q1},2027-01-01,2027-03-31,2027-07-01,held,all,1,1" in figures.read_text()
    assert text.read_bytes().startswith(b"PK")
    assert {path.name for path in book.parent.iterdir()} == {
        "evaluation-2027-01-01-to-2027-03-31.xlsx",
        "evaluation-2027-01-01-to-2027-03-31.docx",
        "figures.csv",
    }


async def test_a_period_is_named_by_its_key_its_name_or_as_the_latest() -> None:
    house = House(MemoryStore())
    await house.held()
    before = await every_evaluated(house.store, house.at, wording.partnership)
    for asked in (LATEST, Q1, "", "pilot"):
        with pytest.raises(NoSuchPeriod):
            find(before, asked)
    await close_due(house.store, wording.partnership, LATER)
    every = await every_evaluated(house.store, LATER, wording.partnership)
    assert find(every, Q1).period.key == Q1
    assert find(every, LATEST).period.key == "2026-04-01_2027-03-31"
    pilot = every[0].model_copy(
        update={"period": every[0].period.model_copy(update={"name": "The pilot"})}
    )
    assert find([pilot], "the Pilot") is pilot
    with pytest.raises(NoSuchPeriod):
        find(every, "")


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
    await close_due(store, wording.partnership, LATER)
    await store.close()
    listed = run(azurite, "evaluation", "--list")
    assert f"{Q1}  closed 2027-07-01" in listed.stdout.splitlines(), listed.stderr
    done = run(azurite, "evaluation", "--period", Q1, "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    book, text, figures = done.stdout.splitlines()
    rows = openpyxl.load_workbook(book)[wording.SHEET_NAMES["conversations"]]
    assert [cell.value for cell in rows["B"]][2:4] == [1, 1]
    assert Path(text).is_file()
    assert Path(figures).name == "figures.csv"
    none = run(azurite, "evaluation", "--period", "2027-01-01_2027-01-31", "--out", str(tmp_path))
    assert (none.returncode, none.stderr) == (1, "")
    assert "There is no closed period" in none.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("evaluation",),
        ("evaluation", "--period", "latest"),
        ("evaluation", "--list", "--out", "."),
        ("evaluation", "--from", "2027-01-01", "--to", "2027-03-31", "--out", "."),
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
        (("evaluation",), "[--period PERIOD] [--out FOLDER] [--list]"),
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
    done = bare("evaluation", "--period", "latest")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("error: give --period and --out, or --list")


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
