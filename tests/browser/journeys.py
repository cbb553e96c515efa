"""One run through the windows: who sits where, what was typed, and the pictures on the way."""

import asyncio
import re
from datetime import date
from pathlib import Path
from typing import Final

import kept
from kept import Kept, Typed
from playwright.async_api import Browser, Page
from teams_window import TeamsWindow, open_window

from bot.demo import Demo
from bot.demo.personas import MANAGER, PRACTITIONER, Persona
from cards.wording import wording as w

MONDAY: Final = "2027-02-01T09:05:00+00:00"
"""Where the demo's clock starts."""
DAY: Final = date(2027, 2, 3)
"""The Wednesday for which it is booked, so that Tuesday has the reminder."""
PICTURES: Final = Path(__file__).parents[2] / "journey"


def fixed(sentence: str) -> str:
    """The longest part of a sentence of the product's that holds no name and no number."""
    return max(re.split(r"\{\w+\}", sentence), key=len).strip()


def tile(number: int) -> str:
    """What a tile of the scale says."""
    return w.SCALE_TILE.format(number=number)


def people_to_tick(*people: Persona) -> list[str]:
    """How the cards name people one can choose."""
    return [f"{one.name} ({one.agency})" for one in people]


class Journey:
    """The windows of people, what they have typed, and the pictures taken on the way.

    `invited` are those whom the request names beside its writer and the manager, `left_out` those
    of them for whom no place is booked; `pictures` is how the files of the pictures begin; `cut`
    gathers the words that a card had no room for; `replaced` has who comes instead of whom.
    """

    def __init__(
        self,
        demo: Demo,
        invited: tuple[Persona, ...],
        pictures: str = "",
        *,
        left_out: tuple[Persona, ...] = (),
    ) -> None:
        self.demo, self.invited, self.left_out = demo, invited, left_out
        self._pictures = pictures
        self.windows: dict[str, TeamsWindow] = {}
        self.typed: list[Typed] = []
        self.cut: list[str] = []
        self.replaced: dict[str, Persona] = {}
        self._taken = 0
        for old in PICTURES.glob(f"{pictures}[0-9][0-9]-*.png"):
            old.unlink()

    @property
    def coming(self) -> tuple[Persona, ...]:
        """Those besides the facilitator for whom a place is booked, whoever came instead."""
        booked = (PRACTITIONER, MANAGER, *self.invited)
        return tuple(self.replaced.get(one.key, one) for one in booked if one not in self.left_out)

    @property
    def practitioner(self) -> TeamsWindow:
        return self.windows["practitioner"]

    @property
    def manager(self) -> TeamsWindow:
        return self.windows["manager"]

    @property
    def facilitator(self) -> TeamsWindow:
        return self.windows["facilitator"]

    @property
    def partner(self) -> TeamsWindow:
        return self.windows["partner"]

    async def open(self, chromium: Browser, *people: Persona, phone: bool = False) -> None:
        """Open these people's windows; each is welcomed."""
        keys = [one.key for one in people]
        opened = await asyncio.gather(
            *(open_window(chromium, self.demo, key, phone=phone) for key in keys)
        )
        self.windows = dict(zip(keys, opened, strict=True))
        for key, window in self.windows.items():
            given = self.demo.windows[key].persona.name.split()[0]
            await window.wait_for_message(f"Hello {given}")

    async def picture(self, window: TeamsWindow, name: str, *, within: str = "") -> None:
        """Take a picture of a card, numbered in the order of the journey."""
        self.cut += [f"{name}: {words}" for words in await window.cut_words(within=within)]
        await window.screenshot(self._next(name), within=within)

    async def page_picture(self, page: Page, name: str) -> None:
        """Take a picture of a page of ours, numbered likewise."""
        wider = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        self.cut += [f"{name}: the page is wider than the screen"] if wider else []
        await page.screenshot(path=self._next(name), full_page=True)

    def _next(self, name: str) -> Path:
        self._taken += 1
        return PICTURES / f"{self._pictures}{self._taken:02}-{name}.png"

    async def type_into(
        self, window: TeamsWindow, question: str, text: str, where: str, *, within: str = ""
    ) -> None:
        """Answer a question with typed text, and remember where it has to be kept."""
        await window.fill(question, text, within=within)
        self.remember(window, question, text, where)

    async def choose(
        self, window: TeamsWindow, question: str, chosen: dict[str, str], where: str
    ) -> None:
        """Answer a question by choosing: the titles, each with what is kept for it."""
        await window.choose(question, *chosen)
        values = list(chosen.values())
        stored = values if where.endswith("reasons") else values[0]
        self.remember(window, question, ", ".join(chosen), where, stored)

    def remember(
        self, window: TeamsWindow, question: str, text: str, where: str, stored: object = None
    ) -> None:
        """What was typed; a later answer to the same question takes the place of an earlier."""
        who = next(key for key, one in self.windows.items() if one is window)
        self.typed = [one for one in self.typed if one.where != where]
        self.typed.append(Typed(who, question, text, where, stored))

    async def kept(self) -> Kept:
        """What stands in the tables now."""
        return await kept.the_conversation(self.demo.tables_connection_string)

    async def fetch(self, window: TeamsWindow, address: str) -> bytes:
        """What stands behind an address, fetched by the window's browser."""
        answer = await window.page.context.request.get(address)
        assert answer.ok, f"{answer.status} {answer.status_text}"
        return await answer.body()

    async def counts(self) -> dict[str, int]:
        """How many messages each window shows."""
        return {key: await window.message_count() for key, window in self.windows.items()}

    async def skip(self, words: str, reaching: str) -> None:
        """Move the clock, in the facilitator's window; wait until it says when it now is."""
        await self.facilitator.say(words)
        await self.facilitator.wait_for_card(w.DEMO_SKIPPED.split("{")[0] + reaching)
