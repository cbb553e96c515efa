"""`make pythons`: the Pythons that are there are tried, and those that are not are named."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci" / "pythons"
# Answers to its version, makes environments out of itself, and runs tests as it is told to.
PYTHON = """#!{bash}
case "$*" in
    *"version_info"*) [[ "$*" == *"'{version}'"* ]] ;;
    "-m venv"*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
    "-m pytest"*) echo "{version}: $*"; exit {ends} ;;
esac
"""


class Machine:
    """A folder with the script, and a path on which nothing else is found."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "path"
        (folder / ".ci").mkdir()
        self.path.mkdir()
        shutil.copy(SCRIPT, folder / ".ci" / "pythons")
        (folder / "requirements-dev.lock").write_text("first")
        for tool in ("bash", "cmp", "cp", "dirname", "mkdir", "rm"):
            (self.path / tool).symlink_to(str(shutil.which(tool)))

    def has(self, version: str, at: Path, ends: int = 0) -> None:
        at.parent.mkdir(parents=True, exist_ok=True)
        bash = self.path / "bash"
        at.write_text(PYTHON.format(bash=bash, version=version, ends=ends))
        at.chmod(0o755)

    def run(self, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.path / "bash", self.folder / ".ci" / "pythons", "tests/cards"],
            env={"PATH": str(self.path), "HOME": str(self.folder), **more},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_each_is_tried_wherever_it_lies_and_the_others_are_named(machine: Machine) -> None:
    machine.has("3.11", machine.path / "python3.11")
    machine.has("3.13", machine.folder / ".pyenv" / "versions" / "3.13.0" / "bin" / "python")
    done = machine.run()
    assert done.returncode == 0, done.stderr
    tried = [line for line in done.stdout.splitlines() if "pytest" in line]
    assert tried == [f"{version}: -m pytest -q tests/cards" for version in ("3.11", "3.13")]
    assert done.stdout.splitlines()[-3:] == [
        "Python 3.11: passed",
        "Python 3.12: not here",
        "Python 3.13: passed",
    ]


def test_one_that_fails_fails_all_but_the_next_is_still_tried(machine: Machine) -> None:
    machine.has("3.12", machine.folder / "mine" / "one", ends=1)
    machine.has("3.13", machine.folder / "mine" / "two")
    done = machine.run(PYTHON=f"{machine.folder}/mine/one {machine.folder}/mine/two")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-2:] == ["Python 3.12: failed", "Python 3.13: passed"]


def test_with_none_at_all_nothing_was_shown_to_work(machine: Machine) -> None:
    assert machine.run().returncode == 1


def test_an_environment_is_made_anew_when_the_lock_file_changes(machine: Machine) -> None:
    machine.has("3.12", machine.path / "python3.12")
    assert "Installing" in machine.run().stdout
    assert "Installing" not in machine.run().stdout
    (machine.folder / "requirements-dev.lock").write_text("second")
    assert "Installing" in machine.run().stdout
