"""The demo's clock: what `skip` reads and says. The journey moves it for good."""

from datetime import datetime
from typing import Any, cast

import pytest

from bot.demo.clock import skip_command, skipped
from cards.wording import wording


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "Nothing was due on the way."),
        (1, "One message went out on the way."),
        (2, "2 messages went out on the way."),
    ],
)
def test_skip_says_when_it_is_and_what_went_out(count: int, said: str) -> None:
    assert skipped("Mon 1 Feb 2027, 10:00", count) == f"It is now Mon 1 Feb 2027, 10:00. {said}"


@pytest.mark.parametrize("words", ["skip", "skip two days", "skip 2 years", "skip 0x2 days"])
async def test_skip_that_cannot_be_read_says_how(words: str) -> None:
    async def never(until: datetime) -> int:
        raise AssertionError(until)

    reply = await skip_command(never)(cast("Any", None), words)
    assert reply is not None
    assert reply.summary == wording.DEMO_HOW


async def test_any_other_words_are_not_the_clocks() -> None:
    async def never(until: datetime) -> int:
        raise AssertionError(until)

    assert await skip_command(never)(cast("Any", None), "hello") is None
