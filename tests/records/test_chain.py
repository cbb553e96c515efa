"""Whether a chain is whole: each way to tamper with one is found, and the line is named."""

from dataclasses import dataclass, replace
from hashlib import sha256

import pytest

from records.chain import Fault, Tampered, Walk


@dataclass(frozen=True)
class Line:
    sequence: int
    text: str
    before: str
    hash: str = ""


def hashed(line: Line) -> Line:
    facts = f"{line.sequence} {line.text} {line.before}"
    return replace(line, hash=sha256(facts.encode()).hexdigest())


def chain(*texts: str) -> list[Line]:
    lines, before = list[Line](), ""
    for number, text in enumerate(texts, start=1):
        bare = Line(number, text, before)
        lines.append(hashed(bare))
        before = lines[-1].hash
    return lines


def faults(lines: list[Line], sequence: int, head: str) -> list[str]:
    walk = Walk(hashed)
    for line in lines:
        walk.pass_by(line)
    return [str(one) for one in walk.end(sequence, head)]


FIVE = chain("a", "b", "c", "d", "e")
HEAD = (5, FIVE[-1].hash)


def test_a_chain_that_is_whole_has_no_fault() -> None:
    assert faults(FIVE, *HEAD) == []
    assert faults([], 0, "") == []


@pytest.mark.parametrize("number", range(1, 6))
def test_a_line_that_was_changed_is_named(number: int) -> None:
    lines = list(FIVE)
    lines[number - 1] = replace(lines[number - 1], text="x")
    assert faults(lines, *HEAD) == [f"line {number} was changed"]


@pytest.mark.parametrize("number", range(1, 6))
def test_a_line_that_was_changed_and_hashed_anew_is_named(number: int) -> None:
    lines = list(FIVE)
    forged = replace(lines[number - 1], text="x")
    lines[number - 1] = hashed(forged)
    assert faults(lines, *HEAD) == [f"line {number} was changed"]


@pytest.mark.parametrize("number", range(1, 6))
def test_a_line_that_was_removed_is_named(number: int) -> None:
    lines = [one for one in FIVE if one.sequence != number]
    assert faults(lines, *HEAD) == [f"line {number} was removed"]


def test_several_that_were_removed_are_named_as_one() -> None:
    assert faults([FIVE[0], FIVE[4]], *HEAD) == ["lines 2 to 4: each was removed"]
    assert faults(FIVE[:3], *HEAD) == ["lines 4 to 5: each was removed"]
    assert faults([], *HEAD) == ["lines 1 to 5: each was removed"]


def test_a_line_that_was_added_is_named_wherever_it_is() -> None:
    bare = Line(6, "f", FIVE[-1].hash)
    assert faults([*FIVE, hashed(bare)], *HEAD) == ["line 6 was added"]
    assert faults([*FIVE[:3], FIVE[1], *FIVE[3:]], *HEAD) == ["line 2 was added"]


def test_a_head_that_was_changed_is_found_at_the_last_line() -> None:
    assert faults(FIVE, 5, "x") == ["line 5 was changed"]


def test_a_tail_cut_off_with_its_head_is_found_by_a_head_that_lies_elsewhere_alone() -> None:
    cut = FIVE[:3]
    assert faults(cut, 3, cut[-1].hash) == []
    walk = Walk(hashed, frozenset([5]))
    for line in cut:
        walk.pass_by(line)
    assert walk.knows(*HEAD) == [Fault(4, Tampered.REMOVED, 5)]


def test_a_chain_that_was_made_anew_is_found_by_a_head_that_lies_elsewhere_alone() -> None:
    anew = chain("a", "x", "c", "d", "e", "f")
    assert faults(anew, 6, anew[-1].hash) == []
    for lines, wrong in ((anew, [Fault(5, Tampered.CHANGED)]), (chain(*"abcdef"), [])):
        walk = Walk(hashed, frozenset([5]))
        for line in lines:
            walk.pass_by(line)
        assert walk.knows(*HEAD) == wrong
