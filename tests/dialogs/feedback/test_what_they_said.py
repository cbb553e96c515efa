"""Eight weeks on: what the child, person or family said about it, or why that is not there."""

import pytest
from pydantic import ValidationError

from cards.feedback.outcome import OutcomeChild, outcome
from cards.kit.page import mark_of
from cards.wording import wording
from dialogs.turn.events import CardAction
from records.conversation.feedback import Answers
from tests.dialogs.conftest import STORY, House, texts
from tests.dialogs.evaluation.test_evaluation import released
from tests.dialogs.feedback.test_outcome_readers import WREN, practising
from tests.dialogs.flow.test_question_sets import left

SAID = "“Nobody shouts at the door any more.”"


async def told(house: House, **theirs: str) -> Answers:
    """The lead worker sends, with this about what the family said."""
    await practising(house, WREN)
    key = await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="School again.", **theirs)
    await house.tap("priya", "Next", outcome_you="Calmer.")
    await house.tap("priya", "Send")
    file = await house.file(key)
    found = file.answers_of("outcome", "lead")
    assert found is not None
    return found


async def test_what_they_said_is_kept_with_its_question_and_read_by_the_outcomes_readers(
    house: House,
) -> None:
    kept = await told(house, outcome_said=SAID)
    assert kept.texts["outcome_said"] == SAID
    assert kept.asked["outcome_said"] == wording.Q_OUTCOME_SAID
    assert kept.version == wording.partnership.questions.outcome
    assert SAID not in house.shown("wren")  # the message has no word of it
    await house.tap("wren", "Read their words")
    assert f"{wording.Q_OUTCOME_SAID}\n{SAID}" in house.shown("wren")


@pytest.mark.parametrize("why", ["not-asked", "not-right"])
async def test_that_they_were_not_asked_is_an_answer(house: House, why: str) -> None:
    kept = await told(house, outcome_said_not=why)
    title = dict(wording.OUTCOME_SAID_CHOICES)[why]
    assert (kept.texts["outcome_said"], kept.texts["outcome_said_not"]) == ("", why)
    await house.tap("wren", "Read their words")
    assert f"{wording.Q_OUTCOME_SAID}\n{title}" in house.shown("wren")


async def test_left_empty_nothing_is_said_for_them_and_no_tap_is_more(house: House) -> None:
    """`told` is the three taps that there were before."""
    kept = await told(house)
    assert "outcome_said_not" not in kept.texts
    await house.tap("wren", "Read their words")
    assert f"{wording.Q_OUTCOME_SAID}\n{wording.DOC_EMPTY}" in house.shown("wren")


async def test_their_words_take_the_place_of_why_there_were_none(house: House) -> None:
    kept = await told(house, outcome_said=SAID, outcome_said_not="not-asked")
    assert "outcome_said_not" not in kept.texts
    await house.tap("wren", "Read their words")
    assert wording.OUTCOME_SAID_CHOICES[0][1] not in house.shown("wren")


async def test_before_it_is_sent_it_can_be_checked_and_changed(house: House) -> None:
    await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_child="School.", outcome_said_not="not-right")
    await house.tap("priya", "Next", outcome_you="Calmer.")
    row = f"{wording.Q_OUTCOME_SAID}\n{{}}\n"
    assert row.format("Not right to ask") in house.shown("priya")
    await house.tap("priya", f"Change: {wording.Q_OUTCOME_SAID}")
    await house.tap("priya", "Next", outcome_said=SAID)
    assert row.format(SAID) in house.shown("priya")


async def test_a_strange_choice_is_not_kept() -> None:
    with pytest.raises(ValidationError):
        OutcomeChild.model_validate({"outcome_said_not": "because I say so"})


async def test_an_answer_from_before_it_was_asked_says_nothing_for_them(house: House) -> None:
    """Who was never asked did not leave it empty."""
    kept = await told(house)
    words = {name: kept.texts[name] for name in ("outcome_child", "outcome_you")}
    earlier = kept.model_copy(update={"texts": words, "version": 2})
    shown = texts(outcome(await house.record(await house.newest()), earlier))
    assert "School again." in shown
    assert wording.Q_OUTCOME_SAID not in shown


async def test_a_card_from_before_it_was_asked_keeps_its_words_and_is_asked_the_rest(
    house: House,
) -> None:
    key = await house.held()
    await house.skip(weeks=9)
    old = {"outcome_child": wording.Q_OUTCOME_CHILD}
    card = house.data("priya", "Next", outcome_child="School.")
    await house.begin_drafts(key)
    await left(house, "priya", "outcome", key, shown=old)
    await house.turn("priya", CardAction(card.verb, {**card.data, "asked": mark_of(old)}))
    assert f"{wording.Q_OUTCOME_CHILD} (optional) [School.]" in house.shown("priya")
    assert wording.Q_OUTCOME_SAID in house.shown("priya")
    await house.tap("priya", "Next")
    await house.tap("priya", "Next", outcome_you="Calmer.")
    await house.tap("priya", "Send")
    kept = (await house.file(key)).answers_of("outcome", "lead")
    assert kept is not None
    assert (kept.texts["outcome_child"], kept.texts["outcome_said"]) == ("School.", "")
    assert kept.asked["outcome_child"] == wording.Q_OUTCOME_CHILD


async def test_their_words_may_be_quoted_under_a_heading_of_their_own(house: House) -> None:
    await house.held()
    await house.skip(weeks=9)
    await house.tap("priya", "Next", outcome_said=SAID)
    await house.tap("priya", "Next", may_quote="yes")
    await house.tap("priya", "Send")
    await house.press("idris", {"verb": "quotes.read", "data": {}}, {})
    shown = house.shown("idris")
    assert SAID in shown
    assert wording.QUOTE_HEADINGS["outcome_said"] in shown
    assert STORY["hope_child"] not in shown  # it is theirs, and nobody's hope stands beside it
    await house.tap("idris", "Release these words")
    assert await released(house) == [SAID]
