"""Everybody tries everything in every state: nothing leaks, nothing is changed, nobody who may is
refused. A sample here; `make matrix` tries over 100,000 events."""

from collections.abc import Iterator

import pytest

from dialogs.flow.flow import InFlow
from dialogs.root.routes import FILES, FLOWS, TAPS
from dialogs.turn.access import Right, Role
from dialogs.turn.route import Plain, Route
from records.store.contract import Row
from tests.security.cast import Tables
from tests.security.events import cases
from tests.security.judge import in_a_log
from tests.security.marks import READERS, marks
from tests.security.states import WALKS, State, walk
from tests.security.table import (
    IN_FLOW,
    OF_EVALUATORS,
    OF_FILE,
    OF_FLOW,
    OF_TAP,
    OF_THE_TEAM,
    PLAIN,
    RIGHT,
    table,
)
from tests.security.trial import a_few, in_state
from tests.security.watch import Watch

EVERY = 199
"""One in so many of what can be tried; a prime, so that everybody tries other things."""


@pytest.mark.parametrize("name", WALKS)
async def test_nobody_sees_or_changes_what_is_not_theirs(
    name: str, known: dict[str, State], watch: Watch
) -> None:
    """And whoever has the right is let in, in this state."""
    state = await walk(name, known)
    found = await in_state(state, watch, EVERY, a_few(state))
    assert found.wrong == []
    assert found.events > 40


def test_every_tap_flow_and_file_is_in_the_matrix() -> None:
    """With the right that the product asks for it; a new one has to be entered in `table.py`."""
    routes = {verb: one for verb, one in TAPS.items() if isinstance(one, Route)}
    assert {verb: one.right.value for verb, one in routes.items()} == OF_TAP
    assert {verb for verb, one in TAPS.items() if isinstance(one, InFlow)} == IN_FLOW | {
        "flow.discard"
    }
    plain = {verb: one for verb, one in TAPS.items() if isinstance(one, Plain)}
    assert {verb for verb, one in plain.items() if one.team} == OF_THE_TEAM
    assert {verb for verb, one in plain.items() if one.evaluators} == OF_EVALUATORS
    others = {verb for verb, one in plain.items() if not (one.team or one.evaluators)}
    assert others == PLAIN - {"flow.discard"}
    asked = {name: one.right.value for name, one in FLOWS.items() if one.right is not None}
    assert asked == OF_FLOW
    rights = {kind: getattr(one, "right", None) for kind, one in FILES.items()}
    assert {kind: one.value for kind, one in rights.items() if one is not None} == OF_FILE


async def test_every_tap_and_every_step_is_tried(known: dict[str, State]) -> None:
    found = cases(await walk("requested", known))
    assert {one.verb for one in found} >= TAPS.keys()
    steps = {f"flow.next {name} {step.id}" for name, flow in FLOWS.items() for step in flow.steps}
    assert {one.name for one in found} >= steps


def test_every_right_and_role_is_in_the_table_that_is_read() -> None:
    assert {one.right for one in table()} == {one.value for one in Right} == set(RIGHT.values())
    assert {one.role for one in table()} == {one.value for one in Role}


def test_every_state_of_the_table_is_walked_to() -> None:
    assert {one.stage for one in WALKS.values()} == set().union(*(one.stages for one in table()))


async def test_every_mark_is_somewhere(known: dict[str, State]) -> None:
    """Where one has gone, nothing would be found any more."""
    states = [await walk(name, known) for name in WALKS]
    rows = {str(row.values) for one in states for row in every_row(one.kept.tables)}
    assert {what for row in rows for what, _ in marks(row)} == READERS.keys()


def every_row(tables: Tables) -> Iterator[Row]:
    """All rows of a copy."""
    for partitions in tables.values():
        for rows in partitions.values():
            yield from rows.values()


def test_a_namein_a_log_is_found() -> None:
    assert list(in_a_log("refused Priya Shah"))
    assert list(in_a_log("x zqworrya x"))
    assert not list(in_a_log("refused 1234"))
