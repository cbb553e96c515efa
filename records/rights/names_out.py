"""Somebody's name, addresses and number out of what others wrote: *a person* stands there instead.

A name is found as a whole, of two words or more: one word alone could be anybody, or anything.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from records.retention.scrubbing import A_PERSON
from records.store.contract import Value

LEAST_DIGITS: Final = 6
"""A number with fewer is not looked for: it could count anything."""
Replace = Callable[[str], str]


def can_be_found(word: str) -> bool:
    """Whether this is somebody's alone, as far as a text can tell."""
    digits = sum(one.isdigit() for one in word)
    return "@" in word or digits >= LEAST_DIGITS or len(word.split()) > 1


def pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of these, the longest first, with whatever space between their parts."""
    found = sorted({one.strip() for one in words if can_be_found(one)}, key=len, reverse=True)
    if not found:
        return None
    each = (r"\s+".join(map(re.escape, one.split())) for one in found)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)


def replacing(words: Iterable[str]) -> Replace:
    """Puts *a person* in the place of these words, wherever they stand in a text."""
    found = pattern(words)
    return (lambda text: found.sub(A_PERSON, text)) if found else (lambda text: text)


def in_values(values: dict[str, Value], replace: Replace) -> dict[str, Value]:
    """The values of a row with each text in them so replaced, also in what is kept as JSON."""
    return {name: _value(name, value, replace) for name, value in values.items()}


def _value(name: str, value: Value, replace: Replace) -> Value:
    if not isinstance(value, str):
        return value
    if not name.endswith("_json"):
        return replace(value)
    there = json.loads(value)
    fresh = _deep(there, replace)
    return value if fresh == there else json.dumps(fresh, ensure_ascii=False)


def _deep(node: Any, replace: Replace) -> Any:
    if isinstance(node, str):
        return replace(node)
    if isinstance(node, list):
        return [_deep(one, replace) for one in node]
    if isinstance(node, dict):
        return {name: _deep(one, replace) for name, one in node.items()}
    return node
