"""Every card that the scenarios reach, in light and dark and at a phone's width: nothing is cut,
everything can be read. Writes `journey/looks/`, to be looked at."""

from pathlib import Path

import pytest
from looks import SCRIPTS, THEMES, Theme, look, prepare, sheets
from teams_window import browser

from cards.kit.elements import Card
from tests.cards.test_every_card import SCENARIOS, House, MemoryStore

pytestmark = pytest.mark.looks
PICTURES = Path(__file__).parents[2] / "journey" / "looks"


_walked: dict[str, list[Card]] = {}


async def walked() -> dict[str, list[Card]]:
    """The cards of every scenario, walked once for all themes."""
    for name, walk in SCENARIOS.items() if not _walked else ():
        house = House(MemoryStore())
        await walk(house)
        _walked[name] = house.cards
    return _walked


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_every_card_can_be_read_and_nothing_is_cut(theme: Theme) -> None:
    missing = [str(one) for one in SCRIPTS if not one.is_file()]
    assert missing == [], "run npm ci"
    for old in PICTURES.glob(f"{theme.name}-*.png"):
        old.unlink()
    found: list[str] = []
    async with browser() as chromium:
        columns = 4 if theme.width < 400 else 3
        width = columns * (theme.width + 8) + 24
        page = await chromium.new_page(viewport={"width": width, "height": 800}, locale="en-GB")
        await prepare(page, theme)
        number, seen = 0, set[str]()
        for name, cards in (await walked()).items():
            for sheet in sheets(cards, seen):
                number += 1
                wrong = await look(page, theme, sheet, PICTURES / f"{theme.name}-{number:02}.png")
                found += [f"{theme.name}-{number:02} ({name}): {one}" for one in wrong]
    assert sorted(set(found)) == []
