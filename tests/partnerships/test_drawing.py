"""When a module is loaded makes no difference to what it draws."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cards.wording import NotChosen, use, wording
from records.partnership import read_partnership
from records.partnership.reading import SUFFOLK
from tests.dialogs.conftest import texts

ROOT = Path(__file__).parents[2]


def drawn(order: str) -> dict[str, Any]:
    done = subprocess.run(
        (sys.executable, "-m", "tests.partnerships.drawing", order),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_module_may_be_loaded_before_the_partnership_is_chosen() -> None:
    before, after = drawn("before"), drawn("after")
    assert before == after
    assert before["modules"] > 300
    shown = "\n".join(texts(card) for card in before["cards"])
    assert "First of all: is anybody in danger now?" in shown
    assert "If nothing changes, what keeps you awake?" in shown
    assert "Suffolk" not in shown


def test_nothing_is_drawn_before_anybody_said_whose_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(wording.__dict__, "partnership")
    with pytest.raises(NotChosen, match="no partnership is in use"):
        _ = wording.partnership
    found = read_partnership(SUFFOLK)
    use(found)
    assert wording.partnership is found
