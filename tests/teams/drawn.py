"""A card as a person has it before them: what it says, its buttons, its fields."""

from collections.abc import Iterator
from typing import Any

from tests.dialogs import conftest as house
from tests.teams.places import Card


def _on_screen(card: Card) -> Card:
    """All of it but its refresh, which nobody sees or taps."""
    return {name: value for name, value in card.items() if name != "refresh"}


def texts(card: Card) -> str:
    """Everything that it shows, a line an element."""
    return house.texts(_on_screen(card))


def presses(card: Card) -> Iterator[dict[str, Any]]:
    """Everything that sends something when it is tapped."""
    return (one for one in house.elements(_on_screen(card)) if one.get("type") == "Action.Execute")


def title(pressed: dict[str, Any]) -> str:
    """What a button is called; a tile of no title has a tooltip."""
    return str(pressed.get("title") or pressed.get("tooltip") or "")


def buttons(card: Card) -> list[str]:
    """What can be tapped."""
    return [title(one) for one in presses(card)]


def find(card: Card, wanted: str) -> dict[str, Any] | None:
    """The first button of this title, or with this word before what it is about."""
    for one in presses(card):
        named = (one.get("title"), one.get("tooltip"))
        if wanted in named or title(one).startswith(f"{wanted}: "):
            return one
    return None


def fields(card: Card) -> dict[str, dict[str, Any]]:
    """The inputs by their ids."""
    kinds = (one for one in house.elements(card) if str(one.get("type", "")).startswith("Input."))
    return {str(one["id"]): one for one in kinds}


def holds(field: dict[str, Any], typed: str | None) -> str | None:
    """What a field sends: what was typed, else its value; an untouched choice sends nothing.

    Source: the Adaptive Cards renderers: an empty text or date goes out as an empty string.
    """
    value = typed if typed is not None else field.get("value")
    if value is not None:
        return str(value)
    if field["type"] == "Input.Toggle":
        return str(field.get("valueOff", "false"))
    return None if field["type"] in ("Input.ChoiceSet", "Input.Number") else ""


def fits(field: dict[str, Any], typed: str) -> bool:
    """Whether somebody can enter this there: one of the choices, not longer than the field."""
    if field["type"] == "Input.ChoiceSet" and "choices.data" not in field:
        offered = {choice["value"] for choice in field.get("choices", ())}
        chosen = typed.split(",") if field.get("isMultiSelect") else [typed]
        return all(one in offered for one in chosen if one)
    most = field.get("maxLength")
    return most is None or len(typed.encode("utf-16-le")) // 2 <= int(most)
