"""Each question stands in one place: what a card asks, what is kept and what its set says agree."""

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from cards import question_sets
from cards.kit.answers import MAX_ANSWER, MAX_SHORT
from cards.kit.forms import ChoiceField, TextField
from cards.wording import wording
from dialogs.feedback import feedback, outcome
from dialogs.flow.flow import Flow, Step
from dialogs.request import request
from dialogs.root.routes import FLOWS
from records.conversation.request import About
from records.partnership.question_sets import marks, numbers
from tests.cards.test_every_card import of_type, page
from tests.dialogs.conftest import Card

SETS = ("request", "feedback", "outcome")
PUT_DOWN = {
    ("request", 1): "32c0c9dd6038cf25",
    ("request", 2): "74705fae2cd95cd9",
    ("feedback", 1): "1545ec0a7456590c",
    ("feedback", 2): "5877f531c0334a3a",
    ("outcome", 2): "c60ac567017541c3",
    ("outcome", 3): "5254478b698ddc0e",
    ("learning", 1): "61949b6d46dd242b",
}
"""The words that stood under these numbers of Suffolk's sets when they were first put down."""


def steps() -> list[tuple[Flow, Step]]:
    return [(flow, step) for flow in FLOWS.values() for step in flow.steps]


def asked_on(card: Card) -> set[str]:
    """The questions above what people write, and above the scale."""
    wanted = [
        one for one in of_type(card, "Input.") if one.get("isMultiline") or one["id"] == "scale"
    ]
    ends = (f" {wording.REQUIRED}", f" {wording.OPTIONAL}")
    return {str(one["label"]).removesuffix(ends[0]).removesuffix(ends[1]) for one in wanted}


@pytest.mark.parametrize("name", SETS)
def test_whatever_a_card_asks_in_words_is_in_its_set(name: str) -> None:
    """Looked for on the cards themselves, about a child and about an adult."""
    flow, found = FLOWS[name], set[str]()
    for step in flow.steps:
        for about in About:
            on = page(flow, step, "", as_list=True)
            on = replace(on, answers={**on.answers, "about": about.value})
            found |= asked_on(step.card(on))
    said = set(question_sets.words()[name])
    assert found <= said
    ends = {wording.SCALE_0, wording.SCALE_10} if name == "feedback" else set()
    assert said - found == ends


def test_every_set_that_has_a_number_says_what_it_asks() -> None:
    assert {*question_sets.words(), "learning"} == set(numbers(wording.partnership))


def test_a_number_stands_for_the_words_it_was_first_given_to() -> None:
    """Whoever changes a question raises the number of its set: `[questions]` in the file."""
    now = marks(wording.partnership, question_sets.words())
    for name, number in numbers(wording.partnership).items():
        assert PUT_DOWN.get((name, number), now[name]) == now[name], f"raise the number of {name}"


def test_what_is_kept_of_a_flow_is_what_its_cards_ask() -> None:
    assert request.STORY[:3] == ("worry", "hope_you", "hope_you_known")
    for flow, kept in (("request", request.STORY), ("feedback", feedback.cards.TEXTS),
                       ("outcome", outcome.TEXTS)):  # fmt: skip
        typed = [name for step in FLOWS[flow].steps for name in step.typed]
        assert kept == tuple(typed)


def test_a_long_text_keeps_its_question_unless_somebody_said_why_not() -> None:
    """A manager's message answers nothing; one of several is under its section's heading."""
    without = {
        (flow.name, one.id)
        for flow, step in steps()
        for one in step.questions
        if isinstance(one, TextField) and one.long and not one.is_asked
    }
    assert without == {
        ("talk-first", "message"),
        ("learning", "differ_words"),
        ("learning", "scaling_words"),
        ("learning", "recording_words"),
    }


def test_a_texts_limit_is_that_of_its_answer() -> None:
    looked = 0
    for flow, step in steps():
        for one in step.questions:
            if isinstance(one, TextField):
                looked += 1
                assert one.limit == (MAX_ANSWER if one.long else MAX_SHORT)
                assert not _too_long(flow, step, one.id, one.limit), (flow.name, one.id)
                assert _too_long(flow, step, one.id, one.limit + 1), (flow.name, one.id)
    assert looked > 40


def _too_long(flow: Flow, step: Step, name: str, length: int) -> bool:
    """Whether the answer's model finds a text of this length too long."""
    try:
        step.model.model_validate({name: "x" * length}, context={})
    except ValidationError as error:
        return any(one["loc"] == (name,) and one["type"] == "too_long" for one in error.errors())
    return False


def test_choices_say_what_is_kept_and_what_is_read_or_whose_they_are() -> None:
    for flow, step in steps():
        for one in step.questions:
            if isinstance(one, ChoiceField):
                assert bool(one.choices) != bool(one.of), (flow.name, one.id)


def test_every_question_has_its_words_when_it_is_asked() -> None:
    facts: dict[str, Any] = {"requester": "Priya Shah"}
    for _, step in steps():
        for one in step.questions:
            for about in About:
                label = one.on(facts, about).label
                assert label
                assert "{" not in label
