"""What was broken from outside: odd turns, two copies and late taps that once lost something."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from records.drafts import Draft
from scheduler.upkeep.retention import typed
from tests.dialogs.conftest import House

WORDS = "We listened to each other for the first time."


async def of_pat(house: House) -> tuple[str, Draft]:
    """A held conversation, and what Pat has of its feedback."""
    key = await house.newest()
    draft = await house.draft("pat", "feedback", key)
    assert draft is not None
    return key, draft


# Unsent words live until feedback closes, however they came into the draft -----------------------


async def typed_as_a_message(house: House) -> None:
    await house.say("pat", WORDS)


async def too_long(house: House) -> None:
    await house.tap("pat", "Next", happened=WORDS * 200)


async def asked_about(house: House) -> None:
    await house.tap("pat", "Next", happened=f"{WORDS} So says John Smithson.")


async def late_on_another_device(house: House) -> None:
    late = house.data("pat", "Next", happened=WORDS)
    await house.tap("pat", "Next")
    await house.turn("pat", late)


@pytest.mark.parametrize("way", [typed_as_a_message, too_long, asked_about, late_on_another_device])
async def test_words_kept_nowhere_else_are_not_removed_without_a_word(
    house: House, way: Callable[[House], Awaitable[None]]
) -> None:
    await house.held()
    await house.tap("pat", "7 out of 10")
    house.at += timedelta(minutes=1)
    await way(house)
    key, draft = await of_pat(house)
    assert WORDS in f"{draft.answers}{draft.kept}"
    assert typed(draft)
    house.at = house.local("2027-03-09T10:00")  # 34 days later; it closes on 31 March
    await house.an_hour_strikes()
    assert await house.draft("pat", "feedback", key) is not None


async def test_what_was_looked_at_and_left_as_it_was_sent_goes_without_a_word(
    house: House,
) -> None:
    await house.held()
    await house.give_feedback("pat", 7, happened=WORDS)
    house.at += timedelta(minutes=1)
    await house.tap("pat", "Change my answers")
    await house.tap("pat", "7 out of 10")
    await house.tap("pat", "Next")
    _, draft = await of_pat(house)
    assert draft.answers["happened"] == WORDS
    assert not typed(draft)
