"""Feedback and outcome: open for whom, from when, until when; changed after sending."""

import pytest

from cards.wording import wording
from dialogs.turn.events import CardAction
from tests.dialogs.conftest import STORY, House


async def given(house: House, who: str = "priya") -> None:
    await house.give_feedback(
        who,
        6,
        happened="We listened.",
        learning="Roles.",
        difference_you="Calmer.",
        difference_child="Hope.",
        possibility="Time.",
        may_quote="yes",
    )


async def test_feedback_can_be_changed_after_it_was_sent(house: House) -> None:
    key = await house.held()
    await given(house)
    await house.tap("priya", "Change my answers")
    await house.tap("priya", "3 out of 10")
    await house.tap("priya", "Next", happened="We listened more.")
    for title in ("Next", "Send"):
        await house.tap("priya", title)
    answers = (await house.file(key)).answers_of("feedback", "requester")
    assert answers is not None
    assert answers.scale == 3
    assert answers.texts["happened"] == "We listened more."
    assert answers.texts["learning"] == "Roles."
    assert answers.may_quote
    assert len((await house.record(key)).feedback) == 1


async def test_texts_may_be_skipped(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "10 out of 10")
    assert "Your 10 counts: say what you can, or skip." in house.shown("pat")
    for title in ("Next", "Next", "Send"):
        await house.tap("pat", title)
    answers = (await house.file(key)).answers_of("feedback", "other1")
    assert answers is not None
    assert answers.texts == {}
    assert not answers.may_quote


async def test_the_list_answers_as_the_tiles_do(house: House) -> None:
    key = await house.held()
    await house.tap("pat", "Show as list")
    await house.tap("pat", "Next", scale="4")
    answers = (await house.file(key)).answers_of("feedback", "other1")
    assert answers is not None
    assert answers.scale == 4


async def test_feedback_is_closed_after_eight_weeks(house: House) -> None:
    key = await house.held()
    tile = house.data("pat", "4 out of 10")
    await house.tap("nia", "6 out of 10")
    half = house.data("nia", "Next", happened="A late thought.")
    house.at = house.local("2027-04-02T10:00")
    before = await house.dump()
    await house.turn("pat", tile)
    assert "closed on Wednesday 31 March 2027" in house.shown("pat")
    await house.turn("nia", half)
    assert "closed on" in house.shown("nia")
    assert "A late thought." in house.shown("nia")
    assert await house.dump() == before
    assert (await house.record(key)).stage == "held"


async def test_feedback_is_open_until_the_very_date(house: House) -> None:
    key = await house.held()
    tile = house.data("pat", "4 out of 10")
    house.at = house.local("2027-03-31T15:00")
    await house.turn("pat", tile)
    assert [one.by for one in (await house.record(key)).feedback] == ["other1"]


async def test_feedback_before_the_conversation_says_when_it_opens(house: House) -> None:
    key = await house.booked()
    await house.turn("pat", CardAction("flow.open", {"flow": "feedback", "conversation": key}))
    reference = (await house.record(key)).reference
    assert wording.FEEDBACK_NOT_YET.format(reference=reference) in house.shown("pat")


async def test_nobody_reads_somebody_elses_feedback(house: House) -> None:
    key = await house.held()
    await given(house)
    for who in ("pat", "martin", "fay"):
        await house.turn(who, CardAction("flow.open", {"flow": "feedback", "conversation": key}))
        assert "We listened." not in house.shown(who)


async def with_pat_as_lead(house: House) -> str:
    key = await house.requested()
    await house.agree()
    await house.pick_up()
    await house.book(lead="other1", coming="requester,other1")
    await house.hold()
    return key


async def test_another_lead_worker_sees_only_the_hope_for_the_child(house: House) -> None:
    key = await with_pat_as_lead(house)
    await house.skip(weeks=9)
    seen = house.shown("pat")
    await house.tap("pat", "See what was hoped for")
    seen += house.shown("pat")
    await house.tap("pat", "Next", outcome_child="Back at school.")
    seen += house.shown("pat")
    await house.tap("pat", "Next", outcome_you="Calmer.")
    seen += house.shown("pat")
    await house.tap("pat", "Send")
    seen += house.shown("pat")
    assert STORY["hope_child"] in seen
    for field in ("worry", "hope_you", "hope_you_known", "hope_child_known"):
        assert STORY[field] not in seen
    assert (await house.record(key)).stage == "complete"
    assert "Eight weeks" not in "".join(house.told("priya"))


async def test_the_outcome_before_its_time_says_when(house: House) -> None:
    key = await house.held()
    await house.turn("priya", CardAction("flow.open", {"flow": "outcome", "conversation": key}))
    assert "opens eight weeks after the conversation, on Wednesday 31 March 2027" in house.shown(
        "priya"
    )


@pytest.mark.parametrize("who", ["martin", "fay", "nia", "idris"])
async def test_the_outcome_is_not_somebody_elses(house: House, who: str) -> None:
    key = await house.held()
    await house.skip(weeks=9)
    before = await house.dump()
    for data in (
        {"step": "child", "outcome_child": "x"},
        {"step": "you", "outcome_you": "x"},
    ):
        event = CardAction("flow.next", {"flow": "outcome", "conversation": key, **data})
        await house.turn(who, event)
        assert wording.NOT_FOR_YOU in house.shown(who)
    assert await house.dump() == before


async def test_whether_words_may_be_quoted_is_checked_before_they_are_sent(house: House) -> None:
    key = await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="Back at school.")
    await house.tap("priya", "Next", outcome_you="Calmer.", may_quote="yes")
    assert "May be quoted" in house.shown("priya")
    await house.tap("priya", f"Change: {wording.MAY_QUOTE}")
    await house.tap("priya", "Next", may_quote="")
    assert "Please do not quote me" in house.shown("priya")
    assert "May be quoted" not in house.shown("priya")
    await house.tap("priya", "Send")
    answers = (await house.file(key)).answers_of("outcome", "lead")
    assert answers is not None
    assert not answers.may_quote


async def test_the_outcome_sent_twice_is_kept_once(house: House) -> None:
    key = await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="Back at school.")
    await house.tap("priya", "Next", outcome_you="Calmer.")
    send = house.data("priya", "Send")
    await house.turn("priya", send)
    once = await house.dump()
    first = house.shown("priya")
    await house.turn("priya", send)
    assert house.shown("priya") == first
    assert await house.dump() == once
    assert (await house.record(key)).stage == "complete"


async def test_opened_after_two_days_it_says_that_it_is_still_welcome(house: House) -> None:
    key = await house.held()
    opening = {"verb": "flow.open", "data": {"flow": "feedback", "conversation": key}}
    await house.press("pat", opening, {})
    assert "Please answer by" in house.shown("pat")
    assert "still welcome" not in house.shown("pat")
    house.at = house.local("2027-02-05T15:31")
    await house.press("pat", opening, {})
    assert "still welcome" in house.shown("pat")
    assert "Please answer by" not in house.shown("pat")
