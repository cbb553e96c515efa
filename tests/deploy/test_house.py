"""The house as it is built: rooms that are not too full, modules that are neither crumbs nor halls.

`python -m pytest -s tests/deploy/test_house.py` prints the figures. That no rooms import each other
in a circle is an import contract in pyproject.toml.
"""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("bot", "cards", "dialogs", "records", "scheduler")
SHORTEST = 40
"""Lines; what is shorter joins its neighbour, unless it is in `CONTRACTS`."""
LONGEST = 250
"""Lines; what is longer says why in the first line of its docstring: "long"."""
MIDDLE = 80, 130
"""Lines of the module in the middle: from, to."""
FULL = 20
"""Modules in a folder."""
DEEPEST = 9
"""Modules of dialogs, each importing the next: what a reader has in mind at once."""
CONTRACTS: Mapping[str, str] = {
    "bot.commands.progress": "what the long commands print, each loaded when it is asked for",
    "cards.question_sets": "which cards ask each set",
    "dialogs.flow.sensitive_words": "one rule of how people are asked",
    "bot.__main__": "`python -m bot`",
    "bot.clock": "the contract of time",
    "records.kept_secret": "the mark of what holds a secret, on two floors",
    "records.learning.word_files": "what is asked of a file that comes, loaded when one does",
    "records.learning.owed": "each step says what it owes",
    "scheduler.messages.learning": "each step draws its messages",
}
"""Short modules that stand alone, and why."""


@cache
def trees() -> Mapping[str, tuple[Path, ast.Module]]:
    """Every module of the product by its dotted name."""
    found = {}
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found[name.removesuffix(".__init__")] = path, ast.parse(path.read_text())
    return found


@cache
def lines() -> Mapping[str, int]:
    """Lines of each module; a package's docstring is none."""
    return {
        name: len(path.read_text().splitlines())
        for name, (path, _) in trees().items()
        if path.name != "__init__.py"
    }


def imported(name: str) -> Iterator[str]:
    """The modules that one imports, on whichever floor."""
    for node in ast.walk(trees()[name][1]):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                whole = f"{node.module}.{one.name}"
                yield whole if whole in trees() else node.module


def chain(name: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The longest way down within the floor, each module importing the next."""
    if name not in known:
        known[name] = (name,)  # a circle would be another test's failure
        floor = name.partition(".")[0]
        below = {one for one in imported(name) if one in trees() and one != name}
        ways = [chain(one, known) for one in sorted(below) if one.startswith(f"{floor}.")]
        known[name] = (name, *max(ways, key=len, default=()))
    return known[name]


def longest(floor: str) -> tuple[str, ...]:
    known: dict[str, tuple[str, ...]] = {}
    return max((chain(one, known) for one in trees() if one.startswith(f"{floor}.")), key=len)


def told(title: str, found: Iterable[object]) -> None:
    print(title, *found)


def test_the_module_in_the_middle_is_neither_short_nor_long() -> None:
    for floor in FLOORS:
        mine = [count for name, count in lines().items() if name.startswith(f"{floor}.")]
        told(f"{floor}:", (len(mine), "modules, median", median(mine), "lines"))
    told("house_median_lines", (median(lines().values()),))
    least, most = MIDDLE
    assert least <= median(lines().values()) <= most


def test_no_module_is_a_crumb_but_a_contract() -> None:
    short = {name for name, count in lines().items() if count < SHORTEST}
    told("house_short_modules", (len(short),))
    assert short <= CONTRACTS.keys(), "join it to its neighbour, or say in CONTRACTS why not"


def test_every_contract_is_still_there_and_short() -> None:
    assert [name for name in CONTRACTS if lines().get(name, SHORTEST) >= SHORTEST] == []


def test_a_long_module_says_first_why_it_is() -> None:
    long = [name for name, count in lines().items() if count > LONGEST]
    told("house_long_modules", (len(long),))
    first = {name: (ast.get_docstring(trees()[name][1]) or "").partition("\n")[0] for name in long}
    assert [name for name in long if not re.search(r"\blong\b", first[name], re.IGNORECASE)] == []


def test_no_folder_is_too_full_to_be_seen_at_once() -> None:
    full = Counter(trees()[name][0].parent.relative_to(ROOT) for name in lines())
    told("house_fullest_folder", full.most_common(1)[0])
    assert {str(folder): count for folder, count in full.items() if count > FULL} == {}


def test_no_class_has_the_name_of_another() -> None:
    named = defaultdict(list)
    for name, (_, tree) in trees().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                named[node.name].append(name)
    told("house_classes", (len(named),))
    assert {one: places for one, places in named.items() if len(places) > 1} == {}


def test_a_reader_of_the_dialogs_keeps_few_modules_in_mind() -> None:
    found = longest("dialogs")
    told("house_longest_chain", (len(found), " > ".join(found)))
    assert len(found) <= DEEPEST


PAGES = [
    page
    for folder in (".", "deploy", "docs", "docs/decisions")
    for page in sorted((ROOT / folder).glob("*.md"))
    if page.name != "CHANGELOG.md"
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`((?:\w+/)+(?:\w+\.(?:py|toml|cjs))?)`", page.read_text())
    ours = [one for one in named if one.split("/")[0] in (*FLOORS, "tests", "deploy", "docs")]
    assert [one for one in ours if not (ROOT / one).exists()] == []
