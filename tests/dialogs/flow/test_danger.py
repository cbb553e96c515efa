"""Words of danger bring one sentence to the next card, once a draft, and stop nothing."""

import logging

import pytest

from cards.wording import wording
from dialogs.root.storage_down import not_saved
from dialogs.turn.events import Message
from tests.dialogs.conftest import House, texts

NOW = "He is hitting her now, upstairs."
TOLD = (
    "What you wrote is kept. Nobody is reading it now. If someone is in danger, ring 999 first. "
    "Your writing will still be here afterwards."
)


def first(house: House, who: str) -> str:
    """The first words of the newest card."""
    return texts(house.people[who].card).splitlines()[0]


async def worry(house: House) -> str:
    draft = await house.draft("priya")
    assert draft is not None
    return str(draft.answers.get("worry", ""))


async def test_it_stands_on_top_of_the_next_card_and_the_text_is_kept(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry=NOW)
    assert first(house, "priya") == TOLD
    assert "6 of 8" in house.shown("priya")
    assert await worry(house) == NOW


async def test_typed_in_the_chat_it_is_the_same(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.say("priya", NOW)
    assert first(house, "priya") == TOLD
    assert "5 of 8" in house.shown("priya")
    assert await worry(house) == NOW


async def test_it_is_said_once_a_draft(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry=NOW)
    await house.tap("priya", "Next", hope_you=NOW, hope_you_known="She is not breathing.")
    assert TOLD not in house.shown("priya")
    assert "7 of 8" in house.shown("priya")
    await house.discard("priya")
    await house.fill_to("priya", "worry")
    await house.say("priya", NOW)
    assert first(house, "priya") == TOLD


async def test_the_same_tap_sent_twice_is_told_the_same(house: House) -> None:
    await house.fill_to("priya", "worry")
    tap = house.data("priya", "Next", worry=NOW)
    await house.turn("priya", tap)
    await house.turn("priya", tap)
    assert first(house, "priya") == TOLD


async def test_the_other_instance_knows_that_it_was_said(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry=NOW)
    tap = house.data("priya", "Next", hope_you=NOW, hope_you_known="x")
    await house.turn("priya", tap, root=house.second())
    assert TOLD not in house.shown("priya")


async def test_where_something_is_still_wrong_it_is_said_above(house: House) -> None:
    await house.fill_to("priya", "hope_you")
    await house.tap("priya", "Next", hope_you=NOW, hope_you_known="z" * 4_001)
    assert first(house, "priya") == TOLD
    assert "This has 4,001 characters" in house.shown("priya")


async def test_a_second_of_two_open_questions_says_it_while_the_text_waits(house: House) -> None:
    await house.held()
    await house.tap("priya", "6 out of 10")
    await house.fill_to("priya", "worry")
    await house.say("priya", NOW)
    assert first(house, "priya") == TOLD
    assert wording.WHICH_TITLE in house.shown("priya")


async def test_the_last_card_sends_and_says_it_on_the_receipt(house: House) -> None:
    key = await house.held()
    await house.give_feedback("pat", 6, possibility=NOW)
    assert first(house, "pat") == TOLD
    answers = (await house.file(key)).answers_of("feedback", "other1")
    assert answers is not None
    assert answers.texts["possibility"] == NOW


async def test_where_no_question_is_open_the_true_sentence_comes_with_what_to_do(
    house: House,
) -> None:
    await house.arrive("priya")
    await house.say("priya", NOW)
    assert first(house, "priya") == wording.DANGER_NOT_KEPT
    assert wording.URGENT[0] in house.shown("priya")
    assert await house.dump("drafts") == []


async def test_where_the_text_cannot_be_kept_it_is_not_said_to_be(house: House) -> None:
    await house.fill_to("priya", "about")
    await house.say("priya", NOW)
    assert first(house, "priya") == wording.DANGER_NOT_KEPT
    assert wording.USE_CARD_ABOVE in house.shown("priya")


async def test_without_storage_it_comes_first_too(house: House) -> None:
    reply = not_saved(house.a_turn("priya", Message(NOW)), "n1")
    assert reply.card is not None
    assert texts(reply.card).splitlines()[0] == wording.DANGER_NOT_KEPT
    await house.fill_to("priya", "worry")
    tap = house.data("priya", "Next", worry=NOW)
    reply = not_saved(house.a_turn("priya", tap), "n1")
    assert reply.card is not None
    assert texts(reply.card).splitlines()[0] == wording.DANGER_NOT_KEPT


async def test_it_is_not_logged_not_counted_and_sent_to_nobody(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await house.arrive("priya", "martin")
    caplog.set_level(logging.DEBUG)
    await house.fill_request()
    await house.tap("priya", "Change: " + wording.Q_WORRY)
    caplog.clear()
    sent = len(house.parcels)
    tables = {one: await house.dump(one) for one in ("conversations", "outbox", "people")}
    await house.tap("priya", "Next", worry=NOW)
    assert first(house, "priya") == TOLD
    assert len(house.parcels) == sent
    assert {one: await house.dump(one) for one in tables} == tables
    assert [one.getMessage() for one in caplog.records if "asyncio" not in one.name] == []


async def test_a_story_of_the_past_sets_nothing_off(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry="He hit her last year and has not been back.")
    assert "ring 999 first" not in house.shown("priya")
    assert "6 of 8" in house.shown("priya")


async def test_the_mark_of_it_is_one_that_an_older_version_lets_be(house: House) -> None:
    await house.fill_to("priya", "worry")
    await house.tap("priya", "Next", worry=NOW)
    draft = await house.draft("priya")
    assert draft is not None
    assert all(isinstance(one, str) and NOW not in one for one in draft.asked)
    assert len(draft.asked) == 1
