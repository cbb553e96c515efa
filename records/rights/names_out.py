"""Somebody's name, addresses and number out of what others wrote: *a person* stands there instead.

A name of two words or more is found as a whole, in either order, whatever capitals, spaces or
signs that nobody sees stand in it. A name of one word could be anything ("Will", "May"): it is
taken out only where they had a part, and as it is written. What is left of a name, such as the
first one alone, is for a person to look at.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from records.retention.scrubbing import A_PERSON
from records.store.contract import Value

LEAST_DIGITS: Final = 6
"""A number with fewer is not looked for: it could count anything."""
LEAST_LETTERS: Final = 3
"""A part of a name with fewer is not looked for: it could be an initial, or a word."""
UNSEEN: Final = r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
"""Signs that nobody sees: soft hyphens, zero widths, and those that turn the way of writing."""
ALIKE: Final = ("'\u2019\u02bc`", "-\u2010\u2011\u2013")
"""Signs of which one is often typed for the other."""
Replace = Callable[[str], str]


def can_be_found(word: str) -> bool:
    """Whether this is somebody's alone, as far as a text can tell."""
    digits = sum(one.isdigit() for one in word)
    return "@" in word or digits >= LEAST_DIGITS or len(word.split()) > 1


def pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of these, the longest first, with whatever space between their parts."""
    wanted = {form for one in words if can_be_found(one) for form in _forms(one)}
    return _any_of(wanted, re.IGNORECASE)


def replacing(words: Iterable[str], *, alone: bool = False) -> Replace:
    """Puts *a person* in the place of these words, wherever they stand in a text; `alone`: of a
    name of one word too, as it is written."""
    every = tuple(words)
    single = _any_of({one for one in map(_seen, every) if alone and _is_a_name(one)})
    found = [one for one in (pattern(every), single) if one is not None]

    def replace(text: str) -> str:
        for one in found:
            text = one.sub(A_PERSON, text)
        return text

    return replace


def parts_left(words: Iterable[str]) -> Callable[[str], bool]:
    """Whether a text still has a part of one of these names, as it is written or in capitals: the
    first name alone, say. It may be somebody else's."""
    parts = {part for one in map(_seen, words) for part in _bare(one).split() if _is_a_name(part)}
    found = _any_of(parts | {one.upper() for one in parts})
    return (lambda text: found.search(text) is not None) if found else (lambda _: False)


def _is_a_name(word: str) -> bool:
    """Whether one word may be a name, or a part of one."""
    letters = sum(one.isalpha() for one in word)
    return len(word.split()) == 1 and "@" not in word and letters >= LEAST_LETTERS


def _seen(word: str) -> str:
    return re.sub(UNSEEN, "", word).strip()


def _bare(word: str) -> str:
    """Without what stands between names; nothing of an address or a number."""
    return "" if "@" in word else word.replace(",", " ")


def _forms(word: str) -> Iterator[str]:
    """A name as it is said, and with the last name first, as a directory may have it."""
    seen = _seen(word)
    yield seen
    last, comma, first = seen.partition(",")
    if comma and last.strip() and first.strip():
        yield f"{first.strip()} {last.strip()}"
    elif "@" not in seen and len(seen.split()) > 1:
        *names, last = seen.split()
        yield f"{last}, {' '.join(names)}"


def _any_of(words: Iterable[str], flags: int = 0) -> re.Pattern[str] | None:
    """What finds any of these as a whole, however its letters are composed."""
    some = list(filter(None, words))
    found = {unicodedata.normalize("NFC", one) for one in some}
    found |= {unicodedata.normalize("NFD", one) for one in some}
    if not found:
        return None
    longest = sorted(found, key=lambda one: (-len(one), one))
    each = (rf"[\s{UNSEEN[1:-1]}]+".join(map(_letters, one.split())) for one in longest)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", flags)


def _letters(word: str) -> str:
    return rf"{UNSEEN}*".join(map(_letter, word))


def _letter(one: str) -> str:
    alike = next((signs for signs in ALIKE if one in signs), "")
    return f"[{re.escape(alike)}]" if alike else re.escape(one)


def hiding(names: Iterable[str], words: Iterable[str] = ()) -> Replace:
    """Puts *a person* in the place of these names and words, and of each part of a name where that
    stands alone with a capital. It rather takes too much: for whoever is not to know whom somebody
    wrote of."""
    every = [one for one in names if one != A_PERSON]
    whole = replacing((*every, *words))
    parts = {part for one in every if "@" not in one for part in re.split(r"[\s\-.,]+", one)}
    alone = sorted((part for part in parts if len(part) > 1), key=len, reverse=True)
    if not alone:
        return whole
    found = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, alone))})(?!\w)", re.IGNORECASE)

    def hide(text: str) -> str:
        return found.sub(lambda one: A_PERSON if one[0][0].isupper() else one[0], whole(text))

    return hide


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
