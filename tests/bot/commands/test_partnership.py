"""Another partnership's file at a start, and the commands to write one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from records.partnership import SUFFOLK, TEMPLATE

ROOT = Path(__file__).parents[3]
BROKEN = "feedback_days = 2 ", "feedback_days = 0 "


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    ours = {name.upper() for name in Settings.model_fields}
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=clean | {"DEMO": "true"} | more,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.toml"
    path.write_text(TEMPLATE.read_text(encoding="utf-8").replace(*BROKEN), encoding="utf-8")
    return path


def place(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return f"line {text[: text.index('feedback_days')].count(chr(10)) + 1}: timings.feedback_days"


def test_a_broken_file_stops_the_start_with_the_line_and_the_reason(broken: Path) -> None:
    done = run(PARTNERSHIP_FILE=str(broken))
    assert done.returncode == 2
    assert done.stdout == ""
    first, *rest = done.stderr.splitlines()
    assert first == f"The bot cannot start: {broken} is not sound."
    assert rest == [f"  {place(broken)} is not right: input should be greater than or equal to 1."]


def test_a_file_that_is_not_there_stops_a_command_too(tmp_path: Path) -> None:
    done = run("export", "--out", "x", PARTNERSHIP_FILE=str(tmp_path / "none.toml"))
    assert done.returncode == 2
    assert "PARTNERSHIP_FILE: there is no file" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_template_passes_the_check_as_it_is_printed(tmp_path: Path) -> None:
    printed = run("partnership", "template")
    assert (printed.returncode, printed.stderr) == (0, "")
    own = tmp_path / "own.toml"
    own.write_text(printed.stdout, encoding="utf-8")
    done = run("partnership", "check", str(own))
    assert (done.returncode, done.stderr) == (0, "")
    told = done.stdout.splitlines()
    assert told[0] == f"{own} is sound: Exampleshire Safeguarding Partnership."
    assert "  Sentences in its own words: 1." in told
    assert "Please look at:" not in told


def test_the_check_tells_what_is_wrong_and_that_the_bot_would_not_start(broken: Path) -> None:
    done = run("partnership", "check", str(broken))
    assert done.returncode == 1
    assert done.stderr == ""
    first, second = done.stdout.splitlines()
    assert first == f"{broken} is not sound. The bot would not start with it:"
    assert second.startswith(f"  {place(broken)}")


@pytest.mark.parametrize("arguments", [("chek", "x"), ("check",)])
def test_what_makes_no_sense_is_two(arguments: tuple[str, ...]) -> None:
    done = run("partnership", *arguments)
    assert done.returncode == 2
    assert "usage: python -m bot partnership" in done.stderr


def test_what_is_worth_a_look_is_told_and_is_no_mistake(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    text = TEMPLATE.read_text(encoding="utf-8").replace('"All of us"', '"All users"')
    own.write_text(text, encoding="utf-8")
    done = run("partnership", "check", str(own))
    assert done.returncode == 0
    assert "Please look at:" in done.stdout
    assert "says “users”, a word that this product avoids." in done.stdout


def test_suffolks_own_file_is_checked_like_any_other() -> None:
    done = run("partnership", "check", str(SUFFOLK))
    assert done.returncode == 0
    assert "Sentences in its own words: all." in done.stdout
