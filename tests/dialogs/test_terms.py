"""The timetable as it is told to people, held against what conversations really owe: every scenario
of the cards is walked, and everything owed on the way has its place in the table."""

from collections import defaultdict
from typing import Any

import pytest

from records.conversation import Conversation
from records.memory import MemoryStore
from records.partnership import the_partnership
from records.prompt import Kind, Owed
from records.stages import Stage
from records.terms import TERMS, To, recipients
from records.timetable import Timetable
from tests.cards.test_every_card import SCENARIOS
from tests.dialogs.conftest import House

Seen = dict[Kind, set[tuple[Stage, frozenset[To]]]]
_seen: Seen = {}


async def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Every kind with the stages it was owed in, and what its recipients were; walked once."""
    if _seen:
        return _seen
    found: Seen = defaultdict(set)
    rules: Any = Timetable.owed

    def watched(self: Timetable, it: Conversation) -> tuple[Owed, ...]:
        owed: tuple[Owed, ...] = rules(self, it)
        for one in owed:
            found[one.kind].add((it.stage, recipients(it, one.to)))
        return owed

    monkeypatch.setattr(Timetable, "owed", watched)
    for walk in SCENARIOS.values():
        await walk(House(MemoryStore()))
    monkeypatch.undo()
    _seen.update(found)
    return _seen


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_message_stands_in_the_timetable(kind: Kind) -> None:
    assert kind in TERMS, f"say in records/terms.py to whom and when {kind} goes; then `make docs`"
    term = TERMS[kind]
    assert term.to
    assert term.stages
    assert "{" not in term.words(the_partnership().timings)


async def test_nothing_is_owed_outside_its_line_of_the_timetable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for kind, found in (await seen(monkeypatch)).items():
        for stage, who in found:
            assert stage in TERMS[kind].stages, (kind, stage)
            assert not who.isdisjoint(TERMS[kind].to), (kind, who)


async def test_every_line_of_the_timetable_has_been_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind that no scenario reaches has a card that nobody has looked at."""
    assert set(TERMS) - set(await seen(monkeypatch)) == set()
