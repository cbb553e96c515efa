"""Phrases of present danger: which words they are met in, and what the file may hold."""

import pytest

from records.partnership import SUFFOLK, TEMPLATE, read_partnership
from tests.cards.kit.sample_texts import CLEAN
from tests.records.partnership.test_partnership import SOUND, Desk

DANGER = read_partnership(SUFFOLK).danger


@pytest.fixture
def desk(tmp_path: object) -> Desk:
    return Desk(tmp_path)  # type: ignore[arg-type]  # pytest's own path


@pytest.mark.parametrize(
    "text",
    [
        "He is hitting her now and I am outside.",
        "HITTING HER NOW",
        "dad is hitting him",
        "He’s hurting the baby.",
        "He's hurting her, please",
        "she\N{ZERO WIDTH SPACE} is hur\N{SOFT HYPHEN}ting him",
        "He said he is going to kill her.",
        "he is gonna kill himself",
        "The baby is not breathing",
        "She isn’t breathing!!!",
        "is\N{NO-BREAK SPACE}not\nbreathing",
        "She is taking an overdose",
        "there was an overdose now she is asleep",
        "ｈｅ　ｉｓ　ｈｕｒｔｉｎｇ her",
        "He was going to kill her and he is here now.",
        "They are in immediate danger.",
        "Help, he is hitting me",
        "Her brother is beating him up in the yard.",
        "He’s got a knife",
        "He says that he will kill her tonight.",
        "She has taken an overdose.",
        "I want to kill myself",
        "he has got a gun",
        "she has just taken an overdose",
        "she's just taken an overdose",
        "He's stopped breathing",
        "They are in danger right now",
        "He is beating her",
        "I am going to kill myself tonight",
        "We spoke for an hour. " * 200 + "He has a knife." + " Then we spoke." * 200,
    ],
)
def test_danger_now_is_met_however_it_is_typed(text: str) -> None:
    assert DANGER.is_met_in(text)


@pytest.mark.parametrize(
    "text",
    [
        *CLEAN,
        "",
        "He hit her last year.",
        "He was hitting her for years, and she left.",
        "When he was born he was not breathing, and he is a strong boy now that he is nine.",
        "She had taken an overdose when she was fifteen.",
        "She was hurting and did not say so.",
        "He had been going to kill the chickens.",
        "Nobody is hurt. The house is calm.",
        "I am dying to know what you think.",
        "hittingher now",
        "is hitting himself in frustration",
        "She is beating herself up about it.",
        "She had been told that he had got a knife.",
    ],
)
def test_a_story_of_the_past_and_an_ordinary_one_are_not(text: str) -> None:
    assert not DANGER.is_met_in(text)


def test_a_file_without_phrases_has_those_that_ship() -> None:
    assert read_partnership(TEMPLATE).danger == DANGER
    assert 20 <= len(DANGER.phrases) <= 40


def test_a_partnership_has_its_own(desk: Desk) -> None:
    own = '[danger]\nphrases = ["on the bridge"]\n\n'
    found = read_partnership(desk.write(SOUND.replace("[[learning", f"{own}[[learning", 1)))
    assert found.danger.is_met_in("She stands on the bridge.")
    assert not found.danger.is_met_in("He is hitting her now.")


@pytest.mark.parametrize(
    ("phrases", "reason"),
    [
        ("[]", "danger.phrases is not right"),
        ('["fire"]', "“fire” has to have two to 8 words"),
        ('["a b c d e f g h i"]', "has to have two to 8 words"),
        ('["not breathing", "Not  breathing!"]', "“Not  breathing!” stands here twice"),
        ('["he is hurting", "he’s hurting"]', "stands here twice"),
        ('"not breathing"', "danger.phrases is not right"),
    ],
)
def test_what_is_wrong_with_them_is_said_before_the_start(
    desk: Desk, phrases: str, reason: str
) -> None:
    own = f"[danger]\nphrases = {phrases}\n\n"
    [told] = desk.told(SOUND.replace("[[learning", f"{own}[[learning", 1))
    assert reason in told
    assert told.startswith(f"line {SOUND[: SOUND.index('[[learning')].count(chr(10)) + 2}: ")


def test_another_name_in_that_part_is_a_mistake(desk: Desk) -> None:
    own = '[danger]\nphrase = ["not breathing"]\n\n'
    told = " ".join(desk.told(SOUND.replace("[[learning", f"{own}[[learning", 1)))
    assert "danger.phrases is missing" in told
    assert "perhaps phrases is meant" in told
