"""On which line of a TOML file something stands: `tomllib` says so only for what it cannot read."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

Path = tuple[str | int, ...]

LONGEST: Final = 200
"""Lines of one value. After a longer one no more is looked up: it would take for ever."""


def lines_of(text: str) -> Mapping[Path, int]:
    """The line of every table and key, counted from 1, by the way to it: names, and numbers from 0
    in a list of tables. The text has to be sound TOML."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    statement, begun = "", 0
    # TOML knows no other end of a line; a sentence may hold one that Python knows.
    for number, line in enumerate(text.split("\n"), start=1):
        if not statement and line.lstrip().startswith("["):
            table = _table(line.strip(), counts)
            for length in range(1, len(table) + 1):
                found.setdefault(table[:length], number)
            continue
        begun = begun if statement else number
        statement += line + "\n"
        try:
            read = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            if number - begun > LONGEST:
                break
            continue  # A value of several lines: it ends further down.
        for way in _keys(read):
            found.setdefault((*table, *way), begun)
        statement = ""
    return found


def line_of(found: Mapping[Path, int], way: Sequence[str | int]) -> int:
    """The line of what stands there; of what is missing, the line of what it is missing from."""
    for length in range(len(way), 0, -1):
        if tuple(way[:length]) in found:
            return found[tuple(way[:length])]
    return 1


def _table(header: str, counts: dict[Path, int]) -> Path:
    listed = header.startswith("[[")
    names = tuple(_names(tomllib.loads(header)))
    way: Path = ()
    for place, name in enumerate(names):
        way = (*way, name)
        if listed and place == len(names) - 1:
            counts[way] = counts.get(way, -1) + 1
        if way in counts:
            way = (*way, counts[way])
    return way


def _names(read: Any) -> Iterator[str]:
    """The names of a header, outermost first: nothing else was read with it."""
    while read:
        read = read[0] if isinstance(read, list) else read
        for name in read:
            yield name
            read = read[name]
            break
        else:
            return


def _keys(read: Any, way: Path = ()) -> Iterator[Path]:
    """The way to each key, those of tables within a line included."""
    inner = read.items() if isinstance(read, dict) else enumerate(read)
    for name, value in inner:
        yield (*way, name)
        if isinstance(value, dict | list):
            yield from _keys(value, (*way, name))
