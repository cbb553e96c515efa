"""A restart with other questions: two processes, one after the other, over the same tables."""

import os
import subprocess
import sys
from pathlib import Path

from records.partnership import read_partnership
from tests.partnerships.two_sets import first, second

ROOT = Path(__file__).parents[2]


def test_what_was_answered_before_the_words_changed_stays_as_it_was_asked(
    azurite: str, tmp_path: Path
) -> None:
    for name, path in (("first", first(tmp_path)), ("second", second(tmp_path))):
        environment = {
            "SETS_FILE": str(path),
            "SETS_AZURITE": azurite,
            "SETS_NOTES": str(tmp_path / "notes.json"),
        }
        command = (
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("-p", "tests.partnerships.two_sets", "tests/partnerships/sets_walk.py"),
            *("-k", f"under_the_{name}_set"),
        )
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-6_000:]
        assert "1 passed" in done.stdout.splitlines()[-1]


def test_the_second_file_is_sound_and_raises_its_numbers(tmp_path: Path) -> None:
    was, now = read_partnership(first(tmp_path)), read_partnership(second(tmp_path))
    for name in type(was.questions).model_fields:
        assert getattr(now.questions, name) == getattr(was.questions, name) + 1
    assert "worries" not in {one.id for one in now.learning.sections}
