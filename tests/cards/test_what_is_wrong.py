"""What is wrong with an answer stands in the card itself, once, right above its input, and names
what is missing: no client shows `errorMessage` everywhere. Every step of every flow, with each
input that a person can get wrong."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from pydantic import ValidationError

from cards.kit.agencies import ANOTHER
from cards.kit.answers import sentences
from cards.kit.elements import Card
from cards.kit.forms import ChoiceField, MailField, NumberField, TextField, missing_of
from cards.kit.page import Page
from cards.kit.pickers import DateField, TimeField
from cards.wording import wording
from dialogs.flow.flow import Flow, Step
from dialogs.root.routes import FLOWS
from records.conversation.dates import Dates
from tests.cards.test_every_card import page
from tests.dialogs.conftest import elements

NOW: Final = datetime(2027, 2, 1, 10, tzinfo=UTC)
OWN: Final = "priya@socialcare.example"
KINDS: Final = (TextField, MailField, NumberField, ChoiceField, DateField, TimeField)
BAD: Final[dict[str, dict[type, str]]] = {
    "nothing": dict.fromkeys(KINDS, ""),
    "too long": {TextField: "x" * 4_001, MailField: "x" * 201, NumberField: "x" * 201},
    "no mail": {MailField: "pat"},
    "two mails": {MailField: "pat@police.example, nia@health.example"},
    "your own mail": {MailField: OWN},
    "no number": {NumberField: "ring me"},
    "no such choice": {ChoiceField: "§"},
    "no day": {DateField: "soon", TimeField: "soon"},
    "a day that has passed": {DateField: "2020-01-01"},
    "a day far away": {DateField: "2040-01-01"},
}  # fmt: skip
RIGHT: Final[dict[type, str]] = {
    TextField: "Words.", MailField: "una@health.example", NumberField: "01473 000000",
    ChoiceField: "", DateField: "2027-02-10", TimeField: "14:00",
}  # fmt: skip
MISSING: Final = ("EMPTY", "CHOOSE_ONE", "CHOOSE_SOME", "CHOOSE_DATE", "CHOOSE_TIME")
STEPS: Final = {f"{flow.name}/{step.id}": (flow, step) for flow in FLOWS.values()
                for step in flow.steps}  # fmt: skip


def answers(step: Step, bad: dict[type, str]) -> dict[str, Any]:
    """Every input with what is wrong for its kind, or where that is not wrong with something."""
    found: dict[str, Any] = {}
    for one in step.questions:
        kind = next((kind for kind in (*bad, *RIGHT) if type(one) is kind), ChoiceField)
        known = one.choices[0][0] if isinstance(one, ChoiceField) and one.choices else "other1"
        found[one.id] = bad.get(kind, RIGHT[kind] or known)
    return found


def wrong_with(step: Step, given: dict[str, Any]) -> dict[str, str]:
    """What the step's own model says of it."""
    checks = {"own_mails": (OWN,), "now": NOW, "dates": Dates(wording.partnership)}
    try:
        step.model.model_validate(given, context=checks)
    except ValidationError as error:
        return sentences(error)
    return {}


def body(card: Card) -> list[str]:
    """Each text and input of a card in order: a text as it is, an input as its id."""
    return [str(one.get("text") or f"#{one['id']}") for one in elements(card)
            if one.get("text") or str(one.get("type", "")).startswith("Input.")]  # fmt: skip


@pytest.mark.parametrize("bad", sorted(BAD))
@pytest.mark.parametrize("name", sorted(STEPS))
def test_what_is_wrong_stands_once_right_above_its_input(name: str, bad: str) -> None:
    flow, step = STEPS[name]
    given = answers(step, BAD[bad])
    wrong = wrong_with(step, given)
    on = drawn(flow, step, given, wrong)
    shown = body(step.card(on))
    about = str(on.answers.get("about", ""))
    fields = {one.id: one.on(on.facts, about) for one in step.questions}
    bare = {getattr(wording, one) for one in MISSING}
    said = {at: missing_of(fields[at], one) if at in fields else one for at, one in wrong.items()}
    assert not bare & {*said.values()}, "nothing says what is missing"
    if not any(one.startswith("#") for one in shown):
        return  # a card of buttons: one of them is the answer
    for field, sentence in said.items():
        if field in fields and f"#{field}" not in {one.partition(".")[0] for one in shown}:
            continue  # not asked of them: only a card from outside has an answer to it
        places = [place for place, one in enumerate(shown) if one == sentence]
        assert len(places) == [*said.values()].count(sentence), (field, sentence)
        if field in fields:
            below = [next(one for one in shown[at:] if one.startswith("#")) for at in places]
            assert f"#{field}" in {one.partition(".")[0] for one in below}, (sentence, below)


def drawn(flow: Flow, step: Step, given: dict[str, Any], wrong: dict[str, str]) -> Page:
    """The step's page with these answers and what is wrong with them."""
    whole = page(flow, step, "", as_list=True)
    return replace(whole, answers={**whole.answers, **given}, problems=wrong)


def test_each_kind_of_wrong_answer_is_met() -> None:
    """Else a case above would hold nothing."""
    met = {
        bad
        for bad, inputs in BAD.items()
        if any(wrong_with(step, answers(step, inputs)) for _, step in STEPS.values())
    }
    assert met >= BAD.keys() - {"no such choice"}


@pytest.mark.parametrize(
    ("sentence", "step", "field", "given"),
    [
        ("OTHER_MISSING", "request/people", "other_name", {"other_name": "", "other_role": "x"}),
        ("NURSE_MISSING", "request/people", "nurse_name", {"nurse": "named", "nurse_name": ""}),
        ("AGENCY_MISSING", "request/you", "own_agency", {"agency": ANOTHER, "own_agency": ""}),
        ("AGENCY_TWICE", "request/you", "own_agency", {"agency": "Health", "own_agency": "x"}),
        ("MANAGER_IS_YOU", "request/you", "manager_mail", {"manager_mail": OWN}),
        ("VIEW_WHO_MISSING", "learning/differ", "differ_who", {"differ_words": "x"}),
        ("VIEW_WORDS_MISSING", "learning/differ", "differ_words", {"differ_who": "x"}),
        ("PASSED_ON_MISSING", "passed-on/who", "shared_with", {"shared_with": ""}),
        ("CAME_NOBODY", "took-place/came", "came", {"came": ""}),
    ],
)
def test_what_is_missing_is_said_where_it_is_missing(
    sentence: str, step: str, field: str, given: dict[str, Any]
) -> None:
    _, at = STEPS[step]
    empty = dict.fromkeys(at.fields, "")
    assert wrong_with(at, {**empty, **given}).get(field) == getattr(wording, sentence)
