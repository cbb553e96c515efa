"""A partnership's sentences: what a file says in its own words, laid over those that ship.

A file names only the sentences it changes. Each has to fill the same place: the same kind of thing,
with the same {fields}, since these are filled in when a card is drawn.
"""

import difflib
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Way = tuple[str | int, ...]

LONGEST: Final = 2_000
"""Characters of one sentence: a card holds 28 KB."""


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong, and the way to it in the file."""

    way: Way
    reason: str


def wrong_words(own: Any, shipped: Any, way: Way = ("words",)) -> Iterator[Wrong]:
    """What in the partnership's own words does not fit the place that it is for."""
    if isinstance(shipped, Mapping):
        if not isinstance(own, Mapping):
            yield Wrong(way, "has to be a table")
            return
        for name, value in own.items():
            if name in shipped:
                yield from wrong_words(value, shipped[name], (*way, name))
            else:
                yield Wrong((*way, name), unknown(name, shipped))
    elif isinstance(shipped, list):
        if not isinstance(own, list) or not own:
            yield Wrong(way, "has to be a list of sentences")
            return
        for place, value in enumerate(own):
            yield from _wrong_sentence(value, "", (*way, place))
    else:
        yield from _wrong_sentence(own, shipped, way)


def _wrong_sentence(own: Any, shipped: str, way: Way) -> Iterator[Wrong]:
    if not isinstance(own, str):
        yield Wrong(way, "has to be a sentence")
        return
    if not own.strip() and shipped.strip():
        yield Wrong(way, "may not be empty")
    if len(own) > LONGEST:
        yield Wrong(way, f"is longer than {LONGEST:,} characters")
    if not own.isprintable():
        yield Wrong(way, "has to be on one line, without a tab or another unseen character")
    wanted = fields(shipped)
    try:
        given = fields(own)
    except ValueError:
        yield Wrong(way, "has a { or } that belongs to no field")
        return
    if given != wanted:
        names = ", ".join(sorted(wanted)) or "no fields"
        yield Wrong(way, f"has to have the same fields as the sentence it replaces: {names}")
    elif not wanted and set(own) & {"{", "}"}:
        yield Wrong(way, "has a { or } that belongs to no field")


def fields(sentence: str) -> set[str]:
    """The {fields} of a sentence, as they stand. Raises ValueError where a brace is left open."""
    found = set()
    for _, name, spec, conversion in string.Formatter().parse(sentence):
        if name is not None:
            found.add(
                "{"
                + name
                + (f"!{conversion}" if conversion else "")
                + (f":{spec}" if spec else "")
                + "}"
            )
    return found


def unknown(name: str, known: Iterable[str]) -> str:
    """The reason for a name that is not known, with the one that was meant, perhaps."""
    near = difflib.get_close_matches(str(name), [str(one) for one in known], n=1)
    return f"is not known here; perhaps {near[0]} is meant" if near else "is not known here"


def laid_over(own: Any, shipped: Any) -> Any:
    """The shipped words, with the partnership's own where it gives them. Order stays as shipped."""
    if isinstance(shipped, Mapping):
        return {
            name: laid_over(own[name], value) if name in own else value
            for name, value in shipped.items()
        }
    return own


def filled(words: Any, facts: Mapping[str, str]) -> Any:
    """The words with every `$name` filled in. Raises KeyError or ValueError at one that names
    nothing: `wrong_facts` finds them first."""
    if isinstance(words, Mapping):
        return {name: filled(value, facts) for name, value in words.items()}
    if isinstance(words, list):
        return [filled(value, facts) for value in words]
    return string.Template(words).substitute(facts)


def wrong_facts(words: Any, facts: Mapping[str, str]) -> Iterator[Wrong]:
    """Every sentence that names a `$fact` that there is not."""
    names = ", ".join(f"${one}" for one in facts if one.islower())
    for way, text in each(words):
        try:
            string.Template(text).substitute(facts)
        except (KeyError, ValueError):
            yield Wrong(way, f"has a $ that names nothing; there are {names}")


def naming(words: Any, names: Iterable[str]) -> Iterator[tuple[Way, str]]:
    """Every sentence that holds one of these names, with the name."""
    names = tuple(names)
    for way, text in each(words):
        yield from ((way, one) for one in names if one.casefold() in text.casefold())


def each(words: Any, way: Way = ("words",)) -> Iterator[tuple[Way, str]]:
    """Every sentence, with the way to it."""
    if isinstance(words, Mapping):
        for name, value in words.items():
            yield from each(value, (*way, name))
    elif isinstance(words, list):
        for place, value in enumerate(words):
            yield from each(value, (*way, place))
    else:
        yield way, words
