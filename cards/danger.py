"""What to do when someone is in danger, for every card that says it; and the card that asks."""

from collections.abc import Iterator
from typing import Final, Literal

from microsoft_teams.cards import CardElement

from cards.answers import AnswerModel
from cards.elements import Card, act, build, heading, line, para, small
from cards.forms import ChoiceField
from cards.page import Page, kicker, notice
from cards.wording import wording
from records.partnership import the_partnership


def what_to_do() -> list[CardElement]:
    """999 first, then the agency's own procedure, then local numbers that somebody checked."""
    always = (para(text, bold=not number) for number, text in enumerate(wording.URGENT))
    return [*always, *(line(text) for text in local_numbers())]


def local_numbers() -> Iterator[str]:
    """Each with the day it was checked and who did: a number that nobody rang is never shown."""
    for one in the_partnership().numbers:
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
        lambda: (("no", wording.RISK_NO), ("yes", wording.RISK_YES)),
    ),
)
"""Drawn as two buttons: one tap answers."""


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
            act(wording.RISK_NO, "flow.next", {**page.data, "risk": "no"}),
            act(wording.RISK_YES, "flow.next", {**page.data, "risk": "yes"}),
        ],
    )
