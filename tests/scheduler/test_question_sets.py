"""A question set with other words under its old number is told, and stops nothing."""

import logging
from typing import Any

import pytest

from records.memory import MemoryStore
from records.partnership import Partnership, the_partnership
from records.question_sets import FIELDS, mark, reworded
from scheduler.question_sets import QuestionSets


def later(number: int = 1, **words: str) -> Partnership:
    """Suffolk's file with other words, and perhaps with a request's number raised."""
    now = the_partnership()
    verbatim = {**now.words["verbatim"], **words}
    sets = now.questions.model_copy(update={"request": number})
    update: dict[str, Any] = {"words": {**now.words, "verbatim": verbatim}, "questions": sets}
    return now.model_copy(update=update)


async def test_the_same_words_under_the_same_number_are_nothing_new() -> None:
    store = MemoryStore()
    assert await reworded(store, the_partnership()) == ()
    assert await reworded(store, the_partnership()) == ()
    assert await reworded(store, later(agreement_title="Agreed")) == ()


async def test_other_words_under_the_same_number_are_told_until_it_is_raised() -> None:
    store = MemoryStore()
    await reworded(store, the_partnership())
    other = later(q_worry="What keeps you awake?")
    for _ in range(2):
        assert await reworded(store, other) == ("request",)
    assert await reworded(store, later(2, q_worry="What keeps you awake?")) == ()
    assert await reworded(store, the_partnership()) == ()


def test_every_question_of_a_set_is_looked_at() -> None:
    for name, fields in FIELDS.items():
        for topic, field in fields:
            assert the_partnership().words[topic][field]
            if topic == "verbatim":
                assert mark(later(**{field: "Something else"}), name) != mark(later(), name)


async def test_the_log_has_the_set_and_its_number_once_a_process(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = MemoryStore()
    await QuestionSets(store, the_partnership()).look()
    assert not caplog.records
    process = QuestionSets(store, later(scale_0="Nothing moved."))
    with caplog.at_level(logging.WARNING):
        await process.look()
        await process.look()
    [line] = caplog.records
    assert (line.action, line.questions, line.number) == ("questions_reworded", "feedback", 1)  # type: ignore[attr-defined]  # put there by `extra`
