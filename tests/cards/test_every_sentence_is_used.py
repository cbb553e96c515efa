"""A sentence that no card, file or page shows is not kept: nobody could sign it off."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cards.wording import TOPICS, wording
from cards.wording.source import declared

ROOT = Path(__file__).parents[2]
FLOORS = ("bot", "cards", "dialogs", "records", "scheduler")
WORDS = ROOT / "cards" / "wording" / "__init__.py"
"""Where sentences are put together from others: there they are called `self`."""
EVERY = "*"
"""A table from which any sentence may be taken: its key is known only when a card is drawn."""


def product() -> Iterator[tuple[ast.AST, str]]:
    """Every module, with the name that the sentences go by in it; and what is put together from
    sentences, as far as some module names it."""
    named: set[str] = set()
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            module = ast.parse(path.read_text(encoding="utf-8"))
            named |= {one.attr for one in ast.walk(module) if isinstance(one, ast.Attribute)}
            yield module, "wording"
    for node in ast.walk(ast.parse(WORDS.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name in named:
            yield node, "self"


def used(modules: Iterable[tuple[ast.AST, str]]) -> dict[str, set[str]]:
    """The sentences that are named anywhere; of a table the keys that are, or EVERY."""
    found: dict[str, set[str]] = {}
    for module, name in modules:
        by_key = {
            id(node.value): node.slice.value
            for node in ast.walk(module)
            if isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Constant)
            and isinstance(node.slice.value, str)
        }
        for node in ast.walk(module):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == name
            ):
                found.setdefault(node.attr, set()).add(by_key.get(id(node), EVERY))
    return found


def unused(named: Mapping[str, set[str]]) -> list[str]:
    """Sentences of the file that nothing names, and entries of tables that nothing takes."""
    found = []
    for topic in TOPICS:
        for name in declared(topic):
            keys = named.get(name, set())
            value = getattr(wording, name)
            if not keys:
                found.append(name)
            elif isinstance(value, Mapping) and EVERY not in keys:
                found += [f"{name}[{key}]" for key in value if str(key) not in keys]
    return found


def test_every_sentence_is_shown_somewhere() -> None:
    assert unused(used(product())) == []


def test_the_next_one_that_nothing_shows_would_be_found() -> None:
    named = used(product())
    assert len(named) > 800
    del named["SENT_TITLE"]
    named["UPLOAD_WRONG"] = {"size"}
    found = unused(named)
    assert "SENT_TITLE" in found
    assert "UPLOAD_WRONG[broken]" in found


def test_a_name_alone_and_a_key_are_told_apart() -> None:
    code = 'wording.A; wording.B["one"]; wording.C[of]; other.D; f(wording.E.format(x=1))'
    assert used([(ast.parse(code), "wording")]) == {
        "A": {EVERY},
        "B": {"one"},
        "C": {EVERY},
        "E": {EVERY},
    }
