"""Where the words come from: the partnership's file. A topic declares names and types, no words."""

import inspect
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, TypeAdapter


def _pairs(table: Any) -> Any:
    return tuple(table.items()) if isinstance(table, Mapping) else table


Choices = Annotated[tuple[tuple[str, str], ...], BeforeValidator(_pairs)]
"""Choices of an input in their order: what is kept, and what is read."""


class Topic:
    """Base of the topics: `table` is the one in the file whose sentences a topic declares. A name
    is looked up there in small letters."""

    TABLE: ClassVar[str] = ""

    def __init_subclass__(cls, *, table: str = "") -> None:
        cls.TABLE = table


def declared(topic: type[Topic]) -> Mapping[str, Any]:
    """The names that a topic declares itself, each with its type."""
    return inspect.get_annotations(topic)


def read(topics: Iterable[type[Topic]], words: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Every sentence that the topics declare, by its name, out of a partnership's words.

    The file was validated when it was read, against the one that ships; so a missing name here is
    a mistake of ours: KeyError.
    """
    found: dict[str, Any] = {}
    for topic in topics:
        for name, kind in declared(topic).items():
            value = words[topic.TABLE][name.lower()]
            found[name] = value if kind is str else TypeAdapter(kind).validate_python(value)
    return found
