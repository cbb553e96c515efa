"""Everybody tries everything in every state: nothing leaks, nothing is changed, nobody who may is
refused. A sample here; `make matrix` tries over 100,000 events."""

from collections.abc import Iterator

import pytest

from dialogs.flow.flow import InFlow
from dialogs.root.routes import FILES, FLOWS, TAPS
from dialogs.turn.access import Right, Role
from dialogs.turn.route import Plain, Route
from tests.security.judge import _in_a_log
from tests.security.states import WALKS, State, walk
from tests.security.table import (
    IN_FLOW,
    OF_FILE,
    OF_FLOW,
    OF_TAP,
    OF_THE_TEAM,
    PLAIN,
    RIGHT,
    table,
)
from tests.security.trial import a_few, in_state
from tests.security.watch import Watch, watching

EVERY = 127
"""One in so many of what can be tried; a prime, so that everybody tries other things."""
KNOWN: dict[str, State] = {}


@pytest.fixture
def watch() -> Iterator[Watch]:
    """The product, watched."""
    with watching() as found:
        yield found


@pytest.mark.parametrize("name", WALKS)
async def test_nobody_sees_or_changes_what_is_not_theirs(name: str, watch: Watch) -> None:
    """And whoever has the right is let in, in this state."""
    state = await walk(name, KNOWN)
    found = await in_state(state, watch, EVERY, a_few(state))
    assert found.wrong == []
    assert found.events > 60


def test_every_tap_flow_and_file_is_in_the_matrix() -> None:
    """With the right that the product asks for it; a new one has to be entered in `table.py`."""
    routes = {verb: one for verb, one in TAPS.items() if isinstance(one, Route)}
    assert {verb: one.right.value for verb, one in routes.items()} == OF_TAP
    assert {verb for verb, one in TAPS.items() if isinstance(one, InFlow)} == IN_FLOW | {
        "flow.discard"
    }
    plain = {verb: one for verb, one in TAPS.items() if isinstance(one, Plain)}
    assert {verb for verb, one in plain.items() if one.team} == OF_THE_TEAM
    assert {verb for verb, one in plain.items() if not one.team} == PLAIN - {"flow.discard"}
    asked = {name: one.right.value for name, one in FLOWS.items() if one.right is not None}
    assert asked == OF_FLOW
    rights = {kind: getattr(one, "right", None) for kind, one in FILES.items()}
    assert {kind: one.value for kind, one in rights.items() if one is not None} == OF_FILE


def test_every_right_and_role_is_in_the_table_that_is_read() -> None:
    assert {one.right for one in table()} == {one.value for one in Right} == set(RIGHT.values())
    assert {one.role for one in table()} == {one.value for one in Role}


def test_every_state_of_the_table_is_walked_to() -> None:
    assert {one.stage for one in WALKS.values()} == set().union(*(one.stages for one in table()))


def test_a_name_in_a_log_is_found() -> None:
    assert list(_in_a_log("refused Priya Shah"))
    assert list(_in_a_log("x zqworrya x"))
    assert not list(_in_a_log("refused 1234"))
