"""The lock files say what is installed, never from where."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_python_package_has_a_hash_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    pinned = re.findall(r"^[a-z0-9][\w.-]*==\S+.*\\\n    --hash=sha256:", text, re.MULTILINE)
    lines = [line for line in text.splitlines() if line and not line.startswith(("    ", "#"))]
    assert len(pinned) == len(lines) > 30
    assert "://" not in text


BESIDE = [*(ROOT / "bench" / "locks").glob("*.in"), *(ROOT / "deploy" / "supply").glob("*.in")]
"""What is asked for by those that stand beside the product: peers, and tools."""


@pytest.mark.parametrize("asks", sorted(BESIDE), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_stands_beside_the_product_is_pinned_as_we_are(asks: Path) -> None:
    path = asks.with_suffix(".lock")
    text = path.read_text()
    pinned = re.findall(r"^[a-z0-9][\w.-]*==\S+.*\\\n    --hash=sha256:", text, re.MULTILINE)
    lines = [line for line in text.splitlines() if line and not line.startswith(("    ", "#"))]
    asked = asks.read_text().split()
    assert len(pinned) == len(lines) >= len(asked) > 0
    assert "://" not in text


def test_what_runs_is_also_what_was_tested() -> None:
    def pins(name: str) -> set[str]:
        found = re.findall(r"^[a-z0-9][\w.-]*==[^\s;]+", (ROOT / name).read_text(), re.MULTILINE)
        return set(found)

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_every_npm_package_has_a_hash_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    ours = packages.pop("")
    assert ours["devDependencies"]
    assert [name for name, one in packages.items() if "integrity" not in one] == []
    assert [name for name, one in packages.items() if "resolved" in one] == []
