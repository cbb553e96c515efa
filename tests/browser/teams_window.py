"""One person's Teams in a real browser: the Playground page, driven as that person would.

Nothing here sleeps. A tap waits for the bot's answer and for the card to be drawn again; anything
the bot sends unasked is waited for by its words (`wait_for_card`, `wait_for_message`). Every
action works on the newest card, or on the newest one that holds the words given as `within`.

Where the page's own markup is odd, the reason stands beside the selector.
"""

import asyncio
import json
import re
from calendar import month_name
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import date, time
from pathlib import Path

from playwright.async_api import (
    Browser,
    Locator,
    Page,
    Response,
    Route,
    ViewportSize,
    async_playwright,
    expect,
)
from playwright.async_api import TimeoutError as TookTooLong

from bot.demo import Demo

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 120_000
"""Milliseconds anything may take: a busy machine with two cores, not a measure of the product."""
expect.set_options(timeout=PATIENCE)
DESK: ViewportSize = {"width": 1100, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
NOT_OURS = re.compile(r"^https?://(?!127\.0\.0\.1[:/])")
ANSWERED = re.compile(r"/_conversation/v1/(invoke|submit)$")
INVOKE = re.compile(r"/_conversation/v1/invoke$")

# The page keeps a card's elements when another card takes its place, but renames them.
FIRST_ID = "card => card.querySelector('[id^=__ac-]')?.id"

# A text's own width says nothing, since the page cuts what sticks out.
CUT = """blocks => blocks.filter(block => {
    const range = document.createRange();
    range.selectNodeContents(block);
    return range.getBoundingClientRect().width > block.clientWidth + 1;
}).map(block => block.innerText)"""

TEXTS = ".ac-textBlock, .fui-Button, [role=cell]"
NAMES = "buttons => buttons.map(one => one.getAttribute('aria-label') || one.innerText)"

# Each card has a bar that moves without an end, seen or not: four windows full of cards would draw
# nothing else on two cores.
STILL = "*, *::before, *::after { animation: none !important; transition: none !important; }"

# The Playground's page is at least 600 pixels wide and keeps 100 beside a card: on a phone Teams
# does neither.
PHONE_STYLE = """
div:has(.fai-OutputCard), div:has([data-lexical-editor]) { min-width: 0 !important; }
div:has(> div > .fai-OutputCard) { margin: 0 8px !important; max-width: calc(100vw - 16px); }
.fai-OutputCard { padding: 8px !important; max-width: calc(100vw - 48px) !important; }
.fai-OutputCard > div:has(.ac-adaptiveCard) { min-width: 0 !important; max-width: 100%; }
"""


class TeamsWindow:
    """A persona's chat with the bot."""

    def __init__(self, page: Page, url: str, *, phone: bool = False) -> None:
        self.page, self.url, self.phone = page, url, phone

    async def open(self) -> None:
        """Load the page, which announces the person's chat, and wait until one can type."""
        await self.page.goto(self.url)
        await self._editor.wait_for()
        # The log lies over the cards in a narrow window and takes their clicks.
        await self.page.get_by_title("Hide log panel").click()
        await self.page.add_style_tag(content=STILL)
        if self.phone:
            await self.page.add_style_tag(content=PHONE_STYLE)

    async def say(self, text: str) -> None:
        """Type and send. The answer comes on its own: wait for its words."""
        await self._editor.fill(text)
        async with self.page.expect_response(re.compile(r"/messages$")):
            await self._editor.press("Enter")

    async def open_chat(self, name: str) -> None:
        """Choose a chat or channel in the side bar, as "General" for the team."""
        await self.page.get_by_title("Toggle app bar and conversation window").click()
        entry = self.page.get_by_role("treeitem").filter(has_text=name)
        await entry.click()
        # The button opens the side bar only; a click beside it closes it.
        size = self.page.viewport_size or DESK
        await self.page.mouse.click(size["width"] - 4, size["height"] / 2)
        await expect(entry).not_to_be_in_viewport()

    # What is there to read

    async def last_card(self) -> str:
        """The newest card's words."""
        return await self._card().inner_text()

    async def text_of(self, containing: str) -> str:
        """The words of the newest card that holds these."""
        return await self._card(containing).inner_text()

    async def cards(self) -> list[str]:
        """Every card's words, oldest first."""
        return await self.page.locator(".ac-adaptiveCard").all_inner_texts()

    async def message_count(self) -> int:
        """How many messages and cards the bot has sent here since the page was opened."""
        return await self.page.locator(".fai-OutputCard").count()

    async def wait_for_card(self, containing: str) -> str:
        """Wait until the newest card holds these words; its whole text."""
        await expect(self._card()).to_contain_text(containing, timeout=PATIENCE)
        return await self.last_card()

    async def wait_for_another_card(self, than: str) -> str:
        """Wait until the newest card holds other words than these; its whole text."""
        async with asyncio.timeout(PATIENCE / 1_000):
            while (text := await self.last_card()) == than:
                await asyncio.sleep(0.1)
        return text

    async def wait_for_message(self, containing: str) -> None:
        """Wait until a message or card of the bot's holds these words."""
        await self.page.locator(".fai-OutputCard").filter(has_text=containing).last.wait_for()

    async def wait_for_post(self, containing: str) -> None:
        """Wait until the channel that is open shows these words."""
        await self.page.get_by_text(containing).last.wait_for()

    async def wait_for_answer(self, text: str) -> None:
        """Type a command and wait until its answer is there.

        What the bot sent before is then on the page as well: a page shows things in their order.
        """
        before = await self.message_count()
        await self.say(text)
        await expect(self.page.locator(".fai-OutputCard")).not_to_have_count(before)

    async def screenshot(self, path: Path, *, within: str = "") -> None:
        """A picture of the newest card, whole, however tall it is."""
        path.parent.mkdir(parents=True, exist_ok=True)
        card, size = self._card(within), self.page.viewport_size or DESK
        box = await card.bounding_box()
        height = max(size["height"], int(box["height"]) + 240 if box else 0)
        await self.page.set_viewport_size({"width": size["width"], "height": height})
        try:
            # A ring around what was clicked last belongs to no card, and texts begin at the top.
            await self.page.evaluate("document.activeElement?.blur()")
            for area in await card.locator("textarea").all():
                await area.evaluate("area => { area.scrollTop = 0; }")
            await card.screenshot(path=path, animations="disabled")
        finally:
            await self.page.set_viewport_size(size)

    async def cut_words(self, *, within: str = "") -> list[str]:
        """The words of the newest card that are wider than the place they stand in."""
        found: list[str] = await self._card(within).locator(TEXTS).evaluate_all(CUT)
        return found

    async def button_names(self) -> list[str]:
        """What a screen reader calls the buttons of the newest card."""
        found: list[str] = await self._card().locator("button, [role=button]").evaluate_all(NAMES)
        return found

    async def value_of(self, label: str, *, within: str = "") -> str:
        """What a text input holds."""
        field = self._field(label, within).locator("textarea, input").first
        return await field.input_value()

    async def ticked(self, label: str, *, within: str = "") -> list[str]:
        """The boxes that are ticked under a question."""
        boxes = await self._field(label, within).locator(".fui-Checkbox").all()
        return [
            (await one.inner_text()).strip()
            for one in boxes
            if await one.locator("input").is_checked()
        ]

    # What can be filled in

    async def fill(self, label: str, text: str, *, within: str = "") -> None:
        """Write into a text or number input, one line or several. A card that was only just opened
        is drawn twice, and what was written between the two is gone: it is written once more."""
        field = self._field(label, within).locator("textarea, input").first
        await field.fill(text)
        await self.page.wait_for_timeout(200)
        if await field.input_value() != text:
            await field.fill(text)

    async def choose(self, label: str, *options: str, within: str = "") -> None:
        """Choose exactly these, whether the card shows radio buttons, boxes or a list."""
        field = self._field(label, within)
        await field.wait_for()
        if await field.get_by_role("combobox").count():
            await self._choose_in_list(field, options)
            return
        for choice in await field.locator(".fui-Radio, .fui-Checkbox").all():
            wanted = (await choice.inner_text()).strip() in options
            if wanted or await choice.locator("[type=checkbox]").count():
                await choice.locator("input").set_checked(wanted)
        for option in options:
            # By its text: a box's accessible name is the question's here, not its own.
            chosen = field.locator(".fui-Radio, .fui-Checkbox").filter(has_text=_whole(option))
            await expect(chosen.locator("input")).to_be_checked()

    async def tick(self, title: str, *, ticked: bool = True, within: str = "") -> None:
        """Set a toggle."""
        toggle = self._card(within).locator(".fui-Checkbox").filter(has_text=_whole(title))
        await toggle.locator("input").set_checked(ticked)

    async def set_date(self, label: str, day: date, *, within: str = "") -> None:
        """Pick a day in the calendar, turning its pages."""
        await self._field(label, within).get_by_role("combobox").click()
        calendar = self.page.get_by_role("dialog", name="Calendar")
        while months := await self._months_to(calendar, day):
            turn = "Next month" if months > 0 else "Previous month"
            await calendar.get_by_title(turn).click()
        name = f"{day.day}, {day:%B}, {day.year}"
        await calendar.get_by_role("button", name=name, exact=True).click()

    async def set_time(self, label: str, at: time, *, within: str = "") -> None:
        """Pick a time; the page's list has full and half hours only."""
        option = f"{at.hour}:{at.minute:02}"
        await self._choose_in_list(self._field(label, within), [option])

    # What can be tapped

    async def click(self, title: str, *, within: str = "", sends: bool = True) -> None:
        """Tap a button. With `sends=False` nothing goes to the bot: inputs refused by the card
        itself, something shown or hidden, a link."""
        card, button = self._card(within), self._button(title, within)
        if not sends:
            await button.click()
            return
        drawn, before = await card.element_handle(), await card.evaluate(FIRST_ID)
        async with self.page.expect_response(ANSWERED) as response:
            await button.click()
        if "AdaptiveCard" in await (await response.value).text():
            await self._drawn_again(drawn, before)

    async def link_of(self, title: str, *, within: str = "") -> str:
        """The address that a button opens."""
        button = self._card(within).get_by_role("link", name=title, exact=True)
        # The page shows the address to whoever points at the button.
        return await button.get_attribute("title") or ""

    async def double_click(self, title: str, *, within: str = "") -> None:
        """Tap a button twice before anything has answered."""
        button = self._button(title, within)
        drawn = await self._card(within).element_handle()
        before = await self._card(within).evaluate(FIRST_ID)
        answers = 0

        def both(response: Response) -> bool:
            nonlocal answers
            answers += bool(ANSWERED.search(response.url))
            return answers == 2

        async with self.page.expect_response(both):
            await button.evaluate("button => { button.click(); button.click(); }")
        await self._drawn_again(drawn, before)

    async def tap_passed_on(self, verb: str, data: Mapping[str, str], *, instead_of: str) -> None:
        """Tap a button of somebody else's card: a button of one's own is tapped, and on its way
        to the bot it becomes the other."""

        async def exchange(route: Route) -> None:
            activity = route.request.post_data_json
            action = activity["value"]["action"]
            action |= {"verb": verb, "data": {**data, "verb": verb}}
            await route.continue_(post_data=json.dumps(activity))

        await self.page.route(INVOKE, exchange)
        await self.click(instead_of)
        await self.page.unroute(INVOKE, exchange)

    async def tap_tile(self, title: str, *, within: str = "") -> None:
        """Tap a box that acts as a button, such as "6 out of 10"."""
        await self.click(title, within=within)

    @property
    def _editor(self) -> Locator:
        return self.page.locator("[data-lexical-editor]")

    def _card(self, within: str = "") -> Locator:
        cards = self.page.locator(".ac-adaptiveCard")
        return (cards.filter(has_text=within) if within else cards).last

    def _button(self, title: str, within: str) -> Locator:
        """By what it says, or by what it says when pointed at, as each Change does."""
        card = self._card(within)
        named = card.get_by_role("button", name=title, exact=True)
        return named.or_(card.get_by_title(title, exact=True))

    def _field(self, label: str, within: str) -> Locator:
        labels = self._card(within).locator("label.ac-richTextBlock")
        return labels.filter(has_text=_whole(label, mark=True)).locator("xpath=..")

    async def _choose_in_list(self, field: Locator, options: Iterable[str]) -> None:
        box = field.get_by_role("combobox")
        # Where the card has filled it in: the page may draw another list's options under it.
        if [await box.get_attribute("value")] == list(options):
            return
        await box.click()
        for option in options:
            await self.page.get_by_role("option", name=option, exact=True).click()

    async def _months_to(self, calendar: Locator, day: date) -> int:
        head = calendar.get_by_role("button", name=re.compile(r"^[A-Z][a-z]+ \d{4}$"))
        month, year = (await head.inner_text()).split()
        return (day.year - int(year)) * 12 + day.month - list(month_name).index(month)

    async def _drawn_again(self, card: object, before: object) -> None:
        try:
            await self.page.wait_for_function(
                f"([card, before]) => ({FIRST_ID})(card) !== before",
                arg=[card, before],
                timeout=2_000,
            )
        except TookTooLong:
            # The very same card came back: the page leaves it as it is.
            return


def _whole(text: str, *, mark: bool = False) -> re.Pattern[str]:
    """All of an element's text; an input's label may end in a word in brackets and in a mark."""
    end = r"(\((required|optional)\))?\s*[*]?" if mark else ""
    return re.compile(rf"^\s*{re.escape(text)}\s*{end}\s*$")


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium without a display, a profile or calls home."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            yield chromium
        finally:
            await chromium.close()


async def open_window(
    chromium: Browser, demo: Demo, key: str, *, phone: bool = False
) -> TeamsWindow:
    """A persona's window, opened in a browser context of its own. Only loopback is reached."""
    context = await chromium.new_context(
        viewport=PHONE if phone else DESK,
        has_touch=phone,
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(PATIENCE)
    # The page asks a content network for its fonts.
    await context.route(NOT_OURS, lambda route: route.abort())
    window = TeamsWindow(await context.new_page(), demo.windows[key].url, phone=phone)
    await window.open()
    return window
