"""What a new message may hold: a card without words of a story, or a door to one that has some.

What somebody typed just now stands in their own message, right above: that alone is not shown back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from cards.kit.door import blanked, door, holds_words, without_words, words_of
from cards.kit.elements import Card, parts
from cards.kit.story import OPENS, story
from cards.wording import wording
from dialogs.turn.events import Reply

CUT: Final = " …"
"""How a text ends that is shown in part."""


def for_message(reply: Reply, typed: str = "") -> Reply:
    """The reply as a new message may hold it; `typed` is what it answers."""
    if reply.card is None or not holds_words(reply.card):
        return reply
    card = blanked(reply.card)
    reply = replace(reply, card=card)
    if not holds_words(card):
        return reply
    if _all_typed(card, typed):
        return replace(reply, card=without_words(card))
    if reply.opens is not None:
        return replace(reply, card=door(card, wording.DOOR_OPEN, *reply.opens), opens=None)
    told = story(card)
    if told is not None and told.flow:
        place = {"flow": told.flow, "conversation": told.conversation}
        return replace(reply, card=_to_flow(card, place))
    return reply  # No way leads back to these (`dialogs.root.back`).


def _to_flow(card: Card, data: Mapping[str, str]) -> Card:
    """What the card says first, such as what an answer may hold, is told here: it is said once."""
    if all(one.get("verb") != "flow.send" for one in parts(card)):
        return door(card, wording.DOOR_GO_ON, OPENS, data, wording.DOOR_KEPT)
    ready = door(card, wording.DOOR_CHECK, OPENS, data, wording.DOOR_KEPT)
    title = {"text": wording.DOOR_CHECK_TITLE}
    titled = [one | title if one.get("style") == "heading" else one for one in ready["body"]]
    return {**ready, "body": titled}


def _all_typed(card: Card, typed: str) -> bool:
    """Whether a card tells nothing but what was typed just now."""
    said = _plain(typed)
    return bool(said) and all(one in said for one in _each(card))


def _each(card: Card) -> Iterator[str]:
    return (_plain(one.removesuffix(CUT)) for one in words_of(card))


def _plain(text: str) -> str:
    return " ".join(text.split())
