"""What was broken from outside: odd turns, two copies and late taps that once lost something."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from cards.wording import wording
from dialogs.root.routes import FLOWS
from dialogs.turn.events import CardAction
from records.drafts import Draft
from scheduler.upkeep.retention import typed
from tests.dialogs.conftest import House

WORDS = "We listened to each other for the first time."


def pressed(verb: str, key: str, **more: Any) -> CardAction:
    """A tap on some card that somebody still has."""
    return CardAction(verb, {"conversation": key, **more})


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


async def test_a_late_tap_to_leave_it_does_not_say_that_sent_words_stayed_here(
    house: House,
) -> None:
    key = await house.held()
    await house.give_feedback("pat", 7, happened=WORDS)
    file = await house.file(key)
    await house.turn("pat", pressed("feedback.leave", key))
    assert wording.FEEDBACK_DONE.format(reference=file.conversation.reference) in house.shown("pat")
    assert (await house.file(key)).conversation == file.conversation


async def test_once_feedback_is_closed_a_tap_to_leave_it_counts_no_more(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "7 out of 10")
    await house.tap("pat", "Next", happened=WORDS)
    house.at = house.local("2027-04-01T10:00")
    before = await house.record(key)
    await house.turn("pat", pressed("feedback.leave", key))
    assert "closed on" in house.shown("pat")
    assert WORDS in house.shown("pat")
    assert (await house.record(key)).feedback == before.feedback
    assert not (await house.record(key)).has_completed("other1")


# Two copies, and a draft at hand that is old ------------------------------------------------------


async def test_words_written_on_another_copy_are_shown_where_feedback_has_closed(
    house: House,
) -> None:
    await house.held()
    house.at = house.local("2027-03-31T15:28")
    await house.turn("pat", pressed("flow.open", await house.newest(), flow="feedback"))
    await house.tap("pat", "7 out of 10")
    here = house.data("pat", "Next", learning="Written here.")
    key, _ = await of_pat(house)
    there = house.second()
    await house.turn("pat", house.data("pat", "Next", happened=WORDS), root=there)
    dates = house.timetable.outcome_date(await house.record(key))
    assert dates is not None
    house.at = dates + timedelta(minutes=1)
    await house.turn("pat", here)
    assert "closed on" in house.shown("pat")
    assert "Written here." in house.shown("pat")
    assert WORDS in house.shown("pat")


# The learning document ----------------------------------------------------------------------------


async def test_a_section_too_long_to_be_kept_comes_back_where_the_document_is_shared(
    house: House,
) -> None:
    key = await house.held()
    await house.turn("fay", pressed("learning.type-up", key))
    await house.turn("fay", pressed("learning.open", key, to="worries"))
    await house.tap("fay", "Save and go on", worries_text=WORDS * 200)
    draft = await house.draft("fay", "learning", key)
    assert draft is not None
    assert WORDS in str(draft.answers)
    assert all(WORDS not in str(row.values) for row in await house.dump())
    await house.turn("fay", pressed("learning.share-yes", key))
    assert WORDS in house.shown("fay")


async def test_what_stood_beside_a_wrong_date_is_still_there_when_typing_up_goes_on(
    house: House,
) -> None:
    key = await house.held()
    await house.turn("fay", pressed("learning.type-up", key))
    await house.turn("fay", pressed("learning.open", key, to="review"))
    step = FLOWS["learning"].step("review")
    assert step is not None
    text = step.typed[0]
    await house.tap("fay", "Save and go on", review_day="2020-01-01", **{text: WORDS})
    assert all(WORDS not in str(row.values) for row in await house.dump())
    await house.say("fay", "type up")
    await house.turn("fay", pressed("learning.open", key, to="review"))
    assert WORDS in house.shown("fay")
    await house.turn("fay", pressed("learning.open", key, to="worries"))
    await house.tap("fay", "Save and go on", worries_text="Two visits were missed.")
    draft = await house.draft("fay", "learning", key)
    assert draft is not None
    assert not draft.spare
    await house.turn("fay", pressed("learning.share-yes", key))
    assert WORDS in house.shown("fay")
    assert "Two visits were missed." not in house.shown("fay")


# While messages are stopped -----------------------------------------------------------------------

DANA = {"new_name": "Dana Hill", "new_agency": "Police", "new_mail": "dana@police.example"}


async def test_who_has_passed_on_their_place_hears_who_has_it_while_messages_are_stopped(
    house: House,
) -> None:
    key = await house.booked()
    await house.turn("fay", pressed("flow.open", key, flow="someone-else"))
    await house.tap("fay", "Save the change", whose="other1", **DANA)
    await house.turn("fay", pressed("handover.yes", key))
    await house.turn("idris", pressed("handover.take", key))
    await house.turn("idris", pressed("stop.yes", key))
    reply = await house.turn("pat", pressed("prepare.see", key))
    assert "Dana Hill" in reply.summary
    assert "Dana Hill" in house.shown("pat")
    reply = await house.turn("fay", pressed("changes.see", key))
    assert "Idris Vaughan" in reply.summary
    assert "Idris Vaughan" in house.shown("fay")
    reply = await house.turn("kit", pressed("prepare.see", key))
    assert reply.summary == wording.NOT_FOR_YOU
