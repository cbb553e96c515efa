"""Writes docs/reference.md from the code: `python -m bot.reference`. A test says when it is old."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cards.wording import use, wording
from dialogs.turn.access import ALWAYS, RIGHTS
from records.outbox.kinds import KINDS
from records.partnership import SUFFOLK, read_partnership
from records.stages import Stage, mermaid

PAGE: Final = Path(__file__).parents[1] / "docs" / "reference.md"
HEAD: Final = """# Reference

Made from the code by `make docs`; do not change it by hand. The stages are those of
`records/stages.py`, the timetable that of `records/outbox/kinds.py` (tests hold it against the
rules in each step's `owed.py`), and the access table that of `dialogs/turn/access.py`, which the
root asks once a tap.
"""
TIMETABLE: Final = """## Who is written to, and when

"At once" is at whatever hour, because somebody's act caused it. *Office hours* are 09:00 to 16:00
on working days of England and Wales; a message that would be late waits for the next. A message
that is no longer owed when its time comes is not sent: its question was answered, or the
conversation has left the stages named here. Nothing is sent while messages are stopped, but to the
team that its facilitator has left it; and nothing to somebody who has left but that they have. What
*asks* is held back from who waits to be rung, and repeated after a day where it may not have
arrived; some of it can be answered by simply typing.
"""
COSTS: Final = """## What it costs people

Counted by `tests/journeys/test_ceilings.py` from the first message to the last. A tap is a button
or a choice; an input is typed where its text does not stand there already. Every text may be
skipped; where a text is counted, it was written.
"""
ACCESS: Final = """## Who may do and see what

Asked again at every tap, on the record as it then is. What is not here, nobody may.
"""


@dataclass(frozen=True)
class Effort:
    """What one part costs somebody, in taps and in inputs that are typed; and the most it may."""

    name: str
    taps: int
    typed: int
    most_taps: int
    most_typed: int | None = None


EFFORT: Final = (
    Effort("somebody who comes", 6, 0, 6, 0),
    Effort("the manager who agrees", 2, 0, 3, 0),
    Effort("the lead worker who says that the family was told", 2, 0, 2, 0),
    Effort("a request by somebody who was here before, with one other person", 11, 5, 11, 8),
    Effort("the learning document of six people", 20, 14, 20),
)
"""Each part, as it was counted. A new ask on these ways takes another away."""


def page() -> str:
    """The whole page."""
    stages = f"## The stages\n\n```mermaid\n{mermaid()}\n```\n"
    timetable = _table(
        ("message", "reminds of", "to", "when", "office hours", "asks", "in the stages", "until"),
        _timetable(),
    )
    access = _table(("right", "who", "in the stages"), _access())
    costs = _table(("who, or what", "taps", "typed", "at most"), _costs())
    parts = [HEAD, stages, TIMETABLE, timetable, COSTS, costs, ACCESS, access]
    return "\n".join(parts)


def _costs() -> Iterator[tuple[str, ...]]:
    for one in EFFORT:
        typed = f" and {one.most_typed} typed" if one.most_typed is not None else ""
        yield one.name, str(one.taps), str(one.typed), f"{one.most_taps} taps{typed}"


def _timetable() -> Iterator[tuple[str, ...]]:
    timings = wording.partnership.timings
    for kind, one in KINDS.items():
        typed = ", also by typing" if one.opens else ""
        yield (
            kind,
            one.reminds or "",
            "; ".join(one.who),
            one.words(timings),
            "yes" if one.timed else "",
            f"yes{typed}" if one.asks else "",
            _stages(frozenset(one.stages)),
            one.until,
        )


def _access() -> Iterator[tuple[str, ...]]:
    for right, who in RIGHTS.items():
        for role, when in who.items():
            yield right, role, _stages(when)


def _stages(when: frozenset[Stage]) -> str:
    left = ALWAYS - when
    if not left:
        return "every stage"
    if len(left) <= 3:
        return f"every stage but {_named(left)}"
    return _named(when)


def _named(stages: frozenset[Stage]) -> str:
    return ", ".join(stage for stage in Stage if stage in stages)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


if __name__ == "__main__":
    use(read_partnership(SUFFOLK))
    PAGE.write_text(page())
