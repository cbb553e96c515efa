"""The elements every card is built from, over Microsoft's typed cards: long, as there are many.

Rules kept here, once: text wraps; what a person wrote is shown as plain text, never as markdown
(`said`, `line`); every `Action.Execute` carries an `Action.Submit` fallback with the same data;
a finished card is at most 28 KB and has at most six actions.
Source: Adaptive Cards 1.5 and the Teams limits for bot messages.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from microsoft_teams.cards import (
    Action,
    ActionSet,
    AdaptiveCard,
    CardElement,
    Column,
    ColumnSet,
    Container,
    ExecuteAction,
    OpenUrlAction,
    RichTextBlock,
    SubmitAction,
    TextBlock,
    TextRun,
)

Card = dict[str, Any]
"""A card as the JSON object that is sent."""

MAX_BYTES: Final = 28 * 1024
MAX_ACTIONS: Final = 6
VERSION: Final = "1.5"
SAID: Final = "said"
"""How the id of a block begins that holds what a person wrote: `cards.kit.story` looks for it."""
MAX_PARAGRAPHS: Final = 20
CLOSE_PARAGRAPHS: Final = 8
_HOLDS: Final = (dict, list)
_SENT_BACK: Final = ("data", "fallback")
"""What of an element is none of the card's own elements."""


class CardTooLarge(ValueError):
    """A card is over what Teams takes; the card's own code has to show less."""


