"""What is wrong with what a bot sends: the shape of an activity, and of a card.

Sources: Bot Framework activity schema; Adaptive Cards 1.5 (adaptivecards.io/explorer); Teams,
"Universal Actions for Adaptive Cards" on the fallback.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tests.teams.places import ADAPTIVE_CARD

FIELDS: Final = frozenset(
    {
        "type", "id", "text", "textFormat", "summary", "replyToId", "conversation", "from",
        "recipient", "attachments", "entities", "channelData",
    }
)  # fmt: skip
"""The fields that we send; another one is a slip."""
ATTACHMENTS: Final = frozenset(
    {
        ADAPTIVE_CARD,
        "application/vnd.microsoft.teams.card.file.consent",
        "application/vnd.microsoft.teams.card.file.info",
    }
)
NEEDED: Final[Mapping[str, frozenset[str]]] = {
    "TextBlock": frozenset({"text"}),
    "RichTextBlock": frozenset({"inlines"}),
    "TextRun": frozenset({"text"}),
    "Image": frozenset({"url"}),
    "Container": frozenset({"items"}),
    "Column": frozenset(),
    "ColumnSet": frozenset({"columns"}),
    "FactSet": frozenset({"facts"}),
    "ActionSet": frozenset({"actions"}),
    "Table": frozenset(),
    "TableRow": frozenset({"cells"}),
    "TableCell": frozenset({"items"}),
    "Input.Text": frozenset({"id"}),
    "Input.Number": frozenset({"id"}),
    "Input.Date": frozenset({"id"}),
    "Input.Time": frozenset({"id"}),
    "Input.Toggle": frozenset({"id", "title"}),
    "Input.ChoiceSet": frozenset({"id", "choices"}),
    "Data.Query": frozenset({"dataset"}),
    "Action.Execute": frozenset({"verb"}),
    "Action.Submit": frozenset(),
    "Action.OpenUrl": frozenset({"url"}),
    "Action.ShowCard": frozenset({"card"}),
    "Action.ToggleVisibility": frozenset({"targetElements"}),
    "AdaptiveCard": frozenset({"version"}),
}
"""What each kind of element has to have. Charts are Teams' own, and need a fallback."""
MOST_ACTIONS: Final = 6
VERSIONS: Final = ("1.2", "1.3", "1.4", "1.5")


def wrong_with(activity: dict[str, Any], *, place: str, message: str = "") -> list[str]:
    """Everything that is wrong with a message, in words without anything of its content."""
    attached, text = activity.get("attachments") or [], bool(activity.get("text"))
    said = {
        "type is not message": activity.get("type") != "message",
        "another conversation": (activity.get("conversation") or {}).get("id", place) != place,
        "another activity": bool(message) and activity.get("id", message) != message,
        "nothing to show": not attached and not text,
        "a text beside a card": bool(attached) and text,
        "more than one card": len(attached) > 1,
        "an attachment of another kind": any(
            one.get("contentType") not in ATTACHMENTS for one in attached
        ),
    }
    found = [f"field {name}" for name in sorted(set(activity) - FIELDS)]
    found += [what for what, so in said.items() if so]
    cards = (one.get("content") for one in attached if one.get("contentType") == ADAPTIVE_CARD)
    return [*found, *(what for card in cards for what in wrong_with_card(card))]


def wrong_with_card(card: Any) -> list[str]:
    """Everything that is wrong with a card."""
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        return ["no card"]
    found = [] if card.get("version") in VERSIONS else ["a card of another version"]
    if len(card.get("actions") or ()) > MOST_ACTIONS:
        found.append("too many actions")
    elements = list(_every(card))
    found += [what for one in elements for what in _wrong_with_element(one)]
    named = (one for one in elements if not str(one["type"]).startswith("Action."))
    ids = Counter(str(one["id"]) for one in named if "id" in one)
    return found + [f"id {name} twice" for name, count in ids.items() if count > 1]


def _wrong_with_element(one: dict[str, Any]) -> list[str]:
    kind = str(one["type"])
    if kind.startswith("Chart."):
        return [] if "fallback" in one else ["a chart without a fallback"]
    if kind not in NEEDED:
        return [f"no element {kind}"]
    missing = NEEDED[kind] - set(one)
    found = [f"{kind} without {', '.join(sorted(missing))}"] if missing else []
    return [*found, *_fallback(one)] if kind == "Action.Execute" else found


def _fallback(pressed: dict[str, Any]) -> list[str]:
    """A client without Action.Execute sends the fallback, which has to say the same."""
    instead = pressed.get("fallback")
    if not isinstance(instead, dict) or instead.get("type") != "Action.Submit":
        return ["Action.Execute without its fallback"]
    said = instead.get("data")
    if not isinstance(said, dict) or said.get("verb") != pressed.get("verb"):
        return ["a fallback that does not say the verb"]
    return []


def _every(node: Any) -> Iterator[dict[str, Any]]:
    """Every element and action, fallbacks and data left out."""
    if isinstance(node, dict):
        if isinstance(node.get("type"), str):
            yield node
        for name, value in node.items():
            if name not in ("data", "fallback", "msteams", "refresh"):
                yield from _every(value)
    elif isinstance(node, list):
        for one in node:
            yield from _every(one)
