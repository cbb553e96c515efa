"""A second, invented partnership: the whole pathway in its own words, from a file alone.

A process serves one partnership, so it is walked in a process of its own (`walk.py`, served by
`fenmere.py`); here is held that it was, and that nothing was left out. The setting itself is tried
with the real bot.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import aiohttp

from tests.cards.test_every_card import SCENARIOS
from tests.dialogs.conftest import texts
from tests.journeys.test_killed import Process

ROOT = Path(__file__).parents[2]
PLUGIN, WALK = "tests.partnerships.fenmere", "tests/partnerships/walk.py"
FILE = Path(__file__).with_name("fenmere.toml")


def test_fenmere_walks_the_whole_pathway_and_nobody_there_reads_a_word_of_suffolks(
    tmp_path: Path,
) -> None:
    summary = tmp_path / "summary.json"
    done = subprocess.run(
        (sys.executable, *["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p"], PLUGIN, WALK),
        cwd=ROOT,
        env=os.environ | {"FENMERE_SUMMARY": str(summary)},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6_000:]
    last = done.stdout.splitlines()[-1]
    assert re.fullmatch(r"\d+ passed in .*", last), last  # None failed, none was skipped.
    seen = json.loads(summary.read_text(encoding="utf-8"))
    assert seen["journeys"] == 2  # In memory and in Azurite.
    assert seen["scenarios"] == len(SCENARIOS)
    assert seen["replaced"] > 120
    assert seen["texts"] > 300
    assert seen["cards"] > 400


async def test_the_real_bot_serves_the_partnership_it_is_given(azurite: str) -> None:
    async with aiohttp.ClientSession() as http:
        bot = Process(azurite, http)
        bot.environment["PARTNERSHIP_FILE"] = str(FILE)
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
