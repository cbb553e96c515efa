"""A real bot process on real Azurite, killed with SIGKILL in the middle of a request."""

import asyncio
import os
import secrets
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

ROOT = Path(__file__).parents[2]
WORRY = "That nobody listens \U0001f342 to each other, <b>ever</b>."
TENANT = "5a0f6c1e-0000-4000-8000-000000000001"


class Process:
    """One bot process and a practitioner's taps, over HTTP."""

    def __init__(self, tables: str, http: aiohttp.ClientSession) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.http, self.number = http, 0
        self.child: asyncio.subprocess.Process | None = None
        self.environment = {
            "PATH": os.environ["PATH"],
            "DEMO": "1",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "TABLES_CONNECTION_STRING": tables,
            "TABLES_PREFIX": f"k{secrets.token_hex(4)}",
            "FACILITATORS": "fay@facilitation.example",
            "ALLOWED_SERVICE_URLS": "127.0.0.1",
        }

    async def start(self) -> None:
        """Start, and wait until it is alive."""
        self.child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", cwd=ROOT, env=self.environment
        )
        async with asyncio.timeout(30):
            while True:
                assert self.child.returncode is None, "the bot ended at its start"
                try:
                    async with self.http.get(f"http://127.0.0.1:{self.port}/healthz") as alive:
                        assert alive.status == 200
                        return
                except aiohttp.ClientConnectionError:
                    await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """SIGKILL: nothing is said, nothing is tidied up."""
        assert self.child is not None
        if self.child.returncode is None:
            self.child.kill()
        await self.child.wait()

    async def press(self, verb: str, data: dict[str, Any]) -> dict[str, Any]:
        """One tap; the card that comes back in the same response."""
        self.number += 1
        body = {
            "type": "invoke",
            "name": "adaptiveCard/action",
            "id": f"activity-{self.number}",
            "channelId": "msteams",
            "serviceUrl": "http://127.0.0.1:9/",
            "from": {"id": "29:priya", "name": "Priya Shah", "aadObjectId": "object-priya"},
            "recipient": {"id": "28:bot", "name": "Learning"},
            "conversation": {"id": "chat", "conversationType": "personal", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            "value": {"action": {"type": "Action.Execute", "verb": verb, "data": data}},
        }
        url = f"http://127.0.0.1:{self.port}/api/messages"
        async with self.http.post(url, json=body) as got:
            answer = await got.json()
            assert got.status == 200, answer
            card: dict[str, Any] = answer["value"]
            return card

    async def tap(self, card: dict[str, Any], title: str, **inputs: Any) -> dict[str, Any]:
        """Tap a button of a card."""
        pressed = next(one for one in card["actions"] if one["title"] == title)
        return await self.press(pressed["verb"], {**pressed["data"], **inputs})


@pytest.fixture
async def process(azurite: str) -> AsyncIterator[Process]:
    async with aiohttp.ClientSession() as http:
        made = Process(azurite, http)
        await made.start()
        try:
            yield made
        finally:
            await made.kill()


def kicker(card: dict[str, Any]) -> str:
    return str(card["body"][0]["text"])


async def test_a_request_goes_on_at_the_same_question_after_the_bot_was_killed(
    process: Process,
) -> None:
    card = await process.press("request.open", {})
    card = await process.tap(card, "No")
    card = await process.tap(card, "Next", about="child", reasons="stuck")
    card = await process.tap(
        card,
        "Next",
        contact="01473 000000",
        team="Team East",
        agency="Social Care",
        manager_name="Martin Cole",
        manager_mail="martin@socialcare.example",
    )
    card = await process.tap(card, "Next", nurse="none")
    old = card
    card = await process.tap(card, "Next", worry=WORRY)
    assert kicker(card) == "Request · 6 of 8"

    await process.kill()
    await process.start()

    again = await process.press("request.open", {})
    assert kicker(again) == "Request · 6 of 8"
    before = await process.tap(again, "Back")
    assert kicker(before) == "Request · 5 of 8"
    written = next(one for one in before["body"] if one.get("id") == "worry")
    assert written["value"] == WORRY
    # The card from before the kill, tapped by an impatient thumb: where things are, no harm done.
    card = await process.tap(old, "Next", worry=WORRY)
    assert kicker(card) in {"Request · 5 of 8", "Request · 6 of 8"}
