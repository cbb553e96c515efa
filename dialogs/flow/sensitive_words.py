"""What a draft remembers of the gentle question about what texts may hold: marks, and no text.

They stand in `Draft.asked`, beside those of other matters, and other versions let them be.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

from dialogs.turn.alarm import MARK
from records.drafts import Draft

REMEMBERED: Final = 40
"""Texts a draft remembers to have asked about."""


def marks(draft: Draft, texts: Sequence[str], sent: str) -> tuple[str, ...]:
    """Those of a draft that remembers these texts, and the tap that brought the question."""
    others = tuple(one for one in draft.asked if one.startswith(MARK))
    before = (one for one in draft.asked if one not in others)
    new = tuple(dict.fromkeys((*before, *map(mark, texts), put(sent))))
    return (*others, *new[-REMEMBERED:])


def mark(text: str) -> str:
    """The mark of a text, whatever space stands around it."""
    return hashlib.sha256(text.strip().encode("utf-8", "surrogatepass")).hexdigest()[:12]


def put(sent: str) -> str:
    """The mark of a tap that brought the question."""
    return f"put-{mark(sent)}"
