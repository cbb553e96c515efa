"""What a text may hold: asked about where it looks so, and left alone where it does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.kit.hints import PRIVATE, Hint, hints, sentence
from cards.kit.numbers import is_nhs_number
from tests.cards.kit.sample_texts import CLEAN, HOLDING

TODAY = date(2027, 2, 3)


def found(text: str, **more: object) -> tuple[Hint, ...]:
    return hints(text, today=TODAY, **more)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("We spoke about Alba Quill at length.", Hint.NAME),
        ("Alba Quill is worried.", Hint.NAME),
        ("Her brother is Odhran O’Neill-Fenn now.", Hint.NAME),
        ("Zoë Ångström came home.", Hint.NAME),
        ("He was born on 3.", Hint.BIRTH),
        ("DOB 03/02/2019", Hint.BIRTH),
        ("D.O.B: 3rd of May", Hint.BIRTH),
        ("(12/05/2014)", Hint.BIRTH),
        ("on 12.5.14", Hint.BIRTH),
        ("2014-05-12", Hint.BIRTH),
        ("12th May 2014", Hint.BIRTH),
        ("1 of September, 1979", Hint.BIRTH),
        ("NHS 943 476 5919", Hint.NHS),
        ("943-476-5919.", Hint.NHS),
        ("9434765919", Hint.NHS),
        ("Jane\N{NO-BREAK SPACE}Smithers", Hint.NAME),
        ("mum says Kayleigh will not come", Hint.NAME),
        ("her brother Kayden", Hint.NAME),
        ("Kayleigh’s nan", Hint.NAME),
        ("Mrs Thorncastle", Hint.NAME),
        ("03/05/2019.", Hint.BIRTH),
        ("3-May-2019", Hint.BIRTH),
        ("May 3, 2019", Hint.BIRTH),
        ("3rd of May 2019", Hint.BIRTH),
        ("2019/05/03", Hint.BIRTH),
        ("12\N{EN DASH}05\N{EN DASH}2014", Hint.BIRTH),
        ("943\N{THIN SPACE}476\N{NO-BREAK SPACE}5919", Hint.NHS),
        ("943.476.5919.", Hint.NHS),
        ("Ms. Thorncastle", Hint.NAME),
        ("3\N{FRACTION SLASH}5\N{FRACTION SLASH}2019", Hint.BIRTH),
        ("03May2019", Hint.BIRTH),
        ("03 05 2019", Hint.BIRTH),
        ("3rd May\n2019", Hint.BIRTH),
        ("943_476_5919", Hint.NHS),
        ("943 476\n5919", Hint.NHS),
        ("9434 765 919", Hint.NHS),
        ("37/12345/24", Hint.NUMBER),
        ("crime number: SC-37-12345-26", Hint.NUMBER),
        ("the crime reference is 37/12345/26", Hint.NUMBER),
        ("crime reference 37.12345.26", Hint.NUMBER),
        ("crime number is 37-12345-26", Hint.NUMBER),
        ("court case number IP26C50123", Hint.NUMBER),
        ("police ref no. 1234567", Hint.NUMBER),
        ("case 123456", Hint.NUMBER),
        ("Case #1234", Hint.NUMBER),
        ("UPN A123456789012", Hint.NUMBER),
        ("CR/0123/24", Hint.NUMBER),
        ("URN 1234567", Hint.NUMBER),
        ("LAS 123456", Hint.NUMBER),
        ("case number 12345", Hint.NUMBER),
        ("Pat to ring the school by Friday", Hint.TASK),
        ("Health will send the form by the end of the week.", Hint.TASK),
        ("- Action: visit", Hint.TASK),
        ("she must call mum by 12 March", Hint.TASK),
        ("It was decided that he moves.", Hint.DECISION),
        ("We have decided to close it.", Hint.DECISION),
        ("The decision is to wait", Hint.DECISION),
    ],
)
def test_what_a_text_may_hold(text: str, hint: Hint) -> None:
    assert hint in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The child feels heard. We listen more.",
        "Suffolk Police and Social Care see it in two ways.",
        "The Health Visitor and the Family Court came into it.",
        "Early Help, Signs of Safety and Child Protection.",
        "Mum Says she is tired. When Mum rests it is calmer.",
        "CAMHS Said so. GP too.",
        "Since Monday Morning things are better.",
        "On 3 February 2027 we met; on 12/05/2027 we meet again.",
        "Rang 01473 000000 and 01473 000 0000.",
        "Reference 9434765918",
        "We could ring each other first.",
        "We want the school to be calm by being there early.",
        "She is undecided. Nobody decided anything yet.",
        "31/02/2014 is no day, nor is 45.13.2014.",
        "It is 12/13 and 3/4 of us.",
        "Mum says school is better. Her brother and Early Help agree.",
        "The baby was born at 36 weeks.",
        "The NHS no longer pays. We are at 3 - 5 of 10.",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert found(text) == ()


def test_of_a_hundred_clean_texts_hardly_any_is_asked_about() -> None:
    asked = {text: holds for text in CLEAN if (holds := found(text, asked=PRIVATE))}
    assert len(CLEAN) == 100
    assert len(asked) <= 5, asked


def test_of_thirty_with_something_in_them_hardly_any_is_missed() -> None:
    missed = [text for text in HOLDING if not found(text, asked=PRIVATE)]
    assert len(HOLDING) == 30
    assert len(missed) <= 2, missed


@pytest.mark.parametrize(
    "text", ["mum says Reed is kind", "Mr Reed’s view", "Priya’s mum", "P. Reed"]
)
def test_a_known_worker_may_stand_with_one_name_too(text: str) -> None:
    assert found(text, known=("Pat Reed", "Priya Shah")) == ()


def test_the_names_of_those_who_came_may_stand() -> None:
    assert found("Pat Reed and Priya Shah agree.", known=("Pat Reed", "Priya Shah")) == ()
    assert found("Pat Quill agrees.", known=("Pat Reed",)) == ()
    assert found("Alba Quill agrees.", known=("Pat Reed",)) == (Hint.NAME,)


def test_only_what_is_asked_about_is_found() -> None:
    text = "We decided to ring Alba Quill by Friday."
    assert found(text, asked=PRIVATE) == (Hint.NAME,)
    assert found(text) == (Hint.NAME, Hint.TASK, Hint.DECISION) or Hint.DECISION in found(text)


def test_the_question_names_what_it_means_and_how_to_keep_it() -> None:
    said = sentence(found("We decided that Alba Quill, born 3 May 2014, stays."))
    assert said.startswith("This may hold a full name and a date of birth.")
    assert "This reads like a decision." in said
    assert said.endswith("keep it as it is.")
    assert sentence(()) == ""


@pytest.mark.parametrize("text", ["943 476 5919", "4010232137", "401 023 2137"])
def test_the_check_digit_of_an_nhs_number(text: str) -> None:
    assert is_nhs_number(text)


@given(st.integers(min_value=100_000_000, max_value=999_999_999))
def test_at_most_one_last_digit_makes_an_nhs_number(first: int) -> None:
    right = [last for last in range(10) if is_nhs_number(f"{first}{last}")]
    assert len(right) <= 1


@given(st.text(max_size=400))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert set(found(text)) <= set(Hint)
