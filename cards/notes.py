"""Cards that only tell something: receipts and notices, all of one calm shape."""

from collections.abc import Sequence

from microsoft_teams.cards import Action, CardElement

from cards.elements import Card, build, heading, line, para, small
from cards.wording import wording


def note(
    title: str,
    *paragraphs: str,
    rows: Sequence[tuple[str, str]] = (),
    extra: Sequence[CardElement] = (),
    actions: Sequence[Action] = (),
    kicker: str = "",
    typed_title: bool = False,
) -> Card:
    """A title, a few sentences, rows of facts, and what can be done next.

    With `typed_title` the title holds names people typed and is never read as markdown.
    """
    return build(
        [
            *([small(kicker)] if kicker else []),
            line(title, title=True) if typed_title else heading(title),
            *(line(text) for text in paragraphs if text),
            *(line((f"{name}: ",), value) for name, value in rows if value),
            *extra,
        ],
        actions,
    )


def receipt(
    title: str,
    *paragraphs: str,
    rows: Sequence[tuple[str, str]] = (),
    actions: Sequence[Action] = (),
) -> Card:
    """What was kept and what happens next, without any of what was written."""
    last = small(wording.NOBODY_WATCHES, gap=True)
    return note(title, *paragraphs, rows=rows, extra=[last], actions=actions, typed_title=True)


def sentence(text: str) -> Card:
    """One sentence as a card."""
    return build([line(text)])


def sure(question: str, yes: Action, no: Action) -> Card:
    """A question before something that cannot be taken back."""
    return build([para(question)], [yes, no])
