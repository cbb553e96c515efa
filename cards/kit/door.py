"""A door: what a message holds in place of a card with words of a story, and one button to it.

A message stays in a chat, in all its versions, on every device. So a card with words is shown to
the one client that asked for it, and a message holds a door: the beginning of that card, up to the
words, and the button that opens it, where rights are asked. Source: Teams, "User Specific Views".
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cards.kit.elements import MAX_ACTIONS, SAID, Card, act, parts, row_of, small, tidied
from cards.wording import wording

_INPUT: Final = "Input."
_TEXT: Final = "Input.Text"


class HoldsWords(ValueError):
    """A card with words of a story was to be put into a message. Nothing of it is repeated here."""


@dataclass(frozen=True)
class ForAll:
    """A card that a message may hold: a step, a receipt, a notice. Raises HoldsWords."""

    card: Card

    def __post_init__(self) -> None:
        if holds_words(self.card):
            raise HoldsWords


@dataclass(frozen=True)
class ForThisClient:
    """A card for the client that tapped, and for no message: it holds words of a story."""

    card: Card


def shown_to(card: Card) -> ForAll | ForThisClient:
    """Whom a card is for, read off the card itself, so that nobody can forget to say so."""
    return ForThisClient(card) if holds_words(card) else ForAll(card)


def words_of(node: Any) -> Iterator[str]:
    """What people wrote on a card or a part of it: shown as said, or standing in a text input."""
    for one in parts(node):
        if str(one.get("id", "")).startswith(SAID):
            runs = one.get("inlines") or ()
            yield " ".join(str(run.get("text", "")) for run in runs if isinstance(run, dict))
        elif one["type"] == _TEXT and one.get("value"):
            yield str(one["value"])


def holds_words(node: Any) -> bool:
    """Whether there are any."""
    return next(words_of(node), None) is not None


def door(card: Card, title: str, verb: str, data: Mapping[str, Any], kept: str = "") -> Card:
    """The beginning of a card without a word of what it tells, and the one button that opens it.

    `kept` is a sentence of ours under it.
    """
    body = list(_beginning(card["body"]))
    added = [small(kept)] if kept else []
    return tidied([*body, *_plain(added)], _plain([act(title, verb, data, primary=True)]))


def with_its_buttons(card: Card, title: str, verb: str, data: Mapping[str, Any]) -> Card:
    """A door that keeps the other buttons of its card, behind the one that opens it: what comes of
    a tap that changed something, so that no message asks any more what was answered. A card
    without words is that itself."""
    if not holds_words(card):
        return card
    body = list(_beginning(card["body"]))
    while len(body) > 1 and (_is_title(body[-1]) or body[-1].get("weight") == "Bolder"):
        body.pop()  # what it headed is not here
    body += _plain([small(wording.NOBODY_WATCHES, gap=True)])
    others = [_secondary(one) for one in card.get("actions") or ()]
    return tidied(body, [*_plain([act(title, verb, data, primary=True)]), *others])


def _secondary(button: Mapping[str, Any]) -> dict[str, Any]:
    """A button of which another one is the first now."""
    plain = {name: one for name, one in button.items() if name != "style"}
    if isinstance(plain.get("fallback"), dict):
        plain["fallback"] = _secondary(plain["fallback"])
    return plain


def with_button(card: Card, title: str, verb: str, data: Mapping[str, Any]) -> Card:
    """The card with one button more; under its body, where it has as many as fit at its end."""
    actions, button = list(card.get("actions") or ()), act(title, verb, data)
    if len(actions) < MAX_ACTIONS:
        return tidied(card["body"], [*actions, *_plain([button])])
    return tidied([*card["body"], *_plain([row_of(button)])], actions)


def blanked(card: Card) -> Card:
    """The card with its text inputs empty, and each said to be kept as it is where it is left so.

    Nothing is lost by it: the draft has what stood there, and a button of a step says which inputs
    were left empty on purpose (`whole`).
    """
    found: Card = json.loads(json.dumps(card))
    filled = [one for one in parts(found) if one["type"] == _TEXT and one.get("value")]
    for one in filled:
        del one["value"]
        # One line of a phone has room for few words, and cuts the others off.
        long = one.get("isMultiline")
        one["placeholder"] = wording.DOOR_KEPT_INPUT if long else wording.DOOR_KEPT_LINE
    kept = [str(one["id"]) for one in filled]
    for data in _data(found) if kept else ():
        if "step" in data:
            before = [one for one in str(data.get("whole", "")).split(",") if one]
            data["whole"] = ",".join((*before, *kept))
            data.pop("part", None)
    return found


def without_words(card: Card) -> Card:
    """The card with what people wrote taken out, and what stood over it; for words that their
    writer has before their eyes anyway. What is asked, and every button, stays."""
    body: list[Any] = []
    for one in card["body"]:
        if holds_words(one):
            _drop_titles(body, one)
        else:
            body.append(one)
    return {**card, "body": body}


def _data(node: Any) -> Iterator[dict[str, Any]]:
    """What the buttons of a card carry, those for old clients too."""
    if isinstance(node, dict):
        if isinstance(node.get("data"), dict):
            yield node["data"]
        for name, value in node.items():
            if name != "data":
                yield from _data(value)
    elif isinstance(node, list):
        for one in node:
            yield from _data(one)


def _beginning(body: Iterable[Any]) -> list[Any]:
    """What stands before the first words or the first input, but for what is said of these."""
    found: list[Any] = []
    for one in body:
        if holds_words(one):
            _drop_titles(found, one)
            break
        if any(part["type"].startswith(_INPUT) for part in parts(one)):
            break
        found.append(one)
    return found


def _drop_titles(body: list[Any], words: Any) -> None:
    """Take off the end what was the title of these words, which are there no more. A title of the
    card stays, and so does whatever stands over words that have their own title beside them."""
    own = not all(holds_words(one) for one in words.get("items") or ())
    if body and not own and not _is_title(body[-1]) and body[-1]["type"] != "Container":
        body.pop()
    while body and body[-1].get("isSubtle") and body[-1].get("spacing") == "Medium":
        body.pop()


def _is_title(one: Any) -> bool:
    runs = [run for run in one.get("inlines") or () if isinstance(run, dict)]
    return one.get("style") == "heading" or any(run.get("size") == "Medium" for run in runs)


def _plain(elements: Iterable[Any]) -> list[Any]:
    return [one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in elements]
