"""Cards that the scenarios reach, drawn by the Playground itself, whole: their words, inputs and
buttons. Of those that differ in words alone one is drawn, and so many that each part of any is;
with `EVERY=1` all. `make looks` has each of them, drawn by the library that the Playground has."""

import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from playwright.async_api import expect
from teams_window import PATIENCE, TeamsWindow, browser, open_window

from bot.demo import Demo, Options
from cards.kit.elements import Card
from tests.cards.test_every_card import SCENARIOS, House, MemoryStore
from tests.dialogs.conftest import elements

pytestmark = pytest.mark.journey
ECHO = Path(__file__).with_name("echo_bot.py")
AT_ONCE = 30
CARD = "application/vnd.microsoft.card.adaptive"
WORDS = {"text", "title", "label", "value", "placeholder", "errorMessage", "tooltip", "url", "data"}
# What the page drew of each card: its words, its inputs, its buttons.
DRAWN = """cards => cards.map(card => ({
    words: card.innerText.replace(/\\s+/g, " "),
    inputs: card.querySelectorAll("input, textarea, select, [role=combobox]").length,
    buttons: [...card.querySelectorAll("button, a, [role=button], [role=link]")]
        .map(one => one.getAttribute("aria-label") || one.innerText),
}))"""


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    options = replace(Options.on_free_ports(tmp_path), bot_command=(sys.executable, str(ECHO)))
    async with Demo(options) as running:
        yield running


async def test_the_playground_draws_every_card_whole(demo: Demo) -> None:
    cards = await one_of_each_shape()
    assert len(cards) > 200
    if not os.environ.get("EVERY"):
        cards = with_each_part(cards)
    assert len(cards) > 60
    print(f"drawn={len(cards)}")
    wrong: list[str] = []
    async with browser() as chromium, ClientSession() as http:
        for start in range(0, len(cards), AT_ONCE):
            # A page with hundreds of cards takes ever longer for one more.
            window = await open_window(chromium, demo, "practitioner")
            some = cards[start : start + AT_ONCE]
            await posted(http, demo, window, some)
            wrong += [one async for one in missing(window, some)]
            await window.page.close()
    assert wrong == []


async def posted(http: ClientSession, demo: Demo, window: TeamsWindow, cards: list[Card]) -> None:
    """Send these cards to the window, one after another, and wait until all are there."""
    await window.say("hello")
    await window.wait_for_message("You said hello")
    where = await chat(http, demo)
    for card in cards:
        message = {"type": "message", "attachments": [{"contentType": CARD, "content": card}]}
        async with http.post(where, json=message) as taken:
            assert taken.status in (200, 201)
    drawn = window.page.locator(".ac-adaptiveCard")
    await expect(drawn).to_have_count(len(cards), timeout=PATIENCE)


async def one_of_each_shape() -> list[Card]:
    """The cards of every scenario, those left out that differ from another in words alone."""
    found: dict[str, Card] = {}
    for walk in SCENARIOS.values():
        house = House(MemoryStore())
        await walk(house)
        found |= {json.dumps(shape(card), sort_keys=True): card for card in house.cards}
    return list(found.values())


def with_each_part(cards: list[Card]) -> list[Card]:
    """So many of these that each part of any is drawn, an element or a button, in whatever card;
    `EVERY=1 make journey` draws them all."""
    left = [(card, parts(card)) for card in cards]
    found, drawn = list[Card](), set[str]()
    while left:
        card, most = max(left, key=lambda one: len(one[1] - drawn))
        if most <= drawn:
            break
        found.append(card)
        drawn |= most
    return found


def parts(card: Card) -> set[str]:
    """Its elements and buttons, by how they look."""
    return {
        json.dumps(shape(one), sort_keys=True) for one in (*card["body"], *card.get("actions", ()))
    }


def shape(node: Any) -> Any:
    """What makes a card look as it does, but for its words; how often something stands in a row
    is left out too."""
    if isinstance(node, dict):
        return {
            key: shape(one) for key, one in node.items() if key not in WORDS and key != "fallback"
        }
    if isinstance(node, list):
        rows = [json.dumps(shape(one), sort_keys=True) for one in node]
        return sorted(set(rows))
    return node


async def chat(http: ClientSession, demo: Demo) -> str:
    """Where a message to the practitioner is posted."""
    async with http.get(f"http://127.0.0.1:{demo.options.bot_port}/activities") as got:
        said = [one for one in (await got.json())["incoming"] if one.get("text") == "hello"]
    return f"{said[0]['serviceUrl']}/v3/conversations/{said[0]['conversation']['id']}/activities"


async def missing(window: TeamsWindow, cards: list[Card]) -> AsyncIterator[str]:
    """What of a card the page did not draw."""
    drawn = await window.page.locator(".ac-adaptiveCard").evaluate_all(DRAWN)
    for card, there in zip(cards, drawn, strict=True):
        words = [" ".join(one.split()) for one in sentences(card)]
        lost = [one for one in words if one and one not in there["words"]]
        inputs = [one for one in elements(card) if str(one.get("type", "")).startswith("Input.")]
        buttons = [one for one in card.get("actions", ()) if one.get("title")]
        named = " ".join(there["buttons"])
        lost += [one["title"] for one in buttons if one["title"] not in named]
        if lost or there["inputs"] < len(inputs):
            yield f"{there['words'][:60]}: {lost[:3]}, {there['inputs']} of {len(inputs)} inputs"


def sentences(card: Card) -> Iterator[str]:
    """The words of a card's text blocks, as far as no client could read them as markdown."""
    for one in elements(card):
        if one.get("isVisible") is False:
            continue
        if one.get("type") == "TextBlock" and not set(one["text"]) & set("*_[]()`#<>-"):
            yield one["text"]
        elif one.get("type") == "RichTextBlock":
            yield "".join(run["text"] for run in one["inlines"])
