"""Whatever is pasted, the work grows with it and no faster.

Each pattern of ours that meets text from outside, and each function that reads such text, is given
hostile input and ten times as much. What grows with the square of it takes a hundred times as long;
what this allows is forty, of the best of several times.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import date
from time import thread_time
from types import ModuleType
from typing import Any

import pytest

import bot
import cards
import dialogs
import records
from bot.edge.incoming import read_activity
from bot.edge.mirror import as_typed, read_mirror
from bot.edge.to_turn import read_turn
from cards.kit import hints as hints_module
from cards.kit.hints import hints
from cards.kit.names import holds_name
from cards.kit.numbers import holds_birth, holds_nhs_number, holds_reference, tidied
from cards.kit.who import plain as unmarked
from cards.wording import wording
from dialogs.root.said import bare, meant
from records.plain_words import plain, words_of

SMALL = 3_000
AT_MOST = 40
LEAST = 0.000_5
"""Seconds under which no time is told from none."""
FROM_OPERATORS = ("records.partnership", "bot.demo", "bot.settings")
"""Modules whose patterns meet nothing but what an operator wrote."""
TODAY = date(2027, 2, 3)

HOSTILE = (
    "\n", " ", "\t", "\r\n", " \n", "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", "\0",
    "\N{COMBINING ACUTE ACCENT}", "a\N{COMBINING ACUTE ACCENT}",
    "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}",
    "a", "A", "Aa ", "A. ", "a-", "a'", "a ", "Aa-Aa'", "mum says ", "is and ",
    "to ", "to a by ", "must a", "by ", "the end of the ", "actions ", "- ", "decided ", "it was ",
    "born ", "born", "d.o.b ", "1/", "1/1/", "1 / 1 / ", "1 may ", "1st of ", "may 1 ", "19", "1",
    "943 ", "943-", "nhs no ", "case number ", "ref: ", "cr/", "las ", "37/12345/",
    "<", ">", "<at", "<at ", "<at>", "<at>a", "</at>", "<img ", "<img alt=\"", "<br>",
    "&", "&amp;", "&nbsp;", "&#39", "\"", "\\\"", "\\", "{", "[", "(", "_", "*", "code",
    "\"code\" ",
    ".", "!", "?", "@", "thanks ", "ok ", "999 ", "going to kill ", "was going to ", "hitting her ",
)  # fmt: skip


def outside() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Every compiled pattern of the product that may meet text from outside, by its name."""
    for package in (bot, cards, dialogs, records):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name.startswith(FROM_OPERATORS) or found.name.endswith("__main__"):
                continue
            yield from _patterns(importlib.import_module(found.name))


def _patterns(module: ModuleType) -> Iterator[tuple[str, re.Pattern[Any]]]:
    for name, value in vars(module).items():
        if isinstance(value, re.Pattern):
            yield f"{module.__name__}.{name}", value


def activity(text: str) -> None:
    read_turn(
        read_activity(
            {
                "type": "message",
                "id": "1",
                "channelId": "msteams",
                "serviceUrl": "https://smba.example/",
                "from": {"id": "29:priya", "aadObjectId": "a-1"},
                "recipient": {"id": "28:bot", "name": "Learning"},
                "conversation": {"id": "a:1", "tenantId": "t"},
                "text": text,
                "attachments": [{"contentType": "text/html", "content": text}],
                "entities": [
                    {"type": "mention", "mentioned": {"id": "28:bot"}, "text": text[number:][:9]}
                    for number in range(100)
                ],
            }
        )
    )


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "hints": lambda text: hints(text, today=TODAY),
    "names": lambda text: holds_name(text, ("Pat Reed",)),
    "births": lambda text: holds_birth(text, TODAY),
    "nhs numbers": holds_nhs_number,
    "references": holds_reference,
    "tidied": tidied,
    "plain": plain,
    "words": words_of,
    "danger": lambda text: wording.partnership.danger.is_met_in(text),
    "commands": lambda text: meant(bare(text)),
    "mirror": read_mirror,
    "entities": lambda text: as_typed(text, text),
    "activity": activity,
    "markdown": unmarked,
}


def seconds(work: Callable[[], object], tries: int) -> float:
    """The least that the work takes of this thread's own time."""
    best = float("inf")
    for _ in range(tries):
        begun = thread_time()
        work()
        best = min(best, thread_time() - begun)
    return best


def grows(
    work: Callable[[Any], object], seed: str, *, encoded: bool = False, least: int = SMALL
) -> float:
    """How many times longer ten times the input takes; measured again before it is believed."""

    def of(size: int) -> Any:
        text = (seed * (size // len(seed) + 1))[:size] + "\x01"
        return text.encode("utf-8", "surrogatepass") if encoded else text

    small, large = of(least), of(10 * least)
    for tries in (1, 3, 9):
        before = max(seconds(lambda: work(small), tries), LEAST)
        ratio = seconds(lambda: work(large), tries) / before
        if ratio <= AT_MOST:
            return ratio
    return ratio


@pytest.mark.parametrize(("name", "pattern"), [pytest.param(*one, id=one[0]) for one in outside()])
def test_no_pattern_takes_more_than_its_share(name: str, pattern: re.Pattern[Any]) -> None:
    encoded = isinstance(pattern.pattern, bytes)
    slow = {seed: grows(pattern.findall, seed, encoded=encoded) for seed in HOSTILE}
    assert {seed: ratio for seed, ratio in slow.items() if ratio > AT_MOST} == {}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_nothing_that_reads_words_does(name: str) -> None:
    slow = {seed: grows(FUNCTIONS[name], seed) for seed in HOSTILE}
    assert {seed: ratio for seed, ratio in slow.items() if ratio > AT_MOST} == {}


def test_the_one_that_stopped_the_bot_would_be_found() -> None:
    assert grows(re.compile(r"^\s*actions?\s*:", re.M).findall, "\n", least=1_000) > AT_MOST


def test_the_patterns_are_really_looked_at() -> None:
    names = {name for name, _ in outside()}
    assert f"{hints_module.__name__}._TASK" in names
    assert "bot.edge.to_turn._FIRST" in names
    assert len(names) > 15


async def test_fifty_thousand_lines_are_read_at_once() -> None:
    begun = thread_time()
    hints("\n" * 50_000 + "x", today=TODAY)
    hints("x" + "\n" * 50_000 + "x", today=TODAY)
    assert thread_time() - begun < 2.0
