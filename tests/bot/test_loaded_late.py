"""What a bot process does without until it is first needed: it starts sooner, in less memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

LATE = (
    "azure.identity",  # tables without a key
    "bot.commands.evaluation",
    "bot.commands.export",
    "bot.commands.migrate",
    "bot.commands.parked",
    "bot.commands.people",
    "bot.commands.restore",
    "bot.demo",  # where it is no demo
    "docx",  # a Word file that somebody asks for
    "email_validator",  # an address
    "icalendar",  # a date as a file
    "lxml",
    "matplotlib",  # the pictures of a report
    "bot.teams.entra",  # a token from Microsoft
    "records.learning.word_cleaning",  # a Word file that is handed in
    "records.learning.word_sorts",
    "xlsxwriter",  # a workbook
)
SERVES = "import bot.app, bot.serving, bot.__main__"


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules of a fresh process that is about to serve."""
    done = subprocess.run(
        [sys.executable, "-c", f"{SERVES}, json, sys; print(json.dumps([*sys.modules]))"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("name", LATE)
def test_it_is_not_loaded_before_it_is_needed(loaded: set[str], name: str) -> None:
    assert "bot.app" in loaded
    assert name not in loaded
