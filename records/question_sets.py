"""The numbers of the question sets, and the words that each of them stood for.

A number that a partnership forgets to raise says nothing false about an answer, which has its words
beside it. But the figures tell sets apart by their numbers, so somebody should hear of it.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from records.partnership import Partnership
from records.store import AlreadyThere, Row, Store

TABLE: Final = "questionsets"
FIELDS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "request": tuple(
        ("verbatim", name) for name in ("q_worry", "q_you", "q_known", "q_child", "q_person")
    ),
    "feedback": tuple(
        ("verbatim", name)
        for name in (
            "q_scale", "scale_0", "scale_10", "q_happened", "q_learning", "q_difference_you",
            "q_difference_child", "q_together", "q_possibility",
        )
    ),
    "outcome": (("outcome", "q_outcome_child"), ("outcome", "q_outcome_you")),
}  # fmt: skip
"""Where the questions of each set stand in a partnership's file, by topic and name."""


def numbers(of: Partnership) -> dict[str, int]:
    """The number of each set."""
    return dict(of.questions.model_dump())


def mark(of: Partnership, name: str) -> str:
    """The same for the same words of a set."""
    words: Any = [one.model_dump(mode="json") for one in of.learning.sections]
    if name in FIELDS:
        words = [str(of.words[topic][one]) for topic, one in FIELDS[name]]
    written = json.dumps(words, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:16]


async def reworded(store: Store, of: Partnership) -> tuple[str, ...]:
    """The sets whose number stood for other words before. What is new is noted, for the next time;
    what was noted stays, so that it is told until the number is raised. Raises StoreError."""
    partition = hashlib.sha256(of.partnership.name.encode()).hexdigest()[:16]
    found = []
    for name, number in numbers(of).items():
        key = f"{name}-{number:03d}"
        row = await store.get(TABLE, partition, key)
        if row is None:
            row = Row(partition, key, {"words": mark(of, name)})
            try:
                await store.create(TABLE, row)
            except AlreadyThere:
                row = await store.get(TABLE, partition, key) or row
        if row.values.get("words") != mark(of, name):
            found.append(name)
    return tuple(found)
