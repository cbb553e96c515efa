"""Draws every card of every flow in Fenmere's words: `python -m tests.partnerships.drawing ORDER`.

ORDER says when every module of the product is loaded: `before` Fenmere is chosen, or `after`.
"""

import importlib
import json
import pkgutil
import sys
from typing import Final

from cards.wording import use
from records.partnership import read_partnership
from tests.partnerships.fenmere import FILE

FLOORS: Final = ("records", "cards", "dialogs", "scheduler", "bot")


def load() -> int:
    """Import every module of the product; how many there are."""
    names = [
        found.name
        for floor in FLOORS
        for found in pkgutil.walk_packages(importlib.import_module(floor).__path__, f"{floor}.")
    ]
    for name in names:
        importlib.import_module(name)
    return len(names)


def main(order: str) -> None:
    """Print how many modules there were, and every card as JSON."""
    count = load() if order == "before" else 0
    use(read_partnership(FILE))
    count = count or load()
    from tests.cards.test_every_card import drawn

    print(json.dumps({"modules": count, "cards": list(drawn("a word"))}))


if __name__ == "__main__":
    main(sys.argv[1])