def size(card: Card) -> int:
    """Bytes of a card as it is sent, in UTF-8."""
    return len(json.dumps(card, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def build(body: Sequence[CardElement], actions: Sequence[Action] = ()) -> Card:
    """The finished card as JSON. Raises CardTooLarge over 28 KB or six actions."""
    card = AdaptiveCard(version=VERSION, body=list(body), actions=list(actions) or None)
    plain: Card = card.model_dump(mode="json", by_alias=True, exclude_none=True)
    # Teams draws cards narrow on a wide screen unless asked.
    plain["msteams"] = {"width": "Full"}
    _number_said(plain)
    if len(actions) > MAX_ACTIONS or size(plain) > MAX_BYTES:
        raise CardTooLarge(f"{size(plain)} bytes, {len(actions)} actions")
    return plain


def tidied(body: Sequence[Card], actions: Sequence[Card]) -> Card:
    """A finished card of parts that are JSON already. Raises CardTooLarge."""
    card = {"type": "AdaptiveCard", "version": VERSION, "msteams": {"width": "Full"}}
    found: Card = {**card, "body": list(body), "actions": list(actions)}
    if len(actions) > MAX_ACTIONS or size(found) > MAX_BYTES:
        raise CardTooLarge(f"{size(found)} bytes, {len(actions)} actions")
    return found


def small(text: str, *, gap: bool = False) -> CardElement:
    """A quiet line of our own words."""
    return TextBlock(
        text=text, size="Small", is_subtle=True, wrap=True, spacing="Medium" if gap else "Small"
    )


def aside(text: str, *, close: bool = False) -> CardElement:
    """A quiet line that may hold a name, never read as markdown; `close` to what it is about."""
    run = TextRun(text=text, size="Small", is_subtle=True)
    return RichTextBlock(inlines=[run], spacing="None" if close else "Medium")


def heading(text: str) -> CardElement:
    """What the card is about, in our own words; read as a heading by a screen reader."""
    return TextBlock(text=text, size="Medium", weight="Bolder", wrap=True, style="heading")


def para(text: str, *, bold: bool = False) -> CardElement:
    """A paragraph of our own words."""
    return TextBlock(text=text, wrap=True, weight="Bolder" if bold else None)


def warning(text: str) -> CardElement:
    """A kind sentence about something to put right. Words first; colour only helps."""
    return Container(style="warning", rounded_corners=True, items=[TextBlock(text=text, wrap=True)])


def warning_line(text: str) -> CardElement:
    """The same with names in it, never read as markdown."""
    return Container(style="warning", rounded_corners=True, items=[line(text)])


def line(*parts: str | tuple[str], title: bool = False) -> CardElement:
    """A line that may hold names or other typed words, never read as markdown.

    A part in a tuple is bold: `line("From ", (name,))`.
    """
    runs = [
        TextRun(
            text=part if isinstance(part, str) else part[0],
            weight="Bolder" if title or not isinstance(part, str) else None,
            size="Medium" if title else None,
        )
        for part in parts
    ]
    return RichTextBlock(inlines=list(runs))


def said(text: str, *, subtle: bool = False, close: bool = False) -> list[CardElement]:
    """What a person wrote, as plain text, a block a paragraph; very many run on in the last.

    With `close` it stands right under its question, on a card with many answers: fewer blocks.
    """
    most = CLOSE_PARAGRAPHS if close else MAX_PARAGRAPHS
    paragraphs = [part for part in text.splitlines() if part.strip()] or [""]
    if len(paragraphs) > most:
        rest = " ".join(paragraphs[most - 1 :])
        paragraphs = [*paragraphs[: most - 1], rest]
    return [
        RichTextBlock(
            id=SAID,
            inlines=[TextRun(text=paragraph, is_subtle=subtle or None)],
            spacing="Small" if number or close else "Default",
        )
        for number, paragraph in enumerate(paragraphs)
    ]


def box(items: Iterable[CardElement]) -> CardElement:
    """A quiet box around something quoted."""
    return Container(style="emphasis", rounded_corners=True, items=list(items))


def act(
    title: str,
    verb: str,
    data: Mapping[str, Any],
    *,
    primary: bool = False,
    inputs: bool = True,
    tooltip: str | None = None,
) -> Action:
    """A button. With `inputs=False` it asks for no inputs, where nothing typed on the card is kept.

    Some clients send them all the same: whatever the tap does must not hang on it.
    """
    associated: Literal["auto", "none"] = "auto" if inputs else "none"
    payload = {**data, "verb": verb}
    style: Literal["positive"] | None = "positive" if primary else None
    return ExecuteAction(
        title=title,
        verb=verb,
        data=payload,
        style=style,
        tooltip=tooltip,
        associated_inputs=associated,
        fallback=SubmitAction(title=title, data=payload, style=style, associated_inputs=associated),
    )


def open_link(title: str, url: str, *, tooltip: str | None = None) -> Action:
    """A button that opens an address in the browser. No tap reaches us: nothing may hang on it."""
    return OpenUrlAction(title=title, url=url, tooltip=tooltip)


def row_of(*actions: Action) -> CardElement:
    """Buttons in the middle of a card, right under what they answer."""
    return ActionSet(actions=list(actions))


def with_note(card: Card, text: str) -> Card:
    """The card with a quiet line of ours on top."""
    added = small(text).model_dump(mode="json", by_alias=True, exclude_none=True)
    return {**card, "body": [added, *card["body"]]}


def with_warning(card: Card, text: str) -> Card:
    """The card with a kind sentence of ours at its end. Raises CardTooLarge."""
    return _warned(card, text, first=False)


def with_warning_first(card: Card, text: str) -> Card:
    """The card with a kind sentence of ours on top, to be read first. Raises CardTooLarge."""
    return _warned(card, text, first=True)


def _warned(card: Card, text: str, *, first: bool) -> Card:
    added = warning(text).model_dump(mode="json", by_alias=True, exclude_none=True)
    body = [added, *card["body"]] if first else [*card["body"], added]
    warned = {**card, "body": body}
    if size(warned) > MAX_BYTES:
        raise CardTooLarge(f"{size(warned)} bytes")
    return warned


def append_texts(card: Card, title: str, texts: Sequence[str]) -> Card:
    """The card with texts at the end of its body, as plain text under a small title, if any."""
    above = [small(title, gap=True)] if title else []
    added = [*above, *(block for text in texts for block in said(text))]
    plain = [one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in added]
    longer: Card = {**card, "body": [*card["body"], *plain]}
    _number_said(longer)
    return longer


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every element and action of a card as JSON, whatever it stands in, in the order of the card.

    Each card is walked several times a turn: a generator in each level takes half as long again.
    """
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict):
            if "type" in one:
                yield one
            for name in reversed(one):
                value = one[name]
                if isinstance(value, _HOLDS) and name not in _SENT_BACK:
                    waiting.append(value)


def _number_said(card: Card) -> None:
    """Ids are unique on a card. Source: Adaptive Cards."""
    said_ = (one for one in parts(card) if str(one.get("id", "")).startswith(SAID))
    for number, one in enumerate(said_, start=1):
        one["id"] = f"{SAID}{number}"


def beside(left: Sequence[CardElement], title: str, action: Action) -> CardElement:
    """Something with one word to tap beside it, such as Change or Remove."""
    tap = TextBlock(text=title, color="Accent", weight="Bolder", wrap=True, size="Small")
    return ColumnSet(
        spacing="Medium",
        columns=[
            Column(width="stretch", items=list(left)),
            Column(
                width="auto",
                items=[tap],
                select_action=action,
                vertical_content_alignment="Top",
            ),
        ],
    )


def tap_line(title: str, action: Action) -> CardElement:
    """A line to tap, for a sentence too long for a button on a phone."""
    text = TextBlock(text=title, color="Accent", weight="Bolder", wrap=True, size="Small")
    return Container(items=[text], select_action=action)


def tiles(labels: Sequence[tuple[str, Action]], per_row: int) -> list[CardElement]:
    """Tappable tiles in rows of equal width; a short last row is filled with empty space."""
    rows: list[CardElement] = []
    for start in range(0, len(labels), per_row):
        columns = [_tile(text, action) for text, action in labels[start : start + per_row]]
        columns += [Column(width="stretch", items=[]) for _ in range(per_row - len(columns))]
        rows.append(ColumnSet(columns=columns, spacing="Small"))
    return rows


def _tile(text: str, action: Action) -> Column:
    return Column(
        width="stretch",
        style="emphasis",
        show_border=True,
        rounded_corners=True,
        min_height="44px",
        vertical_content_alignment="Center",
        select_action=action,
        spacing="Small",
        items=[TextBlock(text=text, weight="Bolder", horizontal_alignment="Center")],
    )
