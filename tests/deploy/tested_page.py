"""A page whose every line names its tests: its tables, and whether the tests are there."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
TEST: Final = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
COMMENT: Final = re.compile(r"(?s)<!--(.*?)-->")


def written(page: str) -> str:
    """The whole text of a page of docs."""
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def shown(text: str) -> str:
    """What a reader sees of it: without comments."""
    return COMMENT.sub("", text)


@cache
def named_in(module: str) -> frozenset[str]:
    """The tests of a module, as pytest finds them."""
    path = ROOT / module
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return frozenset(re.findall(r"(?m)^(?:async )?def (test_\w+)\(", text))


def missing(text: str) -> list[str]:
    """The tests that it names and that are not there."""
    return [
        f"{module}::{name}" for module, name in TEST.findall(text) if name not in named_in(module)
    ]


def part(page: str, title: str, level: str = "##") -> str:
    """What stands under a heading, until the next of its level."""
    found = re.search(
        rf"(?ms)^{level} {re.escape(title)}[^\n]*\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", page
    )
    assert found, f"there is no {title!r}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of a table's rows, with its head and without the line below that."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [one for one in cells if not set("".join(one)) <= {"-"}]


@cache
def names_in(module: str) -> frozenset[str]:
    """What a module defines at its top, and `Class.method`."""
    found: set[str] = set()
    for node in ast.parse((ROOT / module).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            found.add(node.name)
            inner = (one for one in node.body if isinstance(one, FUNCTIONS))
            found |= {f"{node.name}.{one.name}" for one in inner}
        elif isinstance(node, FUNCTIONS):
            found.add(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return frozenset(found)
