"""The whole matrix: who tried what in a state, and what was wrong with it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.security.cast import EVERYBODY, PLAYERS, TWINS
from tests.security.events import cases, tried
from tests.security.judge import base, judged
from tests.security.states import State
from tests.security.watch import Watch


@dataclass
class Tried:
    """What was tried, and what was wrong; `asked` are rights that were asked without a tap."""

    events: int = 0
    asked: int = 0
    people: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)
    verbs: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Tried") -> None:
        """With what was tried elsewhere."""
        self.events += other.events
        self.asked += other.asked
        self.people |= other.people
        self.states |= other.states
        self.verbs |= other.verbs
        self.wrong += other.wrong

    def line(self) -> str:
        """The figures, in one line."""
        kinds = Counter(_kind(one) for one in self.wrong)
        return (
            f"events={self.events} asked={self.asked} people={len(self.people)} "
            f"states={len(self.states)} verbs={len(self.verbs)} leaks={kinds['leak']} "
            f"changes={kinds['changed']} others={kinds['other']}"
        )


def _kind(wrong: str) -> str:
    said = wrong.split(": ", 1)[1]
    if said.startswith(("leak", "log", "row")):
        return "leak"
    return "changed" if said.startswith(("changed", "opened", "let in")) else "other"


def a_few(state: State) -> tuple[str, ...]:
    """The cast, and some of the second holders, in each state others."""
    return (*PLAYERS, *TWINS[len(state.name) % 7 :: 7])


async def in_state(
    state: State, watch: Watch, every: int, people: Iterable[str] = tuple(EVERYBODY)
) -> Tried:
    """Everybody tries one in `every` of what can be tried here."""
    found, all_of_it = Tried(states={state.name}), cases(state)
    for who in people:
        found.people.add(who)
        one, wrong = await base(state, who, watch)
        found.wrong += [f"{state.name} / {who} / arrives: {text}" for text in wrong]
        for case in tried(state, all_of_it, who, every):
            found.wrong += await judged(one, case, watch)
            if case.verb == "asks":
                found.asked += 1
            else:
                found.events += 1
                found.verbs.add(case.verb)
    return found
