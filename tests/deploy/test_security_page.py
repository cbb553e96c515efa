"""docs/security.md says nothing that no test shows: every test that it names is there."""

import re
from functools import cache
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
NUMBER = re.compile(r"v5\.0\.0-(\d+)\.(\d+)\.(\d+)")
BOUNDARIES = (
    "Teams and the Bot Service to the bot",
    "The bot to the Bot Service and Entra",
    "The bot to the storage",
    "Links and pages",
    "Files handed in",
    "The operator's commands",
    "Backups",
    "What others have written",
)
CHAPTERS = range(1, 18)
"""Of the standard: V1 to V17."""


@cache
def named_in(module: str) -> frozenset[str]:
    """The tests of a module, as pytest finds them."""
    path = ROOT / module
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return frozenset(re.findall(r"(?m)^(?:async )?def (test_\w+)\(", text))


def part(title: str, level: str = "##") -> str:
    """What stands under a heading, until the next of its level."""
    found = re.search(rf"(?ms)^{level} {re.escape(title)}[^\n]*\n(.*?)(?=^{level}? |\Z)", PAGE)
    assert found, f"there is no {title!r}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of a table's rows, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [one for one in cells if not set("".join(one)) <= {"-"}]


@pytest.mark.parametrize("named", sorted(set(TEST.findall(PAGE))), ids="::".join)
def test_every_test_that_is_named_is_there(named: tuple[str, str]) -> None:
    module, name = named
    assert name in named_in(module)


def test_a_test_that_is_not_there_would_be_seen() -> None:
    assert "test_every_test_that_is_named_is_there" in named_in(
        "tests/deploy/test_security_page.py"
    )
    assert "test_that_nobody_wrote" not in named_in("tests/deploy/test_security_page.py")
    assert named_in("tests/no/such/test_module.py") == frozenset()


def test_nothing_that_looks_like_a_test_is_written_in_another_way() -> None:
    assert len(re.findall(r"::test_", PAGE)) == len(TEST.findall(PAGE)) > 80


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_each_boundary_is_asked_all_six_questions(boundary: str) -> None:
    """STRIDE; and every threat has a test, or says that there is none."""
    table = rows(part(boundary, "###"))[1:]
    asked = {letter for row in table for letter in row[0].split(", ") if letter}
    assert asked == set("STRIDE")
    assert [row for row in table if len(row) != 4 or not row[2]] == []
    assert [row[1] for row in table if row[3] != "none" and not TEST.search(row[3])] == []


def test_everybody_inside_is_there() -> None:
    table = rows(part("People who are inside", "###"))[1:]
    assert {"a facilitator", "an operator", "the storage's administrator"} <= {r[0] for r in table}
    assert [row for row in table if not TEST.search(row[3])] == []


def test_each_requirement_stands_once_by_its_number_and_says_whether_it_is_met() -> None:
    table = rows(part("3. OWASP ASVS 5.0"))[1:]
    numbers = [row[0] for row in table]
    assert len(numbers) == len(set(numbers)) >= 25
    found = [NUMBER.fullmatch(one) for one in numbers]
    assert all(found)
    order = [tuple(map(int, one.groups())) for one in found if one]
    assert order == sorted(order)
    assert {chapter for chapter, _, _ in order} <= set(CHAPTERS)
    said = r"\*\*(Met|In part|Not met|Not shown|Yours)\b"
    assert [row for row in table if not re.match(said, row[2])] == []
    met = [row for row in table if row[2].startswith(("**Met", "**In part"))]
    assert [row[0] for row in met if not TEST.search(row[3]) and "Proposed" not in row[2]] == []
    # A page on which all is well has not been looked at.
    assert sum("ot met" in row[2] or "n part" in row[2] for row in table) > 10


def test_every_secret_of_the_settings_has_its_rotation() -> None:
    secret = {
        name.upper() for name, one in Settings.model_fields.items() if one.annotation is SecretStr
    }
    assert len(secret) == 3
    table = rows(part("5. Secrets, packages and time"))[1:]
    assert {row[0].strip("`") for row in table} == secret
    assert [row for row in table if len(row[2]) < 40] == []


def test_the_picture_and_the_table_have_the_same_boundaries() -> None:
    drawn = set(re.findall(r"\|\"?([A-H])\b", PAGE.split("```mermaid")[1].split("```")[0]))
    listed = {row[0][0] for row in rows(PAGE.split("```\n")[-1]) if re.match(r"[A-H]: ", row[0])}
    assert drawn == listed == set("ABCDEFGH")
