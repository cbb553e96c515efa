"""The driver and the launcher against a bot without a product. Runs in `make journey`."""

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from aiohttp import ClientSession
from playwright.async_api import expect
from teams_window import browser, open_window

from bot.demo import Demo, Options

pytestmark = pytest.mark.journey
ECHO = Path(__file__).with_name("echo_bot.py")
EVERYTHING = (
    '{"at": "14:30", "day": "2027-02-03", "name": "Priya", "ok": "true", '
    '"tier": "3", "who": "adult", "why": "stuck,unclear", "worry": "One line\\nand another"}'
)


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    options = replace(Options.on_free_ports(tmp_path), bot_command=(sys.executable, str(ECHO)))
    async with Demo(options) as running:
        yield running


async def test_every_kind_of_input_reaches_the_bot_and_the_card_changes_in_place(
    demo: Demo, tmp_path: Path
) -> None:
    async with browser() as chromium:
        window = await open_window(chromium, demo, "practitioner")
        await window.say("card")
        await window.wait_for_card("Asked")

        await window.click("Next", sends=False)
        await window.wait_for_card("Please say what worries you")

        await window.fill("What are you most worried about?", "One line\nand another")
        await window.fill("Your name", "Priya")
        await window.choose("Who is it about?", "A child")
        await window.choose("Who is it about?", "An adult")
        await window.choose("Reasons", "Stuck", "Unclear")
        await window.choose("Level of need", "Tier 3")
        await window.set_date("Day", date(2027, 2, 3))
        await window.set_time("Start", time(14, 30))
        await window.tick("I agree")
        await window.click("Next")

        assert "Tapped next" in await window.last_card()
        assert EVERYTHING in await window.last_card()
        assert len(await window.cards()) == 1

        await window.tap_tile("6 out of 10")
        assert '{"number": 6}' in await window.last_card()
        await window.screenshot(tmp_path / "card.png")
        assert (tmp_path / "card.png").stat().st_size > 5_000


async def test_a_submit_arrives_as_a_message_with_a_value(demo: Demo) -> None:
    async with browser() as chromium:
        window = await open_window(chromium, demo, "manager")
        await window.say("card")
        await window.wait_for_card("Asked")
        await window.fill("What are you most worried about?", "x")
        await window.click("Old client")
        await window.wait_for_message('Submitted {"verb": "old", "worry": "x", "ok": "false"}')


async def test_a_message_sent_before_the_page_opened_is_there_when_it_opens(demo: Demo) -> None:
    partner = demo.windows["partner"]
    chat = partner.persona.personal_chat
    url = f"{partner.service_url}/v3/conversations/{chat}/activities"
    async with ClientSession() as http, http.post(url, json={"type": "message", "text": "Early"}):
        pass
    async with browser() as chromium:
        window = await open_window(chromium, demo, "partner")
        await window.wait_for_message("Early")


async def test_the_team_is_announced_and_its_post_shows_in_the_facilitators_window(
    demo: Demo,
) -> None:
    async with browser() as chromium:
        practitioner, facilitator = await asyncio.gather(
            open_window(chromium, demo, "practitioner"), open_window(chromium, demo, "facilitator")
        )
        await practitioner.say("team")
        await facilitator.open_chat("General")
        await facilitator.wait_for_post("A new request, LC-TEST1")
        await facilitator.wait_for_card("On the board")
        await facilitator.tap_tile("7 out of 10")
        assert '{"number": 7}' in await facilitator.last_card()

        await facilitator.open_chat("Personal Chat")
        await facilitator.say("hello")
        await facilitator.wait_for_message("You said hello")


async def test_a_card_fits_a_phone(demo: Demo, tmp_path: Path) -> None:
    async with browser() as chromium:
        window = await open_window(chromium, demo, "practitioner", phone=True)
        await window.say("card")
        await window.wait_for_card("Asked")
        box = await window.page.locator(".ac-adaptiveCard").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        await window.fill("What are you most worried about?", "x")
        await window.click("Next")
        await window.screenshot(tmp_path / "phone.png")
        assert "Tapped next" in await window.last_card()


async def test_a_bot_that_was_killed_and_started_again_goes_on_in_the_open_window(
    demo: Demo,
) -> None:
    async with browser() as chromium:
        window = await open_window(chromium, demo, "practitioner")
        await window.say("notify")
        await window.wait_for_message("One thing you did not ask for")
        await demo.kill_bot()
        await demo.start_bot()
        await window.say("hello again")
        await window.wait_for_message("You said hello again")
        await expect(window.page.locator(".fai-OutputCard")).to_have_count(2)
