"""Whether a chain of lines is whole, told from its lines and from where it should end.

Each line holds its number, the hash of the line before and its own. What does not fit is named by
the number of the line: changed, removed or added. Whoever can rewrite every line and the head is
found by a head that lies elsewhere alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar


class ChainLine(Protocol):
    """What any line of a chain has."""

    @property
    def sequence(self) -> int:
        """Its number, from 1."""
        ...

    @property
    def before(self) -> str:
        """The hash of the line before; empty in the first."""
        ...

    @property
    def hash(self) -> str:
        """Its own, over all that it holds and the one before."""
        ...


class Tampered(StrEnum):
    """What was done to a line; the values are for people."""

    CHANGED = "was changed"
    REMOVED = "was removed"
    ADDED = "was added"


@dataclass(frozen=True, order=True)
class Fault:
    """One line, or with `to` all of them up to there, and what is wrong with it."""

    line: int
    wrong: Tampered
    to: int = 0

    def __str__(self) -> str:
        """In words."""
        if self.to > self.line:
            return f"lines {self.line} to {self.to}: each {self.wrong}"
        return f"line {self.line} {self.wrong}"


_L = TypeVar("_L", bound=ChainLine)


class Walk(Generic[_L]):
    """Along one chain, from its first line. `chained` gives a line its own hash anew.

    What is known of it so far is in `faults`, `last` and `head`; `hashes` are kept of the lines in
    `wanted`, to compare them with heads that lie elsewhere.
    """

    def __init__(self, chained: Callable[[_L], _L], wanted: frozenset[int] = frozenset()) -> None:
        self._chained, self._wanted = chained, wanted
        self.last, self.head = 0, ""
        self.hashes: dict[int, str] = {}
        self.faults: list[Fault] = []

    def pass_by(self, line: _L) -> None:
        """The next line, in the order of their keys."""
        number = self.last + 1
        if line.sequence < number:
            self._found(line.sequence, Tampered.ADDED)
            return
        own = self._chained(line).hash == line.hash
        if line.sequence > number:
            self._found(number, Tampered.REMOVED, line.sequence - 1)
        elif line.before != self.head and own:
            # It follows another line than the one that stands there.
            self._found(self.last or number, Tampered.CHANGED)
        if not own:
            self._found(line.sequence, Tampered.CHANGED)
        self.last, self.head = line.sequence, line.hash
        if line.sequence in self._wanted:
            self.hashes[line.sequence] = line.hash

    def end(self, sequence: int, head: str) -> list[Fault]:
        """There are no more: what is wrong, where it should have ended here."""
        if self.last < sequence:
            self._found(self.last + 1, Tampered.REMOVED, sequence)
        elif self.last > sequence:
            self._found(sequence + 1, Tampered.ADDED, self.last)
        elif head != self.head:
            self._found(self.last, Tampered.CHANGED)
        return self.faults

    def knows(self, sequence: int, head: str) -> list[Fault]:
        """What is wrong by a head of an earlier day, whose line is one of the `wanted`."""
        if self.last < sequence:
            return [Fault(self.last + 1, Tampered.REMOVED, sequence)]
        if sequence and self.hashes.get(sequence) != head:
            return [Fault(sequence, Tampered.CHANGED)]
        return []

    def _found(self, line: int, wrong: Tampered, to: int = 0) -> None:
        fault = Fault(line, wrong, to if to > line else 0)
        if fault not in self.faults:
            self.faults.append(fault)
