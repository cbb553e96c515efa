"""*Check your answers* of the outcome; and any question with its whole answer, for *Show all*."""

from collections.abc import Mapping
from typing import Any

from microsoft_teams.cards import CardElement

from cards.feedback import outcome
from cards.kit.elements import Card
from cards.kit.page import Page
from cards.preparation import family
from cards.request.check import change, check_card, people_in_words, row, show, you_in_words
from cards.request.request import questions
from cards.wording import wording


def asked(answers: Mapping[str, Any], field: str, before: Mapping[str, str]) -> tuple[str, str]:
    """A question with its whole answer, for *Show all*; nothing where there is no such field.
    `before` are the questions as they were asked."""
    found = {
        name: (before.get(name) or question, str(answers.get(name, "")))
        for name, question in _asked(answers)
    }
    found["you"] = wording.YOU_TITLE, you_in_words(answers)
    found["people"] = wording.PEOPLE_TITLE, people_in_words(answers)
    return found.get(field, ("", ""))


def _asked(answers: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return (
        *questions(str(answers.get("about", ""))),
        *_outcome(),
    )


def _outcome() -> tuple[tuple[str, str], ...]:
    """The lead worker's questions with the names of their answers."""
    return tuple((one.id, one.label) for one in outcome.FIELDS if one.is_asked)


def outcome_check(page: Page) -> Card:
    """The lead worker's answers, whether they may be quoted and are shared, then Send. Nothing
    chosen is no: that is what is kept."""
    may = "yes" if page.answers.get("may_quote") == "yes" else "no"
    quoted = dict(wording.MAY_QUOTE_CHOICES)[may]
    share, label = page.answers.get("share") == "yes", wording.OUTCOME_SHARE_LABEL
    shared = wording.OUTCOME_SHARE if share else wording.OUTCOME_NOT_SHARED
    rows = [
        *family.on_page(page, ()),
        *(shown for name, today in _outcome() for shown in _answer(page, name, today)),
        *row(wording.MAY_QUOTE, quoted, change(page, "may_quote", wording.MAY_QUOTE), None),
        *row(wording.OUTCOME_SHARE_LABEL, shared, change(page, "share", label), None),
    ]
    seen = " ".join(filter(None, map(page.fact, ("seen", "collated", "late"))))
    return check_card(page, wording.OUTCOME, rows, seen)


def _answer(page: Page, field: str, question: str) -> list[CardElement]:
    value, question = outcome.in_words(page.answers, field), page.question(field, question)
    return row(question, value, change(page, field, question), show(page, field, question))
