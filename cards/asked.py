"""The words a card asks with, so that an answer can be kept under the question it was given to.

A card stays in a chat for weeks, and the partnership may ask in other words by then. So it carries
a mark of its questions, never the questions themselves: what a client sends is no authority.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cards.forms import Field

Asks = Callable[[Mapping[str, Any]], Mapping[str, str]]
"""The questions of a card by the names of their answers, given the answers so far. What is said of
the whole card begins with the step's name and a dot."""


def nothing(_: Mapping[str, Any]) -> Mapping[str, str]:
    """A card whose words are not kept: a name, a date, a choice."""
    return {}


def labels(fields: Sequence[Field]) -> Asks:
    """The questions are what stands on the inputs."""
    words = {one.id: one.label for one in fields}
    return lambda _: words


def mark_of(words: Mapping[str, str]) -> str:
    """The same for the same questions; empty for none."""
    if not words:
        return ""
    told = "\n".join(f"{name}={words[name]}" for name in sorted(words))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:8]
