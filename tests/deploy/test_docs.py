"""The pages people read: links that lead somewhere, and places in the house that are there."""

import ast
import re
from pathlib import Path

import pytest

from tests.deploy.tested_page import names_in

ROOT = Path(__file__).parents[2]
PAGES = [
    page
    for folder in (".", "deploy", "docs", "docs/decisions")
    for page in sorted((ROOT / folder).glob("*.md"))
]
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?!https?://|#)([^)#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_another_page_leads_there(page: Path) -> None:
    lost = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]
    assert lost == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    written = {page.name for page in folder.glob("0*.md")}
    assert set(LINK.findall((folder / "README.md").read_text())) == written


# The house, as README and CONTRIBUTING tell it ----------------------------------------------------

HOUSE = ("README.md", "CONTRIBUTING.md")
FLOORS = ("bot", "cards", "dialogs", "records", "scheduler")
PATH = re.compile(rf"`((?:{'|'.join((*FLOORS, 'tests', 'deploy', 'docs'))})/[\w/.-]*)`")
IN_IT = re.compile(r"`([a-z]+/[\w/]+\.py)`: `(\w+(?:\.\w+)*)`")
"""A module and something of its own: `bot/edge/turns.py`: `Turns.take`."""
NO_STEP = {"root", "turn", "flow", "files"}
"""Rooms of dialogs that no step of the pathway has for itself."""


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def after(title: str) -> str:
    """What README says under a bold title, until the next."""
    found = re.search(rf"(?ms)^\*\*{title}\*\*(.*?)(?=^\*\*|^## )", text_of("README.md"))
    assert found, f"README has no {title!r}"
    return found[1]


def rooms(floor: str) -> set[str]:
    """The packages of a floor."""
    return {one.parent.name for one in (ROOT / floor).glob("*/__init__.py")}


@pytest.mark.parametrize("page", HOUSE)
def test_every_place_that_a_page_names_is_there(page: str) -> None:
    named = PATH.findall(text_of(page))
    assert len(named) > 20
    assert [one for one in named if not (ROOT / one).exists()] == []


@pytest.mark.parametrize("page", HOUSE)
def test_every_name_that_a_page_gives_to_a_module_is_in_it(page: str) -> None:
    named = IN_IT.findall(text_of(page))
    assert [(module, name) for module, name in named if name not in names_in(module)] == []


@pytest.mark.parametrize("title", ["Follow one tap", "Follow one message"])
def test_what_is_followed_takes_eight_lines_each_with_its_place(title: str) -> None:
    lines = re.findall(r"(?m)^\d\. .*$", after(title))
    assert len(lines) == 8
    assert [one for one in lines if not IN_IT.search(one)] == []


def test_a_name_that_is_not_in_its_module_would_be_found() -> None:
    assert {"Root", "Root.handle"} <= names_in("dialogs/root/root.py")
    assert "TAPS" in names_in("dialogs/root/routes.py")
    assert "Root.run" not in names_in("dialogs/root/root.py")


def test_the_picture_of_the_floors_shows_rooms_that_are_there() -> None:
    drawn = dict(re.findall(r'(?m)^    (\w+)\["\w+: [^<]*<br>(.*)"\]$', text_of("README.md")))
    assert set(drawn) == set(FLOORS)
    for floor, names in drawn.items():
        named = {one for one in re.sub(r"<i>.*?</i>", "", names).split(" · ") if one}
        assert named <= rooms(floor), floor


def test_a_step_has_the_same_room_on_every_floor() -> None:
    steps = rooms("dialogs") - NO_STEP
    assert steps == rooms("cards") - {"kit", "wording"}
    assert not steps & (rooms("bot") | rooms("scheduler"))
    for step in steps:
        assert (ROOT / "cards" / "wording" / f"{step}.py").exists(), step


def test_every_step_says_where_it_lives_and_has_a_row() -> None:
    rows = [one for one in after("Where each step of the pathway lives").splitlines() if "`" in one]
    assert len(rows) >= 12
    named = {one.split("/")[1] for row in rows for one in PATH.findall(row)}
    assert rooms("dialogs") - NO_STEP <= named
    for step in rooms("dialogs") - NO_STEP:
        package = ast.parse((ROOT / "dialogs" / step / "__init__.py").read_text(encoding="utf-8"))
        assert ast.get_docstring(package), step


def test_the_readme_is_read_in_one_sitting() -> None:
    assert len(text_of("README.md").splitlines()) < 200
