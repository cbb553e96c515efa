"""A question set with other words under its old number is told, and stops nothing."""

import logging

import pytest

from cards.wording import wording
from records.partnership import Partnership
from records.partnership.question_sets import Words, marks, reworded
from records.store.memory import MemoryStore
from scheduler.upkeep.errands import QuestionSets

ASKED: Words = {
    "request": ("What worries you?", "What do you hope for?"),
    "feedback": ("Where are you?", "Nothing moved", "All is well", "What happened?"),
    "outcome": ("What is different?",),
}


def later(more: int = 0) -> Partnership:
    """Suffolk's file, perhaps with a request's number raised."""
    now = wording.partnership
    number = now.questions.request + more
    return now.model_copy(
        update={"questions": now.questions.model_copy(update={"request": number})}
    )


def other(name: str, place: int = 0) -> Words:
    """The sets with one sentence in other words."""
    changed = list(ASKED[name])
    changed[place] = "Something else"
    return {**ASKED, name: changed}


async def test_the_same_words_under_the_same_number_are_nothing_new() -> None:
    store = MemoryStore()
    for _ in range(2):
        assert await reworded(store, wording.partnership, ASKED) == ()


async def test_other_words_under_the_same_number_are_told_until_it_is_raised() -> None:
    store = MemoryStore()
    await reworded(store, wording.partnership, ASKED)
    for _ in range(2):
        assert await reworded(store, later(), other("request")) == ("request",)
    assert await reworded(store, later(1), other("request")) == ()
    assert await reworded(store, wording.partnership, ASKED) == ()


def test_every_sentence_of_a_set_is_looked_at() -> None:
    now = marks(wording.partnership, ASKED)
    for name, asked in ASKED.items():
        for place in range(len(asked)):
            changed = marks(wording.partnership, other(name, place))
            assert {one for one in now if changed[one] != now[one]} == {name}


def test_so_is_every_heading_of_the_learning_document() -> None:
    now = wording.partnership
    first, *rest = now.learning.sections
    sections = (first.model_copy(update={"hint": "Something else."}), *rest)
    learning = now.learning.model_copy(update={"sections": sections})
    changed = now.model_copy(update={"learning": learning})
    assert marks(changed, ASKED)["learning"] != marks(now, ASKED)["learning"]


def test_nobody_can_leave_out_what_a_set_asks() -> None:
    """Each set that has a number in the file is looked at, whatever is handed in."""
    with pytest.raises(KeyError, match="feedback"):
        marks(wording.partnership, {name: ASKED[name] for name in ("request", "outcome")})


async def test_the_log_has_the_set_and_its_number_once_a_process(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = MemoryStore()
    await QuestionSets(store, wording.partnership, ASKED).look()
    assert not caplog.records
    process = QuestionSets(store, later(), other("feedback", 1))
    with caplog.at_level(logging.WARNING):
        await process.look()
        await process.look()
    [line] = caplog.records
    number = wording.partnership.questions.feedback
    assert (line.action, line.questions, line.number) == ("questions_reworded", "feedback", number)  # type: ignore[attr-defined]  # put there by `extra`
