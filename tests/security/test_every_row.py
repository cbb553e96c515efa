"""The matrix can fail: each row of the rights, taken out or opened to everybody, turns it red."""

from collections.abc import Callable

import pytest

from dialogs.turn import access
from dialogs.turn.access import Right
from records.people import Participant, is_among
from tests.security.events import Case, asks, cases
from tests.security.judge import base, judged
from tests.security.states import WALKS, State, walk
from tests.security.table import Line, allows, table
from tests.security.watch import Watch

STRANGER = "odd"
ROWS = [pytest.param(one, id=f"{one.right} - {one.role}") for one in table()]
EVERYBODY_HAS = object()
"""A role that everybody has."""


def holder(row: Line) -> tuple[str, str]:
    """A state, and somebody who has the right in it by this row alone."""
    for name, one in WALKS.items():
        for who, roles in one.roles.items():
            by_it = row.role in roles and one.stage in row.stages and not one.stopped
            if by_it and not allows(row.right, roles - {row.role}, one.stage):
                return name, who
    raise LookupError(row)


def tries(state: State, right: str) -> list[Case]:
    """A tap that asks for a right in A, where there is one; and the right itself."""
    own = (one for one in cases(state) if (one.right, one.key) == (right, state.a))
    return [next(own), asks(state, right)]


async def wrong(state: State, who: str, right: str, watch: Watch) -> list[str]:
    """What the matrix says of somebody who tries what asks for a right."""
    one, found = await base(state, who, watch)
    for case in tries(state, right):
        found += await judged(one, case, watch)
    return found


@pytest.mark.parametrize("row", ROWS)
async def test_a_row_that_is_taken_out_is_missed(
    row: Line, known: dict[str, State], watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whoever has the right through it."""
    name, who = holder(row)
    state = await walk(name, known)
    assert await wrong(state, who, row.right, watch) == []
    _with(monkeypatch, row, lambda role: role != row.role)
    found = await wrong(state, who, row.right, watch)
    assert any(f"shut to {who}: {row.right}" in one for one in found)
    assert any(f"refused, though theirs: {row.right}" in one for one in found)


@pytest.mark.parametrize("row", ROWS)
async def test_a_row_that_is_open_to_everybody_is_seen(
    row: Line, known: dict[str, State], watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By somebody who is nothing in the conversation."""
    name, _ = holder(row)
    state = await walk(name, known)
    assert await wrong(state, STRANGER, row.right, watch) == []
    _with(monkeypatch, row, lambda role: True, open_to_all=True)
    found = await wrong(state, STRANGER, row.right, watch)
    assert any(f"opened to {STRANGER}: {row.right}" in one for one in found)
    assert any(f"let in: {row.right}" in one for one in found)


async def test_a_story_that_is_open_to_everybody_is_a_leak(
    known: dict[str, State], watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = next(one for one in table() if one.right == Right.READ_STORY.value)
    state = await walk("agreed", known)
    _with(monkeypatch, row, lambda role: True, open_to_all=True)
    found = await wrong(state, STRANGER, row.right, watch)
    assert any(f"leak to {STRANGER}: " in one for one in found)


@pytest.mark.parametrize("twin", ["martin-mail", "martin-sign-in", "martin-tenant", "martin-guest"])
async def test_an_address_that_gives_a_place_is_seen(
    twin: str, known: dict[str, State], watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were somebody the manager by their address, each of those who have it as well would be."""
    state = await walk("agreed", known)
    right = Right.SEE_ASKED.value
    assert await wrong(state, twin, right, watch) == []
    monkeypatch.setattr(Participant, "is_person", lambda one, who: is_among(one.mail, who.mails))
    found = await wrong(state, twin, right, watch)
    assert any(f"opened to {twin}: {right}" in one for one in found)
    assert any(f"leak to {twin}: worry of a" in one for one in found)


async def test_a_withdrawal_that_is_open_to_everybody_is_a_change(
    known: dict[str, State], watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = next(one for one in table() if one.right == Right.WITHDRAW.value)
    state = await walk("agreed", known)
    _with(monkeypatch, row, lambda role: True, open_to_all=True)
    one, _ = await base(state, STRANGER, watch)
    case = next(each for each in cases(state) if each.name == "request.withdraw-yes a")
    assert any("changed conversation a" in each for each in await judged(one, case, watch))


def _with(
    monkeypatch: pytest.MonkeyPatch,
    row: Line,
    keeps: Callable[[str], bool],
    *,
    open_to_all: bool = False,
) -> None:
    """The rights with one row other than it is."""
    right, real = Right(row.right), access.has_role
    own = {role: stages for role, stages in access.RIGHTS[right].items() if keeps(role.value)}
    if open_to_all:
        stages = frozenset().union(*access.RIGHTS[right].values())
        own = {EVERYBODY_HAS: stages}  # type: ignore[dict-item]  # no role of the product's
    monkeypatch.setattr(access, "RIGHTS", {**access.RIGHTS, right: own})
    monkeypatch.setattr(
        access, "has_role", lambda who, it, role: role is EVERYBODY_HAS or real(who, it, role)
    )
