"""The setting that names a partnership's file, tried with the real bot."""

import aiohttp

from tests.dialogs.conftest import texts
from tests.journeys.test_killed import Process
from tests.partnerships.fenmere import FILE as FENMERE


async def test_the_real_bot_serves_the_partnership_it_is_given(azurite: str) -> None:
    async with aiohttp.ClientSession() as http:
        bot = Process(azurite, http)
        bot.environment["PARTNERSHIP_FILE"] = str(FENMERE)
        await bot.start()
        try:
            card = await bot.press("flow.open", {"flow": "request"})
            assert "First of all: is anybody in danger now?" in texts(card)
            card = await bot.tap(card, "Yes")
            assert "The duty desk, day and night: ring 01632 960001" in texts(card)
            card = await bot.tap(card, "I have acted on this; carry on")
            assert "A plan with several agencies" in texts(card)
            about = {"about": "adult", "reasons": "stuck"}
            card = await bot.tap(card, "On", **about)
            assert "Schools, early years" in texts(card)
            assert "Suffolk" not in texts(card)
        finally:
            await bot.kill()
