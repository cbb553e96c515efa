"""The mark of a rehearsal: every card about one, and every notification, begins with it.

It is read off the card itself: its buttons carry the conversation's id, its sentences the
reference, and both say what it is. So no author of a card can forget it.
"""

import re
from typing import Any, Final

from cards.kit.elements import MAX_BYTES, Card, para, parts, size
from cards.kit.notes import note
from cards.wording import wording
from records.board.board import PRACTICE_REFERENCE, REFERENCE
from records.conversation.conversation import Conversation, is_practice

_REFERENCE: Final = re.compile(rf"\b({REFERENCE}|{PRACTICE_REFERENCE})-[0-9A-Z]{{5}}\b")


def marked(card: Card, summary: str) -> tuple[Card, str]:
    """A card and its notification as they are; where they are about rehearsals alone, marked.

    A list that has other conversations too is not: each of its rows has its reference.
    """
    if not _is_of_practice(card, summary):
        return card, summary
    return mark(card, summary)


def mark(card: Card, summary: str) -> tuple[Card, str]:
    """Both with the mark, for what says nothing by which it is known; a card that has no room for
    it stays as it is."""
    title = wording.PRACTICE_TITLE.format(title=summary) if summary else ""
    added = para(wording.PRACTICE_NOTE, bold=True)
    first = added.model_dump(mode="json", by_alias=True, exclude_none=True)
    noted = {**card, "body": [first, *card["body"]]}
    return noted if size(noted) <= MAX_BYTES else card, title


def over(it: Conversation) -> Card:
    """What a message about a rehearsal becomes once that is removed."""
    return note(wording.PRACTICE_ENDED.format(reference=it.reference), wording.PRACTICE_ENDED_MORE)


def _is_of_practice(card: Card, summary: str) -> bool:
    every = list(parts(card))
    data = (one["data"] for one in every if isinstance(one.get("data"), dict))
    keys = {str(one.get("conversation") or "") for one in data} - {""}
    if keys:
        return all(map(is_practice, keys))
    texts = (summary, *(text for one in every for text in _texts(one)))
    kinds = {found.group(1) for text in texts for found in _REFERENCE.finditer(text)}
    return kinds == {PRACTICE_REFERENCE}


def _texts(element: dict[str, Any]) -> list[str]:
    runs = element.get("inlines") or ()
    found = [run.get("text") for run in runs if isinstance(run, dict)]
    return [one for one in (element.get("text"), *found) if isinstance(one, str)]
