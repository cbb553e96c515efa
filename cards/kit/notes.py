"""Cards that only tell something: receipts and notices, all of one calm shape.

And what to do when someone is in danger, for every card that says it.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from microsoft_teams.cards import Action, CardElement

from cards.kit.answers import AnswerModel
from cards.kit.elements import Card, act, build, heading, line, para, row_of, small
from cards.kit.forms import ChoiceField
from cards.kit.page import Page, kicker, notice
from cards.wording import wording
from records.conversation.conversation import Conversation


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


ON_A_CARD: Final = 4
"""Buttons that stand at a card's end; more of them stand under each other above it."""
MOST: Final = 20
"""Conversations to choose from on one card, at most: it has 28 KB, and a button takes one."""


def choice(
    title: str, *paragraphs: str, actions: Sequence[Action], extra: Sequence[CardElement] = ()
) -> Card:
    """A question that one of several buttons answers, with every one of them."""
    if len(actions) <= ON_A_CARD:
        return note(title, *paragraphs, extra=extra, actions=actions)
    return note(title, *paragraphs, extra=[*extra, *(row_of(one) for one in actions)])


def receipt(
    title: str,
    *paragraphs: str,
    rows: Sequence[tuple[str, str]] = (),
    extra: Sequence[CardElement] = (),
    actions: Sequence[Action] = (),
) -> Card:
    """What was kept and what happens next, without any of what was written."""
    last = [*extra, small(wording.NOBODY_WATCHES, gap=True)]
    return note(title, *paragraphs, rows=rows, extra=last, actions=actions, typed_title=True)


def stands(it: Conversation) -> str:
    """Where a conversation is, in plain words for those in it."""
    if it.silent_at is not None:
        return wording.STATUS_SILENT
    return wording.STATUS_UNANSWERED if it.unanswered else wording.STATUS[it.stage]


def stands_for_facilitator(it: Conversation) -> str:
    """The same for its facilitator, with its reference."""
    text = wording.FACILITATOR_STATUS[it.stage]
    return f"{it.reference}: {wording.FACILITATOR_UNANSWERED if it.unanswered else text}"


def sentence(text: str) -> Card:
    """One sentence as a card."""
    return build([line(text)])


def what_to_do() -> list[CardElement]:
    """999 first, then the agency's own procedure, then local numbers that somebody checked."""
    always = (para(text, bold=not number) for number, text in enumerate(wording.URGENT))
    return [*always, *(line(text) for text in local_numbers())]


def local_numbers() -> Iterator[str]:
    """Each with the day it was checked and who did: a number that nobody rang is never shown."""
    for one in wording.partnership.numbers:
        checked = f"{one.checked_on.day} {one.checked_on:%B %Y}"
        yield wording.URGENT_LOCAL.format(
            what=one.what, number=one.number, day=checked, name=one.checked_by
        )


class Risk(AnswerModel):
    """Whether someone is at immediate risk of harm, and if so, that it was acted on."""

    risk: Literal["no", "acted"]


RISK_FIELDS: Final = (
    ChoiceField(
        "risk",
        lambda: wording.RISK_TITLE,
        lambda: (
            ("no", wording.RISK_NO),
            ("yes", wording.RISK_YES),
            ("acted", wording.RISK_ACTED),
        ),
    ),
)
"""Drawn as two buttons, and one more after a yes: one tap answers."""


def risk(page: Page) -> Card:
    """Card 1 of the request: one tap. After Yes what to do, and to act before carrying on."""
    if page.answers.get("risk") == "yes":
        return build(
            [
                small(kicker(page, wording.REQUEST)),
                heading(wording.URGENT_TITLE),
                *notice(page),
                *what_to_do(),
            ],
            [
                act(wording.RISK_ACTED, "flow.next", {**page.data, "risk": "acted"}, primary=True),
                act(wording.RISK_STOP, "flow.stop", page.data),
            ],
        )
    no = page.answers.get("risk") == "no"
    again = [para(wording.RISK_AGAIN)] if page.returning else []
    return build(
        [
            small(kicker(page, wording.REQUEST)),
            heading(wording.RISK_TITLE),
            *notice(page),
            *again,
            small(wording.NOBODY_WATCHES),
        ],
        [
            # As it was typed, or answered before.
            act(wording.RISK_NO, "flow.next", {**page.data, "risk": "no"}, primary=no),
            act(wording.RISK_YES, "flow.next", {**page.data, "risk": "yes"}),
        ],
    )
