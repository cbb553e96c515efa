"""One tap on the scale, from the root to the reply: which of our functions it runs, in how many
files. Comprehensions and lambdas count as part of the function they stand in; the store's own files
are counted apart, as storage itself takes their place. Printed with `pytest -s`.
"""

import sys
from collections import Counter
from collections.abc import Awaitable
from pathlib import Path
from types import CodeType, FrameType
from typing import Final

import pytest

from dialogs.turn.events import Reply
from tests.dialogs.conftest import House

TOP: Final = Path(__file__).parents[2]
ROOMS: Final = ("bot", "dialogs", "scheduler", "cards", "records")
STORE: Final = ("memory.py", "row_rules.py", "long_strings.py", "key_range.py")
"""What a row may hold, what a query asks for, and the store in memory."""
MOST_FUNCTIONS: Final = {True: 147, False: 155}
"""With the draft that was begun when the card went out, and where that was put away since."""
MOST_FILES: Final = 32

Place = tuple[str, str]


async def run_by(tap: Awaitable[Reply]) -> tuple[set[CodeType], Reply]:
    """Every piece of code that runs until the reply is there."""
    found: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            found.add(frame.f_code)

    sys.setprofile(note)
    try:
        reply = await tap
    finally:
        sys.setprofile(None)
    return found, reply


def place(code: CodeType) -> Place | None:
    """The file and the named function; no name for what stands in a class or a module."""
    path = Path(code.co_filename)
    if not path.is_relative_to(TOP):
        return None
    file = path.relative_to(TOP)
    if file.parts[0] not in ROOMS:
        return None
    parts = code.co_qualname.replace(".<locals>", "").split(".")
    named = [one for one in parts if not one.startswith("<")]
    alone = len(named) < len(parts) and (not named or named[-1][0].isupper())
    return file.as_posix(), "" if alone else ".".join(named)


def is_stores(file: str) -> bool:
    """Whether storage itself takes this file's place."""
    return file.rpartition("/")[2] in STORE or "/store/azure/" in file


@pytest.mark.parametrize("draft", [True, False], ids=["its draft there", "no draft"])
async def test_a_tap_on_the_scale_runs_few_functions_in_few_files(
    house: House, draft: bool
) -> None:
    key = await house.held()
    if draft:
        await house.begin_drafts(key)
    await house.tap("nia", "6 out of 10")
    await house.tidy()
    tap = house.data("pat", "6 out of 10")
    house.asks = False  # of somebody it knows Teams is not asked at every tap
    with house.afterwards.after_this():
        codes, reply = await run_by(house.root.handle(house.a_turn("pat", tap)))
    await house.tidy()
    assert reply.card is not None
    places = {found for code in codes if (found := place(code)) is not None}
    stores = {one for one in places if is_stores(one[0])}
    files = {file for file, _ in places - stores}
    functions = {one for one in places - stores if one[1]}
    print(f"\n{'Its draft there' if draft else 'No draft'}: ", end="")
    print(f"{len(functions)} functions in {len(files)} files, and of the store's own", end=" ")
    print(f"{len({one for one in stores if one[1]})} in {len({file for file, _ in stores})}")
    for file, many in Counter(file for file, _ in functions).most_common():
        print(f"{many:4} {file}: {', '.join(sorted(n for f, n in functions if f == file))}")
    assert len(functions) <= MOST_FUNCTIONS[draft]
    assert len(files) <= MOST_FILES
