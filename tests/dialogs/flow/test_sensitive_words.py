"""The gentle question about a name, a birth date or an NHS number: asked once, never in the way."""

import pytest

from dialogs.turn.events import CardAction
from tests.dialogs.conftest import House, texts, values

NAMED = "We are worried that Alba Quill is not heard."
ASKED = "This may hold a full name. Is it right to keep that here?"


async def at_worry(house: House) -> None:
    await house.arrive("priya", "martin")
    await house.fill_to("priya", "worry")


async def test_a_text_with_a_name_is_asked_about_once_and_kept_as_it_is(house: House) -> None:
    await at_worry(house)
    await house.tap("priya", "Next", worry=NAMED)
    assert ASKED in house.shown("priya")
    assert values(house.people["priya"].card)["worry"] == NAMED
    await house.tap("priya", "Next")
    assert ASKED not in house.shown("priya")
    assert "6 of 8" in house.shown("priya")


async def test_it_is_saved_before_it_is_asked_about(house: House) -> None:
    await at_worry(house)
    await house.tap("priya", "Next", worry=NAMED)
    draft = await house.draft("priya")
    assert draft is not None
    assert draft.answers["worry"] == NAMED


async def test_a_text_that_was_changed_is_looked_at_anew(house: House) -> None:
    await at_worry(house)
    await house.tap("priya", "Next", worry=NAMED)
    await house.tap("priya", "Next", worry="Born on 3 May 2014.")
    assert "a date of birth" in house.shown("priya")
    await house.tap("priya", "Next", worry="She is not heard.")
    assert "6 of 8" in house.shown("priya")


async def test_coming_back_to_a_text_that_was_kept_asks_nothing(house: House) -> None:
    await at_worry(house)
    await house.tap("priya", "Next", worry=NAMED)
    await house.tap("priya", "Next")
    await house.tap("priya", "Back")
    await house.tap("priya", "Next")
    assert "6 of 8" in house.shown("priya")


async def test_the_people_named_on_the_cards_may_stand_in_the_text(house: House) -> None:
    await at_worry(house)
    await house.tap("priya", "Next", worry="Martin Cole and Priya Shah see it in two ways.")
    assert "6 of 8" in house.shown("priya")


async def test_a_task_is_nothing_to_ask_about_in_a_request(house: House) -> None:
    await at_worry(house)
    await house.tap("priya", "Next", worry="Nobody will ring the school by Friday.")
    assert "6 of 8" in house.shown("priya")


async def test_typed_text_is_asked_about_too(house: House) -> None:
    await at_worry(house)
    await house.say("priya", NAMED)
    assert ASKED in house.shown("priya")


@pytest.mark.parametrize("redelivered", [1, 3])
async def test_the_same_tap_again_asks_no_other_question(house: House, redelivered: int) -> None:
    await at_worry(house)
    tap: CardAction = house.data("priya", "Next", worry=NAMED)
    await house.turn("priya", tap)
    for _ in range(redelivered):
        await house.turn("priya", tap)
    assert "5 of 8" in house.shown("priya")
    assert values(house.people["priya"].card)["worry"] == NAMED


async def test_a_message_to_the_requester_is_asked_about(house: House) -> None:
    await house.requested()
    await house.tap("martin", "Talk first")
    await house.tap("martin", "Send", message="Is this about Alba Quill?")
    assert ASKED in texts(house.people["martin"].card)
    await house.tap("martin", "Send")
    assert "Is this about Alba Quill?" in house.shown("priya")


async def test_feedback_is_kept_for_its_writer_and_asked_about(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "6 out of 10")
    await house.tap("pat", "Next", happened="Alba Quill was heard.")
    assert ASKED in house.shown("pat")
    draft = await house.draft("pat", "feedback", key)
    assert draft is not None
    assert draft.answers["happened"] == "Alba Quill was heard."
