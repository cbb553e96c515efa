"""What would help somebody take part: one line of theirs, which their facilitator alone reads.

On the card about getting ready it is an input that any of its buttons sends. Once there is a line
it is not shown there again: it may tell of health. Its writer opens it to change it.
"""

from collections.abc import Sequence
from typing import Any, Final

from microsoft_teams.cards import CardElement, TextInput

from cards.kit.answers import MAX_SHORT, AnswerModel, ShortOptional
from cards.kit.elements import Card, act, aside, beside, box, build, line, said, small
from cards.kit.forms import TextField, fits, labelled, shortened
from cards.kit.notes import note
from cards.kit.page import Page, ask, leaving
from cards.wording import wording
from records.conversation.conversation import Conversation
from records.preparation.preparing import readiness_of

HELP: Final = "would_help"
"""The name of the input, and of the answer."""
SHOWN: Final = 60
"""Characters of each line where all of them do not fit a card."""


class TakingPart(AnswerModel):
    """One line, or none."""

    would_help: ShortOptional = ""


FIELDS: Final = (TextField(HELP, lambda: wording.Q_WOULD_HELP, long=False, required=False),)


def on_card(it: Conversation, who: str) -> list[CardElement]:
    """The input, and who sees it before it is written; or that there is a line."""
    have = readiness_of(it, who).would_help
    if have is not None and have.there:
        data: dict[str, Any] = {"conversation": it.id, "flow": "taking-part"}
        change = act(wording.WOULD_HELP_CHANGE, "flow.open", data)
        return [beside([line(wording.WOULD_HELP_KEPT)], wording.WOULD_HELP_CHANGE, change)]
    label = labelled(wording.Q_WOULD_HELP, required=False)
    seen = small(f"{wording.WOULD_HELP_SEEN} {wording.WOULD_HELP_SAVED}", gap=True)
    return [seen, TextInput(id=HELP, label=label)]


def taking_part(page: Page) -> Card:
    """The line, to be changed or emptied."""
    return ask(
        page,
        page.fact("reference"),
        wording.WOULD_HELP_TITLE,
        FIELDS,
        seen_by=wording.WOULD_HELP_SEEN,
        next_title=wording.WOULD_HELP_SAVE,
        more=[leaving(page, FIELDS, wording.PREPARE_BACK, "prepare.see", {})],
    )


def came(it: Conversation, who: str) -> Card:
    """The facilitator: somebody has written it, and no word of it."""
    found = it.person(who)
    name = found.name if found else wording.SOMEBODY
    return note(
        wording.WOULD_HELP_CAME.format(name=name, reference=it.reference),
        wording.WOULD_HELP_NEXT,
        actions=[see(it)],
        typed_title=True,
    )


def see(it: Conversation) -> Any:
    """The way to everybody's line."""
    return act(wording.WOULD_HELP_SEE, "would-help.see", {"conversation": it.id}, primary=True)


def every(it: Conversation, words: Sequence[tuple[str, str]]) -> Card:
    """Who wrote what, for the facilitator."""
    room = MAX_SHORT if fits("".join(text for _, text in words), 12_000) else SHOWN
    rows: list[CardElement] = []
    for who, text in words:
        found = it.person(who)
        rows += [line((found.name if found else wording.SOMEBODY,))]
        rows += [box(said(shortened(text, room)[0]))]
    empty = [] if rows else [line(wording.WOULD_HELP_NOBODY)]
    title = wording.WOULD_HELP_EVERY.format(reference=it.reference)
    back = act(wording.FAR_OPEN, "prepare.people", {"conversation": it.id})
    return build([line(title, title=True), aside(wording.WOULD_HELP_YOURS), *rows, *empty], [back])
