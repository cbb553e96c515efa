"""The two files of a restart with other questions: Suffolk's, and Suffolk's after some changes."""

import re
from pathlib import Path
from typing import Final

from records.partnership import SUFFOLK

RAISED: Final = ("request", "feedback", "outcome", "learning")
WORRY: Final = "What keeps you awake about this?"
CHILD: Final = "What will be better for the child?"
HAPPENED: Final = "What went well in the room?"
ZERO: Final = "Nothing has moved."
WORKING: Final = "What holds already?"
NEW: Final = "What we carry on with"


def first(folder: Path) -> Path:
    """The file as it ships."""
    path = folder / "first.toml"
    path.write_text(SUFFOLK.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def second(folder: Path) -> Path:
    """The same partnership later: other questions, one heading gone, one new, one reworded."""
    text = SUFFOLK.read_text(encoding="utf-8")
    for name in RAISED:
        text, once = re.subn(rf"(?m)^({name}) = (\d+)$", _raised, text)
        assert once == 1
    for name, now in (("q_worry", WORRY), ("q_child", CHILD), ("q_happened", HAPPENED),
                      ("scale_0", ZERO)):  # fmt: skip
        text = _line(text, f"{name} = ", f'{name} = "{now}"')
    sections = text.split("[[learning.sections]]\n")
    ids = [one.split('"')[1] for one in sections[1:]]
    worries, working = ids.index("worries") + 1, ids.index("working") + 1
    sections[working] = _line(sections[working], "heading = ", f'heading = "{WORKING}"')
    added = f'id = "carry-on"\nheading = "{NEW}"\nhint = "One thing is enough."\nkind = "texts"\n'
    sections[worries] = f'{added}asks = [{{ id = "what", label = "What is it?" }}]\n\n'
    path = folder / "second.toml"
    path.write_text("[[learning.sections]]\n".join(sections), encoding="utf-8")
    return path


def _raised(line: re.Match[str]) -> str:
    return f"{line[1]} = {int(line[2]) + 1}"


def _line(text: str, start: str, now: str) -> str:
    lines = text.splitlines(keepends=True)
    number = next(place for place, one in enumerate(lines) if one.startswith(start))
    lines[number] = f"{now}\n"
    return "".join(lines)
