"""Where the words come from: the partnership's file. A topic declares its names and their types."""

import sys
from collections.abc import Mapping
from typing import Annotated, Any, get_type_hints

from pydantic import BeforeValidator, TypeAdapter

from records.partnership import the_partnership


def _pairs(table: Any) -> Any:
    return tuple(table.items()) if isinstance(table, Mapping) else table


Choices = Annotated[tuple[tuple[str, str], ...], BeforeValidator(_pairs)]
"""Choices of an input in their order: what is kept, and what is read."""


def fill(module: str) -> None:
    """Give every name that a topic declares its words. A name is looked up in small letters.

    The file was validated when it was read, against the one that ships; so a missing name here is
    a mistake of ours, and stops the start.
    """
    words = the_partnership().words[module.rpartition(".")[2]]
    topic = sys.modules[module]
    for name, kind in get_type_hints(topic, include_extras=True).items():
        value = words[name.lower()]
        setattr(topic, name, value if kind is str else TypeAdapter(kind).validate_python(value))
