"""What the product decides while it is watched: each right it asks, and each line it logs."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest

from dialogs.turn import access
from dialogs.turn.access import NotNow, Right, Who
from dialogs.turn.context import Context
from records.conversation.conversation import Conversation


class Decision(NamedTuple):
    """A right that was asked of a record, and what was said."""

    person: str
    conversation: str
    sequence: int
    right: str
    given: bool


class Door(NamedTuple):
    """A right that was asked before anything is shown."""

    conversation: str
    right: str
    open: bool


@dataclass
class Watch(logging.Handler):
    """What was decided and logged since it was last emptied."""

    decisions: list[Decision] = field(default_factory=list)
    doors: list[Door] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        logging.Handler.__init__(self)

    __hash__ = object.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        """All that a line carries, whatever its format shows of it."""
        self.lines.append(f"{record.getMessage()} {record.__dict__} {record.exc_text or ''}")

    def empty(self) -> None:
        """From here on."""
        self.decisions.clear()
        self.doors.clear()
        self.lines.clear()


@contextmanager
def watching() -> Iterator[Watch]:
    """The product, watched: nothing it does is changed."""
    watch, root = Watch(), logging.getLogger()
    level = root.level
    with pytest.MonkeyPatch.context() as patch:
        _watch_rights(watch, patch)
        _watch_doors(watch, patch)
        root.addHandler(watch)
        root.setLevel(logging.INFO)
        yield watch
    root.removeHandler(watch)
    root.setLevel(level)


def _watch_rights(watch: Watch, patch: pytest.MonkeyPatch) -> None:
    real = access.may

    def may(who: Who, it: Conversation, right: Right) -> bool:
        given = real(who, it, right)
        found = Decision(who.person.key, it.id, it.audit_sequence, right.value, given)
        watch.decisions.append(found)
        return given

    for name, module in list(sys.modules.items()):
        if name.startswith("dialogs.") and getattr(module, "may", None) is real:
            patch.setattr(module, "may", may)


def _watch_doors(watch: Watch, patch: pytest.MonkeyPatch) -> None:
    real = Context.about

    async def about(self: Context, key: str, right: Right, **how: Any) -> Conversation:
        try:
            it = await real(self, key, right, **how)
        except NotNow:
            watch.doors.append(Door(key, right.value, open=False))
            raise
        watch.doors.append(Door(key, right.value, open=True))
        return it

    patch.setattr(Context, "about", about)
