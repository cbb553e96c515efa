"""Reading a partnership's file: sound, or each thing that is wrong with its line and the reason."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from records.partnership.lines import line_of, lines_of
from records.partnership.model import Partnership
from records.partnership.places import unfit
from records.partnership.words import (
    Way,
    Wrong,
    filled,
    laid_over,
    naming,
    unknown,
    wrong_facts,
    wrong_words,
)

SUFFOLK: Final = Path(__file__).resolve().with_name("suffolk.toml")
TEMPLATE: Final = Path(__file__).resolve().with_name("template.toml")
MOST: Final = 1_000_000
"""Bytes of a file. Suffolk's, with every sentence, has about a tenth of it."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file: the line, what stands there, and the reason."""

    line: int
    where: str
    reason: str

    def __str__(self) -> str:
        what = f"{self.where} " if self.where else ""
        return f"line {self.line}: {what}{self.reason}."


class BadPartnership(Exception):
    """The file is not sound. `problems` has one readable line for each thing that is wrong."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"{path.name}, {one}" for one in problems))
        self.path, self.problems = path, problems


def read_partnership(path: Path) -> Partnership:
    """The partnership in a file. Raises BadPartnership, with everything that is wrong in it."""
    text, data = _read(path)
    shipped = data if path == SUFFOLK else _shipped()
    own = data.get("words", {})
    wrong = [*wrong_words(own, shipped["words"])]
    words = shipped["words"] if wrong else laid_over(own, shipped["words"])
    found: Partnership | None = None
    # A file that was written before there were such phrases has those that ship.
    merged = {"danger": shipped["danger"], **data, "words": words}
    try:
        found = Partnership.model_validate(merged)
    except ValidationError as error:
        wrong += _wrong_fields(error)
    else:
        for part in ("timings", "kept", "evaluation"):
            found_wrong = getattr(found, part).disagreements()
            wrong += (Wrong((part, name), why) for name, why in found_wrong)
    if found is not None and not any(one.way[:1] == ("words",) for one in wrong):
        wrong += wrong_facts(words, found.facts)
        wrong += _others_names(found, shipped["partnership"]["own_names"])
    if found is not None and not any(one.way[:1] == ("words",) for one in wrong):
        found = found.model_copy(update={"words": filled(words, found.facts)})
        wrong += unfit(found.words, shipped["words"])
    if wrong or found is None:
        raise BadPartnership(path, _problems(text, wrong))
    return found


def own_sentences(path: Path) -> int:
    """How many sentences a file gives in its own words. Raises BadPartnership."""
    return _count(_read(path)[1].get("words", {}))


def shipped_words() -> Mapping[str, Any]:
    """The sentences that ship, as they are written: with their `$names`."""
    words: Mapping[str, Any] = _shipped()["words"]
    return words


def _count(words: Any) -> int:
    if isinstance(words, Mapping):
        return sum(map(_count, words.values()))
    return 1


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        body = path.read_bytes()
        # Notepad begins a file with a mark that is no part of it.
        text = body.decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BadPartnership(path, [Problem(1, "", f"cannot be read ({reason})")]) from None
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise BadPartnership(path, [Problem(line, "", "is not UTF-8 text")]) from None
    if len(body) > MOST:
        raise BadPartnership(path, [Problem(1, "", f"is larger than {MOST:,} bytes")])
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPartnership(path, [_syntax(str(error), text)]) from None
    except (ValueError, RecursionError):
        # A number of thousands of digits, or brackets in brackets without end.
        raise BadPartnership(path, [Problem(1, "", "holds what nobody writes by hand")]) from None


def _syntax(told: str, text: str) -> Problem:
    """From "Expected '=' after a key (at line 3, column 5)"."""
    reason, _, place = told.rpartition(" (at ")
    digits = "".join(filter(str.isdigit, place.partition(",")[0]))
    line = int(digits) if digits else text.count("\n") + 1
    return Problem(line, "", (reason or told)[:1].lower() + (reason or told)[1:])


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Any]:
    return _read(SUFFOLK)[1]


def _others_names(found: Partnership, names: Iterable[str]) -> Iterator[Wrong]:
    others = [one for one in names if one not in found.partnership.own_names]
    for way, name in naming(found.words, others):
        yield Wrong(way, f"still says “{name}”: give the sentence in your own words")


def _wrong_fields(error: ValidationError) -> Iterator[Wrong]:
    for one in error.errors(include_url=False):
        way, kind = one["loc"], str(one["type"])
        if kind == "missing":
            yield Wrong(way, "is missing")
        elif kind == "extra_forbidden":
            yield Wrong(way, unknown(str(way[-1]), _known(way[:-1])))
        else:
            words = one["msg"].removeprefix("Value error, ")
            yield Wrong(way, f"is not right: {words[:1].lower()}{words[1:]}")


def _known(way: tuple[str | int, ...]) -> list[str]:
    """The names there are in this part of the file."""
    model: Any = Partnership
    for name in way:
        if isinstance(name, str):
            found = model.model_fields[name].annotation
            model = next((one for one in _models(found)), model)
    return list(model.model_fields)


def _models(annotation: Any) -> Iterator[Any]:
    if hasattr(annotation, "model_fields"):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models(inner)


def _problems(text: str, wrong: list[Wrong]) -> list[Problem]:
    lines = lines_of(text)
    found = [Problem(line_of(lines, one.way), named(one.way), one.reason) for one in wrong]
    return sorted(dict.fromkeys(found), key=lambda one: one.line)


def named(way: Way) -> str:
    """The way as it is written in TOML; entries of a list are counted from 1, as people count."""
    names = (f"{one + 1}" if isinstance(one, int) else one or '""' for one in way)
    return ".".join(names)
