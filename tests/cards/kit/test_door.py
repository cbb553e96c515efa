"""A door keeps every button of the card that it stands for, and none of its words."""

import pytest

from cards.kit.door import with_button, without_words
from cards.kit.elements import Card, act, build, para, parts, said


def buttons(card: Card) -> list[str]:
    return [one["title"] for one in parts(card) if one["type"] == "Action.Execute"]


@pytest.mark.parametrize("there", [0, 1, 5, 6])
def test_one_button_more_takes_none_away(there: int) -> None:
    titles = [f"Button {number}" for number in range(there)]
    card = build([para("A card")], [act(title, "home", {}) for title in titles])
    more = with_button(card, "Read their words", "typed.back", {"text": "1"})
    assert sorted(buttons(more)) == sorted([*buttons(card), "Read their words"])
    assert len(more["actions"]) <= 6


def test_words_go_with_what_stood_over_them() -> None:
    card = build([para("You wrote:"), *said("Nobody listens."), para("What next?")])
    assert "Nobody listens." not in str(without_words(card))
    assert "What next?" in str(without_words(card))
