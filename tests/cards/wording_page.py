"""Writes docs/wording.md: `python -m tests.cards.wording_page`. A test says when it is old.

The sentences come from the partnership's file; where each was met comes from walking the
scenarios of `test_every_card`, so nothing is claimed here that was not seen.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from cards.wording import use
from records.outbox.prompt import Kind
from records.partnership import SUFFOLK, read_partnership
from tests.cards.readability import PLACEHOLDER, grade
from tests.cards.sentences import ROOT, Sentence, Topic, sentences, topics
from tests.cards.walks import Seen, seen
from tests.paper.lines import LINES, MENDED, NOT_SHOWN, TWICE

PAGE: Final = ROOT / "docs" / "wording.md"
HEAD: Final = """# Every sentence

For a practitioner to read and sign off. Made by `make docs` from the partnership's file
(`records/partnership/suffolk.toml`); do not change it by hand. A test fails when this page and the
product differ.

- **Name**: under which it stands in the file, in the part that the heading gives. Another
  partnership replaces a sentence by giving it this name in a file of its own.
- **Stands as**: text, question, hint, problem, button or choice, notification.
- **Shown to**: who met it when the scenarios of `tests/cards/test_every_card.py` were walked, and
  in which message (as in [reference](reference.md)); without one it came after their own tap or
  word. "Anybody": nobody has a part yet. The practitioner who asked is the lead worker in most
  walks; what comes after their taps is listed under the practitioner.
- *Not met* means that no walk came there: a rare problem, or a file, a page, or a part of a longer
  sentence. The modules that use it are named instead.
- {words} stand for what is filled in: {reference} for LC-7K3QX, {name} for a person's name.
- *Word for word*: a test has compared the sentence with the partnership's paper, whose slips are
  mended and listed below. Such sentences are never reworded. Counted by themselves they read at
  Flesch-Kincaid grade PAPER. Our own instructions read at grade GRADE on the whole, none above 9.

Signed off by: ______________________ on ______________ (commit: ______________)
"""


def page() -> str:
    """The whole page."""
    head = HEAD.replace("GRADE", f"{grade(one.text for one in instructions()):.1f}")
    parts = [head.replace("PAPER", f"{grade(papers()):.1f}"), *_the_paper()]
    for topic in topics():
        parts.append(f"## {topic.about.rstrip('.')}\n\n`{topic.place}`\n")
        parts.append(_table(topic))
    return "\n".join(parts)


def instructions() -> Iterator[Sentence]:
    """Our own whole sentences, each once: no label or title, and nothing of the paper's."""
    for one in sentences():
        if not one.verbatim and re.search(r"[.?]$", one.text):
            yield one


def papers() -> Iterator[str]:
    """The paper's own sentences that are shown, each once; a title of a word or two is none."""
    for one in sentences():
        if one.verbatim and len(one.text.split()) > 3:
            yield one.text


def _the_paper() -> Iterator[str]:
    """What became of the paper's lines, but for those that stand word for word."""
    whole = len(LINES) - len({**MENDED, **TWICE, **NOT_SHOWN})
    yield (
        "## The partnership's paper\n\nThe paper has "
        f"{len(LINES)} different lines; {whole} of them stand in the product word for word, on a "
        "card or in a\nfile, and those below do not. `tests/paper` has the lines and compares them."
        "\n"
    )
    yield "### Slips that were mended\n"
    yield _rows(("in the paper", "in the product"), MENDED)
    yield "### Said twice: the longer is shown\n"
    yield _rows(("not shown", "shown"), TWICE)
    yield "### Not shown\n"
    yield _rows(("in the paper", "why not"), NOT_SHOWN)


def _rows(header: tuple[str, str], found: Mapping[str, str]) -> str:
    rows = [header, ("---", "---"), *((_cell(one), _cell(other)) for one, other in found.items())]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _table(topic: Topic) -> str:
    rows = [("name", "sentence", "stands as", "shown to"), ("---", "---", "---", "---")]
    for one in topic.sentences:
        met = _met(one.text)
        rows.append((f"`{one.name}`", _said(one), _as_what(met), _to_whom(met) or _used(one.name)))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _said(one: Sentence) -> str:
    return f"{_cell(one.text)} *(word for word)*" if one.verbatim else _cell(one.text)


def _cell(text: str) -> str:
    return re.sub(r"([|*_<])", r"\\\1", text).replace("\n", "<br>")


def _as_what(met: Iterable[Seen]) -> str:
    return ", ".join(sorted({one.as_what for one in met}))


def _to_whom(met: Iterable[Seen]) -> str:
    found: dict[str, set[Kind | None]] = {}
    for one in met:
        found.setdefault(one.to or "anybody", set()).add(one.kind)
    return "; ".join(f"{to}{_kinds(kinds)}" for to, kinds in sorted(found.items()))


def _kinds(kinds: set[Kind | None]) -> str:
    named = sorted(kind for kind in kinds if kind)
    return f" ({', '.join(named[:3])}{', …' if len(named) > 3 else ''})" if named else ""


def _met(text: str) -> list[Seen]:
    """Where a text was met: by itself, or, if it is a whole sentence, within a longer text."""
    shape = _shape(text)
    if shape is None:
        return []
    literal = max(PLACEHOLDER.split(text), key=len)
    texts = [shown for shown in _shown() if literal in shown and shape(shown)]
    return [one for shown in texts for one in _shown()[shown]]


def _shape(text: str) -> Callable[[str], object] | None:
    if not re.search(r"[a-zA-Z0-9]", PLACEHOLDER.sub("", text)):
        return None
    pattern = "(?s:.+?)".join(re.escape(part) for part in PLACEHOLDER.split(text))
    whole = re.compile(rf"{pattern}(?: \((?:required|optional)\)|:)?\s*")
    within = len(PLACEHOLDER.sub("", text).split()) > 3
    return whole.search if within else whole.fullmatch


@cache
def _shown() -> Mapping[str, list[Seen]]:
    found: dict[str, list[Seen]] = {}
    for one in seen():
        if len(one.text) <= 1_000:
            found.setdefault(one.text, []).append(one)
    return found


@cache
def _uses() -> Mapping[str, list[str]]:
    """Which modules name a sentence."""
    found: dict[str, list[str]] = {}
    for floor in ("cards", "dialogs", "scheduler", "bot", "records"):
        for path in sorted((ROOT / floor).rglob("*.py")):
            for name in _names(path):
                found.setdefault(name.lower(), []).append(str(path.relative_to(ROOT)))
    return found


def _names(path: Path) -> list[str]:
    named = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "wording"
    }
    return sorted(named)


def _used(name: str) -> str:
    uses = _uses().get(name, [])
    return f"*not met*; {', '.join(f'`{one}`' for one in uses)}" if uses else "*not met*"


if __name__ == "__main__":
    use(read_partnership(SUFFOLK))
    PAGE.write_text(page(), encoding="utf-8")
