"""Long strings in pieces: the storage takes 32,768 UTF-16 units in one property."""

import re
from collections.abc import Mapping
from typing import Final

from records.store.contract import MAX_STRING_UNITS, Value

CHUNKED: Final = "chunked"
"""The property that says which strings lie in how many pieces: `story=3,worry=2`."""
_COUNT: Final = re.compile(r"[1-9][0-9]?", re.ASCII)
"""A row of 1 MiB has room for sixteen pieces."""


def split(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values as properties; a string over the limit lies in `name`, `name__1`, `name__2`, …"""
    properties: dict[str, Value] = {}
    chunked: list[str] = []
    for name, value in values.items():
        # No character takes more than two units, so anything shorter needs no counting.
        if not isinstance(value, str) or len(value) <= MAX_STRING_UNITS // 2:
            properties[name] = value
            continue
        first, *others = _pieces(value)
        properties[name] = first
        properties.update((f"{name}__{number}", piece) for number, piece in enumerate(others, 1))
        if others:
            chunked.append(f"{name}={len(others) + 1}")
    if chunked:
        properties[CHUNKED] = ",".join(chunked)
    return properties


def join(properties: Mapping[str, Value]) -> dict[str, Value]:
    """The values as they were before `split`."""
    values = dict(properties)
    for name, count in chunk_counts(values.pop(CHUNKED, "")).items():
        pieces = [values.get(name, ""), *(values.pop(f"{name}__{n}", "") for n in range(1, count))]
        values[name] = "".join(str(piece) for piece in pieces)
    return values


def chunk_counts(chunked: Value) -> dict[str, int]:
    """Name and number of pieces of every string that `split` took apart. What says otherwise than
    `split` does says nothing: a damaged row is damaged where it is, and stops nothing else."""
    pairs = (entry.partition("=") for entry in str(chunked).split(",") if entry)
    return {name: int(count) for name, _, count in pairs if _COUNT.fullmatch(count)}


def _pieces(text: str) -> list[str]:
    units, pieces, start = text.encode("utf-16-le"), [], 0
    while start < len(units):
        end = min(start + 2 * MAX_STRING_UNITS, len(units))
        # A piece never ends inside a surrogate pair: its last unit may not be a high half.
        if end < len(units) and 0xD8 <= units[end - 1] <= 0xDB:
            end -= 2
        pieces.append(units[start:end].decode("utf-16-le"))
        start = end
    return pieces
