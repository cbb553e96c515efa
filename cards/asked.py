"""The words a card asks with, so that an answer can be kept under the question it was given to.

A card stays in a chat for weeks, and the partnership may ask in other words by then. So it carries
a mark of its questions, never the questions themselves: what a client sends is no authority.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from cards.forms import Field, TextField
from cards.questions import text_of

Asks = Callable[[Mapping[str, Any]], Mapping[str, str]]
"""The questions of a card by the names of their answers, given the answers so far. What is said of
the whole card begins with the step's name and a dot."""


def nothing(_: Mapping[str, Any]) -> Mapping[str, str]:
    """A card whose words are not kept: a name, a date, a choice."""
    return {}


def labels(fields: Sequence[Field]) -> Asks:
    """The questions that stand on these inputs, as far as they are kept."""
    return partial(asked_on, fields)


def asked_on(fields: Sequence[Field], answers: Mapping[str, Any]) -> dict[str, str]:
    """The same, given the answers so far."""
    about, found = str(answers.get("about", "")), dict[str, str]()
    for one in fields:
        if one.is_asked:
            found[one.id] = one.worded(about)
            found |= {name: text_of(means) for name, means in one.meanings.items()}
    return found


def ids(fields: Sequence[Field]) -> tuple[str, ...]:
    """The names of their answers."""
    return tuple(one.id for one in fields)


def texts(fields: Sequence[Field]) -> tuple[str, ...]:
    """The names of those that are long text: what somebody wrote, and not what they chose."""
    return tuple(one.id for one in fields if isinstance(one, TextField) and one.long)


def mark_of(words: Mapping[str, str]) -> str:
    """The same for the same questions; empty for none."""
    if not words:
        return ""
    told = "\n".join(f"{name}={words[name]}" for name in sorted(words))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:8]
