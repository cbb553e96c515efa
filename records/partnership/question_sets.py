"""The numbers of the question sets, and the words that each of them stood for.

A number that a partnership forgets to raise says nothing false about an answer, which has its words
beside it. But the figures tell sets apart by their numbers, so somebody should hear of it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from records.partnership import Partnership
from records.store.contract import AlreadyThere, Row, Store

TABLE: Final = "questionsets"
Words = Mapping[str, Sequence[str]]
"""What each set asks, word for word; but for the learning document's, which are its headings."""


def numbers(of: Partnership) -> dict[str, int]:
    """The number of each set."""
    return dict(of.questions.model_dump())


def mark(words: Sequence[Any]) -> str:
    """The same for the same words."""
    written = json.dumps(list(words), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def marks(of: Partnership, asked: Words) -> dict[str, str]:
    """The mark of each set. Raises KeyError where nobody says what one of them asks."""
    headings = [one.model_dump(mode="json") for one in of.learning.sections]
    words = {**asked, "learning": headings}
    return {name: mark(words[name]) for name in numbers(of)}


async def reworded(store: Store, of: Partnership, asked: Words) -> tuple[str, ...]:
    """The sets whose number stood for other words before. What is new is noted, for the next time;
    what was noted stays, so that it is told until the number is raised. Raises StoreError."""
    now = marks(of, asked)
    partition = hashlib.sha256(of.partnership.name.encode()).hexdigest()[:16]
    found = []
    for name, number in numbers(of).items():
        key = f"{name}-{number:03d}"
        row = await store.get(TABLE, partition, key)
        if row is None:
            row = Row(partition, key, {"words": now[name]})
            try:
                await store.create(TABLE, row)
            except AlreadyThere:
                row = await store.get(TABLE, partition, key) or row
        if row.values.get("words") != now[name]:
            found.append(name)
    return tuple(found)
